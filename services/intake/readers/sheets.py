"""Sheets to a grid: what is common to workbooks of every make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.intake.readers.grid import Grid, Remark, Row
from services.intake.readers.layout import Placed, namer, rows_of, without_hidden
from services.intake.readers.limits import Measure

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(slots=True)
class Look:
    """What a person sees of a sheet beyond its values.

    ``shown`` is the text of cells whose format or error says more than their value;
    ``uncomputed`` are formulas that no program has worked out yet.
    """

    shown: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[Place] = field(default_factory=list)


class SheetCollector:
    """Gathers the sheets of a workbook in order, and what there is to say about them."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._remarks: list[Remark] = []
        self._measure = Measure()

    def take(self, name: str, cells: Iterable[Placed], look: Look) -> None:
        """Take a sheet; UnreadableFileError where the file is beyond the limits of a grid."""
        placed = list(cells)
        self._remarks += _remarks(name, look, placed)
        seen = without_hidden(placed, look.hidden_rows, look.hidden_columns)
        self._rows += (row for _, row in rows_of(seen, name, namer(name), self._measure))

    def leave_out(self, name: str) -> None:
        """Say that a sheet is hidden: a person who opens the file does not see it either."""
        message = f"工作表“{name}”是隐藏的，没有读取。如有申报内容，请取消隐藏、另存后重试。"
        self._remarks.append(Remark("file.hidden_sheet", None, message, lost=False))

    def ignore_macros(self) -> None:
        """Say that macros were not run."""
        message = "文件含有宏。宏没有运行，只读取了内容。"
        self._remarks.append(Remark("file.macros", None, message, lost=False))

    def grid(self, name: str) -> Grid:
        """All that was taken."""
        return Grid(name, tuple(self._rows), tuple(self._remarks))


def _remarks(name: str, look: Look, cells: list[Placed]) -> Iterator[Remark]:
    """Say what was left out because nobody sees it, and what no program has worked out."""
    place = namer(name)
    rows = sorted({cell.row for cell in cells if cell.text} & look.hidden_rows)
    columns = sorted({cell.column for cell in cells if cell.text} & look.hidden_columns)
    if rows:
        yield _hidden(name, place(rows[0], 0), f"{len(rows)}行")
    if columns:
        yield _hidden(name, place(0, columns[0]), f"{len(columns)}列")
    if look.uncomputed:
        message = (
            f"工作表“{name}”有{len(look.uncomputed)}个公式还没有计算结果。"
            "请用Excel或WPS打开、保存后重试。"
        )
        yield Remark("file.formula_without_value", place(*look.uncomputed[0]), message)


def _hidden(name: str, where: str, what: str) -> Remark:
    message = (
        f"工作表“{name}”有{what}是隐藏的，其中的内容没有读取。"
        "如属申报内容，请取消隐藏、另存后重试。"
    )
    return Remark("file.hidden_cells", where, message, lost=False)


def remember_hidden(hidden: set[int], first: int, last: int, most: int) -> None:
    """Remember a run of hidden rows or columns, as far as a grid reaches."""
    hidden.update(range(first, min(last, most) + 1))
