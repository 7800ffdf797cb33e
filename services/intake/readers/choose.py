"""Which reader a file goes to: its bytes decide, its name only helps with text."""

from __future__ import annotations

from collections.abc import Callable

from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.readers.limits import LARGEST_FILE, MEGABYTE
from services.intake.readers.office import read_through_office
from services.intake.readers.open_document import read_open_document_sheet
from services.intake.readers.pdf import read_pdf
from services.intake.readers.sniff import Kind, kind_of
from services.intake.readers.text import read_text
from services.intake.readers.web import read_web_archive, read_web_page
from services.intake.readers.word import read_word
from services.intake.readers.workbook import read_old_workbook, read_open_workbook
from services.intake.readers.xml_workbook import read_xml_workbook

_READERS: dict[Kind, Callable[[bytes, str], Grid]] = {
    Kind.TEXT: read_text,
    Kind.WORD: read_word,
    Kind.OPEN_WORKBOOK: read_open_workbook,
    Kind.OLD_WORKBOOK: read_old_workbook,
    Kind.OPEN_DOCUMENT_SHEET: read_open_document_sheet,
    Kind.XML_WORKBOOK: read_xml_workbook,
    Kind.WEB_PAGE: read_web_page,
    Kind.WEB_ARCHIVE: read_web_archive,
    Kind.PDF: read_pdf,
    Kind.OFFICE_ONLY: read_through_office,
}


def read_grid(data: bytes, name: str) -> Grid:
    """Read a file into its grid.

    Raises:
        UnreadableFileError: too large, empty, damaged, locked, or of a kind no reader takes; the
            message is one sentence that says what to do.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError(f"文件超过{LARGEST_FILE // MEGABYTE}MB。请拆分后重试。")
    if not data:
        raise UnreadableFileError("文件是空的。请检查是否上传了正确的文件。")
    grid = _READERS[kind_of(data)](data, name)
    if not grid.rows:
        said = "".join(remark.message for remark in grid.remarks)
        raise UnreadableFileError(f"文件是空的，没有可读取的内容。{said}")
    return grid
