"""Tables without lines: what stands under each other is a column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line between wide gaps, and how far it reaches on the line."""

    text: str
    start: float
    end: float


Line = Sequence[Segment]
Span = tuple[int, int]
"""A column from 0, and over how many columns a segment reaches."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of some lines begin and end; none where they do not stand in columns."""

    starts: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()

    @classmethod
    def under(cls, lines: Sequence[Line]) -> Columns:
        """Take the columns from the lines with most segments, each as wide as its widest text."""
        most = max(map(len, lines), default=0)
        full = [line for line in lines if len(line) == most]
        starts = tuple(min(line[at].start for line in full) for at in range(most))
        ends = tuple(max(line[at].end for line in full) for at in range(most))
        apart = all(end <= start for end, start in zip(ends, starts[1:], strict=False))
        return cls(starts, ends) if apart else cls()

    def part(self, end: float, start: float) -> bool:
        """Whether the gap from ``end`` to ``start`` lies where two columns part."""
        return any(
            end <= following and ending <= start
            for ending, following in zip(self.ends, self.starts[1:], strict=False)
        )

    def is_full(self, column: int, above: Segment, below: Segment) -> bool:
        """Whether a column had no room for the first character of the next line."""
        if column >= len(self.starts):
            return False
        room = self.ends[column] - self.starts[column]
        character = (below.end - below.start) / max(len(below.text), 1)
        return above.end - above.start + character > room

    def place(self, line: Line) -> list[Span]:
        """Put the segments of a line under the columns; without any they are counted."""
        if not self.starts:
            return [(at, 1) for at in range(len(line))]
        borders = [
            (end + start) / 2 for end, start in zip(self.ends, self.starts[1:], strict=False)
        ]
        firsts: list[int] = []
        for segment in line:
            least = firsts[-1] + 1 if firsts else 0
            firsts.append(max(bisect_right(borders, segment.start), least))
        last = len(self.starts) + len(line)
        return [
            (first, max(min(self._reached(segment), following - 1) - first + 1, 1))
            for segment, (first, following) in zip(line, pairwise([*firsts, last]), strict=True)
        ]

    def _reached(self, segment: Segment) -> int:
        return sum(1 for start in self.starts if start < segment.end) - 1
