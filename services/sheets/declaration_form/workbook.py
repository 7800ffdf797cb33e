"""Forms as workbooks: one sheet each, printed as the official form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from services.sheets import cells
from services.sheets.declaration_form.paper import (
    FILLED_FONT,
    SHARE_PLACES,
    Box,
    Form,
    Line,
    Look,
    Paper,
    Prose,
    Row,
    decimals,
)
from services.sheets.page import Columns, Page
from services.sheets.texts import holdable

_FILLED = Font(name=FILLED_FONT, size=10.5)
_HEADING = Font(name=cells.BODY_FONT, size=10.5, bold=True)
_ALIGNMENTS = {Look.LEFT: cells.LEFT, Look.AMOUNT: cells.RIGHT}
_TITLE_HEIGHT, _SIGNATURE_HEIGHT = 30.0, 26.0
_MOST_DIGITS = 15
"""What a workbook keeps of a number; longer ones are written as text."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31


def write_workbook(papers: Sequence[Form], file: Path | BinaryIO) -> None:
    """Write one form a sheet, in order, named after their projects."""
    book: Workbook | None = None
    for paper, name in zip(papers, sheet_names(papers), strict=True):
        page = Page(
            name, paper.widths, book, portrait=not paper.landscape, goes_on=book is not None
        )
        if isinstance(paper, Prose):
            _write(page, paper)
        else:
            _fill(page, paper)
        page.footer(paper.imprint.footer)
        page.finish()
        book = page.book
    (book or Workbook()).save(file)


def sheet_names(papers: Sequence[Form]) -> Iterator[str]:
    """Name the sheets after the projects, each once, as a workbook allows; numbered if several."""
    for number, paper in enumerate(papers, start=1):
        front = f"{number}." if len(papers) > 1 else ""
        plain = _NOT_IN_NAMES.sub("", holdable(paper.name)).strip("' ")
        yield f"{front}{plain}"[:_LONGEST_NAME].rstrip("' ") or paper.title


def _title(page: Page, paper: Form) -> None:
    page.line(paper.title, font=cells.TITLE, height=_TITLE_HEIGHT)
    for text in paper.subtitles:
        page.line(text, height=18)


def _write(page: Page, prose: Prose) -> None:
    _title(page, prose)
    for text, is_heading in prose.paragraphs:
        page.line(text, font=_HEADING if is_heading else _FILLED, alignment=cells.LEFT)


def _fill(page: Page, paper: Paper) -> None:
    _title(page, paper)
    if paper.above:
        _above(page, paper.above)
    top = page.row
    _head(page, paper.head)
    _table(page, paper)
    page.box(top)
    if page.left < _tail(page, paper):
        page.break_here()
    for note in paper.imprint.notes:
        page.line(note, font=cells.SMALL, alignment=cells.LEFT)
    for line in paper.signatures:
        for box in line:
            page.put(box.text, _columns(box), alignment=cells.LEFT)
        page.end(_SIGNATURE_HEIGHT)


def _above(page: Page, texts: tuple[str, str]) -> None:
    """Write the line of unit and money above the table."""
    half = page.last_column // 2
    page.put(texts[0], (1, half), alignment=cells.LEFT)
    page.put(texts[1], (half + 1, page.last_column), alignment=cells.RIGHT)
    page.end(18)


def _head(page: Page, lines: Sequence[Line]) -> None:
    """Write the lines of the head; a tall one takes several rows, and so do labels beside it."""
    heights = [_height(page, line) for line in lines]
    counts = [ceil(height / cells.TALL) for height in heights]
    for order, line in enumerate(lines):
        for box in line:
            _put(page, box, rows=sum(counts[order : order + box.lines]))
        for _ in range(counts[order]):
            page.end(heights[order] / counts[order])


