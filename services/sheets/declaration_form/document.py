"""Forms as Word documents: one section each, its heading of indicators repeated on every page.

Word repeats only the first rows of a table, so that head and indicators are two tables, one
directly below the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Pt
from docx.text.run import Run

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
from services.sheets.declaration_form.word_page import BODY, room_of, set_font, set_up
from services.sheets.declaration_form.word_table import Placed, WordTable
from services.sheets.texts import holdable

_TITLE, _NOTE = Pt(18), Pt(9)
_APART = Pt(4)
"""Between the lines above a table, and between paragraphs."""
_GAP = Pt(1)
"""The height of the paragraph that keeps two tables apart."""
_BODY_HALVES = round(BODY.pt * 2)
_LEAST, _SIGNATURE = 420, 600
"""How high a row is at least, in twentieths of a point."""
_LONGEST_WHOLE = 150
"""Characters; a row with more in a cell may go over the page."""
_ALIGN = {
    Look.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Look.AMOUNT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_document(papers: Sequence[Form], file: Path | BinaryIO) -> None:
    """Write the forms, each from a page of its own on."""
    document = Document()
    document.core_properties.author = "jixiao"
    document.core_properties.title = papers[0].title if papers else ""
    document.core_properties.comments = ""
    set_font(document)
    for order, paper in enumerate(papers):
        section = document.add_section(WD_SECTION.NEW_PAGE) if order else document.sections[0]
        set_up(section, paper.imprint.footer, landscape=paper.landscape)
        if isinstance(paper, Prose):
            _write(document, paper)
        else:
            _fill(document, paper, section)
    document.save(str(file) if isinstance(file, Path) else file)


def _write(document: WordDocument, prose: Prose) -> None:
    _head_lines(document, prose)
    for text, is_heading in prose.paragraphs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = _APART
        paragraph.paragraph_format.keep_with_next = is_heading
        _set_run(paragraph.add_run(holdable(text)), cells.BODY_FONT if is_heading else FILLED_FONT)
        paragraph.runs[0].bold = is_heading


def _head_lines(document: WordDocument, paper: Form) -> None:
    _centred(document, paper.title, cells.TITLE_FONT, _TITLE)
    for text in paper.subtitles:
        _centred(document, text, cells.BODY_FONT, BODY)


def _fill(document: WordDocument, paper: Paper, section: Section) -> None:
    widths = _widths(paper.widths, room_of(section))
    _head_lines(document, paper)
    if paper.above:
        line = document.add_paragraph("\t".join(map(holdable, paper.above)))
        line.paragraph_format.tab_stops.add_tab_stop(room_of(section), WD_TAB_ALIGNMENT.RIGHT)
    _put(document, _head(paper, widths))
    _put(document, _indicators(paper, widths), with_next=True)
    for text in paper.imprint.notes:
        note = document.add_paragraph()
        note.add_run(holdable(text)).font.size = _NOTE
        note.paragraph_format.keep_with_next = True
        note.paragraph_format.space_before = _APART
    _put(document, _signatures(paper, widths))


def _centred(document: WordDocument, text: str, font: str, size: Length) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = _APART
    _set_run(paragraph.add_run(text), font, size)


def _set_run(run: Run, font: str, size: Length = BODY) -> None:
    run.font.name, run.font.size = font, size
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _put(document: WordDocument, made: WordTable, *, with_next: bool = False) -> None:
    """Put a table below what is there, and a paragraph as low as can be below it."""
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = with_next
    gap.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    gap.paragraph_format.line_spacing = _GAP
    gap.paragraph_format.element.addprevious(made.element)


def _widths(widths: Sequence[float], room: Length) -> tuple[int, ...]:
    """The columns in twentieths of a point, as wide together as the page has room."""
    total = room.pt * 20
    return tuple(round(width / sum(widths) * total) for width in widths)


def _head(paper: Paper, widths: Sequence[int]) -> WordTable:
    made = WordTable(widths, open_below=True)
    reaching: list[tuple[int, Box]] = []
    for line in paper.head:
        reaching = [(left - 1, box) for left, box in reaching if left > 1]
        beside = [_placed(box, merge="continue") for _, box in reaching]
        own = [_placed(box, merge="restart" if box.lines > 1 else None) for box in line]
        made.add_row([*beside, *own], height=_LEAST, whole=not _is_prose(line))
        reaching += [(box.lines, box) for box in line if box.lines > 1]
    return made


def _is_prose(line: Line) -> bool:
    return any(box.look is Look.LEFT for box in line)


def _indicators(paper: Paper, widths: Sequence[int]) -> WordTable:
    made = WordTable(widths)
    heading = [_placed(box) for box in paper.table.heading]
    made.add_row(heading, height=_LEAST, repeated=True)
    before: Row | None = None
    for row in paper.table.rows:
        side = [_side(first=before is None)] if paper.table.side else []
        levels = [_level(row, before, order) for order in range(len(row.levels))]
        rest = [_placed(box) for box in row.rest]
        whole = all(_is_low(box) for box in row.rest)
        # The lines to sign never stand alone on a page: the last row goes with them.
        last = row is paper.table.rows[-1]
        made.add_row([*side, *levels, *rest], height=_LEAST, whole=whole, with_next=last)
        before = row
    return made


def _side(*, first: bool) -> Placed:
    """The label left of the table: its text is in the heading, which every page repeats."""
    merge = "restart" if first else "continue"
    return _placed(Box(0, 1, Look.LABEL), merge=merge)


def _level(row: Row, before: Row | None, order: int) -> Placed:
    """A level, merged down from the row before where that has the same."""
    same = before is not None and all(
        row.levels[level].text == before.levels[level].text for level in range(order + 1)
    )
    return _placed(row.levels[order], merge="continue" if same else "restart")


def _is_low(box: Box) -> bool:
    """Whether a box is surely no higher than a good part of a page."""
    return len(box.text or "") <= _LONGEST_WHOLE


def _signatures(paper: Paper, widths: Sequence[int]) -> WordTable:
    made = WordTable(widths, lined=False)
    for line in paper.signatures:
        boxes = [_placed(box) for box in line]
        last = line is paper.signatures[-1]
        made.add_row(boxes, height=_SIGNATURE, with_next=not last)
    return made


def _placed(box: Box, merge: str | None = None) -> Placed:
    label = box.look is Look.LABEL
    return Placed(
        box.at,
        box.columns,
        "" if merge == "continue" else _text(box),
        cells.BODY_FONT if label else FILLED_FONT,
        _BODY_HALVES,
        _ALIGN.get(box.look, WD_ALIGN_PARAGRAPH.CENTER),
        bold=label,
        merge=merge,
    )


def _text(box: Box) -> str:
    """A number as it is printed: amounts with thousands and at least two decimals."""
    if box.number is None:
        return box.text or ""
    if box.look is Look.AMOUNT:
        return f"{box.number:,.{decimals(box.number, 2, 10)}f}"
    if box.look is Look.SHARE:
        percent = box.number * 100
        return f"{percent:.{decimals(percent, 0, SHARE_PLACES)}f}%"
    return f"{box.number.normalize():f}"
