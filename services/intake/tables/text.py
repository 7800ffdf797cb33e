"""CSV and TSV text to a table; a stray quotation mark costs its own line and no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from services.intake.readers.encoding import decode
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import (
    LARGEST_TEXT,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
)

_DELIMITERS = (",", "\t", ";", "|")
_LOOKED_AT = 40
_LONGEST_RECORD = 20
"""Lines; a quoted cell that goes on for longer was opened by mistake."""

_Record = tuple[int, list[str]]


def read_text_table(data: bytes) -> Table:
    """Read delimited text in UTF-8, GB18030 or UTF-16.

    Raises:
        UnreadableFileError: too large, no text, or beyond the limits of a table.
    """
    if len(data) > LARGEST_TEXT:
        raise UnreadableFileError("文件超过64MB。请按月份拆分后重试。")
    decoded = decode(data)
    lines = list(io.StringIO(decoded.text, newline=None))
    remarks = ["文件在末尾被截断，最后一行可能不完整。"] if decoded.cut else []
    delimiter = _delimiter(lines)
    if '"' in decoded.text:
        records, torn = _quoted(lines, delimiter)
        remarks += [f"第{line}行引号不成对，按原样读取。" for line in torn]
    else:
        records = [
            (number, line.rstrip("\n").split(delimiter))
            for number, line in enumerate(lines, start=1)
            if not line.isspace()
        ]
    rows = [
        record
        for record in records
        if record[1] and (record[1][0] or any(map(str.strip, record[1])))
    ]
    longest = max(map(len, lines), default=0) * _LONGEST_RECORD
    _require_within_limits(rows, cells=longest > LONGEST_CELL)
    return Table(rows, None, tuple(remarks))


def _delimiter(lines: list[str]) -> str:
    """Find the separator that the first lines have most of."""
    first = lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    head = "".join(lines[:_LOOKED_AT])
    return max(_DELIMITERS, key=head.count)


def _quoted(lines: list[str], delimiter: str) -> tuple[list[_Record], list[int]]:
    """Read records whose cells may be quoted, and the lines with a mark that is never closed."""
    records: list[_Record] = []
    torn: list[int] = []
    start = 0
    while start < len(lines):
        broken = _read_until_torn(lines, start, delimiter, records)
        if broken is None:
            break
        records.append((broken + 1, lines[broken].rstrip("\n").split(delimiter)))
        torn.append(broken + 1)
        start = broken + 1
    return records, torn


def _read_until_torn(
    lines: list[str], start: int, delimiter: str, records: list[_Record]
) -> int | None:
    """Append records from a line on; answer the line whose quoted cell has no end."""
    reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
    first = 0
    while True:
        try:
            values = next(reader, None)
        except csv.Error:
            # Strict mode: text behind a closing mark, or the end inside a cell.
            return start + first
        if values is None:
            return None
        if reader.line_num - first > _LONGEST_RECORD:
            return start + first
        records.append((start + first + 1, values))
        first = reader.line_num


def _from(lines: list[str], start: int) -> Iterator[str]:
    for number in range(start, len(lines)):
        yield lines[number]


def _require_within_limits(rows: list[_Record], *, cells: bool) -> None:
    """Refuse what is beyond a table; ``cells``: whether one of them can be too long at all."""
    if not rows:
        raise UnreadableFileError("文件是空的。")
    if len(rows) > MOST_ROWS:
        raise UnreadableFileError(f"文件有{len(rows)}行，超过{MOST_ROWS}行。请按月份拆分后重试。")
    widest = max(rows, key=_width)
    if _width(widest) > MOST_COLUMNS:
        raise UnreadableFileError(f"第{widest[0]}行有{_width(widest)}列，超过{MOST_COLUMNS}列。")
    for number, values in rows if cells else ():
        if any(len(value) > LONGEST_CELL for value in values):
            raise UnreadableFileError(f"第{number}行有单元格超过{LONGEST_CELL}字。")


def _width(record: _Record) -> int:
    return len(record[1])
