"""A list of projects with the levels of indicators across: 数量指标 | 质量指标 | 社会效益 | 满意度.

Each project has one row, and in the column of a level all its indicators of that level. Such a
table is given the headings of one with a row an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from services.intake.forms.columns import spread, texts_over
from services.intake.forms.labels import Vocabulary
from services.intake.forms.phrases import Phrase, phrases, under
from services.intake.readers.grid import Cell, Row

HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值")
_LEAST = 2
"""Levels that must stand side by side."""


@dataclass(frozen=True, slots=True)
class _Across:
    """The heading's rows, and the levels of each column; ``last`` is the last such column."""

    rows: tuple[Row, ...]
    levels: dict[int, tuple[str, ...]]
    last: int

    @property
    def first(self) -> int:
        """The first column of levels, where the four headings are put."""
        return min(self.levels)

    def moved(self, cell: Cell) -> Cell:
        """Give a cell right of the levels its new column."""
        wider = len(HEADINGS) - (self.last + 1 - self.first)
        return replace(cell, column=cell.column + wider) if cell.column > self.last else cell

    def is_own(self, cell: Cell) -> bool:
        """Say whether a cell stands in a column of levels."""
        return self.first <= cell.column <= self.last


def turned(form: Sequence[Row], words: Vocabulary) -> list[Row] | None:
    """Give each indicator of such a table a row of its own; None where there is no such table."""
    for index, row in enumerate(form):
        found = _heading(form, index, words)
        if found is not None:
            above = index + 1 - len(found.rows)
            below = (new for row in form[index + 1 :] for new in _parted(row, found, words))
            return [*form[:above], _headed(row, found), *below]
    return None


def _heading(form: Sequence[Row], index: int, words: Vocabulary) -> _Across | None:
    """Find the heading whose last row is this one: the levels alone, or classes over them."""
    row = form[index]
    own = _levels_in(row.filled, words)
    if not row.table or len(own) < _LEAST or _goes_on(form, index, words):
        return None
    above = form[index - 1] if len(own) == len(row.filled) and index else None
    rows = (above, row) if above else (row,)
    beside = [cell.text for cell in rows[0].filled]
    if not any(words.head_field(text) == "project_name" for text in beside):
        return None
    classes = _levels_in(spread(above), words) if above else []
    levels = {cell.column: (*texts_over(cell, classes), cell.text) for cell in own}
    printed = _levels_in((cell for line in rows for cell in line.filled), words)
    last = max(cell.column + cell.columns - 1 for cell in printed)
    return _Across(rows, levels, last)


def _goes_on(form: Sequence[Row], index: int, words: Vocabulary) -> bool:
    """Say whether the row below parts these classes further."""
    below = form[index + 1].filled if index + 1 < len(form) else ()
    return bool(below) and all(words.level(cell.text) for cell in below)


def _levels_in(cells: Iterable[Cell], words: Vocabulary) -> list[Cell]:
    return [cell for cell in cells if words.level(cell.text)]


def _headed(row: Row, found: _Across) -> Row:
    """One row of headings: what stood beside the levels, and the four of a table."""
    labels = {cell.column: cell for line in found.rows for cell in line.filled}
    rest = [replace(found.moved(c), rows=1) for c in labels.values() if not found.is_own(c)]
    where = next(cell.where for cell in row.filled if cell.column in found.levels)
    four = [Cell(text, where, found.first + n) for n, text in enumerate(HEADINGS)]
    cells = sorted([*rest, *four], key=lambda cell: cell.column)
    return replace(row, cells=tuple(cells), reaching=())


def _parted(row: Row, found: _Across, words: Vocabulary) -> Iterator[Row]:
    said = [
        (cell, phrase)
        for cell in row.filled
        if row.table and cell.column in found.levels
        for phrase in phrases(under(found.levels[cell.column], cell.text), words)
    ]
    rest = [found.moved(cell) for cell in row.cells if not said or not found.is_own(cell)]
    if not said:
        yield replace(row, cells=tuple(rest))
    yield from one_a_row(replace(row, reaching=()), rest, said, found.first)


def one_a_row(
    row: Row, rest: Sequence[Cell], said: Iterable[tuple[Cell, Phrase]], first: int
) -> Iterator[Row]:
    """Give each indicator of a row one of its own; what stood beside them stays in the first."""
    for order, (cell, phrase) in enumerate(said):
        cells = [*(rest if order == 0 else ()), *cells_of(phrase, cell, first)]
        in_order = tuple(sorted(cells, key=lambda cell: cell.column))
        yield replace(row, cells=in_order, parted=True)


def cells_of(phrase: Phrase, of: Cell, first: int) -> Iterator[Cell]:
    """The cells of an indicator under the four headings, the first of them in a column."""
    texts = (phrase.indicator_class, phrase.category, phrase.name, phrase.value)
    for order, text in enumerate(texts):
        if text:
            yield Cell(text, of.where, first + order)
