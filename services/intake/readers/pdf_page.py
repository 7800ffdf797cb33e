"""One page of a PDF: its ruled tables, its lines, and the tables that only stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from services.intake.readers.aligned import Columns, Segment
from services.intake.readers.layout import Placed
from services.intake.readers.pdf_text import Glyph, TextLine, break_between, joined, lines_of

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_SNAP = 3.0
"""Points; rules closer than this are one."""

_PAGE_NUMBER = re.compile(
    r"[-—–\s]*第?\s*[0-9]{1,4}\s*页?\s*(?:[/,，共\s]+[0-9]{1,4}\s*页?)?[-—–\s]*"
)
_EDGE = 0.09
"""The share of the page at its head and foot where page numbers stand."""

_NEAR = 2.5
_CLOSE = 1.25
"""Line heights between the lines of one table; how much wider than the closest two lines the
gap between two rows is."""


@dataclass(slots=True)
class Ruled:
    """A table drawn with lines: the box and text of each cell."""

    box: Box
    cells: list[tuple[Box, str]]
    edges: list[float] = field(default_factory=list)
    """Where its columns part; shared with the same table on other pages."""

    def placed(self) -> list[Placed]:
        """Its cells by row and column."""
        tops = _clustered([edge for (_, top, _, bottom), _ in self.cells for edge in (top, bottom)])
        return [
            Placed(
                text,
                _nearest(tops, top),
                _nearest(self.edges, left),
                max(_nearest(tops, bottom) - _nearest(tops, top), 1),
                max(_nearest(self.edges, right) - _nearest(self.edges, left), 1),
            )
            for (left, top, right, bottom), text in self.cells
        ]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lines that stand in columns without rules, by row."""

    top: float
    rows: list[list[Placed]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, or a line of pieces far apart."""

    top: float
    pieces: tuple[str, ...]


Item = Ruled | Aligned | Paragraph


def items_of(page: Any, glyphs: list[Glyph]) -> list[Item]:  # noqa: ANN401  # the library has no types
    """All that stands on a page, from top to bottom."""
    tables = [Ruled(table.bbox, _texts(list(table.cells), glyphs)) for table in page.find_tables()]
    outside = [glyph for glyph in glyphs if not any(_holds(t.box, glyph.middle) for t in tables)]
    lines = [line for line in lines_of(outside) if not _is_page_number(line, page.height)]
    items: list[Item] = [*tables, *_around(lines, [table.box for table in tables])]
    return sorted(items, key=lambda one: one.box[1] if isinstance(one, Ruled) else one.top)


def share_columns(tables: Sequence[Ruled]) -> None:
    """Give each table its columns; one that goes on with the last has the same.

    So a table over several pages keeps its columns, though a page lacks some of its rules.
    """
    before: Ruled | None = None
    for table in tables:
        table.edges = _clustered(edge for box, _ in table.cells for edge in (box[0], box[2]))
        if before is not None and _go_on(before.edges, table.edges):
            table.edges = before.edges
        before = table


def _go_on(edges: Sequence[float], following: Sequence[float]) -> bool:
    """Whether the columns of a table are all among those of the one before, margins included."""
    known = all(abs(edges[_nearest(edges, edge)] - edge) < _SNAP for edge in following)
    return known and abs(edges[0] - following[0]) < _SNAP > abs(edges[-1] - following[-1])


def _texts(boxes: list[Box], glyphs: list[Glyph]) -> list[tuple[Box, str]]:
    """The text in each box; a character belongs to the first that holds its middle."""
    inside: list[list[Glyph]] = [[] for _ in boxes]
    order = sorted(range(len(boxes)), key=lambda at: boxes[at][1])
    for glyph in glyphs:
        for at in order:
            if boxes[at][1] > glyph.middle[1]:
                break
            if _holds(boxes[at], glyph.middle):
                inside[at].append(glyph)
                break
    return [
        (box, joined(lines_of(held), box[0], box[2]))
        for box, held in zip(boxes, inside, strict=True)
    ]


def _holds(box: Box, at: tuple[float, float]) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _is_page_number(line: TextLine, height: float) -> bool:
    outer = line.top < height * _EDGE or line.bottom > height * (1 - _EDGE)
    return outer and bool(_PAGE_NUMBER.fullmatch(line.text))


def _around(lines: list[TextLine], boxes: list[Box]) -> Iterator[Item]:
    """The lines beside the ruled tables: tables without rules, and paragraphs."""
    if not lines:
        return
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    for block in _blocks(lines, boxes):
        segments = [line.segments() for line in block]
        if sum(len(found) > 1 for found in segments) > 2 and max(map(len, segments)) > 2:
            yield Aligned(block[0].top, _rows(block, Columns.under(segments)))
        else:
            yield from _paragraphs(block, segments, left, right)


def _blocks(lines: list[TextLine], boxes: list[Box]) -> Iterator[list[TextLine]]:
    """Cut where a table lies between two lines, or much white."""
    block: list[TextLine] = []
    for line in lines:
        if block and (
            line.top - block[-1].bottom > _NEAR * line.size
            or any(block[-1].top < box[1] < line.top for box in boxes)
        ):
            yield block
            block = []
        block.append(line)
    yield block


def _rows(block: list[TextLine], columns: Columns) -> list[list[Placed]]:
    """Put lines into columns; a line close under another goes on with its cells."""
    gaps = [below.top - above.top for above, below in pairwise(block)]
    close = min(gaps) * _CLOSE if max(gaps) > min(gaps) * _CLOSE * 1.1 else 0.0
    rows: list[dict[int, Placed]] = []
    for at, line in enumerate(block):
        if at == 0 or gaps[at - 1] >= close:
            rows.append({})
        found = line.segments(columns)
        for one, (column, count) in zip(found, columns.place(found), strict=True):
            before = rows[-1].get(column)
            text = before.text + one.text if before else one.text
            rows[-1][column] = Placed(text, len(rows) - 1, column, 1, count)
    return [[row[column] for column in sorted(row)] for row in rows]


def _paragraphs(
    block: list[TextLine], segments: list[list[Segment]], left: float, right: float
) -> Iterator[Paragraph]:
    """Join the lines of a paragraph: those that run to the margin, from the margin."""
    said: str | None = None
    top = block[0].top
    for at, line in enumerate(block):
        if len(segments[at]) > 1:
            if said is not None:
                yield Paragraph(top, (said,))
            said = None
            yield Paragraph(line.top, tuple(one.text for one in segments[at]))
            continue
        before = block[at - 1] if said is not None else None
        if before is not None and line.x0 < left + line.size / 2:
            link = break_between(before, line, before.x1 - left, right - left)
            if link != "\n":
                said = f"{said}{link}{line.text}"
                continue
        if said is not None:
            yield Paragraph(top, (said,))
        said, top = line.text, line.top
    if said is not None:
        yield Paragraph(top, (said,))


def _clustered(edges: Iterable[float]) -> list[float]:
    """One place for all that are closer than two rules can be."""
    groups: list[list[float]] = []
    for edge in sorted(edges):
        if groups and edge - groups[-1][0] < _SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return [median(group) for group in groups]


def _nearest(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
