"""Workbooks (.xlsx, .xls) to tables, through calamine, within limits (faults D3, D4)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import python_calamine

from services.intake.readers.biff import scan
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import (
    LARGEST_WORKBOOK,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Percent,
    Table,
    Value,
    is_blank,
)

ZIP = b"PK\x03\x04"

_MOST_UNZIPPED = 200 * 1024 * 1024
_MOST_ENTRIES = 2_000
_HIGHEST_RATIO = 100
_PIECE = 1024 * 1024
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_FAR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="(?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])\d')
_FROM_1904 = re.compile(rb'date1904="(?:1|true)"')
_PERCENT_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*formatCode="[^"]*%[^"]*"[^>]*>')
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT_ID = re.compile(rb'numFmtId="(\d+)"')
_BUILT_IN_PERCENTS = {b"9", b"10"}
_SMALL = 5_000
"""Rows of an old workbook whose formats are looked at."""

_HIDDEN = "工作表“{}”是隐藏的，没有读取。如有数据，请取消隐藏、另存后重试。"
_DAMAGED = "工作簿已损坏或加了密码。请用Excel打开后另存为.xlsx（不设密码）再重试。"


def read_workbook(data: bytes) -> list[Table]:
    """Read every sheet that has values.

    Raises:
        UnreadableFileError: damaged, locked, no workbook, or beyond the limits.
    """
    if len(data) > LARGEST_WORKBOOK:
        raise UnreadableFileError("工作簿超过20MB。请按月份拆分，或另存为CSV后重试。")
    if data.startswith(ZIP):
        _require_harmless(data)
    with _damage_told():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        hidden = [sheet.name for sheet in book.sheets_metadata if not _is_seen(sheet)]
        tables = [
            _table(book.get_sheet_by_name(name), name)
            for name in book.sheet_names
            if name not in hidden
        ]
    found = [table for table in tables if table.rows]
    if not found:
        raise UnreadableFileError("工作簿里没有数据。")
    found[0] = replace(found[0], remarks=tuple(map(_HIDDEN.format, hidden)))
    if data.startswith(ZIP) and _counts_from_1904(data):
        return [replace(table, from_1904=True) for table in found]
    return found


def _is_seen(sheet: Any) -> bool:  # noqa: ANN401  # the library has no types
    """Whether a sheet shows; a person who opens the file does not see a hidden one either."""
    return bool(sheet.visible == python_calamine.SheetVisibleEnum.Visible)


def _counts_from_1904(data: bytes) -> bool:
    with _damage_told(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _FROM_1904.search(archive.read("xl/workbook.xml")) is not None


def _table(sheet: Any, name: str) -> Table:  # noqa: ANN401  # the library has no types
    if sheet.total_height > MOST_ROWS:
        raise UnreadableFileError(f"工作表“{name}”超过{MOST_ROWS}行。请按月份拆分后重试。")
    if sheet.total_width > MOST_COLUMNS:
        raise UnreadableFileError(f"工作表“{name}”超过{MOST_COLUMNS}列。请删去多余的列后重试。")
    raw = sheet.to_python(skip_empty_area=False)
    _fill_down(raw, sheet.merged_cell_ranges or ())
    rows = []
    for number, values in enumerate(raw, start=1):
        cells = [_value(value) for value in values]
        if not all(map(is_blank, cells)):
            rows.append((number, cells))
            _require_short(cells, name, number)
    return Table(rows, name)


def _fill_down(
    rows: list[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """Repeat the value of cells merged over several rows: one voucher number for its lines."""
    for (top, left), (bottom, right) in merged:
        if left == right and bottom > top and top < len(rows):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _value(value: object) -> Value:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float | date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _require_short(cells: list[Value], sheet: str, number: int) -> None:
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
        raise UnreadableFileError(f"工作表“{sheet}”第{number}行有单元格超过{LONGEST_CELL}字。")


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn whatever the reader stumbles over into one sentence."""
    try:
        yield
    except UnreadableFileError:
        raise
    except Exception as problem:
        raise UnreadableFileError(_DAMAGED) from problem
    except BaseException as problem:
        # A panic of the library's native code is no Exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFileError(_DAMAGED) from problem


