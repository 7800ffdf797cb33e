"""A file as it was read, as a sheet: every cell at its place, with marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from services.intake.readers.grid import Cell, Grid, Row
from services.sheets import cells
from services.sheets.marks import Mark, mark

TITLE = "原表"
NOTE = "按读取结果重建，供对照标注；左列为原文件中的位置。"
_PLACES = Font(name=cells.BODY_FONT, size=8, color="808080")
_PLACE_WIDTH = 10.0
_LEAST, _MOST = 8.0, 34.0
_A4 = 9
_TOP, _LEFT = 3, 2
"""The first row and column of the source; the note stands above, the places left of it."""
_LARGEST_AREA = 10_000
"""Cells; nobody prints a larger one, and each is looked at."""

Marks = Mapping[tuple[int, int], Sequence[Mark]]
"""Marks by the number of a row of the grid and of its cell in it, both from 0."""


def source_book(grid: Grid, marks: Marks) -> Workbook:
    """Rebuild the grid in a new workbook; tables keep their columns and merged cells."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = TITLE
    widths = _widths(grid)
    _set_up(sheet, widths)
    lines = _lines(grid)
    for row, at in zip(grid.rows, lines, strict=True):
        _write_row(sheet, row, at, widths)
    for first, last in _merged(grid, lines, len(widths)):
        cells.merge(sheet, (first[0], last[0]), (first[1], last[1]))
    for (number, order), said in marks.items():
        cell = grid.rows[number].cells[order]
        mark(cells.cell_at(sheet, lines[number], cell.column + _LEFT), said)
    return book


def _lines(grid: Grid) -> list[int]:
    """The row of the sheet for each row of the grid; a blank one where another part begins."""
    lines, at = [], _TOP
    for before, row in pairwise((None, *grid.rows)):
        if row is None:
            continue
        at += before is not None and before.part != row.part
        lines.append(at)
        at += 1
    return lines


def _widths(grid: Grid) -> list[float]:
    """The width of each column by the cells that stand in it alone."""
    count = max((c.column + c.columns for row in grid.rows for c in row.cells), default=1)
    widths = [_LEAST] * count
    for row in grid.rows:
        for cell in row.cells if row.table else ():
            if cell.columns == 1:
                longest = max(map(cells.width_of, cell.text.splitlines()), default=0)
                widths[cell.column] = max(widths[cell.column], min(_MOST, longest + 3.0))
    return widths


def _set_up(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate((_PLACE_WIDTH, *widths), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    note = cells.cell_at(sheet, 1, 1)
    cells.write_text(note, NOTE)
    note.font = cells.SMALL
    sheet.freeze_panes = f"B{_TOP}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_row(sheet: Worksheet, row: Row, at: int, widths: Sequence[float]) -> None:
    place = cells.cell_at(sheet, at, 1)
    cells.write_text(place, row.where)
    cells.style(place, _PLACES, cells.LEFT)
    height = cells.LEAST_HEIGHT
    for cell in row.cells:
        target = cells.cell_at(sheet, at, cell.column + _LEFT)
        cells.write_text(target, cell.text)
        cells.style(target, alignment=cells.LEFT)
        if cell.rows == 1:
            height = max(height, cells.height_for(cell.text, _room(row, cell, widths)))
    sheet.row_dimensions[at].height = min(height, cells.MOST_HEIGHT)
    if row.table:
        last = max(cell.column + cell.columns for cell in (*row.cells, *row.reaching))
        cells.box(sheet, (at, at), (_LEFT, last + _LEFT - 1))


def _room(row: Row, cell: Cell, widths: Sequence[float]) -> float:
    """The width a cell has; a paragraph has the whole line."""
    return sum(widths[cell.column : cell.column + cell.columns] if row.table else widths)


def _merged(
    grid: Grid, lines: Sequence[int], count: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The areas to merge, none over a cell of its own: workbooks with such areas do not open."""
    own = {
        (line, cell.column + _LEFT)
        for row, line in zip(grid.rows, lines, strict=True)
        for cell in row.cells
    }
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(grid.rows):
        for cell in row.cells:
            first = (lines[number], cell.column + _LEFT)
            columns = cell.columns if row.table else count - cell.column
            last = (lines[number + _below(grid, number, cell)], first[1] + columns - 1)
            if (last[0] - first[0] + 1) * columns > _LARGEST_AREA:
                continue
            area = {
                (line, column)
                for line in range(first[0], last[0] + 1)
                for column in range(first[1], last[1] + 1)
            }
            if len(area) > 1 and area & own == {first} and not area & taken:
                taken |= area
                yield first, last


def _below(grid: Grid, number: int, cell: Cell) -> int:
    """How many of the rows below a cell is merged down into."""
    place = (cell.where, cell.column)

    def reached(row: Row) -> bool:
        return place in {(other.where, other.column) for other in row.reaching}

    return sum(1 for _ in takewhile(reached, grid.rows[number + 1 :]))
