"""Which column each cell of a row belongs to: as printed, or moved back where a row slid.

Text exports drop merged cells, so that what follows slides to the left; page breaks push whole
rows aside. A cell keeps its order in the row, the shift changes as seldom as possible, and what
a cell looks like decides: a level of indicators, a sign, an amount is never taken for a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from services.intake.forms import shapes
from services.intake.forms.columns import LEVEL_FIELDS, Column, Group
from services.intake.forms.fitting import MISFIT, points
from services.intake.forms.labels import Vocabulary
from services.intake.readers.grid import Cell, Row

_LEFT_OVER = 20
"""Points lost by a cell without a column."""
_CHANGE = 10
"""Points lost where the shift changes from one cell to the next; before the first it is 0."""
_NAMELESS = 15
"""Points lost by a value without its name."""
_VALUELESS = 8
"""Points lost by a name without its value."""
_CLEARLY = 6
"""Points by which a moved row must fit better than the row as printed."""
_LEFTMOST = 4
"""Columns among which the levels of a table's first block stand."""
_WIDEST = 40
"""Cells; a row of more is taken as printed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells of a row by the first column of their heading; ``moved`` by how many columns."""

    cells: Mapping[int, Cell]
    left_over: tuple[Cell, ...] = ()
    moved: Mapping[int, int] = field(default_factory=dict)

    @property
    def shifted(self) -> bool:
        """Whether any cell was taken to another column than it stands in."""
        return any(self.moved.values())

    def under(self, column: Column | None) -> Cell | None:
        """The cell of a column."""
        return None if column is None else self.cells.get(column.first)


def place(
    row: Row, columns: Sequence[Column], groups: Sequence[Group], words: Vocabulary
) -> Placed:
    """Place the cells of a row; one without a misfit stays as printed."""
    printed = _as_printed(row, columns, words)
    odd = _odd_levels(row, printed, columns, words)
    if _is_merged(row) or not _misfits(printed, columns, words, odd) or len(row.filled) > _WIDEST:
        return printed
    cells = row.filled
    puzzle = _puzzle(cells, columns, groups, words)
    chosen = _solved(puzzle)
    kept = puzzle.worth(_chosen_in(printed, cells, columns))
    return _placed(cells, columns, chosen) if puzzle.worth(chosen) >= kept + _CLEARLY else printed


def _chosen_in(
    placed: Placed, cells: Sequence[Cell], columns: Sequence[Column]
) -> list[int | None]:
    """The column of each cell, by its order among the headings."""
    order = {column.first: at for at, column in enumerate(columns)}
    of_cell = {id(cell): order[first] for first, cell in placed.cells.items()}
    return [of_cell.get(id(cell)) for cell in cells]


def _placed(
    cells: Sequence[Cell], columns: Sequence[Column], chosen: Sequence[int | None]
) -> Placed:
    found: dict[int, Cell] = {}
    moved: dict[int, int] = {}
    left_over = []
    for cell, column in zip(cells, chosen, strict=True):
        if column is None:
            left_over.append(cell)
            continue
        found[columns[column].first] = cell
        moved[columns[column].first] = _distance(cell, columns[column])
    return Placed(found, tuple(left_over), moved)


def _is_merged(row: Row) -> bool:
    """Say whether a row's own cells are merged: in such a grid nothing slides."""
    return any(cell.columns > 1 or cell.rows > 1 for cell in row.cells)


def _as_printed(row: Row, columns: Sequence[Column], words: Vocabulary) -> Placed:
    cells: dict[int, Cell] = {}
    left_over = []
    for cell in row.filled:
        column = next((c.first for c in columns if c.covers(cell.column)), None)
        if column is not None and column in cells and cells[column].text == cell.text:
            continue  # merged over both, and printed twice
        if column in cells and words.is_group(cells[column].text):
            cells[column] = cell  # 绩效指标 beside them heads all rows and is no class
        elif column is None or column in cells:
            left_over.append(cell)
        else:
            cells[column] = cell
    return Placed(cells, tuple(left_over))


def _odd_levels(
    row: Row, placed: Placed, columns: Sequence[Column], words: Vocabulary
) -> frozenset[int]:
    """List the level columns of a row whose class has other classes below it, or itself."""
    levels = [column for column in columns[:_LEFTMOST] if column.field in LEVEL_FIELDS]
    said = [placed.under(column) or row.at(column.first) for column in levels]
    if len(said) < len(LEVEL_FIELDS) or said[0] is None:
        return frozenset()
    twice = said[1] is not None and said[0].text == said[1].text and words.level(said[0].text)
    odd = words.is_outer(said[0].text) or twice
    return frozenset(column.first for column in levels) if odd else frozenset()


def _fields(columns: Sequence[Column]) -> list[str]:
    """The fields of columns, where levels stand otherwise than their headings say.

    A lone column of levels, or the first of two without a name, may hold levels of either kind.
    """
    fields = [column.field for column in columns]
    levels = [field for field in LEVEL_FIELDS if field in fields]
    nameless = not {"name", "content"} & set(fields)
    roles = {levels[0]: "either_level"} if len(levels) == 1 or (levels and nameless) else {}
    if len(levels) > 1 and nameless:
        roles[levels[1]] = "level_or_name"
    return [roles.get(field, field) for field in fields]