def _table(page: Page, paper: Paper) -> None:
    heights = [_height(page, (*row.levels, *row.rest)) for row in paper.table.rows]
    heading = _height(page, paper.table.heading)
    if page.left < heading + min(heights[0] if heights else 0.0, page.room / 2):
        page.break_here()
    top = page.row
    for box in paper.table.heading:
        _put(page, box)
    page.end(heading)
    page.repeat(top)
    pages = list(page.parted(_with_tail(heights, _tail(page, paper))))
    for order, part in enumerate(pages):
        if order:
            page.break_here()
        first = top if len(pages) == 1 else page.row
        _block(page, paper.table.rows[part], heights[part])
        if paper.table.side and page.row > first:
            page.down(paper.table.side if first == top else None, 1, first, font=cells.BOLD)


def _tail(page: Page, paper: Paper) -> float:
    """The height of what stands below the table."""
    width = page.width((1, page.last_column))
    notes = (cells.height_for(note, width, cells.SMALL) for note in paper.imprint.notes)
    return sum(notes) + _SIGNATURE_HEIGHT * len(paper.signatures)


def _with_tail(heights: Sequence[float], tail: float) -> Sequence[float]:
    """Let the lines to sign stand on one page with the last row, never alone."""
    return [*heights[:-1], heights[-1] + tail] if heights else []


def _block(page: Page, rows: Sequence[Row], heights: Sequence[float]) -> None:
    """Write the rows of one page, with the labels of their levels down their sides."""
    left = iter(heights)
    for _, of_class in groupby(rows, lambda row: row.levels[0].text):
        same = list(of_class)
        top = page.row
        for _, of_category in groupby(same, lambda row: row.levels[1].text):
            first = page.row
            alike = list(of_category)
            for row in alike:
                _row(page, row.rest, next(left))
            category = alike[0].levels[1]
            page.down(category.text, _columns(category), first, font=_FILLED)
        page.down(same[0].levels[0].text, _columns(same[0].levels[0]), top, font=_FILLED)


def _row(page: Page, boxes: Line, height: float) -> None:
    count = ceil(height / cells.TALL)
    for box in boxes:
        _put(page, box, rows=count)
    for _ in range(count):
        page.end(height / count)


def _put(page: Page, box: Box, rows: int = 1) -> None:
    """Write a box into the current row."""
    columns, font, alignment = _columns(box), _font(box), _alignment(box, rows)
    number = box.number
    if number is None:
        page.put(box.text, columns, font=font, alignment=alignment, rows=rows)
    elif _digits(number) > _MOST_DIGITS:
        page.put(f"{number:f}", columns, font=font, alignment=alignment, rows=rows)
    else:
        shape = _shape(number, box.look)
        page.put_number(number, columns, shape, font=font, alignment=alignment, rows=rows)


def _columns(box: Box) -> Columns:
    return box.at + 1, box.at + box.columns


def _font(box: Box) -> Font:
    return cells.BOLD if box.look is Look.LABEL else _FILLED


def _alignment(box: Box, rows: int) -> Alignment:
    if box.look is Look.LEFT and rows > 1:
        return cells.TOP
    return _ALIGNMENTS.get(box.look, cells.CENTRE)


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _shape(number: Decimal, look: Look) -> str:
    """The format that shows all of a number's decimals, and of amounts at least two."""
    if look is Look.AMOUNT:
        return "#,##0." + "0" * decimals(number, 2, 10)
    if look is Look.SHARE:
        places = decimals(number * 100, 0, SHARE_PLACES)
        return f"0.{'0' * places}%" if places else "0%"
    return cells.WEIGHT


def _height(page: Page, boxes: Line) -> float:
    """The height that the texts of a line need; labels that reach further down need none."""
    return max(
        (_height_of(page, box) for box in boxes if box.lines == 1), default=cells.LEAST_HEIGHT
    )


def _height_of(page: Page, box: Box) -> float:
    width = page.width(_columns(box))
    return cells.height_for(box.text, width, _font(box), indented=box.look is Look.LEFT)
