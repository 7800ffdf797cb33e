"""Marks at the cells of a sheet: a colour by the gravest finding, a comment with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment

from domain.review.finding import Severity
from services.sheets import cells
from services.sheets.texts import holdable

LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
"""Pale red, yellow and blue: black text stays legible, and they differ in grey, too."""

AUTHOR = "绩效目标审核"
_WIDTH = 300
_CHARACTERS_A_LINE = 44
_LINE = 18
_LONGEST = 2_000
"""Pixels; a comment is as high as its text, up to a page of a screen."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding at a cell."""

    severity: Severity
    text: str


def mark(cell: Cell, marks: Sequence[Mark]) -> None:
    """Colour a cell and say in its comment what is wrong; a comment that is there stays."""
    gravest = min(marks, key=lambda one: list(Severity).index(one.severity))
    cells.shade(cell, COLOURS[gravest.severity])
    said = [f"【{LABELS[one.severity]}】{one.text}" for one in marks]
    if cell.comment is not None:
        said.append(cell.comment.text)
    text = holdable("\n".join(said))[:_LONGEST]
    lines = sum(-(-cells.width_of(line) // _CHARACTERS_A_LINE) or 1 for line in text.splitlines())
    cell.comment = Comment(text, AUTHOR, height=_LINE * (lines + 1), width=_WIDTH)
