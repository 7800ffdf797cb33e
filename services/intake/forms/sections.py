"""Cutting a file into its parts: the department's own, then one section a project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from services.intake.forms.labels import Vocabulary, split_label
from services.intake.readers.grid import Cell, Row

_ANCHORS = ("project_code", "project_name")
_CODE_AND_NAME = re.compile(r"\[?([0-9]{3,21})\]?\s*((?![年月日元万人次])[\u4e00-\u9fff].*)")


@dataclass(frozen=True, slots=True)
class Sections:
    """``preamble`` holds what comes before the first form; each form is its rows."""

    preamble: tuple[Row, ...]
    forms: tuple[tuple[Row, ...], ...]


def cut(rows: tuple[Row, ...], words: Vocabulary) -> Sections:
    """Start a form at its title, or where a project's code or name is printed again."""
    starts: list[int] = []
    seen: set[str] = set()
    opened = False
    for index, row in enumerate(rows):
        anchors = _anchors(row, words)
        titled = is_title(row, words)
        if (titled and (seen or not opened)) or (anchors & seen) or (anchors and not opened):
            starts.append(index if titled else _with_unit_line(rows, index, starts))
            seen, opened = set(), True
        seen |= anchors
    bounds = [*starts, len(rows)]
    forms = [rows[a:b] for a, b in pairwise(bounds)]
    return Sections(rows[: bounds[0]], tuple(form for form in forms if form))


def is_title(row: Row, words: Vocabulary) -> bool:
    """Say whether a row is nothing but the title of a form."""
    return len(row.filled) == 1 and words.is_title(row.filled[0].text)


def code_and_name(cell: Cell) -> tuple[str, str] | None:
    """Split a cell of a unit's code and name: 450001怀来县医疗保障局."""
    found = _CODE_AND_NAME.fullmatch(cell.text)
    return (found.group(1), found.group(2)) if found else None


def _anchors(row: Row, words: Vocabulary) -> set[str]:
    fields = {words.head_field(label_of(cell)) for cell in row.filled}
    return {field for field in fields if field in _ANCHORS}


def label_of(cell: Cell) -> str:
    """Take the label of a cell, alone or before its colon."""
    parts = split_label(cell.text)
    return parts[0] if parts else cell.text


def _with_unit_line(rows: tuple[Row, ...], index: int, starts: list[int]) -> int:
    """Step back over the line of the unit, which a form without title begins with."""
    before = index - 1
    free = before >= 0 and starts[-1:] != [before]
    return before if free and any(map(code_and_name, rows[before].filled)) else index
