"""PDF with a text layer to a grid: ruled and unruled tables, and the text around them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from services.intake.readers.archive import LOCKED
from services.intake.readers.grid import Grid, Remark, Row, UnreadableFileError
from services.intake.readers.layout import Placed, rows_of
from services.intake.readers.limits import MOST_PAGES, Measure
from services.intake.readers.markup import DAMAGED
from services.intake.readers.pdf_page import Item, Paragraph, Ruled, items_of, share_columns
from services.intake.readers.pdf_text import Glyph
from services.intake.readers.printed import printed
from services.intake.tables.table import column_letters

SCANNED = "PDF里没有文字，是扫描件或图片。请提供Word、Excel原件，或由原件直接另存的PDF。"
_NO_CODES = "PDF的字体没有文字编码，读出来是乱码。请提供Word、Excel原件，或换一种方式另存PDF。"
_TORN = Remark("file.damaged_part", None, "PDF有一部分内容已损坏，可能没有读全。请核对或重新导出。")
_LOG = logging.getLogger("pdfminer")


def read_pdf(data: bytes, name: str) -> Grid:
    """Read a .pdf file.

    Raises:
        UnreadableFileError: damaged, locked, scanned, or beyond the limits.
    """
    remarks: list[Remark] = []
    pages: list[tuple[int, list[Item]]] = []
    with _damage_told() as torn:
        for number, page in _pages(data):
            glyphs = _glyphs(page)
            if glyphs:
                pages.append((number, items_of(page, glyphs)))
            elif page.images or page.curves or page.rects:
                remarks.append(_without_text(number))
            page.close()
    if not pages:
        raise UnreadableFileError(SCANNED if remarks else "PDF是空的，没有可读取的内容。")
    share_columns([one for _, items in pages for one in items if isinstance(one, Ruled)])
    measure = Measure()
    rows = tuple(row for number, items in pages for row in _rows(number, items, measure))
    _require_codes(rows)
    return Grid(name, rows, (*remarks, *([_TORN] if torn else [])))


def _pages(data: bytes) -> Iterator[tuple[int, Any]]:
    """The pages by number, each turned so that its text stands upright."""
    # The library takes longer to load than most files take to read.
    import pdfplumber
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page

    pdf = pdfplumber.open(io.BytesIO(data))
    for number, content in enumerate(PDFPage.create_pages(pdf.doc), start=1):
        if number > MOST_PAGES:
            raise UnreadableFileError(f"PDF超过{MOST_PAGES}页。请按部门拆分后重试。")
        page = Page(pdf, content, number)
        turn = _turn(page.chars)
        if turn:
            content.rotate = (content.rotate + turn) % 360
            content.attrs["Rotate"] = content.rotate
            page = Page(pdf, content, number)
        yield number, page


def _turn(chars: list[dict[str, Any]]) -> int:
    """By how many degrees, clockwise, the page has to be turned for most text to be upright."""
    turned = [char["matrix"] for char in chars if not char["upright"]]
    if len(turned) * 2 <= len(chars):
        return 0
    upwards = sum(matrix[1] > 0 for matrix in turned)
    return 90 if upwards * 2 > len(turned) else 270


def _glyphs(page: Any) -> list[Glyph]:  # noqa: ANN401  # the library has no types
    """The characters of a page, each once: some programs print bold by printing it twice."""
    seen: set[tuple[str, int, int]] = set()
    found = []
    for char in page.chars:
        text = printed(char["text"])
        key = (text, round(char["x0"]), round(char["top"]))
        if text and key not in seen:
            seen.add(key)
            found.append(Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"]))
    return found


def _without_text(number: int) -> Remark:
    message = f"第{number}页没有文字（扫描件或图片），没有读取。请补上该页的文字版。"
    return Remark("file.page_without_text", f"第{number}页", message)


def _rows(number: int, items: list[Item], measure: Measure) -> Iterator[Row]:
    """The rows of a page, counted on through its text and tables."""
    above = 0

    def name(row: int, column: int) -> str:
        return f"第{number}页!{column_letters(column)}{above + row + 1}"

    for item in items:
        cells = _cells(item)
        part = f"p{number}"
        for _, row in rows_of(cells, part, name, measure):
            yield row if len(row.cells) > 1 or not isinstance(item, Paragraph) else _running(row)
        above += max((cell.row + cell.rows for cell in cells), default=0)


def _cells(item: Item) -> list[Placed]:
    if isinstance(item, Ruled):
        return item.placed()
    if isinstance(item, Paragraph):
        return [Placed(text, 0, column) for column, text in enumerate(item.pieces)]
    return [cell for row in item.rows for cell in row]


def _running(row: Row) -> Row:
    return Row(row.cells, table=False, part=row.part)


def _require_codes(rows: tuple[Row, ...]) -> None:
    """Refuse text whose font does not say what its glyphs mean: it comes as numbers or signs."""
    said = "".join(cell.text for row in rows for cell in row.cells)
    unknown = said.count("(cid:") * 5 + sum(
        "\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" for letter in said
    )
    if unknown * 5 > len(said):
        raise UnreadableFileError(_NO_CODES)


class _Hearing(logging.Handler):
    """Hears when the library goes on though a stream is torn, which it only tells its log."""

    def __init__(self, torn: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._torn = torn

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a loss."""
        if "loss" in record.getMessage():
            self._torn.append(record.getMessage())


@contextmanager
def _damage_told() -> Iterator[list[str]]:
    """Turn whatever the library stumbles over into one sentence; collect what it goes on after."""
    torn: list[str] = []
    hearing = _Hearing(torn)
    propagated = _LOG.propagate
    _LOG.addHandler(hearing)
    _LOG.propagate = False
    try:
        yield torn
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as problem:
        locked = "password" in repr(problem).lower()
        raise UnreadableFileError(LOCKED if locked else DAMAGED) from problem
    finally:
        _LOG.removeHandler(hearing)
        _LOG.propagate = propagated
