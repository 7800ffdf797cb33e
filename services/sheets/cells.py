"""Writing cells of official sheets: text stays text, numbers stay numbers (faults D8).

Widths are in Excel's unit, the width of one digit; a Chinese character takes two. Heights are
in points. Everything is laid out for A4.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from math import ceil

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from services.sheets.texts import FORMULA_STARTS, for_workbook

BODY_FONT = "宋体"
TITLE_FONT = "黑体"
BODY = Font(name=BODY_FONT, size=10)
BOLD = Font(name=BODY_FONT, size=10, bold=True)
SMALL = Font(name=BODY_FONT, size=9)
TITLE = Font(name=TITLE_FONT, size=18)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)

MONEY = "#,##0.00"
SCORE = "0.00"
WEIGHT = "General"
RATE = "0.00%"

LINE_HEIGHT = 13.5
LEAST_HEIGHT = 21.0
MOST_HEIGHT = 400.0
"""Excel allows 409 points a row."""
TALL = 180.0
"""Text taller than this is spread over rows, so that a page can end between them."""

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Get the cell that holds a value: the first of a merged area."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} lies inside a merged area")
    return cell


def write_text(cell: Cell, text: str | None) -> None:
    """Write text that can never become a formula, an error or a number.

    Characters that a workbook cannot hold are left out; what begins like a formula is marked
    as quoted, so that it stays text when somebody edits the cell.
    """
    clean = for_workbook(text)
    cell.value = clean or None
    if clean:
        cell.data_type = "s"
        cell.quotePrefix = clean.startswith(FORMULA_STARTS)


def write_number(cell: Cell, number: Decimal, number_format: str) -> None:
    """Write a number as a number, with the format it is printed in."""
    cell.value = number
    cell.number_format = number_format


def style(cell: Cell, font: Font = BODY, alignment: Alignment = CENTRE) -> None:
    """Give a cell its font and its place."""
    cell.font = font
    cell.alignment = alignment


def shade(cell: Cell | MergedCell, colour: str) -> None:
    """Fill a cell; the colour as RRGGBB."""
    cell.fill = PatternFill("solid", start_color=colour)


def merge(sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Merge an area, both ends included; a single cell is left as it is."""
    if rows[0] != rows[1] or columns[0] != columns[1]:
        sheet.merge_cells(
            start_row=rows[0], end_row=rows[1], start_column=columns[0], end_column=columns[1]
        )


def box(sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Draw thin lines around every cell of an area, inside merged ones too."""
    for line in sheet.iter_rows(rows[0], rows[1], columns[0], columns[1]):
        for cell in line:
            cell.border = _BOX


def width_of(text: str) -> int:
    """Measure text in digits: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def height_for(
    text: str | None, width: float, font: Font = BODY, *, indented: bool = True
) -> float:
    """Estimate the height that wrapped text needs in so wide a cell, as Excel wraps it.

    The width is told in digits of the body font; an indent and the lines take three of them,
    the lines alone one.
    """
    scale = float(font.size) / float(BODY.size)
    room = max(2.0, (width - (3 if indented else 1)) / scale)
    lines = sum(max(1, ceil(width_of(part) / room)) for part in (text or "").splitlines() or [""])
    return max(LEAST_HEIGHT, lines * LINE_HEIGHT * scale + 6)
