"""A page of an official sheet, filled from top to bottom: A4, lines, merged areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import BinaryIO, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from services.sheets import cells

_A4 = 9
_LANDSCAPE = (11.69 * 72, 8.27 * 72)
_MARGINS = (0.5 * 72, 0.6 * 72, 0.7 * 72)
"""A4 landscape and the margins (side, top, bottom) in points."""
_SAFETY = 0.96
"""Programs differ by a few points in what they fit on a page."""

Columns = tuple[int, int]
"""First and last column, both included, from 1."""


class Page:
    """One printed table; ``row`` is the next free row, ``widths`` those of its columns.

    Pages are cut where the caller says (``break_here``), by the heights it has asked for, so
    that merged labels are written again on each page instead of being cut through. In a ``book``
    of somebody else's it becomes the first sheet, and the one that opens; one that goes on is
    the last of a ``book`` of ours. Pages are landscape unless they are ``portrait``.
    """

    def __init__(
        self,
        title: str,
        widths: tuple[float, ...],
        book: Workbook | None = None,
        *,
        portrait: bool = False,
        goes_on: bool = False,
    ) -> None:
        self.widths = widths
        self.row = 1
        self.book = book or Workbook()
        self._paper = _LANDSCAPE[::-1] if portrait else _LANDSCAPE
        self._used = self._repeated = 0.0
        if not goes_on:
            self.book.properties.creator = "jixiao"
            self.book.properties.title = title
        self._sheet = self._own_sheet(title, new=book is None, last=goes_on)
        self._set_up("portrait" if portrait else "landscape")

    @property
    def last_column(self) -> int:
        """The number of columns."""
        return len(self.widths)

    def width(self, columns: Columns) -> float:
        """The width of some columns together."""
        return sum(self.widths[columns[0] - 1 : columns[1]])

    def put(
        self,
        text: str | None,
        columns: Columns,
        *,
        font: Font = cells.BODY,
        alignment: Alignment = cells.CENTRE,
        rows: int = 1,
    ) -> None:
        """Write text into the current row, over the columns and rows it spans."""
        cell = cells.cell_at(self._sheet, self.row, columns[0])
        cells.write_text(cell, text)
        cells.style(cell, font, alignment)
        cells.merge(self._sheet, (self.row, self.row + rows - 1), columns)

    def number(self, column: int, number: Decimal | None, shape: str, otherwise: str) -> None:
        """Write a number into the current row, or the words that stand where there is none."""
        money = shape == cells.MONEY and number is not None
        alignment = cells.RIGHT if money else cells.CENTRE
        if number is None:
            self.put(otherwise, (column, column), alignment=alignment)
        else:
            self.put_number(number, (column, column), shape, alignment=alignment)

    def put_number(
        self,
        number: Decimal,
        columns: Columns,
        shape: str,
        *,
        font: Font = cells.BODY,
        alignment: Alignment = cells.CENTRE,
        rows: int = 1,
    ) -> None:
        """Write a number into the current row, over the columns and rows it spans."""
        cell = cells.cell_at(self._sheet, self.row, columns[0])
        cells.write_number(cell, number, shape)
        cells.style(cell, font, alignment)
        cells.merge(self._sheet, (self.row, self.row + rows - 1), columns)

    def line(
        self,
        text: str,
        *,
        font: Font = cells.BODY,
        alignment: Alignment = cells.CENTRE,
        height: float | None = None,
    ) -> None:
        """Write a whole row of text and finish it."""
        columns = (1, self.last_column)
        self.put(text, columns, font=font, alignment=alignment)
        self.end(height or cells.height_for(text, self.width(columns), font))

    def side_by_side(self, texts: tuple[tuple[str | None, Columns], ...]) -> None:
        """Write texts next to each other; tall ones over several rows."""
        height = max(cells.height_for(text, self.width(columns)) for text, columns in texts)
        count = ceil(height / cells.TALL)
        for text, columns in texts:
            self.put(text, columns, alignment=cells.LEFT if count == 1 else cells.TOP, rows=count)
        for _ in range(count):
            self.end(height / count)

    def end(self, height: float = cells.LEAST_HEIGHT) -> None:
        """Finish the current row."""
        height = min(height, cells.MOST_HEIGHT)
        self._sheet.row_dimensions[self.row].height = height
        self._used = self._used + height if self._used + height <= self.room else height
        self.row += 1

    @property
    def room(self) -> float:
        """The heights of rows that fit on one printed page."""
        return (self._paper[1] - _MARGINS[1] - _MARGINS[2]) / self._scale * _SAFETY

    @property
    def left(self) -> float:
        """The heights of rows that still fit on the current page."""
        return self.room - self._used

    @property
    def room_below_heading(self) -> float:
        """The heights of rows that fit on a further page, below the repeated row."""
        return self.room - self._repeated

    def parted(self, heights: Sequence[float]) -> Iterator[slice]:
        """Cut rows of these heights into pages; the first one takes what is left of this page."""
        first, left = 0, self.left
        for order, height in enumerate(heights):
            if height > left and order > first:
                yield slice(first, order)
                first, left = order, self.room_below_heading
            left -= height
        yield slice(first, len(heights))

    def break_here(self) -> None:
        """Begin a new page with the current row."""
        self._sheet.row_breaks.append(Break(id=self.row - 1))
        self._used = self._repeated

    @property
    def _scale(self) -> float:
        """How much smaller than life the table is printed, so that it is as wide as the page.

        Told for the usual font; where that is missing it is smaller, and pages are less full.
        """
        width = sum(width * 7 + 5 for width in self.widths) * 0.75
        return min(1.0, (self._paper[0] - 2 * _MARGINS[0]) / width)

    def down(
        self, text: str | None, columns: int | Columns, top: int, *, font: Font = cells.BODY
    ) -> None:
        """Write text into one column or more, from a row down to the last finished one."""
        first, last = (columns, columns) if isinstance(columns, int) else columns
        cell = cells.cell_at(self._sheet, top, first)
        cells.write_text(cell, text)
        cells.style(cell, font)
        cells.merge(self._sheet, (top, self.row - 1), (first, last))

    def box(self, top: int) -> None:
        """Draw the lines of the table, from a row down to the last finished one."""
        cells.box(self._sheet, (top, self.row - 1), (1, self.last_column))

    def shade(self, columns: Columns, colour: str) -> None:
        """Fill cells of the current row; the colour as RRGGBB."""
        for column in range(columns[0], columns[1] + 1):
            cells.shade(self._sheet.cell(self.row, column), colour)

    def freeze(self) -> None:
        """Keep the rows so far in sight while the others are scrolled."""
        self._sheet.freeze_panes = f"A{self.row}"

    def repeat(self, row: int) -> None:
        """Print a row again at the top of each further page."""
        self._sheet.print_title_rows = f"{row}:{row}"
        self._repeated = float(self._sheet.row_dimensions[row].height or 0)

    def footer(self, left: str) -> None:
        """Print a line and the page's number at the foot of every page."""
        foot = HeaderFooterItem()
        foot.left.text, foot.right.text = left.replace("&", "&&"), "第&P页　共&N页"
        foot.left.size = foot.right.size = 8
        self._sheet.oddFooter = foot

    def finish(self) -> None:
        """Set the printed area to what was filled."""
        last = get_column_letter(self.last_column)
        self._sheet.print_area = f"A1:{last}{self.row - 1}"

    def save(self, file: Path | BinaryIO) -> None:
        """Finish the page, and write the workbook."""
        self.finish()
        self.book.save(file)

    def _own_sheet(self, title: str, *, new: bool, last: bool) -> Worksheet:
        if last and not new:
            sheet: Worksheet = self.book.create_sheet(title)
            sheet.sheet_view.tabSelected = False
            return sheet
        sheet = self.book.worksheets[0] if new else self.book.create_sheet(title, 0)
        sheet.title = title
        self.book.active = sheet
        for other in self.book.worksheets:
            # Sheets that are selected together are edited together.
            other.sheet_view.tabSelected = other is sheet
        return sheet

    def _set_up(self, orientation: Literal["portrait", "landscape"]) -> None:
        sheet = self._sheet
        for index, width in enumerate(self.widths, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.page_setup.orientation = orientation
        sheet.page_setup.paperSize = _A4
        # As wide as the page whatever the fonts of the machine; breaks by hand still hold,
        # because the number of pages is left open.
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        margins = sheet.page_margins
        margins.left = margins.right = _MARGINS[0] / 72
        margins.top, margins.bottom = _MARGINS[1] / 72, _MARGINS[2] / 72
        margins.header = margins.footer = 0.3
