"""Lines of a text before they are read: segments far apart, labels that two lines share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.intake.forms.labels import Vocabulary
from services.intake.forms.sections import is_title
from services.intake.forms.tokens import tokens
from services.intake.forms.years import year_line
from services.intake.readers.grid import Cell, Row

_SHORTEST = 20
"""Rows; fewer may be a form with everything in one cell."""
_FAR_APART = re.compile(r"[ \u3000]{2,}")


def tidied(rows: Sequence[Row], words: Vocabulary) -> tuple[Row, ...]:
    """Part lines whose segments say different things, and join labels that were broken."""
    lines = _as_text(rows) if _is_one_column(rows) else rows
    return tuple(_joined(tuple(_parted(row, words) for row in lines), words))


def _is_one_column(rows: Sequence[Row]) -> bool:
    """Say whether a file is a text that was pasted into one column of a sheet, cell by cell."""
    alone = sum(1 for row in rows if len(row.filled) == 1)
    return len(rows) > _SHORTEST and alone == len(rows)


def _as_text(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(replace(row, cells=row.filled, table=False, part="") for row in rows)


def _parted(row: Row, words: Vocabulary) -> Row:
    """Give the segments of a line cells of their own where one is a label or the year."""
    if len(row.filled) != 1 or is_title(row, words):
        return row
    cell = row.filled[0]
    texts = [text for text in _FAR_APART.split(cell.text) if text]
    apart = len(texts) > 1 and any(_says(text, cell, words) for text in texts)
    if not apart:
        texts = cell.text.split()
        apart = len(texts) > 1 and all(_says(text, cell, words) for text in texts)
    if not apart:
        return row
    cells = tuple(replace(cell, text=text, column=at) for at, text in enumerate(texts))
    return replace(row, cells=cells, table=False)


def _says(text: str, cell: Cell, words: Vocabulary) -> bool:
    alone = Row((replace(cell, text=text),), table=False)
    return year_line(text) is not None or bool(tokens(alone, words))


def _joined(rows: Sequence[Row], words: Vocabulary) -> Iterator[Row]:
    """Put a label together whose beginning stands alone on the line before: 年度 / 目标."""
    begun: Row | None = None
    for row in rows:
        whole = _whole(begun, row, words)
        if whole is not None:
            begun = None
            yield whole
            continue
        if begun is not None:
            yield begun
        begun = row if _may_begin(row) else None
        if begun is None:
            yield row
    if begun is not None:
        yield begun


def _may_begin(row: Row) -> bool:
    return len(row.filled) == 1 and row.filled[0] is row.cells[0] and len(row.text) <= 6


def _whole(begun: Row | None, row: Row, words: Vocabulary) -> Row | None:
    if begun is None or len(row.filled) < 2 or not row.cells[0].text:
        return None
    first = row.cells[0]
    text = f"{begun.text}{first.text}"
    is_label = words.head_label(text) is not None
    if not is_label or words.head_label(first.text) is not None:
        return None
    return replace(row, cells=(replace(first, text=text, where=begun.where), *row.cells[1:]))
