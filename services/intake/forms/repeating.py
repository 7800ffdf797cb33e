"""Merged cells that an export prints again in each place they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from services.intake.forms.labels import Vocabulary
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Cell, Row


def merged_again(rows: Sequence[Row], words: Vocabulary) -> tuple[Row, ...]:
    """Put repeated cells together in rows of titles and labels, where a file has them at all.

    A row of indicators may say the same in two columns; there its headings decide.
    """
    if not any(_repeats(row, words) for row in rows):
        return tuple(rows)
    return tuple(_merged(row) if _is_of_labels(row, words) else row for row in rows)


def _repeats(row: Row, words: Vocabulary) -> bool:
    """Say whether a row prints a title or a label twice side by side."""
    pairs = pairwise(cell.text for cell in row.cells)
    twice = [text for text, beside in pairs if text and text == beside]
    return any(words.is_title(t) or words.column(t) or words.head_label(t) for t in twice)


def _is_of_labels(row: Row, words: Vocabulary) -> bool:
    """Say whether a row is a title, a line that one text fills, or has labels of the head."""
    texts = {cell.text for cell in row.filled}
    if len(texts) == 1:
        return len(row.filled) > 1
    if any(words.is_level(text) for text in texts):
        return False
    return bool(tokens(row, words)) or sum(1 for text in texts if words.column(text)) > 1


def _merged(row: Row) -> Row:
    return replace(row, cells=tuple(_put_together(row.cells)))


def _put_together(cells: Sequence[Cell]) -> Iterator[Cell]:
    for text, run in groupby(cells, key=lambda cell: cell.text):
        first, *others = run
        if not text or not others:
            yield first
            yield from others
            continue
        last = others[-1]
        yield replace(first, columns=last.column + last.columns - first.column)
