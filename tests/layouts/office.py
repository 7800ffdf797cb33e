"""Forms as Word documents and Excel workbooks with really merged cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.layouts.paper import Line, NewPage, Paper, Sheet, Table

MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FIXED_MOMENT = b"2025-01-01T00:00:00Z"
FIXED_DAY = (2025, 1, 1, 0, 0, 0)


def docx_of(paper: Paper) -> bytes:
    """The form as a Word document."""
    document = Document()
    if paper.landscape:
        _turn(document)
    for part in paper.parts():
        if isinstance(part, Table):
            shown = document.add_table(len(part.rows), part.width, style="Table Grid")
            fill(paper, part, shown)
        elif isinstance(part, NewPage):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            _say(document, part)
    written = io.BytesIO()
    document.save(written)
    return steady(written.getvalue())


def _turn(document: DocumentType) -> None:
    """Lay the page on its side."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _say(document: DocumentType, line: Line) -> None:
    paragraph = document.add_paragraph(line.text)
    if line.title:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def fill(paper: Paper, table: Table, shown: WordTable) -> None:
    """Merge and write the cells of a Word table of the same size."""
    for cell in table.cells():
        corner: WordCell = shown.cell(cell.row, cell.column)
        if cell.down > 1 or cell.across > 1:
            last = shown.cell(cell.row + cell.down - 1, cell.column + cell.across - 1)
            corner = corner.merge(last)
        if cell.inner:
            inner = paper.inner[cell.inner]
            fill(paper, inner, corner.add_table(len(inner.rows), inner.width))
        else:
            corner.text = cell.text


def xlsx_of(paper: Paper) -> bytes:
    """The form as a workbook, lines of text in merged rows over the tables' width."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in paper.sheets:
        _write(book.create_sheet(sheet.name), sheet)
    written = io.BytesIO()
    book.save(written)
    return steady(written.getvalue())


def _write(page: Worksheet, sheet: Sheet) -> None:
    wide = max(part.width for part in sheet.parts if isinstance(part, Table))
    top = 1
    for part in sheet.parts:
        if isinstance(part, Table):
            _place(page, part, top)
            top += len(part.rows)
        elif isinstance(part, Line):
            page.cell(top, 1, part.text)
            page.merge_cells(start_row=top, end_row=top, start_column=1, end_column=wide)
            top += 1
        else:
            top += 1


def _place(page: Worksheet, table: Table, top: int) -> None:
    for cell in table.cells():
        row, column = top + cell.row, 1 + cell.column
        if cell.text:
            value = cell.text if cell.value is None else cell.value
            page.cell(row, column, value).number_format = cell.number_format
        if cell.down > 1 or cell.across > 1:
            page.merge_cells(
                start_row=row,
                end_row=row + cell.down - 1,
                start_column=column,
                end_column=column + cell.across - 1,
            )


def steady(archive: bytes) -> bytes:
    """The same archive with every moment in it fixed: the same bytes at each run."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name, content in entries(archive):
            entry = zipfile.ZipInfo(name, FIXED_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fresh.writestr(entry, content)
    return written.getvalue()


def entries(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of an archive, moments in the properties fixed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as stale:
        for name in stale.namelist():
            content = stale.read(name)
            if name == "docProps/core.xml":
                content = MOMENT.sub(FIXED_MOMENT, content)
            yield name, content
