"""Rows of a text that a line's end inside a cell broke apart."""

from __future__ import annotations

import re
from dataclasses import replace

from services.intake.forms.headings import Heading
from services.intake.forms.labels import Vocabulary
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Row

_LINE = re.compile(r"L([0-9]+)")


def goes_on(
    before: Row | None, row: Row, after: Row | None, heading: Heading, words: Vocabulary
) -> bool:
    """Say whether a row of a text only goes on the one before it: its cell had two lines.

    The cells of both together are as many as the headings, the broken one counted twice; or a
    line of text stands between two rows of the table without a blank line.
    """
    if before is None or not _is_next(before, row) or _says_else(row, words):
        return False
    if not row.table:
        return after is not None and after.table and _is_next(row, after)
    return fills_up(before, row, max(column.first for column in heading.columns) + 1)


def fills_up(before: Row, row: Row, width: int) -> bool:
    """Say whether two lines are one row of so many cells, broken inside a cell."""
    one, other = len(before.cells), len(row.cells)
    whole = max(one, other) < width and one + other - 1 == width
    return whole and _is_next(before, row) and bool(row.cells[0].text)


def _says_else(row: Row, words: Vocabulary) -> bool:
    """Say whether a row is something of its own: it names a level, a field, explains, adds up."""
    if any(words.is_level(cell.text) for cell in row.filled) or tokens(row, words):
        return True
    first = row.filled[0].text
    if len(row.filled) > 1 and words.level(first):
        return True
    return words.is_note(first) or words.is_sum(first) or words.is_title(row.text)


def _is_next(before: Row, row: Row) -> bool:
    """Say whether two rows are lines of a text right after each other."""
    found = [_LINE.fullmatch(one.cells[0].where) for one in (before, row)]
    if found[0] is None or found[1] is None:
        return False
    return int(found[1][1]) - int(found[0][1]) == _lines(before)


def _lines(row: Row) -> int:
    return 1 + max(cell.text.count("\n") for cell in row.cells)


def joined(before: Row, row: Row) -> Row:
    """Put a broken row together; the line's end stays in its cell."""
    last, first, rest = before.cells[-1], row.cells[0], row.cells[1:]
    text = f"{last.text}\n{first.text}" if last.text else first.text
    moved = tuple(replace(cell, column=cell.column + last.column) for cell in rest)
    cells = (*before.cells[:-1], replace(last, text=text), *moved)
    return replace(before, cells=cells)