def _require_harmless(data: bytes) -> None:
    """Unpack every entry once, piece by piece: sizes in the directory may lie."""
    with _damage_told(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if "xl/workbook.xml" not in names:
            raise UnreadableFileError("这不是Excel工作簿（.xlsx）。请另存为.xlsx或CSV后重试。")
        if len(entries) > _MOST_ENTRIES:
            raise UnreadableFileError("工作簿内部文件过多，拒绝读取。请另存为CSV后重试。")
        total = 0
        for entry in entries:
            total += _unpacked(archive, entry)
            if total > _MOST_UNZIPPED:
                raise _too_large_inside()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Count the bytes of an entry; of a sheet also look how far its cells reach."""
    size = 0
    sheet = entry.filename.startswith("xl/worksheets/")
    tail = b""
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > max(_PIECE, _HIGHEST_RATIO * max(entry.compress_size, 1)):
                    raise _too_large_inside()
                if sheet:
                    _require_near(tail + piece, entry.filename)
                    tail = piece[-200:]
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        raise UnreadableFileError(_DAMAGED) from problem
    return size


def _require_near(xml: bytes, name: str) -> None:
    """Refuse cells far out: readers lay a sheet out whole, from its first cell to its last."""
    if any(int(row) > MOST_ROWS for row in _ROW.findall(xml)):
        raise UnreadableFileError(f"{name}超过{MOST_ROWS}行。请删去末尾的空行后重试。")
    if _FAR_CELL.search(xml):
        raise UnreadableFileError(f"{name}超过{MOST_COLUMNS}列。请删去多余的列后重试。")


def _too_large_inside() -> UnreadableFileError:
    return UnreadableFileError("工作簿展开后过大，拒绝读取。请另存为CSV后重试。")


def percents_in(data: bytes, tables: Sequence[Table]) -> list[Percent]:
    """Which cells of a workbook that was read are shown as percent, with what a person sees.

    Quick where no cell of it is; of an old workbook (.xls) only where it is small.
    """
    seen = _seen_in(data) if data.startswith(ZIP) else _seen_in_old(data, tables)
    return [
        Percent(at, row, column, _percent(value))
        for at, table in enumerate(tables)
        for row, (number, values) in enumerate(table.rows)
        for column in sorted(seen.get(table.sheet or "", {}).get(number, ()))
        if column < len(values) and isinstance(value := values[column], int | float)
    ]


_Seen = Mapping[str, Mapping[int, set[int]]]
"""Columns (from 0) by row (from 1) by sheet."""


def _seen_in(data: bytes) -> _Seen:
    import openpyxl

    seen: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    with _damage_told():
        if not _styles_percent(data):
            return seen
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            for cells in sheet.iter_rows():
                for cell in cells:
                    if isinstance(cell.value, int | float) and "%" in (cell.number_format or ""):
                        seen[sheet.title][cell.row].add(cell.column - 1)
        book.close()
    return seen


def _styles_percent(data: bytes) -> bool:
    """Whether any style that cells have is one of percent."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/styles.xml" not in archive.namelist():
            return False
        styles = archive.read("xl/styles.xml")
    own = {
        number
        for element in _PERCENT_FORMAT.findall(styles)
        for number in _FORMAT_ID.findall(element)
    }
    of_cells = _CELL_STYLES.search(styles)
    return of_cells is not None and any(
        number in own | _BUILT_IN_PERCENTS for number in _FORMAT_ID.findall(of_cells.group())
    )


def _seen_in_old(data: bytes, tables: Sequence[Table]) -> _Seen:
    if sum(len(table.rows) for table in tables) > _SMALL:
        return {}
    seen: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for name, look in scan(data).items():
        for (row, column), text in look.shown.items():
            if text.endswith("%"):
                seen[name][row + 1].add(column)
    return seen


def _percent(fraction: float) -> str:
    return f"{(Decimal(repr(fraction)) * 100).normalize():f}%"
