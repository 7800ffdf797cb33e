"""Texts as pages have them: lines broken by the width of a cell, characters that share a glyph."""

from __future__ import annotations

import re
from dataclasses import replace

from services.intake.readers.grid import Cell, Row

_PAGE = re.compile(r"p[0-9]+")
_ITEM = (
    r"(?:目标|任务|指标)?[0-9]{1,2}[.、:：)）]|[(（][0-9一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,2}[、是]"
)
_BROKEN = re.compile(rf"[ \t]*\n[ \t]*(?!\s*(?:{_ITEM}))")
_LATIN = re.compile(r"[A-Za-z]")


_ONE_GLYPH = str.maketrans("戶㬵⺒⺓", "户胶巳幺")
"""Characters whose glyph the common fonts share with another that PDF writers name instead."""


def unwrapped(row: Row) -> Row:
    """Join the lines of each cell of a page, unless the next one begins an item of a list."""
    if not _PAGE.fullmatch(row.part):
        return row
    cells = tuple(_joined(cell) for cell in row.cells)
    reaching = tuple(_joined(cell) for cell in row.reaching)
    return replace(row, cells=cells, reaching=reaching)


def _joined(cell: Cell) -> Cell:
    return replace(cell, text=_BROKEN.sub(_between, cell.text.translate(_ONE_GLYPH)))


def _between(found: re.Match[str]) -> str:
    """Put a blank between two Latin words; Chinese has none."""
    text = found.string
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return " " if _LATIN.match(before) and _LATIN.match(after) else ""
