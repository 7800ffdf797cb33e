"""Plain text to a grid: by tabs, bars, commas, one cell a line, or by runs of blanks."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from services.intake.readers.aligned import Columns, Segment
from services.intake.readers.encoding import Decoded, decode
from services.intake.readers.grid import Cell, Grid, Remark, Row
from services.intake.readers.limits import Measure
from services.intake.readers.printed import printed
from services.intake.tables.text import read_text_table

_LINE_END = re.compile(r"\r\n|\r|\n")
_ONE_CELL = re.compile(r"\t[^\t]*\t*")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]\s*")
"""What a word processor leaves in its text export; no part of what was printed."""

_BAR = re.compile(r"[|｜│┃║]")
_RULE = re.compile(r"[\s|｜│┃║:=+\-─━┄┈═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]+")
_SEPARATING_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_SEGMENT = re.compile(r"\S+(?:[ \u3000]\S+)*")
_OPENED = re.compile(r'(?:^|\t)"[^"]*$')
_LONGEST_CELL = 20
"""Lines; a quoted cell that goes on for longer was no quoted cell."""

_Line = tuple[int, str]


def read_text(data: bytes, name: str) -> Grid:
    """Read a .txt, .tsv or .csv file, or what was pasted.

    Raises:
        UnreadableFileError: the bytes are no text, or beyond the limits.
    """
    decoded = decode(data)
    lines = [
        (number, _BOOKMARK.sub("", line))
        for number, line in enumerate(_LINE_END.split(decoded.text), start=1)
    ]
    rows, said = _rows(lines, data, name)
    measure = Measure()
    kept = []
    for row in rows:
        if row.filled:
            measure.take(row)
            kept.append(row)
    return Grid(name, tuple(kept), (*_remarks(decoded, lines), *said))


def _rows(lines: list[_Line], data: bytes, name: str) -> tuple[Iterator[Row], list[Remark]]:
    """Choose how cells are parted: by what most lines have."""
    texts = [line for _, line in lines if line.strip()]
    tabs = sum("\t" in line for line in texts)
    bars = sum(len(_BAR.findall(line)) > 1 for line in texts)
    if _is_comma_separated(texts, name) and not tabs:
        return _comma_separated(data)
    if bars > max(tabs, 1):
        return _bar_separated(lines), []
    if tabs:
        one_each = _is_one_cell_a_line(lines)
        return (_one_cell_a_line(lines) if one_each else _tab_separated(lines)), []
    if _is_aligned(texts):
        return _aligned(lines), []
    return _tab_separated(lines), []


def _remarks(decoded: Decoded, lines: list[_Line]) -> Iterator[Remark]:
    if decoded.cut:
        yield Remark("file.cut", f"L{lines[-1][0]}", "文件在末尾被截断，最后一个字符不完整。")
    if decoded.unsure:
        message = "无法确定文字编码，按GB18030读取。若有乱码，请另存为UTF-8文本后重试。"
        yield Remark("file.encoding_unsure", None, message)


def _is_one_cell_a_line(lines: list[_Line]) -> bool:
    """Say whether the lines with tabs hold one cell each, behind one leading tab."""
    tabbed = [line for _, line in lines if "\t" in line]
    alone = sum(1 for line in tabbed if _ONE_CELL.fullmatch(line))
    return alone * 10 >= len(tabbed) * 9 and bool(tabbed)


def _tab_separated(lines: list[_Line]) -> Iterator[Row]:
    for number, line in _quoted_joined(lines):
        cells = tuple(
            Cell(printed(part), f"L{number}", column) for column, part in enumerate(_parts(line))
        )
        yield Row(cells, table="\t" in line)


def _parts(line: str) -> list[str]:
    """Split at tabs; a cell in quotation marks, as spreadsheets copy it, comes without them."""
    if '"' in line and "\t" in line:
        try:
            return next(csv.reader([line], delimiter="\t", strict=True))
        except csv.Error:
            pass
    return line.split("\t")


def _quoted_joined(lines: list[_Line]) -> Iterator[_Line]:
    """Put the lines of a quoted cell together again, as a spreadsheet copies cells with breaks."""
    at = 0
    while at < len(lines):
        number, line = lines[at]
        end = _closing(lines, at) if "\t" in line and _OPENED.search(line) else None
        if end is None:
            yield number, line
            at += 1
        else:
            yield number, "\n".join(text for _, text in lines[at : end + 1])
            at = end + 1


def _closing(lines: list[_Line], start: int) -> int | None:
    """The line that closes a quoted cell; None where none of the next does."""
    for at in range(start + 1, min(start + _LONGEST_CELL, len(lines))):
        before, mark, behind = lines[at][1].partition('"')
        if mark and "\t" not in before and behind[:1] in {"", "\t"}:
            return at
    return None


def _one_cell_a_line(lines: list[_Line]) -> Iterator[Row]:
    """Gather the cells of a row until a blank line; a line without its tab goes on a cell."""
    cells: list[Cell] = []
    for number, line in lines:
        if line.startswith("\t"):
            cells.append(Cell(printed(line), f"L{number}", len(cells)))
        elif cells and line.strip():
            last = cells[-1]
            text = f"{last.text}\n{printed(line)}" if last.text else printed(line)
            cells[-1] = Cell(text, last.where, last.column)
        else:
            if cells:
                yield Row(tuple(cells))
                cells = []
            yield Row((Cell(printed(line), f"L{number}", 0),), table=False)
    if cells:
        yield Row(tuple(cells))


def _bar_separated(lines: list[_Line]) -> Iterator[Row]:
    """Cells between bars; bars around the row and rules between rows are no cells."""
    for number, line in lines:
        if _RULE.fullmatch(line):
            continue
        parts = _BAR.split(line.strip())
        inner = parts[not parts[0].strip() : len(parts) - (not parts[-1].strip())]
        cells = (inner or [""]) if len(parts) > 1 else parts
        yield Row(
            tuple(Cell(printed(part), f"L{number}", at) for at, part in enumerate(cells)),
            table=len(parts) > 1,
        )


def _is_comma_separated(texts: list[str], name: str) -> bool:
    """By its name, or because most lines are parted by commas that are not in numbers."""
    several = sum(len(_SEPARATING_COMMA.findall(line)) > 1 for line in texts)
    if name.lower().endswith(".csv"):
        return several > 0
    return several > 2 and several * 5 >= len(texts) * 4


def _comma_separated(data: bytes) -> tuple[Iterator[Row], list[Remark]]:
    table = read_text_table(data)
    rows = (
        Row(tuple(Cell(printed(str(v)), f"L{n}", at) for at, v in enumerate(values)))
        for n, values in table.rows
    )
    # That the file is cut is said already.
    said = [text for text in table.remarks if "截断" not in text]
    return rows, [Remark("file.quotation_marks", None, text) for text in said]


def _is_aligned(texts: list[str]) -> bool:
    """Whether runs of blanks part the lines, as in text taken from a printed page."""
    parted = sum(len(_SEGMENT.findall(line)) > 1 for line in texts)
    return parted > 2 and parted * 5 >= len(texts) * 2


def _aligned(lines: list[_Line]) -> Iterator[Row]:
    """Columns by where text stands, anew for each run of lines without a blank one."""
    block: list[tuple[int, list[Segment]]] = []
    for number, line in chain(lines, [(0, "")]):
        segments = list(_segments(line))
        if segments:
            block.append((number, segments))
            continue
        columns = Columns.under([found for _, found in block])
        for at, found in block:
            places = zip(found, columns.place(found), strict=True)
            cells = (Cell(printed(s.text), f"L{at}", column, 1, n) for s, (column, n) in places)
            yield Row(tuple(cells), table=len(found) > 1)
        block = []


def _segments(line: str) -> Iterator[Segment]:
    """The pieces of a line between two blanks or more, and the columns they take on paper."""
    for found in _SEGMENT.finditer(line):
        start = _width(line[: found.start()])
        yield Segment(found[0], start, start + _width(found[0]))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
