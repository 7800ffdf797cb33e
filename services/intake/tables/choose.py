"""Which reader a table file goes to, by its bytes: a wrong ending deceives nobody."""

from __future__ import annotations

from services.intake.readers.choose import read_grid
from services.intake.readers.grid import UnreadableFileError
from services.intake.readers.sniff import Kind, kind_of
from services.intake.tables.from_grid import tables_of
from services.intake.tables.packed import Packed, unpacked, with_percents
from services.intake.tables.table import Percent, Table
from services.intake.tables.text import read_text_table
from services.intake.tables.workbook import percents_in, read_workbook

_WORKBOOKS = frozenset({Kind.OPEN_WORKBOOK, Kind.OLD_WORKBOOK})


def read_tables(data: bytes, *, percents: bool = False) -> list[Table]:
    """Read a file into its tables: one of a text, one a sheet of a workbook; packed tables too.

    Texts and workbooks may hold 200,000 rows; web pages (an .xls that is HTML inside),
    OpenDocument sheets and Word tables are read as forms are, within a grid's limits.
    ``percents``: cells shown as percent come as the text that is shown (``92%``) and not as the
    fraction that a workbook stores.

    Raises:
        UnreadableFileError: no table file, damaged, or beyond the limits.
    """
    if not percents:
        return unpacked(data)[0] if isinstance(data, Packed) else _read(data)
    return with_percents(*read_with_percents(data))


def read_with_percents(data: bytes) -> tuple[list[Table], list[Percent]]:
    """The tables of a file, with the fractions it stores, and which are shown as percent.

    Raises:
        UnreadableFileError: as of ``read_tables``.
    """
    if isinstance(data, Packed):
        return unpacked(data)
    tables = _read(data)
    is_workbook = kind_of(data) in _WORKBOOKS
    return tables, percents_in(data, tables) if is_workbook else []


def _read(data: bytes) -> list[Table]:
    if not data:
        raise UnreadableFileError("文件是空的。")
    kind = kind_of(data)
    if kind is Kind.PDF:
        raise UnreadableFileError("PDF不能作为数据表读取。请从系统导出Excel或CSV后重试。")
    if kind in _WORKBOOKS:
        return read_workbook(data)
    if kind is Kind.TEXT:
        return [read_text_table(data)]
    found = tables_of(read_grid(data, ""))
    if not found:
        raise UnreadableFileError("文件里没有表格。请从系统导出Excel或CSV后重试。")
    return found
