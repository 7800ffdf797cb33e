"""Where each value of a form stands in its grid, for whoever looks from one to the other.

The reading says in which row an indicator stands; which cell of it prints a value is found by
its text. A text that no cell prints (a year taken from elsewhere) has no place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from services.intake.forms.correcting import Place
from services.intake.forms.declaration import Declaration, DeclaredIndicator, FileReading
from services.intake.forms.fields import HeadField, RowField, head_text, row_text
from services.intake.forms.labels import vocabulary
from services.intake.readers.grid import Cell, Grid

CARRIED = (RowField.CLASS, RowField.CATEGORY)
"""Levels that a form prints once for the rows below; they stand in the row or above it."""

_SUFFIX = {HeadField.FISCAL_YEAR: "年"}
"""A year inside a longer text is one only as 2025年; document numbers have years, too."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The nth row of a grid, and there its nth cell; both count from 0."""

    row: int
    cell: int


@dataclass(frozen=True)
class Located:
    """A grid with the rows of each form and the cell of each value.

    ``spans`` are the rows of each form, first included, last not; rows before the first form
    belong to none.
    """

    grid: Grid
    spans: tuple[tuple[int, int], ...]
    cells: Mapping[Place, CellPlace] = field(default_factory=dict)

    def where(self, place: Place) -> str | None:
        """The place of a value as the file counts it, None where no cell prints it."""
        found = self.cells.get(place)
        return None if found is None else self.grid.rows[found.row].cells[found.cell].where

    def cell_at(self, where: str | None) -> CellPlace | None:
        """The first cell with text of a place as the file counts it, None where there is none."""
        return None if where is None else self._by_where.get(where)

    @cached_property
    def _by_where(self) -> Mapping[str, CellPlace]:
        found: dict[str, CellPlace] = {}
        for number, row in enumerate(self.grid.rows):
            for order, cell in enumerate(row.cells):
                if cell.text:
                    found.setdefault(cell.where, CellPlace(number, order))
        return found

    @cached_property
    def values(self) -> Mapping[CellPlace, tuple[Place, ...]]:
        """What each cell says."""
        said: dict[CellPlace, list[Place]] = defaultdict(list)
        for place, cell in self.cells.items():
            said[cell].append(place)
        return {cell: tuple(places) for cell, places in said.items()}


def locate(grid: Grid, reading: FileReading) -> Located:
    """Find the values of every form of a file."""
    lines = _Lines(grid)
    spans = _spans(lines, reading.declarations)
    cells = {
        place: found
        for number, (declared, span) in enumerate(zip(reading.declarations, spans, strict=True))
        for place, found in _of_form(lines, number, declared, span)
    }
    return Located(grid, spans, cells)


class _Lines:
    """The rows of a grid, each with the cells that are merged down into it."""

    def __init__(self, grid: Grid) -> None:
        self._rows = grid.rows
        self.first: dict[str, int] = {}
        self._places: dict[str, CellPlace] = {}
        for number, row in enumerate(grid.rows):
            for order, cell in enumerate(row.cells):
                self.first.setdefault(cell.where, number)
                self._places.setdefault(f"{cell.where} {cell.column}", CellPlace(number, order))

    def __len__(self) -> int:
        return len(self._rows)

    def cells(self, number: int) -> Iterator[tuple[Cell, CellPlace]]:
        """The cells one sees in a row: its own, then those that reach into it."""
        for order, cell in enumerate(self._rows[number].cells):
            yield cell, CellPlace(number, order)
        for cell in self._rows[number].reaching:
            found = self._places.get(f"{cell.where} {cell.column}")
            if found:
                yield cell, found


def _spans(lines: _Lines, declarations: Sequence[Declaration]) -> tuple[tuple[int, int], ...]:
    """From where a form begins to where the next one does."""
    starts = [lines.first.get(declared.where, 0) for declared in declarations]
    after = dict(pairwise(sorted({*starts, len(lines)})))
    return tuple((start, after.get(start, len(lines))) for start in starts)