def _misfits(
    placed: Placed, columns: Sequence[Column], words: Vocabulary, odd: frozenset[int]
) -> bool:
    if placed.left_over:
        return True
    by_first = dict(zip((c.first for c in columns), _fields(columns), strict=True))
    return any(
        points(by_first[first], cell.text, words) <= MISFIT
        for first, cell in placed.cells.items()
        if first not in odd
    ) or _lacks_a_part(placed, columns)


def _lacks_a_part(placed: Placed, columns: Sequence[Column]) -> bool:
    """Say whether a row has values and no name, or a name and its value among the remarks."""
    fields = {c.field: placed.cells[c.first].text for c in columns if c.first in placed.cells}
    if "value" in fields or "name" not in fields:
        return "value" in fields and "name" not in fields
    remark = fields.get("remark", "")
    return shapes.is_value(remark) or shapes.is_outcome(remark)


def _names_of(groups: Sequence[Group]) -> dict[int, int]:
    """Tell for each column of values which column has the names."""
    return {
        group.columns["value"].first: group.columns["name"].first
        for group in groups
        if "value" in group.columns and "name" in group.columns
    }


class _State(NamedTuple):
    """How far a placement has come: the next column free, and what it has to keep."""

    free: int = 0
    shift: int = 0
    named: int = -1
    owed: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """The best way to a state: what it is worth, and the columns of the cells so far."""

    worth: float
    column: int | None = None
    before: _Way | None = None


@dataclass(frozen=True, slots=True)
class _Puzzle:
    """What a placement depends on: by cell and column the points and the way to go.

    ``names`` says which columns are names', ``name_of`` which name each column of values has.
    """

    points: tuple[tuple[int, ...], ...]
    distances: tuple[tuple[int, ...], ...]
    names: tuple[bool, ...]
    name_of: tuple[int | None, ...]

    def after(self, state: _State, at: int, column: int) -> _State:
        """The state with a cell in a column."""
        shift = self.distances[at][column]
        if self.names[column]:
            return _State(column + 1, shift, column, owed=True)
        owed = state.owed and self.name_of[column] != state.named
        return _State(column + 1, shift, state.named, owed=owed)

    def gain(self, state: _State, at: int, column: int) -> float:
        """Points for one cell in one column, less what its shift costs and what lacks."""
        shift, name = self.distances[at][column], self.name_of[column]
        cost = (_CHANGE if shift != state.shift else 0) + abs(shift) / 2
        if name is not None and name != state.named:
            cost += _NAMELESS
        if state.owed and self.names[column]:
            cost += _VALUELESS
        return self.points[at][column] - cost

    def worth(self, chosen: Sequence[int | None]) -> float:
        """Add up a placement's points, as ``_solved`` does."""
        total, state = 0.0, _State()
        for at, column in enumerate(chosen):
            if column is None:
                total -= _LEFT_OVER
                continue
            total += self.gain(state, at, column)
            state = self.after(state, at, column)
        return _at_end(state, total)


def _puzzle(
    cells: Sequence[Cell], columns: Sequence[Column], groups: Sequence[Group], words: Vocabulary
) -> _Puzzle:
    order = {column.first: at for at, column in enumerate(columns)}
    names = {order[value]: order[name] for value, name in _names_of(groups).items()}
    fields = _fields(columns)
    return _Puzzle(
        tuple(tuple(points(f, c.text, words) for f in fields) for c in cells),
        tuple(tuple(_distance(c, k) for k in columns) for c in cells),
        tuple(column.field == "name" for column in columns),
        tuple(names.get(at) for at in range(len(columns))),
    )


@lru_cache(maxsize=4096)
def _solved(puzzle: _Puzzle) -> tuple[int | None, ...]:
    """Find the placement that is worth most, cell after cell (Viterbi)."""
    ways: dict[_State, _Way] = {_State(): _Way(0)}
    for at in range(len(puzzle.points)):
        ways = _further(puzzle, ways, at)
    last = max(ways.items(), key=lambda item: _at_end(item[0], item[1].worth))[1]
    chosen: list[int | None] = []
    while last.before is not None:
        chosen.append(last.column)
        last = last.before
    return tuple(chosen[::-1])


def _at_end(state: _State, worth: float) -> float:
    return worth - (_VALUELESS if state.owed else 0)


def _further(puzzle: _Puzzle, ways: Mapping[_State, _Way], at: int) -> dict[_State, _Way]:
    """Go one cell further from every state; what fits worse than nothing is not tried."""
    further: dict[_State, _Way] = {}
    fits = enumerate(puzzle.points[at])
    open_to = [column for column, fit in fits if fit > -_LEFT_OVER]
    for state, way in ways.items():
        _keep_better(further, state, _Way(way.worth - _LEFT_OVER, None, way))
        for column in open_to:
            if column >= state.free:
                worth = way.worth + puzzle.gain(state, at, column)
                _keep_better(further, puzzle.after(state, at, column), _Way(worth, column, way))
    return further


def _keep_better(ways: dict[_State, _Way], state: _State, way: _Way) -> None:
    known = ways.get(state)
    if known is None or way.worth > known.worth:
        ways[state] = way


def _distance(cell: Cell, column: Column) -> int:
    """Count the columns a cell has to move to stand under a heading."""
    if column.covers(cell.column):
        return 0
    return (column.first if cell.column < column.first else column.last) - cell.column
