"""Files as they come out of bad copies, mail programs and repairs."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

OFFICE = frozenset({".docx", ".xlsx", ".ods"})
Mutation = Callable[[bytes, random.Random], bytes]


def harmed(data: bytes, suffix: str, chance: random.Random) -> bytes:
    """Do a file one to three kinds of harm."""
    kinds = [_flip, _cut, _drop_piece, _repeat_piece, _blank_out, _swap_pieces, _mix_encodings]
    if suffix in OFFICE:
        kinds += [_drop_entry, _empty_entry, _flip_in_entry, _flip_in_entry]
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(kinds)(data, chance)
    return data


def still_whole(data: bytes, suffix: str, chance: random.Random) -> bytes:
    """Change a file so that it still says the same."""
    if suffix in OFFICE:
        return chance.choice((_reordered, _stored, _with_another_entry))(data, chance)
    if suffix in {".txt", ".csv", ".tsv"}:
        return chance.choice((_other_line_ends, _blank_lines_behind, _other_encoding))(data, chance)
    if suffix == ".html":
        return data + b"<!-- end -->\n"
    return data + b"\n"


def _spot(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _flip(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 40) if data else 0):
        flipped[_spot(data, chance)] = chance.randrange(256)
    return bytes(flipped)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: _spot(data, chance)]


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    first = _spot(data, chance)
    return first, min(len(data), first + chance.randint(1, 400))


def _drop_piece(data: bytes, chance: random.Random) -> bytes:
    first, after = _piece(data, chance)
    return data[:first] + data[after:]


def _repeat_piece(data: bytes, chance: random.Random) -> bytes:
    first, after = _piece(data, chance)
    return data[:after] + data[first:after] * chance.randint(1, 50) + data[after:]


def _blank_out(data: bytes, chance: random.Random) -> bytes:
    first, after = _piece(data, chance)
    return data[:first] + bytes(after - first) + data[after:]


def _swap_pieces(data: bytes, chance: random.Random) -> bytes:
    middle, end = sorted((_spot(data, chance), _spot(data, chance)))
    return data[middle:end] + data[:middle] + data[end:]


def _mix_encodings(data: bytes, chance: random.Random) -> bytes:
    at = _spot(data, chance)
    return data[:at] + "产出指标\t数量指标\t≥3座\n".encode("gb18030") + data[at:]


def _rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    written = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                content = change(name, old.read(name))
                if content is not None:
                    new.writestr(name, content)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        return data  # harmed beyond that before
    return written.getvalue()


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _drop_entry(data: bytes, chance: random.Random) -> bytes:
    dropped = chance.choice(_names(data) or [""])
    return _rewritten(data, lambda name, content: None if name == dropped else content)


def _empty_entry(data: bytes, chance: random.Random) -> bytes:
    emptied = chance.choice(_names(data) or [""])
    return _rewritten(data, lambda name, content: b"" if name == emptied else content)


def _flip_in_entry(data: bytes, chance: random.Random) -> bytes:
    chosen = chance.choice(_names(data) or [""])
    return _rewritten(
        data, lambda name, content: _flip(content, chance) if name == chosen else content
    )


def _reordered(data: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in chance.sample(old.namelist(), len(old.namelist())):
            new.writestr(name, old.read(name))
    return written.getvalue()


def _stored(data: bytes, _: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return written.getvalue()


def _with_another_entry(data: bytes, _: random.Random) -> bytes:
    written = io.BytesIO(data)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("docProps/thumbnail.wmf", b"")
    return written.getvalue()


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _other_line_ends(data: bytes, _: random.Random) -> bytes:
    return _text(data).replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig")


def _blank_lines_behind(data: bytes, _: random.Random) -> bytes:
    return f"{_text(data)}\n\n　\n".encode()


def _other_encoding(data: bytes, chance: random.Random) -> bytes:
    return _text(data).encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")
