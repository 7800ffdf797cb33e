"""A file as rows of cells that know their place; every reader ends here, every form starts here."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.errors import MonitoringError


class UnreadableFileError(MonitoringError):
    """The file cannot be read at all; the message is one sentence for the person who sent it."""

    code = "unreadable_file"


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell.

    ``text`` is as printed, without the white space around it. ``column`` counts from 0 and
    keeps the place of the cell in its row, empty cells included; ``where`` is ``L212`` or
    ``Sheet!C7``. Merged cells stand once, at their first place, with their spans.
    """

    text: str
    where: str
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or a paragraph of running text (``table`` False, one cell)."""

    cells: tuple[Cell, ...]
    table: bool = True

    @property
    def where(self) -> str:
        """The place of the first cell with text, else of the row."""
        return (self.filled or self.cells)[0].where

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that have text."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def text(self) -> str:
        """All that the row says, cells apart by a blank."""
        return " ".join(cell.text for cell in self.filled)

    def at(self, column: int) -> Cell | None:
        """Find the cell that covers a column."""
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.columns:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader has to say about the file: cut at the end, an unsure encoding."""

    rule: str
    where: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a file in reading order; rows without any text are left out."""

    name: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = field(default=())
