"""Compound files, which .doc, .xls and locked office files are: their streams by name."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from services.intake.readers.grid import UnreadableFileError
from services.intake.readers.markup import DAMAGED

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_REGULAR = 0xFFFFFFFA
_ENTRY = 128
_STREAM = 2
_ROOT = 5
_HEADER_FAT = 109


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError, ValueError) as problem:
            raise UnreadableFileError(DAMAGED) from problem

    @property
    def names(self) -> set[str]:
        """The names of all streams."""
        return {entry.name for entry in self._entries if entry.kind == _STREAM}

    def stream(self, name: str) -> bytes | None:
        """A stream's bytes; None where there is none. UnreadableFileError where it is torn."""
        for entry in self._entries:
            if entry.kind == _STREAM and entry.name == name:
                try:
                    return self._content(entry)
                except (struct.error, IndexError) as problem:
                    raise UnreadableFileError(DAMAGED) from problem
        return None

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or small_shift != 6 or data[:8] != MAGIC:
            raise ValueError(shift)
        self._sector = 1 << shift
        directory, self._cutoff, small_fat = struct.unpack_from("<I4xII", data, 48)
        self._fat = self._read_fat()
        listed = self._chain(directory, self._fat)
        self._entries = [_entry(listed, at) for at in range(0, len(listed) - _ENTRY + 1, _ENTRY)]
        self._small_fat = _numbers(self._chain(small_fat, self._fat))
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        self._small = b"" if root is None else self._chain(root.start, self._fat)

    def _read_fat(self) -> list[int]:
        """The table of what sector follows which, from its own sectors listed in the header."""
        listed = list(struct.unpack_from(f"<{_HEADER_FAT}I", self._data, 76))
        following = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while following < _LAST_REGULAR and following not in seen:
            seen.add(following)
            more = _numbers(self._at(following))
            listed += more[:-1]
            following = more[-1]
        return [n for at in listed if at < _LAST_REGULAR for n in _numbers(self._at(at))]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        piece = self._data[start : start + self._sector]
        if not piece:
            raise IndexError(sector)
        return piece

    def _chain(self, start: int, fat: list[int]) -> bytes:
        """The sectors from one on; a chain that bites its tail is torn."""
        pieces = []
        while start < _LAST_REGULAR:
            pieces.append(self._at(start))
            start = fat[start]
            if len(pieces) > len(fat):
                raise IndexError(start)
        return b"".join(pieces)

    def _content(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start, self._fat)[: entry.size]
        pieces = []
        start = entry.start
        while start < _LAST_REGULAR:
            pieces.append(self._small[start * 64 : start * 64 + 64])
            start = self._small_fat[start]
            if len(pieces) > len(self._small_fat):
                raise IndexError(start)
        return b"".join(pieces)[: entry.size]


def _numbers(piece: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4]))


def _entry(listed: bytes, at: int) -> _Entry:
    length, kind = struct.unpack_from("<HB", listed, at + 64)
    name = listed[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    start, size = struct.unpack_from("<II", listed, at + 116)
    return _Entry(name, kind, start, size)
