"""Which reader a file goes to, by its bytes first and its name second."""

from __future__ import annotations

from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.readers.text import read_text

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a larger file is refused before it is read (faults D4)."""

_OTHER_FORMATS = (
    (b"PK\x03\x04", "Word或Excel（.docx、.xlsx）"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "旧版Word或Excel（.doc、.xls）"),
)


def read_grid(data: bytes, name: str) -> Grid:
    """Read a file into its grid.

    Raises:
        UnreadableFileError: too large, empty, or of a format that no reader takes.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError("文件超过20MB。请拆分后重试。")
    for magic, label in _OTHER_FORMATS:
        if data.startswith(magic):
            raise UnreadableFileError(f"{label}格式暂不能读取。请另存为文本文件（.txt）后重试。")
    grid = read_text(data, name)
    if not grid.rows:
        raise UnreadableFileError("文件是空的。")
    return grid
