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
_SHORTEST_STREAM = 20
"""Bytes; one that is shorter may well unpack to nothing."""

_LOG = logging.getLogger("pdfminer")


def read_pdf(data: bytes, name: str) -> Grid:
    """Read a .pdf file.

    Raises:
        UnreadableFileError: damaged, locked, scanned, or beyond the limits.
    """
    remarks: list[Remark] = []
    pages: list[tuple[int, list[Item]]] = []
    with _damage_told() as losses:
        for number, page in _pages(data):
            if losses or _is_torn(page):
                remarks.append(_torn(number))
                losses.clear()
            glyphs = _glyphs(page)
            if any(glyph.is_ink for glyph in glyphs):
                pages.append((number, items_of(page, glyphs)))
            elif page.images or page.curves or page.rects:
                remarks.append(_without_text(number))
            page.close()
    if not pages:
        raise UnreadableFileError(_why_nothing({remark.rule for remark in remarks}))
    share_columns([one for _, items in pages for one in items if isinstance(one, Ruled)])
    measure = Measure()
    rows = tuple(row for number, items in pages for row in _rows(number, items, measure))
    return Grid(name, rows, (*remarks, *_without_codes(rows)))


def _why_nothing(rules: set[str]) -> str:
    if "file.damaged_part" in rules:
        return DAMAGED
    return SCANNED if rules else "PDF是空的，没有可读取的内容。"


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
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    found = []
    for char in page.chars:
        text = printed(char["text"]) or (" " if char["text"].isspace() else "")
        at = (char["x0"], char["top"])
        if text and not _is_seen(seen, text, at):
            seen[text, int(at[0]), int(at[1])] = at
            found.append(Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"]))
    return found


def _is_seen(
    seen: dict[tuple[str, int, int], tuple[float, float]], text: str, at: tuple[float, float]
) -> bool:
    """Whether the same character stands less than a point away."""
    for across in (-1, 0, 1):
        for down in (-1, 0, 1):
            other = seen.get((text, int(at[0]) + across, int(at[1]) + down))
            if other and abs(other[0] - at[0]) < 1 > abs(other[1] - at[1]):
                return True
    return False


def _is_torn(page: Any) -> bool:  # noqa: ANN401
    """Whether one of the page's streams could not be unpacked: the library takes it for empty."""
    from pdfminer.pdftypes import resolve1

    return any(
        not stream.get_data() and int(stream.attrs.get("Length") or 0) > _SHORTEST_STREAM
        for stream in map(resolve1, page.page_obj.contents)
        if hasattr(stream, "get_data")
    )


def _torn(number: int) -> Remark:
    message = f"第{number}页有一部分已损坏，可能没有读全。请核对，或重新导出PDF后重试。"
    return Remark("file.damaged_part", f"第{number}页", message)


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


def _without_codes(rows: tuple[Row, ...]) -> Iterator[Remark]:
    """Say, or refuse, where a font does not say what its glyphs mean: they come as numbers."""
    unknown = total = 0
    first = None
    for row in rows:
        missing = sum(map(_unknown, (cell.text for cell in row.cells)))
        first = first or (row.where if missing else None)
        unknown += missing
        total += len(row.text)
    if unknown * 5 > total:
        raise UnreadableFileError(_NO_CODES)
    if first:
        message = "有的字没有文字编码，读不出来。请核对，或提供Word、Excel原件。"
        yield Remark("file.unknown_glyphs", first, message)


def _unknown(text: str) -> int:
    private = sum("\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" for letter in text)
    return private + text.count("(cid:") * len("(cid:1)")


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
