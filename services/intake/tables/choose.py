"""Which reader a table file goes to, by its bytes."""

from __future__ import annotations

from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import Table
from services.intake.tables.text import read_text_table
from services.intake.tables.workbook import OLE, ZIP, read_workbook


def read_tables(data: bytes, *, percents: bool = False) -> list[Table]:
    """Read a file into its tables: one of a text, one a sheet of a workbook.

    ``percents``: see ``read_workbook``.

    Raises:
        UnreadableFileError: no table file, damaged, or beyond the limits.
    """
    if not data:
        raise UnreadableFileError("文件是空的。")
    if data.startswith(b"%PDF"):
        raise UnreadableFileError("PDF不能作为数据表读取。请从系统导出Excel或CSV后重试。")
    if data.startswith((ZIP, OLE)):
        return read_workbook(data, percents=percents)
    return [read_text_table(data)]