def _of_form(
    lines: _Lines, number: int, declared: Declaration, span: tuple[int, int]
) -> Iterator[tuple[Place, CellPlace]]:
    rows = [
        (order, line, indicator)
        for order, indicator in enumerate(declared.indicators)
        if (line := lines.first.get(indicator.where)) is not None
    ]
    until = min((line for _, line, _ in rows), default=span[1])
    rows_of_head = range(span[0], max(until, span[0] + 1))
    for head in HeadField:
        text = head_text(declared, head)
        found = _in_head(lines, rows_of_head, head, text) if text else None
        if found:
            yield Place(number, None, head), found
    columns = _columns(lines, rows, span[0])
    for order, line, indicator in rows:
        for name, text in _texts(indicator):
            around = _where_to_look(name, line, span[0])
            found = _find(lines, around, text, column=columns.get(name))
            if found:
                yield Place(number, order, name), found


def _in_head(lines: _Lines, rows: range, head: HeadField, text: str) -> CellPlace | None:
    """The cell of a field of the head, best behind its own label; a plan is where its label is."""
    if head is HeadField.PLAN:
        labels = (one for row in rows for one in lines.cells(row) if _names(one[0], head))
        return next((place for _, place in labels), None)
    exact = [
        (_labelled(lines, row, cell, head), place)
        for row in rows
        for cell, place in lines.cells(row)
        if cell.text == text
    ]
    if exact:
        best = max(label for label, _ in exact)
        last = [place for label, place in exact if label == best]
        # Medium term and year stand side by side, the year behind.
        return last[-1] if best else last[0]
    return _find(lines, rows, text, _SUFFIX.get(head, ""))


def _labelled(lines: _Lines, row: int, cell: Cell, head: HeadField) -> int:
    """Whether a field's label stands above a cell (2), beside it (1), or both (3).

    What stands above is nearer: 总体目标 stands beside both terms, 年度目标 above the year's.
    """
    before = [one for one, _ in lines.cells(row) if one.text and one.column < cell.column]
    beside = max(before, key=lambda one: one.column, default=None)
    above = lines.cells(row - 1) if row else ()
    covering = (one for one, _ in above if one.column <= cell.column < one.column + one.columns)
    by_side = beside is not None and _names(beside, head)
    return 2 * any(_names(one, head) for one in covering) + by_side


def _names(cell: Cell, head: HeadField) -> bool:
    return vocabulary().head_field(cell.text) == head


def _texts(indicator: DeclaredIndicator) -> Iterator[tuple[RowField, str]]:
    for name in RowField:
        text = None if name is RowField.KIND else row_text(indicator, name)
        if text is not None:
            yield name, text


def _where_to_look(name: RowField, line: int, first: int) -> range:
    return range(line, first - 1, -1) if name in CARRIED else range(line, line + 1)


def _columns(
    lines: _Lines, rows: Sequence[tuple[int, int, DeclaredIndicator]], first: int
) -> dict[RowField, int]:
    """In which column each field stands in most rows; of equal ones the last, the annual block's.

    A weight may print what a value prints: what tells them apart is the column.
    """
    seen: dict[RowField, Counter[int]] = {name: Counter() for name in RowField}
    for _, line, indicator in rows:
        for name, text in _texts(indicator):
            for row in _where_to_look(name, line, first):
                found = {cell.column for cell, _ in lines.cells(row) if cell.text == text}
                seen[name].update(found)
                if found:
                    break
    return {
        name: max(counts, key=lambda column: (counts[column], column))
        for name, counts in seen.items()
        if counts
    }


def _find(
    lines: _Lines, rows: Iterable[int], text: str, suffix: str = "", column: int | None = None
) -> CellPlace | None:
    """The cell that prints a text, best in its column, else the first that has it in it."""
    within = None
    wanted = _within(text + suffix)
    for row in rows:
        exact = [(cell, place) for cell, place in lines.cells(row) if cell.text == text]
        if exact:
            return next((place for cell, place in exact if cell.column == column), exact[0][1])
        if within is None:
            having = (place for cell, place in lines.cells(row) if wanted.search(_bare(cell.text)))
            within = next(having, None)
    return within


def _within(text: str) -> re.Pattern[str]:
    """A text inside a longer one; a number only where it is no part of another or of a code."""
    edge = "[0-9A-Za-z.,]"
    before = f"(?<!{edge})" if re.match(edge, text) else ""
    after = f"(?!{edge})" if re.search(f"{edge}$", text) else ""
    return re.compile(before + re.escape(_bare(text)) + after)


def _bare(text: str) -> str:
    return "".join(text.split())
