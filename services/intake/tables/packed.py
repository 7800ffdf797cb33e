"""Tables as they were read, packed: what is kept instead of a file that somebody sent."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from services.intake.tables.table import Percent, Table, Value

_HEAD = b"jixiao:tables:1\n"
_DAY = 1
"""Marks a day among texts and numbers."""


class Packed(bytes):
    """Packed tables; read wherever the bytes of a table file are read."""

    __slots__ = ()


class _Sheet(msgspec.Struct, array_like=True):
    sheet: str | None
    remarks: tuple[str, ...]
    from_1904: bool
    rows: list[tuple[int, list[Any]]]


class _File(msgspec.Struct, array_like=True):
    sheets: list[_Sheet]
    percents: list[Percent]


def packed(tables: Iterable[Table], percents: Sequence[Percent]) -> bytes:
    """Pack tables, and which of their cells are shown as percent; see ``Packed``."""
    sheets = [
        _Sheet(
            _whole(table.sheet),
            table.remarks,
            table.from_1904,
            [(number, [_plain(value) for value in values]) for number, values in table.rows],
        )
        for table in tables
    ]
    content = msgspec.msgpack.encode(_File(sheets, list(percents)))
    return _HEAD + zlib.compress(content, level=1)


def is_packed(content: bytes) -> bool:
    """Whether bytes that were kept are packed tables; those of a file are never asked."""
    return content.startswith(_HEAD)


def unpacked(content: Packed) -> tuple[list[Table], list[Percent]]:
    """The tables again, and which of their cells are shown as percent."""
    plain = zlib.decompress(content.removeprefix(_HEAD))
    file = msgspec.msgpack.decode(plain, type=_File, ext_hook=_day)
    tables = [Table(one.rows, one.sheet, one.remarks, one.from_1904) for one in file.sheets]
    return tables, file.percents


def with_percents(tables: Sequence[Table], percents: Iterable[Percent]) -> list[Table]:
    """The tables with the percent a person sees in place of the fraction that is stored."""
    rows = [[(number, list(values)) for number, values in table.rows] for table in tables]
    for one in percents:
        rows[one.table][one.row][1][one.column] = one.text
    return [replace(table, rows=own) for table, own in zip(tables, rows, strict=True)]


def _plain(value: Value) -> Any:  # noqa: ANN401  # what msgpack has
    if isinstance(value, date):
        return msgspec.msgpack.Ext(_DAY, value.toordinal().to_bytes(4))
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str | None) -> str | None:
    """Text without halves of characters, which some exports have and nothing can keep."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode()


def _day(code: int, content: memoryview) -> date:
    if code != _DAY:
        raise ValueError(code)
    return date.fromordinal(int.from_bytes(content))
