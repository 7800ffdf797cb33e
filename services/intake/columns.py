"""One column of a table: its cells to values, each distinct one read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from services.intake.cells import CellError, DamagedNumberError
from services.intake.headings import Heading
from services.intake.tables.table import Value


class FieldError(CellError):
    """A field of a row cannot be read."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.field = name


class Field:
    """One column: reads its cells, each distinct value once.

    Columns repeat themselves, codes and days above all; a file of 100,000 lines has a few
    hundred of them. A field without a column is None in every row.
    """

    __slots__ = ("_index", "_known", "_name", "_read")

    def __init__(self, heading: Heading, name: str, read: Callable[[Value], Any]) -> None:
        column = heading.columns.get(name)
        self._index = -1 if column is None else column.index
        self._name = name
        self._read = read
        self._known: dict[Value, Any] = {}

    def raw(self, values: Sequence[Value]) -> Value:
        """The cell as it stands."""
        return values[self._index] if 0 <= self._index < len(values) else None

    def __call__(self, values: Sequence[Value]) -> Any:  # noqa: ANN401  # what its reader answers
        """The value of the cell.

        Raises:
            FieldError: it cannot be read; the error names the field.
        """
        value = values[self._index] if 0 <= self._index < len(values) else None
        if value is None:
            return None
        try:
            return self._known[value]
        except KeyError:
            pass
        try:
            found = self._known[value] = self._read(value)
        except CellError as problem:
            raise FieldError(self._name, _said(problem)) from None
        return found


def _said(problem: CellError) -> str:
    if isinstance(problem, DamagedNumberError):
        return f"“{problem}”是科学计数法，原来的数字已丢失。请将该列设为文本后重新导出。"
    return str(problem)
