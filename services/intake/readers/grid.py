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
    keeps the place of the cell in its row, empty cells included. Merged cells stand once, at
    their first place, with their spans; the places that a merged cell covers have no cell of
    their own. ``where`` is

    - ``L212``: a line of a text;
    - ``Sheet!C7``: a cell of a workbook;
    - ``表2!C7``, ``段12``: Word's and a web page's tables, counted from 1, and paragraphs;
    - ``第3页!C7``: PDF; a page's tables count their rows on, text beside them is a row too.
    """

    text: str
    where: str
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or a paragraph of running text (``table`` False, one cell).

    ``reaching`` are the cells of earlier rows of the same table that are merged down into this
    one, with the column and place they have there. ``part`` names what the row stands in
    (``Sheet1``, the PDF page ``p3``, the table ``表2`` of Word or a web page; "" in running
    text): where it changes, one part ends and the next begins. ``parted``: one of the rows
    that a single text was parted into.
    """

    cells: tuple[Cell, ...]
    table: bool = True
    reaching: tuple[Cell, ...] = ()
    part: str = ""
    parted: bool = False

    @property
    def where(self) -> str:
        """The place of the first cell with text, else of the row."""
        return (self.filled or self.cells or self.reaching)[0].where

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The row's own cells that have text."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def text(self) -> str:
        """All that the row itself says, cells apart by a blank."""
        return " ".join(cell.text for cell in self.filled)

    def at(self, column: int) -> Cell | None:
        """Find the cell that covers a column: one of the row's own, else one reaching in."""
        for cell in (*self.cells, *self.reaching):
            if cell.column <= column < cell.column + cell.columns:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader has to say about the file: cut at the end, hidden sheets left out.

    ``lost``: something may be missing from the grid or read wrongly, a person has to look.
    """

    rule: str
    where: str | None
    message: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a file in reading order; rows without any text are left out."""

    name: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = field(default=())
