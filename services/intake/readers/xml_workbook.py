"""Workbooks of Excel 2003 in XML, which many systems export under the ending .xls."""

from __future__ import annotations

from collections.abc import Iterator

from services.intake.readers.grid import Grid
from services.intake.readers.layout import Placed
from services.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from services.intake.readers.markup import Element, attribute, children, local, whole, xml
from services.intake.readers.number_format import GENERAL, plain, shown
from services.intake.readers.printed import printed
from services.intake.readers.sheets import Look, SheetCollector, remember_hidden

_NAMED = {
    "Fixed": "0.00",
    "Percent": "0.00%",
    "Standard": "#,##0.00",
    "Currency": "¥#,##0.00",
}


def read_xml_workbook(data: bytes, name: str) -> Grid:
    """Read a SpreadsheetML 2003 file.

    Raises:
        UnreadableFileError: damaged, or beyond the limits.
    """
    book = xml(data)
    formats = {
        attribute(style, "ID"): attribute(style.find("{*}NumberFormat"), "Format") or GENERAL
        for style in book.iterfind("{*}Styles/{*}Style")
    }
    collector = SheetCollector()
    for sheet in children(book, "Worksheet"):
        title = attribute(sheet, "Name") or "Sheet"
        if (sheet.findtext("{*}WorksheetOptions/{*}Visible") or "").startswith("SheetHidden"):
            collector.leave_out(title)
            continue
        look = Look()
        table = sheet.find("{*}Table")
        cells = [] if table is None else list(_cells(table, look, formats))
        collector.take(title, cells, look)
    return collector.grid(name)


def _cells(table: Element, look: Look, formats: dict[str | None, str]) -> Iterator[Placed]:
    row = column = 0
    for child in table:
        if local(child) == "Column":
            column = whole(attribute(child, "Index"), column + 1) - 1
            last = column + whole(attribute(child, "Span"))
            if attribute(child, "Hidden") == "1":
                remember_hidden(look.hidden_columns, column, last, MOST_COLUMNS)
            column = last + 1
        elif local(child) == "Row":
            row = whole(attribute(child, "Index"), row + 1) - 1
            last = row + whole(attribute(child, "Span"))
            if attribute(child, "Hidden") == "1":
                remember_hidden(look.hidden_rows, row, last, MOST_ROWS)
            yield from _row(child, row, look, formats)
            row = last + 1


def _row(row: Element, number: int, look: Look, formats: dict[str | None, str]) -> Iterator[Placed]:
    column = 0
    for cell in children(row, "Cell"):
        column = whole(attribute(cell, "Index"), column + 1) - 1
        across, down = (whole(attribute(cell, name)) for name in ("MergeAcross", "MergeDown"))
        data = cell.find("{*}Data")
        if data is None and attribute(cell, "Formula"):
            look.uncomputed.append((number, column))
        code = formats.get(attribute(cell, "StyleID"), GENERAL)
        spans = (min(down, MOST_ROWS) + 1, min(across, MOST_COLUMNS) + 1)
        yield Placed("" if data is None else _text(data, code), number, column, *spans)
        column += across + 1


def _text(data: Element, code: str) -> str:
    said = "".join(str(piece) for piece in data.itertext())
    kind = attribute(data, "Type")
    if kind == "DateTime":
        day, _, hour = said.partition("T")
        return day if hour[:5] in {"", "00:00"} else f"{day} {hour[:5]}"
    if kind == "Number":
        try:
            number = float(said)
        except ValueError:
            return printed(said)
        code = _NAMED.get(code, code)
        return plain(number) if code in {GENERAL, "@"} else shown(number, code)
    return printed(said)
