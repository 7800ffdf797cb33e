"""Workbooks (.xlsx, .xlsm, .xls) to a grid, as a person sees them.

calamine reads the values; what they look like (percent, dates, hidden rows) comes from a scan
of the file beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from services.intake.readers.archive import LOCKED, unpack
from services.intake.readers.biff import scan
from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.readers.layout import Placed
from services.intake.readers.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from services.intake.readers.markup import DAMAGED
from services.intake.readers.number_format import plain
from services.intake.readers.printed import printed
from services.intake.readers.sheet_xml import looks
from services.intake.readers.sheets import Look, Place, SheetCollector

_Values = Sequence[Sequence[object]]
_Merged = tuple[Place, Place]


def read_open_workbook(data: bytes, name: str) -> Grid:
    """Read an .xlsx or .xlsm file.

    Raises:
        UnreadableFileError: damaged, locked, or beyond the limits.
    """
    archive = unpack(data, lambda part: part.endswith((".xml", ".rels", "vbaProject.bin")))
    collector = SheetCollector()
    if any(part.endswith("vbaProject.bin") for part in archive.parts):
        collector.ignore_macros()
    return _read(data, name, looks(archive), collector)


def read_old_workbook(data: bytes, name: str) -> Grid:
    """Read an .xls or .et file of Excel 5 to 2003.

    Raises:
        UnreadableFileError: damaged, locked, or beyond the limits.
    """
    return _read(data, name, scan(data), SheetCollector())


def _read(data: bytes, name: str, seen: dict[str, Look], collector: SheetCollector) -> Grid:
    with damage_told():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheets_metadata:
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                collector.leave_out(sheet.name)
                continue
            look = seen.get(sheet.name, Look())
            cells = _cells(book.get_sheet_by_name(sheet.name), look)
            collector.take(sheet.name, cells, look)
    return collector.grid(name)


def _cells(sheet: Any, look: Look) -> Iterator[Placed]:  # noqa: ANN401  # no types
    """The cells of a sheet that have text or are merged, and the empty ones between them."""
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise UnreadableFileError(
            f"工作表“{sheet.name}”超过{MOST_ROWS}行或{MOST_COLUMNS}列。请删去多余的行列后重试。"
        )
    values: _Values = sheet.to_python(skip_empty_area=False)
    width = max((len(row) for row in values), default=0)
    spans, covered = _spans(sheet.merged_cell_ranges or (), len(values), width)
    for at_row, row in enumerate(values):
        texts = [look.shown.get((at_row, at)) or text_of(value) for at, value in enumerate(row)]
        last = max((at for at, text in enumerate(texts) if text), default=-1)
        for at, text in enumerate(texts):
            place = (at_row, at)
            if place in spans or (at <= last and place not in covered):
                yield Placed(printed(text), at_row, at, *spans.get(place, (1, 1)))


def _spans(
    merged: Sequence[_Merged], height: int, width: int
) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
    """The spans of merged cells by their first place, as far as the sheet has values.

    Also the places they cover; where two overlap, the first counts.
    """
    spans: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    for (top, left), (bottom, right) in merged:
        rows, columns = min(bottom, height - 1) - top + 1, min(right, width - 1) - left + 1
        if rows < 1 or columns < 1 or (top, left) in covered:
            continue
        if len(covered) + rows * columns > MOST_CELLS:
            raise UnreadableFileError("工作表的合并单元格过多。请另存为新的工作簿后重试。")
        spans[top, left] = (rows, columns)
        covered.update(
            (row, column)
            for row in range(top, top + rows)
            for column in range(left, left + columns)
        )
    return spans, covered


def text_of(value: object) -> str:
    """Print a value that has no format of its own."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != time() else f"{value:%Y-%m-%d}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return "" if value is None else str(value)


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn whatever calamine stumbles over into one sentence."""
    try:
        yield
    except UnreadableFileError:
        raise
    except python_calamine.PasswordError as problem:
        raise UnreadableFileError(LOCKED) from problem
    except MemoryError:
        raise
    except Exception as problem:
        raise UnreadableFileError(DAMAGED) from problem
    except BaseException as problem:
        # A panic of the library's native code is no Exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFileError(DAMAGED) from problem
