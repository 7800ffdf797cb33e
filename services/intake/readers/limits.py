"""How much of a file is read before it is refused (faults D4, D5, D7)."""

from __future__ import annotations

from services.intake.readers.grid import Row, UnreadableFileError

MEGABYTE = 1024 * 1024

LARGEST_FILE = 20 * MEGABYTE
"""Bytes; a larger file is refused before anything in it is looked at."""

LARGEST_UNPACKED = 200 * MEGABYTE
MOST_ENTRIES = 2_000
HIGHEST_RATIO = 100
"""Of an office file, which is an archive: all its parts unpacked, their number, and how far a
part of more than a megabyte may have been compressed."""

MOST_PAGES = 500
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 500_000
LONGEST_CELL = 32_767
"""Of a grid: pages of a PDF, rows, columns, cells, and characters in one cell."""


class Measure:
    """Counts what a reader makes of a file, and stops it at the limits of a grid."""

    def __init__(self) -> None:
        self._rows = 0
        self._cells = 0

    def take(self, row: Row) -> None:
        """Count a row; UnreadableFileError beyond a limit."""
        self._rows += 1
        self._cells += len(row.cells)
        last = row.cells[-1]
        if last.column + last.columns > MOST_COLUMNS:
            raise UnreadableFileError(
                f"{last.where}超出{MOST_COLUMNS}列。请删去多余的列、另存后重试。"
            )
        if any(len(cell.text) > LONGEST_CELL for cell in row.cells):
            raise UnreadableFileError(
                f"{row.where}所在行有单元格超过{LONGEST_CELL}字。请删减后重试。"
            )
        if self._rows > MOST_ROWS or self._cells > MOST_CELLS:
            raise UnreadableFileError(
                f"文件超过{MOST_ROWS}行或{MOST_CELLS}个单元格。请按部门拆分后重试。"
            )
