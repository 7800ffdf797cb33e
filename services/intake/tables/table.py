"""A table file as rows of values that know their place; what was wrong with one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Value: TypeAlias = "str | int | float | date | None"
"""What a cell holds: text as printed, or what a workbook stores; blank is None or ''."""

LARGEST_TEXT = 64 * 1024 * 1024
LARGEST_WORKBOOK = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
"""Limits of a file: bytes, rows, columns, characters (faults D4)."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken: its place (``L12``, ``Sheet1!C7``), its field, the reason."""

    place: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A cell that is shown as percent, by the places of its table and row in what was read.

    ``text`` is what a person sees (92%) where a workbook stores the fraction.
    """

    table: int
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or a text file; rows without any value are left out.

    ``rows`` are (number in the file from 1, values). ``sheet`` is None for text files.
    ``remarks`` is what the reader has to say about the file as a whole. ``from_1904``: its
    workbook counts days from 1904.
    """

    rows: Sequence[tuple[int, Sequence[Value]]]
    sheet: str | None = None
    remarks: tuple[str, ...] = ()
    from_1904: bool = False

    def place(self, row: int, column: int = 0) -> str:
        """Name a cell: ``L12`` in text, ``Sheet1!C7`` in a workbook; columns count from 0."""
        if self.sheet is None:
            return f"L{row}"
        return f"{self.sheet}!{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Name a column as workbooks do: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(value: Value) -> bool:
    """Whether a cell holds nothing, or white space only."""
    return value is None or (isinstance(value, str) and not value.strip())
