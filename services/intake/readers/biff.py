"""How the sheets of an .xls show themselves: the formats and hidden parts calamine leaves out.

Excel 5 to 2003 (BIFF5, BIFF8): a stream of records, each a number, a length and its bytes;
[MS-XLS] describes them. Only those are looked at that say how a number is shown.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from services.intake.readers.archive import LOCKED
from services.intake.readers.compound import CompoundFile
from services.intake.readers.grid import UnreadableFileError
from services.intake.readers.limits import MOST_COLUMNS
from services.intake.readers.markup import DAMAGED
from services.intake.readers.number_format import BUILT_IN, GENERAL, shown
from services.intake.readers.sheets import Look, remember_hidden

_BOF, _EOF = 0x0809, 0x000A
_FILEPASS, _DATEMODE, _BOUNDSHEET, _FORMAT, _XF = 0x002F, 0x0022, 0x0085, 0x041E, 0x00E0
_ROW, _COLINFO = 0x0208, 0x007D
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_BIFF8 = 0x0600
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_Record = tuple[int, bytes]


@dataclass(slots=True)
class _Book:
    """What the workbook says of all its sheets."""

    unicode: bool = True
    from_1904: bool = False
    sheets: list[tuple[str, int]] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def shown(self, style: int, number: float) -> str | None:
        """What a number shows in a style; None where that is the number."""
        format_id = self.styles[style] if style < len(self.styles) else 0
        code = self.codes.get(format_id) or BUILT_IN.get(format_id, GENERAL)
        if code in {GENERAL, "@"}:
            return None
        return shown(number, code, from_1904=self.from_1904)


def scan(data: bytes) -> dict[str, Look]:
    """How each sheet shows itself, by its name; nothing for what is older than Excel 5.

    Raises:
        UnreadableFileError: damaged, or locked with a password.
    """
    file = CompoundFile(data)
    stream = file.stream("Workbook") or file.stream("Book")
    if stream is None:
        raise UnreadableFileError(DAMAGED)
    try:
        book = _book(stream)
        return {name: _sheet(stream, start, book) for name, start in book.sheets}
    except (struct.error, IndexError) as problem:
        raise UnreadableFileError(DAMAGED) from problem


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    """The records from a place on, to the end of their part."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        depth += (number == _BOF) - (number == _EOF)
        yield number, body
        if depth <= 0:
            return
        at += 4 + length


def _book(stream: bytes) -> _Book:
    book = _Book()
    for number, body in _records(stream, 0):
        if number == _BOF:
            book.unicode = struct.unpack_from("<H", body)[0] == _BIFF8
        elif number == _FILEPASS:
            raise UnreadableFileError(LOCKED)
        elif number == _DATEMODE:
            book.from_1904 = body[:1] == b"\x01"
        elif number == _BOUNDSHEET:
            start = struct.unpack_from("<I", body)[0]
            book.sheets.append((_text(body[6:], 1, unicode=book.unicode), start))
        elif number == _FORMAT:
            size = 2 if book.unicode else 1
            code = _text(body[2:], size, unicode=book.unicode)
            book.codes[struct.unpack_from("<H", body)[0]] = code
        elif number == _XF:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
    return book


def _text(body: bytes, size: int, *, unicode: bool) -> str:
    """A text behind its length of one or two bytes."""
    length = int.from_bytes(body[:size], "little")
    if not unicode:
        return body[size : size + length].decode("gb18030", "replace")
    wide = body[size] & 1
    raw = body[size + 1 : size + 1 + length * (1 + wide)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(stream: bytes, start: int, book: _Book) -> Look:
    seen = Look()
    for number, body in _records(stream, start):
        if number in {_ROW, _COLINFO}:
            _take_hidden(seen, number, body)
        elif number == _BOOLERR:
            row, column, value, is_error = struct.unpack_from("<HH2xBB", body)
            if is_error:
                seen.shown[row, column] = _ERRORS.get(value, "#N/A")
        else:
            for row, column, style, value in _numbers_in(number, body):
                text = book.shown(style, value)
                if text is not None:
                    seen.shown[row, column] = text
    return seen


def _take_hidden(seen: Look, number: int, body: bytes) -> None:
    if number == _ROW:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & 0x20:
            seen.hidden_rows.add(row)
    else:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & 1:
            remember_hidden(seen.hidden_columns, first, last, MOST_COLUMNS)


def _numbers_in(number: int, body: bytes) -> Iterator[tuple[int, int, int, float]]:
    """The numbers of a record, with row, column and style."""
    if number == _NUMBER:
        yield struct.unpack_from("<HHHd", body)
    elif number == _RK:
        row, column, style, packed = struct.unpack_from("<HHHI", body)
        yield row, column, style, _unpacked(packed)
    elif number == _MULRK:
        row, first = struct.unpack_from("<HH", body)
        for at in range((len(body) - 6) // 6):
            style, packed = struct.unpack_from("<HI", body, 4 + 6 * at)
            yield row, first + at, style, _unpacked(packed)
    elif number == _FORMULA and body[12:14] != b"\xff\xff":
        # The last two bytes all set say that the result is no number.
        yield struct.unpack_from("<HHHd", body)


def _unpacked(packed: int) -> float:
    """A number in four bytes: the upper ones of a double or a whole one, perhaps in hundredths."""
    if packed & 2:
        value = float((packed - (1 << 32) if packed & (1 << 31) else packed) >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value
