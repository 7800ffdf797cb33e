"""Plain text to a grid: tab-separated rows, or one cell a line with blank lines between rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.intake.readers.encoding import decode
from services.intake.readers.grid import Cell, Grid, Remark, Row

_LINE_END = re.compile(r"\r\n|\r|\n")
_ONE_CELL = re.compile(r"\t[^\t]*\t*")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]\s*")
"""What a word processor leaves in its text export; no part of what was printed."""

_Line = tuple[int, str]


def read_text(data: bytes, name: str) -> Grid:
    """Read a .txt or .tsv file.

    Raises:
        UnreadableFileError: the bytes are no text.
    """
    decoded = decode(data)
    lines = [
        (number, _BOOKMARK.sub("", line))
        for number, line in enumerate(_LINE_END.split(decoded.text), start=1)
    ]
    rows = _one_cell_a_line(lines) if _is_one_cell_a_line(lines) else _tab_separated(lines)
    remarks = (_cut(lines),) if decoded.cut else ()
    return Grid(name, tuple(row for row in rows if row.filled), remarks)


def _cut(lines: list[_Line]) -> Remark:
    return Remark("file.cut", f"L{lines[-1][0]}", "文件在末尾被截断，最后一个字符不完整。")


def _is_one_cell_a_line(lines: list[_Line]) -> bool:
    """Say whether the lines with tabs hold one cell each, behind one leading tab."""
    tabbed = [line for _, line in lines if "\t" in line]
    alone = sum(1 for line in tabbed if _ONE_CELL.fullmatch(line))
    return alone * 10 >= len(tabbed) * 9 and bool(tabbed)


def _tab_separated(lines: list[_Line]) -> Iterator[Row]:
    for number, line in lines:
        cells = tuple(
            Cell(part.strip(), f"L{number}", column) for column, part in enumerate(line.split("\t"))
        )
        yield Row(cells, table="\t" in line)


def _one_cell_a_line(lines: list[_Line]) -> Iterator[Row]:
    """Gather the cells of a row until a blank line; a line without its tab goes on a cell."""
    cells: list[Cell] = []
    for number, line in lines:
        if line.startswith("\t"):
            cells.append(Cell(line.strip(), f"L{number}", len(cells)))
        elif cells and line.strip():
            last = cells[-1]
            text = f"{last.text}\n{line.strip()}" if last.text else line.strip()
            cells[-1] = Cell(text, last.where, last.column)
        else:
            if cells:
                yield Row(tuple(cells))
                cells = []
            yield Row((Cell(line.strip(), f"L{number}", 0),), table=False)
    if cells:
        yield Row(tuple(cells))
