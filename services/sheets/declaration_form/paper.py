"""A form as it is to be drawn, whatever program draws it: boxes on a grid of columns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FILLED_FONT = "仿宋"
"""What is filled in, beside the printed labels in the body font."""
SHARE_PLACES = 4
"""Decimals of a per cent that a form prints."""


class Look(StrEnum):
    """How a box is set; an amount stands right, running text left."""

    LABEL = "label"
    CENTRE = "centre"
    LEFT = "left"
    AMOUNT = "amount"
    SHARE = "share"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Box:
    """A box from column ``at`` (from 0) over some columns and lines; a number or a text."""

    at: int
    columns: int
    look: Look
    text: str | None = None
    number: Decimal | None = None
    lines: int = 1


Line = tuple[Box, ...]
"""The boxes that begin in a line, from left to right; those reaching in from above are none."""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator: its levels, which rows below with the same share, and the rest of its boxes."""

    levels: tuple[Box, Box]
    rest: Line


@dataclass(frozen=True, slots=True)
class Table:
    """The indicators, and the grid of columns that the whole form is on.

    ``widths`` are in digits of the body font. ``side`` is the label left of the rows, in the
    first column.
    """

    widths: tuple[float, ...]
    landscape: bool
    heading: Line
    rows: tuple[Row, ...]
    side: str | None


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a form says of itself beside the declaration.

    ``footer`` is printed at the foot of every page, ``notes`` below the table; ``synthetic``
    marks data of the sample year.
    """

    footer: str = ""
    notes: tuple[str, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A form on paper.

    ``subtitles`` are lines below the title; ``above`` are the texts left and right above the
    table.
    """

    name: str
    title: str
    subtitles: tuple[str, ...]
    above: tuple[str, str] | None
    head: tuple[Line, ...]
    table: Table
    signatures: tuple[Line, ...]
    imprint: Imprint

    @property
    def widths(self) -> tuple[float, ...]:
        """The grid's columns."""
        return self.table.widths

    @property
    def landscape(self) -> bool:
        """Whether it takes the paper's long side."""
        return self.table.landscape


@dataclass(frozen=True, slots=True)
class Prose:
    """A form that is running text: paragraphs, each a heading or not."""

    name: str
    title: str
    subtitles: tuple[str, ...]
    paragraphs: tuple[tuple[str, bool], ...]
    imprint: Imprint
    widths: tuple[float, ...] = (13.0,) * 7
    landscape: bool = False


Form = Paper | Prose


def decimals(number: Decimal, least: int, most: int) -> int:
    """How many decimals a number needs, within limits."""
    exponent = number.normalize().as_tuple().exponent
    return max(least, min(most, -int(exponent)))
