"""What a file is, by its bytes: a wrong ending deceives nobody."""

from __future__ import annotations

import re
from enum import Enum, auto

from services.intake.readers import compound
from services.intake.readers.archive import LOCKED, names_in
from services.intake.readers.grid import UnreadableFileError


class Kind(Enum):
    """The formats there is a reader for."""

    TEXT = auto()
    WORD = auto()
    OPEN_WORKBOOK = auto()
    OLD_WORKBOOK = auto()
    OPEN_DOCUMENT_SHEET = auto()
    PDF = auto()
    WEB_PAGE = auto()
    WEB_ARCHIVE = auto()
    XML_WORKBOOK = auto()
    OFFICE_ONLY = auto()
    """Old Word, WPS Writer, RTF, OpenDocument text, binary workbooks: LibreOffice reads them."""


_ZIP = b"PK\x03\x04"
_SPACE = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_LOOKED_AT = 8_192
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_TEXT_DOCUMENT = b"opendocument.text"
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"

_REFUSED = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"BZh", "压缩包"),
)
_ADVICE = {
    "图片": "这是图片，没有可读取的文字。请提供Word、Excel或带文字的PDF文件。",
    "程序": "这是程序文件，不是申报表，拒绝读取。",
    "压缩包": "这是压缩包。请解压后逐个上传其中的申报表。",
}


def kind_of(data: bytes) -> Kind:
    """Say what a file is.

    Raises:
        UnreadableFileError: of a kind that no reader takes; the message says what to do.
    """
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(compound.MAGIC):
        return _kind_of_compound(compound.CompoundFile(data).names)
    head = data[:_LOOKED_AT].lstrip(_SPACE)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    _refuse_known(data)
    return _kind_of_text(head)


def _kind_of_zip(data: bytes) -> Kind:
    names = names_in(data)
    kinds = {
        "xl/workbook.xml": Kind.OPEN_WORKBOOK,
        "word/document.xml": Kind.WORD,
        "xl/workbook.bin": Kind.OFFICE_ONLY,
    }
    for name, kind in kinds.items():
        if name in names:
            return kind
    if "OFD.xml" in names:
        raise UnreadableFileError("OFD版式文件暂不能读取。请另存为PDF、Word或Excel后重试。")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFileError("这是演示文稿，不是申报表。请提供Word、Excel或PDF文件。")
    if "content.xml" in names:
        return Kind.OFFICE_ONLY if _TEXT_DOCUMENT in data[:256] else Kind.OPEN_DOCUMENT_SHEET
    if "[Content_Types].xml" in names:
        return Kind.WORD
    raise UnreadableFileError(_ADVICE["压缩包"])


def _kind_of_compound(names: set[str]) -> Kind:
    if "EncryptedPackage" in names:
        raise UnreadableFileError(LOCKED)
    if names & {"Workbook", "Book"}:
        return Kind.OLD_WORKBOOK
    if "WordDocument" in names:
        return Kind.OFFICE_ONLY
    raise UnreadableFileError(
        "无法识别的旧版Office文件。请用原来的程序打开，另存为.docx或.xlsx后重试。"
    )


def _refuse_known(data: bytes) -> None:
    for magic, what in _REFUSED:
        # Two letters are no proof: a text may begin with them, but has no NUL bytes.
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            raise UnreadableFileError(_ADVICE[what])


def _kind_of_text(head: bytes) -> Kind:
    if head.startswith(b"{\\rtf"):
        return Kind.OFFICE_ONLY
    if head[:13].lower() == b"mime-version:":
        return Kind.WEB_ARCHIVE
    plain = head.replace(b"\x00", b"")
    if _XML_SHEET in plain and b"Workbook" in plain:
        return Kind.XML_WORKBOOK
    return Kind.WEB_PAGE if plain.startswith(b"<") and _HTML.search(plain) else Kind.TEXT
