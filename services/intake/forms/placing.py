"""Which column each cell of a row belongs to: as printed, or moved back where a row slid.

Text exports drop merged cells, so that what follows slides to the left; page breaks push whole
rows aside. A cell keeps its order in the row, the shift changes as seldom as possible, and what
a cell looks like decides: a level of indicators, a sign, an amount is never taken for a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from services.intake.forms.columns import Column, Group
from services.intake.forms.fitting import MISFIT, NEVER, points
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
    printed = _as_printed(row, columns)
    if not _misfits(printed, columns, words) or len(row.filled) > _WIDEST:
        return printed
    search = _Search(row.filled, columns, _names_of(groups), words)
    moved = search.best()
    return moved if search.worth(moved) >= search.worth(printed) + _CLEARLY else printed


def _as_printed(row: Row, columns: Sequence[Column]) -> Placed:
    cells: dict[int, Cell] = {}
    left_over = []
    for cell in row.filled:
        column = next((c.first for c in columns if c.covers(cell.column)), None)
        if column is not None and column in cells and cells[column].text == cell.text:
            continue  # merged over both, and printed twice
        if column is None or column in cells:
            left_over.append(cell)
        else:
            cells[column] = cell
    return Placed(cells, tuple(left_over))


def _misfits(placed: Placed, columns: Sequence[Column], words: Vocabulary) -> bool:
    if placed.left_over:
        return True
    by_first = {column.first: column.field for column in columns}
    return any(
        points(by_first[first], cell.text, words) <= MISFIT for first, cell in placed.cells.items()
    ) or _is_nameless(placed, columns)


def _is_nameless(placed: Placed, columns: Sequence[Column]) -> bool:
    """Say whether a row has values and no name at all."""
    fields = {column.field for column in columns if column.first in placed.cells}
    return "value" in fields and "name" not in fields


def _names_of(groups: Sequence[Group]) -> dict[int, int]:
    """Tell for each column of values which column has the names."""
    return {
        group.columns["value"].first: group.columns["name"].first
        for group in groups
        if "value" in group.columns and "name" in group.columns
    }


@dataclass(frozen=True, slots=True)
class _State:
    """How far a placement has come: the next cell, the next column, and what it has to keep."""

    at: int = 0
    free: int = 0
    shift: int = 0
    named: int = -1
    owed: bool = False


class _Search:
    """The best order-keeping placement of a row's cells."""

    def __init__(
        self,
        cells: Sequence[Cell],
        columns: Sequence[Column],
        names: Mapping[int, int],
        words: Vocabulary,
    ) -> None:
        self._cells = cells
        self._columns = columns
        self._names = names
        fits = {(c.text, k.field): points(k.field, c.text, words) for c in cells for k in columns}
        self._points = [[fits[c.text, k.field] for k in columns] for c in cells]
        self._step = cache(self._look_ahead)

    def best(self) -> Placed:
        """Find the placement that is worth most."""
        state = _State()
        chosen: list[int | None] = []
        while state.at < len(self._cells):
            _, column = self._step(state)
            chosen.append(column)
            state = self._after(state, column)
        return self._placed(chosen)

    def worth(self, placed: Placed) -> float:
        """Add up a placement's points, as ``best`` does."""
        column_of = {column.first: order for order, column in enumerate(self._columns)}
        of_cell = {id(cell): column_of[first] for first, cell in placed.cells.items()}
        total, state = 0.0, _State()
        for cell in self._cells:
            column = of_cell.get(id(cell))
            total += self._gain(state, column)
            state = self._after(state, column)
        return total - (_VALUELESS if state.owed else 0)

    def _look_ahead(self, state: _State) -> tuple[float, int | None]:
        """Answer what is worth most from here on, and the column of the next cell."""
        if state.at == len(self._cells):
            return -(_VALUELESS if state.owed else 0), None
        options: list[tuple[float, int | None]] = [self._option(state, None)]
        options += [
            self._option(state, column)
            for column in range(state.free, len(self._columns))
            if self._points[state.at][column] > NEVER
        ]
        return max(options, key=lambda option: option[0])

    def _option(self, state: _State, column: int | None) -> tuple[float, int | None]:
        rest, _ = self._step(self._after(state, column))
        return rest + self._gain(state, column), column

    def _after(self, state: _State, column: int | None) -> _State:
        if column is None:
            return replace(state, at=state.at + 1)
        heading = self._columns[column]
        names = heading.field == "name"
        answers = self._names.get(heading.first) == state.named
        return _State(
            state.at + 1,
            column + 1,
            _distance(self._cells[state.at], heading),
            heading.first if names else state.named,
            owed=names or (state.owed and not answers),
        )

    def _gain(self, state: _State, column: int | None) -> float:
        """Points for one cell in one column, less what its shift costs and what lacks."""
        if column is None:
            return -_LEFT_OVER
        heading = self._columns[column]
        to = _distance(self._cells[state.at], heading)
        cost = (_CHANGE if to != state.shift else 0) + abs(to) / 2
        name = self._names.get(heading.first)
        nameless = _NAMELESS if name is not None and name != state.named else 0
        valueless = _VALUELESS if heading.field == "name" and state.owed else 0
        return self._points[state.at][column] - cost - nameless - valueless

    def _placed(self, chosen: Sequence[int | None]) -> Placed:
        cells: dict[int, Cell] = {}
        moved: dict[int, int] = {}
        left_over = []
        for cell, column in zip(self._cells, chosen, strict=True):
            if column is None:
                left_over.append(cell)
                continue
            heading = self._columns[column]
            cells[heading.first] = cell
            moved[heading.first] = _distance(cell, heading)
        return Placed(cells, tuple(left_over), moved)


def _distance(cell: Cell, column: Column) -> int:
    """Count the columns a cell has to move to stand under a heading."""
    if column.covers(cell.column):
        return 0
    return (column.first if cell.column < column.first else column.last) - cell.column
