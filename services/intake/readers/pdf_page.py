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

_NEAR = 1.5
"""Line heights of white that a paragraph may have between its lines."""

_INDENT = 3
"""Characters that the first line of a paragraph may be indented."""

_BETWEEN = 5
"""Lines from one line in columns to the next, where a cell is printed on several."""

_CLOSE = 1.25
"""How much further apart two rows are than two lines of one cell."""


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
    tables = [Ruled(table.bbox, _texts(list(table.cells), glyphs)) for table in _tables(page)]
    outside = [glyph for glyph in glyphs if not any(_holds(t.box, glyph.middle) for t in tables)]
    lines = [line for line in lines_of(outside) if not _is_page_number(line, page.height)]
    items: list[Item] = [*tables, *_around(lines, [table.box for table in tables])]
    return sorted(items, key=lambda one: one.box[1] if isinstance(one, Ruled) else one.top)


def _tables(page: Any) -> list[Any]:  # noqa: ANN401
    """The ruled tables of a page; a cell that the page cuts is drawn without its bottom or top."""
    tables: list[Any] = page.find_tables()
    cut = [edge for table in tables for edge in _open_edges(table)]
    return page.find_tables({"explicit_horizontal_lines": cut}) if cut else tables


def _open_edges(table: Any) -> Iterator[float]:  # noqa: ANN401
    """The top and bottom of a table where cells do not reach all along it."""
    left, top, right, bottom = table.bbox
    for edge, side in ((top, 1), (bottom, 3)):
        along = sum(cell[2] - cell[0] for cell in table.cells if abs(cell[side] - edge) < _SNAP)
        if along < right - left - _SNAP:
            yield edge


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
    margins = (min(line.x0 for line in lines), max(line.x1 for line in lines))
    for block in _blocks(lines, boxes):
        segments = [line.segments() for line in block]
        begin = 0
        for first, last in _column_runs(segments):
            yield from _paragraphs(block[begin:first], margins)
            yield Aligned(block[first].top, _rows(block[first:last], segments[first:last]))
            begin = last
        yield from _paragraphs(block[begin:], margins)


def _blocks(lines: list[TextLine], boxes: list[Box]) -> Iterator[list[TextLine]]:
    """Cut where a ruled table lies between two lines."""
    block: list[TextLine] = []
    for line in lines:
        if block and any(block[-1].top < box[1] < line.top for box in boxes):
            yield block
            block = []
        block.append(line)
    yield block


def _column_runs(segments: list[list[Segment]]) -> Iterator[tuple[int, int]]:
    """Runs of lines in columns, first included, last not; a cell may go on below its row."""
    parted = [at for at, found in enumerate(segments) if len(found) > 1]
    run: list[int] = []
    for at in [*parted, len(segments) + _BETWEEN + 1]:
        if run and at - run[-1] > _BETWEEN:
            if len(run) > 2 and max(len(segments[one]) for one in run) > 2:
                yield run[0], min(run[-1] + _BETWEEN, len(segments))
            run = []
        run.append(at)


def _rows(block: list[TextLine], segments: list[list[Segment]]) -> list[list[Placed]]:
    """Put lines into columns; a line close under a row goes on with cells that were full."""
    columns = Columns.under(segments)
    gaps = [below.top - above.top for above, below in pairwise(block)]
    close = min(gaps) * _CLOSE
    rows: list[dict[int, Placed]] = []
    last: dict[int, Segment] = {}
    for at, line in enumerate(block):
        found = line.segments(columns)
        places = columns.place(found)
        goes_on = (
            at > 0
            and gaps[at - 1] < close
            and all(
                column in last and columns.is_full(column, last[column], one)
                for one, (column, _) in zip(found, places, strict=True)
            )
        )
        if not goes_on:
            rows.append({})
            last = {}
        for one, (column, count) in zip(found, places, strict=True):
            before = rows[-1].get(column)
            text = before.text + one.text if before else one.text
            rows[-1][column] = Placed(text, len(rows) - 1, column, 1, count)
            last[column] = one
    return [[row[column] for column in sorted(row)] for row in rows]


def _paragraphs(lines: list[TextLine], margins: tuple[float, float]) -> Iterator[Paragraph]:
    """Join the lines of a paragraph: those that run to the right margin, on from the left one."""
    said: list[str] = []
    top = 0.0
    before: TextLine | None = None
    for line in lines:
        pieces = [one.text for one in line.segments()]
        link = None if before is None or len(pieces) > 1 else _link(before, line, margins)
        if link is not None:
            said[-1] += link + pieces[0]
        else:
            if said:
                yield Paragraph(top, tuple(said))
            said, top = pieces, line.top
        before = line if len(pieces) == 1 else None
    if said:
        yield Paragraph(top, tuple(said))


def _link(line: TextLine, following: TextLine, margins: tuple[float, float]) -> str | None:
    """What joins two lines of one paragraph; None where a new one begins."""
    left, right = margins
    indented = line.x0 - left > line.size * _INDENT or following.x0 - left > following.size / 2
    if indented or following.top - line.bottom > line.size * _NEAR:
        return None
    link = break_between(line, following, line.x1 - left, right - left)
    return None if link == "\n" else link


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
