"""Office files for tests, built by them; and grids in a form that a test can compare."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
import openpyxl
from docx.document import Document

from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Grid


def word(fill: Callable[[Document], None]) -> bytes:
    """A .docx that a test fills."""
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook(fill: Callable[[Any], None]) -> bytes:
    """An .xlsx whose one sheet, 申报表, a test fills."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "申报表"
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an office file, to be changed and put together again."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The file with one of its parts changed."""
    parts = parts_of(data)
    return archive(parts | {name: change(parts[name].decode())})


def texts(grid: Grid) -> list[list[str]]:
    """What each row says, cell by cell."""
    return [[cell.text for cell in row.cells] for row in grid.rows]


def read(data: bytes, name: str = "x") -> Grid:
    """Read a file in this process."""
    return read_grid(data, name)


def rules(grid: Grid) -> list[str]:
    """The remarks by their rule."""
    return [remark.rule for remark in grid.remarks]
