"""Cells with their spans to rows: merged cells stand once and are known in the rows below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from services.intake.readers.grid import Cell, Row
from services.intake.readers.limits import Measure
from services.intake.tables.table import column_letters


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its row and column, counted from 0, and how far it is merged."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Namer = Callable[[int, int], str]
"""Row and column, counted from 0, to the place a person finds."""


def namer(part: str) -> Namer:
    """Name cells ``part!C7``."""
    return lambda row, column: f"{part}!{column_letters(column)}{row + 1}"


def rows_of(
    cells: Iterable[Placed], part: str, name: Namer, measure: Measure
) -> Iterator[tuple[int, Row]]:
    """Put the cells of one table into rows, by number; rows without text are left out.

    Raises:
        UnreadableFileError: the file is beyond the limits of a grid.
    """
    by_row: defaultdict[int, list[Placed]] = defaultdict(list)
    for placed in cells:
        by_row[placed.row].append(placed)
    reaching: list[tuple[int, Cell]] = []
    for number in sorted(by_row):
        reaching = [(end, cell) for end, cell in reaching if end > number]
        own = tuple(
            Cell(one.text, name(number, one.column), one.column, one.rows, one.columns)
            for one in sorted(by_row[number], key=lambda one: one.column)
        )
        if any(cell.text for cell in own):
            row = Row(own, reaching=tuple(cell for _, cell in reaching), part=part)
            measure.take(row)
            yield number, row
        reaching += [(number + cell.rows, cell) for cell in own if cell.rows > 1]


def without_hidden(
    cells: Iterable[Placed], rows: Collection[int], columns: Collection[int]
) -> Iterator[Placed]:
    """Leave out what stands in hidden rows and columns; a merged cell shrinks to what is seen.

    Rows and columns keep their numbers: a merged cell that begins in a hidden one moves to the
    first that is seen.
    """
    for one in cells:
        down = _seen(one.row, one.rows, rows)
        right = _seen(one.column, one.columns, columns)
        if down is not None and right is not None:
            rest = (one.row + one.rows - down, one.column + one.columns - right)
            yield replace(one, row=down, column=right, rows=rest[0], columns=rest[1])


def _seen(first: int, count: int, hidden: Collection[int]) -> int | None:
    return next((at for at in range(first, first + count) if at not in hidden), None)
