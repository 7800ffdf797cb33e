"""What a file is, by its first bytes: for the record, and so that a wrong ending is told.

Any type is taken, and none is ever opened here: a file goes out as it came in, as a download.
Office files are told apart by the names of their parts, which stand in them as they are;
libraries for this do not look so far (ops/decisions/evidence.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNKNOWN = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORKBOOK = f"{_OFFICE}.spreadsheetml.sheet"
_WORD = f"{_OFFICE}.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Known:
    """A type of content: how people call it, and the endings that go with it."""

    label: str
    endings: tuple[str, ...]


TYPES: dict[str, Known] = {
    "application/pdf": Known("PDF", ("pdf",)),
    _WORD: Known("Word文档", ("docx", "docm")),
    "application/msword": Known("Word文档", ("doc", "wps", "rtf", "odt", "xlsb", "dot")),
    _WORKBOOK: Known("Excel工作簿", ("xlsx", "xlsm", "et")),
    "application/vnd.ms-excel": Known("Excel工作簿", ("xls", "et", "xml")),
    "application/vnd.oasis.opendocument.spreadsheet": Known("ODS工作簿", ("ods",)),
    f"{_OFFICE}.presentationml.presentation": Known("演示文稿", ("pptx", "pptm")),
    "application/ofd": Known("OFD版式文件", ("ofd",)),
    "image/jpeg": Known("图片", ("jpg", "jpeg", "jpe", "jfif")),
    "image/png": Known("图片", ("png",)),
    "image/gif": Known("图片", ("gif",)),
    "image/bmp": Known("图片", ("bmp",)),
    "image/tiff": Known("图片", ("tif", "tiff")),
    "image/webp": Known("图片", ("webp",)),
    "image/heic": Known("图片", ("heic", "heif")),
    "video/mp4": Known("视频", ("mp4", "m4v", "mov")),
    "audio/mpeg": Known("录音", ("mp3",)),
    "audio/wav": Known("录音", ("wav",)),
    "audio/amr": Known("录音", ("amr",)),
    "application/zip": Known("压缩包", ("zip",)),
    "application/vnd.rar": Known("压缩包", ("rar",)),
    "application/x-7z-compressed": Known("压缩包", ("7z",)),
    "application/gzip": Known("压缩包", ("gz", "tgz")),
    "application/x-dosexec": Known("程序", ("exe", "dll", "scr", "com", "sys", "msi")),
    "application/x-executable": Known("程序", ("so", "bin", "elf", "")),
    "text/html": Known("网页", ("html", "htm", "mht", "mhtml", "xls")),
    "text/plain": Known("文本", ("txt", "csv", "tsv", "md", "log", "xml", "json", "eml")),
    UNKNOWN: Known("其他类型", ()),
}
"""What is told apart; whatever is none of these is taken too, as the last one."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"BM.{8}[\x1a-\xff]\x00\x00\x00", "image/bmp"),
    (rb"II\*\x00|MM\x00\*", "image/tiff"),
    (rb"RIFF....WEBP", "image/webp"),
    (rb"RIFF....WAVE", "audio/wav"),
    (rb"....ftyp(?:hei[cs]|mif1)", "image/heic"),
    (rb"....ftyp", "video/mp4"),
    (rb"ID3|\xff[\xfb\xf3\xf2]", "audio/mpeg"),
    (rb"#!AMR", "audio/amr"),
    (rb"Rar!\x1a\x07", "application/vnd.rar"),
    (rb"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (rb"\x1f\x8b\x08", "application/gzip"),
    (rb"MZ", "application/x-dosexec"),
    (rb"\x7fELF", "application/x-executable"),
)
_PATTERNS = tuple((re.compile(magic, re.DOTALL), media) for magic, media in _MAGIC)

_PACKED = (
    (b"xl/workbook.", _WORKBOOK),
    (b"word/document.", _WORD),
    (b"ppt/presentation.", f"{_OFFICE}.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
    (b"opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
    (b"opendocument.text", "application/msword"),
)
"""Names that stand in a zip file as they are."""

_IN_OLD_OFFICE = (
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("WordDocument", "application/msword"),
)
_IN_TEXT = (
    (rb"%PDF-", "application/pdf"),
    (rb"\{\\rtf", "application/msword"),
    (rb"urn:schemas-microsoft-com:office:spreadsheet", "application/vnd.ms-excel"),
    (rb"(?i)<(?:!doctype\s+html|html|head|body|table|script)\b|^mime-version:", "text/html"),
)
_TEXTS = tuple((re.compile(found), media) for found, media in _IN_TEXT)
_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How text of two bytes a character begins: NUL in it is no sign of anything else."""


def media_type_of(data: bytes) -> str:
    """The type of a content, one of ``TYPES``."""
    head = data[:4096]
    known = next((media for pattern, media in _PATTERNS if pattern.match(head)), None)
    # Two letters are no proof: a text may begin with them, but has no NUL bytes.
    if known is not None and (b"\x00" in head or not head[:2].isalpha()):
        return known
    if head.startswith(b"PK\x03\x04"):
        return next((media for name, media in _PACKED if name in data), "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(data)
    return _of_text(head)


def _old_office(data: bytes) -> str:
    found = (media for name, media in _IN_OLD_OFFICE if name.encode("utf-16-le") in data)
    return next(found, UNKNOWN)


def _of_text(head: bytes) -> str:
    plain = head.replace(b"\x00", b"") if head.startswith(_MARKS) else head
    said = next((media for pattern, media in _TEXTS if pattern.search(plain)), None)
    if said == "application/pdf" or b"\x00" not in plain:
        return said or "text/plain"
    return UNKNOWN


def label_of(media_type: str) -> str:
    """How people call a type."""
    return TYPES.get(media_type, TYPES[UNKNOWN]).label


def name_contradicts(name: str, media_type: str) -> str | None:
    """A remark where the ending of a name says something else than the content; else None."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    known = TYPES[media_type]
    says_something = ending and any(ending in other.endings for other in TYPES.values())
    if media_type == UNKNOWN or not says_something or ending in known.endings:
        return None
    return f"文件名以“.{ending}”结尾，内容却是{known.label}。请核对是否传错了文件。"
