"""OpenDocument sheets (.ods) to a grid: they keep what each cell shows, and their merges.

calamine reads their values but knows neither; the file says both in plain XML.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.intake.readers.archive import unpack
from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.readers.layout import Placed
from services.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from services.intake.readers.markup import DAMAGED, Element, attribute, local, whole
from services.intake.readers.number_format import plain
from services.intake.readers.printed import printed
from services.intake.readers.sheets import Look, SheetCollector, remember_hidden

_GROUPS = frozenset(
    {
        "table-column-group",
        "table-columns",
        "table-header-columns",
        "table-header-rows",
        "table-row-group",
        "table-rows",
    }
)
_UNSEEN = frozenset({"collapse", "filter"})


def read_open_document_sheet(data: bytes, name: str) -> Grid:
    """Read an .ods file.

    Raises:
        UnreadableFileError: damaged, locked, no sheet, or beyond the limits.
    """
    tree = unpack(data).tree("content.xml")
    sheets = None if tree is None else tree.find("{*}body/{*}spreadsheet")
    if tree is None or sheets is None:
        raise UnreadableFileError(DAMAGED)
    collector = SheetCollector()
    hidden = _hidden_styles(tree)
    for sheet in sheets.iterfind("{*}table"):
        title = attribute(sheet, "name") or "Sheet"
        if attribute(sheet, "style-name") in hidden:
            collector.leave_out(title)
        else:
            look = Look()
            cells = list(_cells(sheet, look))
            collector.take(title, cells, look)
    return collector.grid(name)


def _hidden_styles(tree: Element) -> set[str | None]:
    styles = tree.iterfind("{*}automatic-styles/{*}style")
    return {
        attribute(style, "name")
        for style in styles
        if attribute(style.find("{*}table-properties"), "display") == "false"
    }


def _inside(container: Element, *names: str) -> Iterator[Element]:
    """Rows or columns, in groups or not."""
    for child in container:
        name = local(child)
        if name in names:
            yield child
        elif name in _GROUPS:
            yield from _inside(child, *names)


def _cells(sheet: Element, look: Look) -> Iterator[Placed]:
    column = 0
    for one in _inside(sheet, "table-column"):
        count = whole(attribute(one, "number-columns-repeated"), 1)
        if attribute(one, "visibility") in _UNSEEN:
            remember_hidden(look.hidden_columns, column, column + count - 1, MOST_COLUMNS)
        column += count
    number = 0
    for row in _inside(sheet, "table-row"):
        count = whole(attribute(row, "number-rows-repeated"), 1)
        if attribute(row, "visibility") in _UNSEEN:
            remember_hidden(look.hidden_rows, number, number + count - 1, MOST_ROWS)
        yield from _repeated(list(_row(row, number)), number, count)
        number += count


def _repeated(cells: list[Placed], first: int, count: int) -> Iterator[Placed]:
    """The cells of a row as often as it stands there; an empty one is but distance."""
    yield from cells
    if any(cell.text for cell in cells):
        if first + count > MOST_ROWS:
            raise UnreadableFileError(f"工作表超过{MOST_ROWS}行。请删去多余的行后重试。")
        for number in range(first + 1, first + count):
            for cell in cells:
                yield Placed(cell.text, number, cell.column, 1, cell.columns)


def _row(row: Element, number: int) -> Iterator[Placed]:
    """The cells of a row up to the last with text or spans."""
    column = 0
    waiting: list[Placed] = []
    for cell in row:
        kind = local(cell)
        if kind not in {"table-cell", "covered-table-cell"}:
            continue
        count = whole(attribute(cell, "number-columns-repeated"), 1)
        if kind == "table-cell":
            text = _text(cell)
            spans = _spans(cell)
            shown = text or spans != (1, 1)
            # Empty ones matter only before something: most rows end in a thousand of them.
            many = count if shown else min(count, MOST_COLUMNS)
            if shown and column + count > MOST_COLUMNS:
                raise UnreadableFileError(f"工作表超过{MOST_COLUMNS}列。请删去多余的列后重试。")
            waiting += (Placed(text, number, column + at, *spans) for at in range(many))
            if shown:
                yield from waiting
                waiting = []
        column += count


def _spans(cell: Element) -> tuple[int, int]:
    rows, columns = (
        max(whole(attribute(cell, name), 1), 1)
        for name in ("number-rows-spanned", "number-columns-spanned")
    )
    return min(rows, MOST_ROWS), min(columns, MOST_COLUMNS)


def _text(cell: Element) -> str:
    """What the cell shows; a value without text is printed plainly."""
    lines = ["".join(_pieces(line)) for line in cell.iterfind("{*}p")]
    if lines:
        return printed("\n".join(lines))
    value = attribute(cell, "value")
    try:
        return plain(float(value)) if value else ""
    except ValueError:
        return ""


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            yield " " * min(whole(attribute(child, "c"), 1), MOST_COLUMNS)
        elif name in {"tab", "line-break"}:
            yield "\t" if name == "tab" else "\n"
        elif name not in {"annotation", "note"}:
            yield from _pieces(child)
        yield child.tail or ""
