"""Cells one after the other, without any sign of rows: which column each is, by what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from services.intake.forms import shapes
from services.intake.forms.columns import column_field
from services.intake.forms.fitting import NEVER, points
from services.intake.forms.labels import Level, Vocabulary
from services.intake.readers.grid import Cell, Row

_BEGINS = ("indicator_class", "indicator_category", "name")
"""Fields with which a row can begin: levels are printed once for the rows below."""
_SKIPPED = {"name": 24, "value": 24, "comparator": 4, "unit": 3, "weight": 3}
"""Points lost by a row without a cell of this field; 1 for any other, nothing for a level."""
_GOES_ON = 14
"""Points lost where a line goes on the cell before it."""
_RUNNING = frozenset({"name", "description", "scoring_standard", "target_basis"})


@dataclass(frozen=True, slots=True)
class _Step:
    """A cell in its column; ``begins`` a row, or ``goes_on`` the cell before it."""

    worth: float
    column: int
    begins: bool = False
    goes_on: bool = False
    before: _Step | None = None


def rows_of(cells: Sequence[Cell], labels: Sequence[Cell], words: Vocabulary) -> Iterator[Row]:
    """Put the cells below one-line headings into rows, each cell under its heading."""
    fields = tuple(column_field(label.text, words) for label in labels)
    row: list[Cell] = []
    cells = cells if "comparator" in fields else _with_signs(cells)
    for cell, step in zip(cells, _best(cells, fields, words), strict=True):
        if step.goes_on:
            row[-1] = replace(row[-1], text=f"{row[-1].text}{cell.text}")
            continue
        if step.begins and row:
            yield Row(tuple(row))
            row = []
        row.append(replace(cell, column=step.column))
    if row:
        yield Row(tuple(row))


def _with_signs(cells: Sequence[Cell]) -> list[Cell]:
    """Put a sign that stands alone on its line before the number on the next one."""
    joined: list[Cell] = []
    for cell in cells:
        if joined and shapes.is_sign(joined[-1].text):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}{cell.text}")
        else:
            joined.append(cell)
    return joined


def _best(cells: Sequence[Cell], fields: tuple[str, ...], words: Vocabulary) -> list[_Step]:
    """Choose the columns that are worth most together (Viterbi)."""
    ends: list[_Step] = [_Step(0, -1)]
    for order, cell in enumerate(cells):
        fits = [max(points(field, cell.text, words), NEVER) for field in fields]
        alone = words.level(cell.text) is Level.EITHER and _is_no_level(cells, order + 1, words)
        if alone and _BEGINS[1] in fields:  # 成本指标 right before a name is no class
            fits[fields.index(_BEGINS[1])] += 1
        reached = [_reach(ends, column, fits[column], fields) for column in range(len(fields))]
        ends = [*reached, *_going_on(ends, fields)]
    last = max(ends, key=lambda step: step.worth - _rest(step.column, fields))
    steps: list[_Step] = []
    while last.before is not None:
        steps.append(last)
        last = last.before
    return steps[::-1]


def _is_no_level(cells: Sequence[Cell], at: int, words: Vocabulary) -> bool:
    return at < len(cells) and words.level(cells[at].text) is None


def _reach(ends: Sequence[_Step], column: int, fit: int, fields: tuple[str, ...]) -> _Step:
    """The best way to a column: on in the row, or at the beginning of another."""
    on = [end for end in ends if -1 < end.column < column]
    beginning = _cost_of_beginning(fields, column)
    begun = max(ends, key=lambda end: end.worth - _rest(end.column, fields))
    worth = begun.worth - _rest(begun.column, fields) - beginning + fit
    if on:
        before = max(on, key=lambda end: end.worth - _between(fields, end.column, column))
        going = before.worth - _between(fields, before.column, column) + fit
        if going >= worth:
            return _Step(going, column, before=before)
    return _Step(worth, column, begins=True, before=begun)


@lru_cache(maxsize=4096)
def _between(fields: tuple[str, ...], first: int, column: int) -> float:
    """What a row loses that goes from one column to another."""
    return _cost(fields[first + 1 : column])


def _going_on(ends: Sequence[_Step], fields: tuple[str, ...]) -> list[_Step]:
    return [
        _Step(end.worth - _GOES_ON, end.column, goes_on=True, before=end)
        for end in ends
        if end.column >= 0 and fields[end.column] in _RUNNING
    ]


@lru_cache(maxsize=4096)
def _cost_of_beginning(fields: tuple[str, ...], column: int) -> float:
    skipped = [field for field in fields[:column] if field not in _BEGINS[:2]]
    return _cost(skipped) + (0 if fields[column] in _BEGINS else 8)


@lru_cache(maxsize=4096)
def _rest(column: int, fields: tuple[str, ...]) -> float:
    """What a row loses that ends at a column; as does a level alone in its row."""
    if column < 0:
        return 0
    left = fields[column + 1 :]
    return 20 if fields[column] in _BEGINS[:2] else _cost(left)


def _cost(fields: Sequence[str]) -> float:
    return sum(_SKIPPED.get(field, 0 if field in _BEGINS[:2] else 1) for field in fields)
