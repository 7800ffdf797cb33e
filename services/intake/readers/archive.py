"""Office files are archives of XML: their parts, unpacked within limits (faults D4-D6)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from services.intake.readers.grid import UnreadableFileError
from services.intake.readers.limits import (
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_ENTRIES,
)
from services.intake.readers.markup import DAMAGED, Element, refuse_declarations, xml

LOCKED = "文件加了密码。请取消密码、另存后重试。"
TOO_LARGE_INSIDE = "文件展开后过大，拒绝读取。请拆分，或删去图片和多余内容后重试。"

_XML = (".xml", ".rels", ".vml")
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError),
    *(ValueError, RuntimeError),  # an offset or a name that makes no sense
)
"""What the library raises of an archive that came to harm."""


@dataclass(slots=True)
class Archive:
    """The parts of an office file by name; ``broken`` are those that do not unpack."""

    parts: dict[str, bytes] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def get(self, name: str) -> bytes | None:
        """A part; None where there is none. UnreadableFileError where it is damaged."""
        if name in self.broken:
            raise UnreadableFileError(DAMAGED)
        return self.parts.get(name)

    def tree(self, name: str) -> Element | None:
        """A part as XML; None where there is none. UnreadableFileError where it is damaged."""
        data = self.get(name)
        return None if data is None else xml(data)

    def spare(self, name: str) -> Element | None:
        """A part the file can be read without; None where it is missing or damaged."""
        try:
            return self.tree(name)
        except UnreadableFileError:
            return None


def names_in(data: bytes) -> list[str]:
    """List the parts without unpacking them; UnreadableFileError where that is impossible."""
    return [entry.filename for entry in _open(data).infolist()]


def unpack(data: bytes, keep: Callable[[str], bool] = lambda name: name.endswith(_XML)) -> Archive:
    """Unpack the parts a reader asks for, and count all of them: directories may lie.

    A part that is damaged stands in the way only of who asks for it.

    Raises:
        UnreadableFileError: no archive, locked, beyond the limits, or with entities of its own.
    """
    archive = Archive()
    with _open(data) as source:
        left = LARGEST_UNPACKED
        for entry in _within_directory(source.infolist()):
            try:
                content = _inflate(source, entry, left)
            except _DAMAGE:
                archive.broken.add(entry.filename)
                continue
            left -= len(content)
            if entry.filename.endswith(_XML):
                refuse_declarations(content)
            if keep(entry.filename):
                archive.parts[entry.filename] = content
    return archive


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as problem:
        raise UnreadableFileError(DAMAGED) from problem


def _within_directory(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Refuse what the directory itself admits."""
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > LARGEST_UNPACKED:
        raise UnreadableFileError(TOO_LARGE_INSIDE)
    if any(one.flag_bits & 1 for one in entries):
        raise UnreadableFileError(LOCKED)
    return entries


def _inflate(source: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    most = min(left, max(MEGABYTE, HIGHEST_RATIO * max(entry.compress_size, 1)))
    pieces = []
    size = 0
    with source.open(entry) as stream:
        while piece := stream.read(MEGABYTE):
            size += len(piece)
            if size > most:
                raise UnreadableFileError(TOO_LARGE_INSIDE)
            pieces.append(piece)
    return b"".join(pieces)
