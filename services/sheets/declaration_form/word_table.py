"""A Word table built row by row on a grid of columns, with cells merged right and down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from services.sheets.texts import holdable

_MARGINS = {"top": 40, "left": 80, "bottom": 40, "right": 80}
"""Between a cell's line and its text, in twentieths of a point."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell from column ``at`` (from 0) over some columns.

    ``merge`` is ``restart`` where a cell reaches down into the next rows, ``continue`` where one
    reaches in from above. ``size`` in half points.
    """

    at: int
    columns: int
    text: str
    font: str
    size: int
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER
    bold: bool = False
    merge: str | None = None


class WordTable:
    """A table of fixed columns, their widths in twentieths of a point, filled row by row.

    One that is ``open_below`` has no last line: that of the next table, right below, is its.
    """

    def __init__(
        self, widths: Sequence[int], *, lined: bool = True, open_below: bool = False
    ) -> None:
        self.element = OxmlElement("w:tbl")
        self._widths = widths
        looks = _within(self.element, "w:tblPr")
        _within(looks, "w:tblW", type="dxa", w=sum(widths))
        _within(looks, "w:jc", val="center")
        if lined:
            _add_lines(looks, open_below=open_below)
        _within(looks, "w:tblLayout", type="fixed")
        margins = _within(looks, "w:tblCellMar")
        for side, margin in _MARGINS.items():
            _within(margins, f"w:{side}", w=margin, type="dxa")
        grid = _within(self.element, "w:tblGrid")
        for width in widths:
            _within(grid, "w:gridCol", w=width)

    def add_row(
        self,
        cells: Iterable[Placed],
        *,
        height: int,
        repeated: bool = False,
        whole: bool = True,
        with_next: bool = False,
    ) -> None:
        """Add a row at least so high, its cells in the order of their columns.

        A ``repeated`` one stands on every page, a ``whole`` one is not cut by a page, one
        ``with_next`` is on the page of what follows.
        """
        row = _within(self.element, "w:tr")
        looks = _within(row, "w:trPr")
        if whole:
            _within(looks, "w:cantSplit")
        _within(looks, "w:trHeight", val=height, hRule="atLeast")
        if repeated:
            _within(looks, "w:tblHeader")
        for cell in sorted(cells, key=lambda cell: cell.at):
            width = sum(self._widths[cell.at : cell.at + cell.columns])
            _add_cell(row, cell, width, with_next=with_next)


def _add_lines(looks: _Element, *, open_below: bool) -> None:
    borders = _within(looks, "w:tblBorders")
    for side in _SIDES:
        kind = "nil" if open_below and side == "bottom" else "single"
        _within(borders, f"w:{side}", val=kind, sz=4, space=0, color="000000")


def _add_cell(row: _Element, cell: Placed, width: int, *, with_next: bool) -> None:
    made = _within(row, "w:tc")
    looks = _within(made, "w:tcPr")
    _within(looks, "w:tcW", w=width, type="dxa")
    if cell.columns > 1:
        _within(looks, "w:gridSpan", val=cell.columns)
    if cell.merge:
        _within(looks, "w:vMerge", val=cell.merge)
    _within(looks, "w:vAlign", val="center")
    paragraph = _within(made, "w:p")
    setting = _within(paragraph, "w:pPr")
    if with_next:
        _within(setting, "w:keepNext")
    _within(setting, "w:jc", val=WD_ALIGN_PARAGRAPH.to_xml(cell.align) or "left")
    if cell.text:
        _add_run(paragraph, cell)


def _add_run(paragraph: _Element, cell: Placed) -> None:
    """Add text with its line ends and tabs."""
    run = _within(paragraph, "w:r")
    looks = _within(run, "w:rPr")
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia"), cell.font)
    _within(looks, "w:rFonts", **fonts)
    if cell.bold:
        _within(looks, "w:b")
    _within(looks, "w:sz", val=cell.size)
    for piece in _pieces(holdable(cell.text)):
        if piece in {"\n", "\t"}:
            _within(run, "w:br" if piece == "\n" else "w:tab")
            continue
        text = _within(run, "w:t")
        text.text = piece
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _pieces(text: str) -> Iterator[str]:
    """Part a text at its line ends and tabs, which are pieces of their own."""
    for order, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if order:
            yield "\n"
        for number, part in enumerate(line.split("\t")):
            if number:
                yield "\t"
            if part:
                yield part


def _within(parent: _Element, tag: str, **attributes: object) -> _Element:
    child = OxmlElement(tag, {qn(f"w:{name}"): str(said) for name, said in attributes.items()})
    parent.append(child)
    return child
