"""Characters of a PDF page to lines, and lines to the text that was typed.

A PDF keeps no text, only where each character stands. Where a line ends because the next word
did not fit, it is joined again; where it ends earlier, the break was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.intake.readers.aligned import Columns, Segment

_WIDE_GAP = 1.8
_BLANK = 0.3
"""In characters: what parts two columns, and what is a blank."""

NO_COLUMNS = Columns()
_UNBREAKABLE = re.compile(r"[A-Za-z0-9.,%+\-]+|.", re.DOTALL)
_CLOSING = frozenset("，。；：、！？）》】”’,.;:!?)]%")
_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; points from the upper left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Its height, by which gaps are measured."""
        return max(self.bottom - self.top, 1.0)

    @property
    def is_ink(self) -> bool:
        """Whether it shows; a blank does not."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters that stand beside each other, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The height of its characters."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """What it says, with a blank where there is a gap."""
        return "".join(_with_blanks(self.glyphs))

    def segments(self, columns: Columns = NO_COLUMNS) -> list[Segment]:
        """Its pieces between wide gaps, and between narrow ones where known columns part."""
        pieces: list[list[Glyph]] = [[]]
        blanks: list[Glyph] = []
        for glyph in self.glyphs:
            if not glyph.is_ink:
                blanks.append(glyph)
                continue
            last = pieces[-1][-1] if pieces[-1] else glyph
            gap = (glyph.x0 - last.x1) / last.size
            if gap > _WIDE_GAP or (gap > _BLANK and columns.part(last.x1, glyph.x0)):
                pieces.append([])
            else:
                pieces[-1] += blanks
            blanks = []
            pieces[-1].append(glyph)
        return [
            Segment("".join(_with_blanks(piece)), piece[0].x0, piece[-1].x1) for piece in pieces
        ]


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Put characters into lines, from top to bottom, without the blanks at their ends."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.middle[1], one.x0)):
        last = lines[-1] if lines else None
        if last and glyph.middle[1] - last[0].middle[1] < min(glyph.size, last[0].size) / 2:
            last.append(glyph)
        else:
            lines.append([glyph])
    ordered = (_without_ends(sorted(line, key=lambda one: one.x0)) for line in lines)
    return [TextLine(tuple(line)) for line in ordered if line]


def _without_ends(line: list[Glyph]) -> list[Glyph]:
    inked = [at for at, glyph in enumerate(line) if glyph.is_ink]
    return line[inked[0] : inked[-1] + 1] if inked else []


def joined(lines: Sequence[TextLine], left: float, right: float) -> str:
    """Join the lines of a cell that reaches from ``left`` to ``right``."""
    if not lines:
        return ""
    margin = min(min(line.x0 - left, right - line.x1) for line in lines)
    room = right - left - 2 * max(margin, 0.0)
    said = lines[0].text
    for line, following in pairwise(lines):
        said += break_between(line, following, line.x1 - line.x0, room) + following.text
    return said


def break_between(line: TextLine, following: TextLine, used: float, room: float) -> str:
    """What stands between two lines: nothing or a blank where the text ran on, else a break."""
    if used + _first_word(following) <= room + 0.1 * line.size:
        return "\n"
    ends, begins = line.glyphs[-1].text[-1:], following.glyphs[0].text[:1]
    return " " if _LETTERS.fullmatch(ends) and _LETTERS.fullmatch(begins) else ""


def _first_word(line: TextLine) -> float:
    """How wide the piece is that could not be torn from the beginning of a line."""
    text = "".join(glyph.text[:1] for glyph in line.glyphs)
    found = _UNBREAKABLE.match(text)
    count = found.end() if found else 1
    while count < len(text) and text[count] in _CLOSING:
        count += 1
    return line.glyphs[count - 1].x1 - line.x0


def _with_blanks(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """The characters, with one blank where there are some or where a gap is."""
    before: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if not glyph.is_ink:
            blank = True
            continue
        if before is not None and (blank or glyph.x0 - before.x1 > _BLANK * before.size):
            yield " "
        yield glyph.text
        before, blank = glyph, False
