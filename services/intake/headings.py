"""Finding the heading of a table and its columns, by synonyms in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import Table, Value, is_blank

_SEARCHED_ROWS = 40
_UNIT = re.compile(r"[(（\[【](?:单位[:：]?)?(?:人民币)?(万元|元)[)）\]】]|[,，/](万元|元)$")
_STATED_UNIT = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(万元|元)|[(（](万元|元)[)）]")
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")

Synonyms = Mapping[str, Sequence[str]]
"""Field to the headings it is printed under, the preferred one first."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands, the heading as printed, and the money unit in it if any."""

    index: int
    heading: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one table: its row, its columns by field, and a unit stated above it."""

    row: int
    columns: Mapping[str, Column]
    printed: tuple[str, ...] = field(default=())
    stated_unit: str | None = None

    def named(self, wanted: str) -> str:
        """The heading of a field as printed, for messages."""
        column = self.columns.get(wanted)
        return column.heading if column else wanted


def find_heading(table: Table, synonyms: Synonyms, required: Mapping[str, str]) -> Heading | None:
    """Find the row that names the required columns; None if the table has none.

    ``required`` maps fields to what they are called in the message.

    Raises:
        UnreadableFileError: a row looks like the heading but lacks a required column.
    """
    best = best_heading(table, synonyms)
    if best is None or len(best.columns) < 2:
        return None
    missing = [name for wanted, name in required.items() if wanted not in best.columns]
    if missing:
        raise UnreadableFileError(
            f"{table.place(best.row)}的表头缺少：{'、'.join(missing)}。请补上该列后重试。"
        )
    return best


def best_heading(table: Table, synonyms: Synonyms) -> Heading | None:
    """Find the row that names most columns; None in a table without rows."""
    best: Heading | None = None
    above: list[str] = []
    for number, values in table.rows[:_SEARCHED_ROWS]:
        columns = columns_of(values, synonyms)
        if best is None or len(columns) > len(best.columns):
            printed = tuple(_printed(value) for value in values)
            best = Heading(number, columns, printed, _stated_unit(above))
        above.extend(_printed(value) for value in values)
    return best


def columns_of(values: Sequence[Value], synonyms: Synonyms) -> dict[str, Column]:
    """Name the columns of a heading row; of several headings of a field the preferred wins."""
    headings: dict[str, tuple[int, str]] = {}
    for index, value in enumerate(values):
        if isinstance(value, str) and not is_blank(value):
            headings.setdefault(normalised_heading(value), (index, value))
    found = {}
    for wanted, names in synonyms.items():
        name = next((name for name in names if name in headings), None)
        if name is not None:
            index, printed = headings[name]
            found[wanted] = Column(index, _printed(printed), _unit_in(printed))
    return found


def normalised_heading(printed: str) -> str:
    """Fold a heading: half width, no white space, no star, no unit or remark in brackets."""
    folded = unicodedata.normalize("NFKC", printed)
    folded = re.sub(r"\s+", "", folded)
    folded = _BRACKETED.sub("", re.sub(r"[,/](?:万元|元)$", "", folded))
    return folded.strip("*:").upper()


def _printed(value: Value) -> str:
    return re.sub(r"\s+", "", str(value)) if value is not None else ""


def _unit_in(printed: str) -> str | None:
    found = _UNIT.search(re.sub(r"\s+", "", printed))
    return _group(found) if found else None


def _stated_unit(texts: Sequence[str]) -> str | None:
    for text in texts:
        found = _STATED_UNIT.search(text)
        if found:
            return _group(found)
    return None


def _group(found: re.Match[str]) -> str:
    return "万元" if "万元" in found.groups() else "元"
