"""The first rows of a table file as text, for people to see what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.intake.personal import DROPPED, headed_persons
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Value

ROWS_SHOWN = 30
COLUMNS_SHOWN = 40
TABLES_SHOWN = 5
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """One sheet, or a text file: its first rows, and how many there are.

    ``rows`` are (number in the file from 1, texts), all as wide as the widest shown.
    """

    sheet: str | None
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    count: int


def samples_of(content: bytes) -> tuple[Sample, ...]:
    """Read the first rows of the first sheets; what others sent: to be called in a child.

    Raises:
        UnreadableFileError: it is no table file.
    """
    return tuple(
        _sample(table.sheet, table.rows[:ROWS_SHOWN], len(table.rows))
        for table in read_tables(content)[:TABLES_SHOWN]
        if table.rows
    )


def _sample(sheet: str | None, rows: Sequence[tuple[int, Sequence[Value]]], count: int) -> Sample:
    texts = _without_persons([(n, [_text(value) for value in values]) for n, values in rows])
    width = min(max((len(row) for _, row in texts), default=0), COLUMNS_SHOWN)
    return Sample(
        sheet,
        tuple((number, tuple((row + [""] * width)[:width])) for number, row in texts),
        count,
    )


def _without_persons(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows without what stands below a heading about persons."""
    personal: set[int] = set()
    shown = []
    for number, row in rows:
        shown.append((number, [DROPPED if n in personal and t else t for n, t in enumerate(row)]))
        personal |= headed_persons(row).keys()
    return shown


def _text(value: Value) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
