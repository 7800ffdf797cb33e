"""The pages of a Word document: A4, fonts, margins, a footer that counts."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from services.sheets import cells
from services.sheets.texts import holdable

BODY = Pt(10.5)
"""The size of the letters."""
_SMALL = Pt(8)
_SHORT, _LONG = Mm(210), Mm(297)
_SIDE, _TOP, _BOTTOM, _FOOT = Mm(12.7), Mm(15), Mm(18), Mm(9)


def set_font(document: WordDocument) -> None:
    """Let Chinese and Latin letters have the same font, and paragraphs no space around them."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = cells.BODY_FONT, BODY
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), cells.BODY_FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def set_up(section: Section, footer: str, *, landscape: bool) -> None:
    """Make a section A4, with a line and the page's number at the foot of every page."""
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = _SIDE
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.footer_distance = _FOOT
    section.footer.is_linked_to_previous = False
    _footer(section.footer.paragraphs[0], footer, room_of(section))


def room_of(section: Section) -> Length:
    """The width between the margins."""
    return Length(int(section.page_width or 0) - 2 * _SIDE)


def _footer(paragraph: Paragraph, text: str, width: Length) -> None:
    paragraph.style = "Normal"
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    for piece in (f"{holdable(text)}\t第", "PAGE", "页　共", "NUMPAGES", "页"):
        run = paragraph.add_run("1" if piece.isascii() else piece)
        run.font.size = _SMALL
        if piece.isascii():
            _count(run, piece)


def _count(run: Run, what: str) -> None:
    """Let Word print what it counts in place of a run."""
    field = OxmlElement("w:fldSimple", {qn("w:instr"): what})
    run.element.addprevious(field)
    field.append(run.element)
