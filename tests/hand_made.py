"""Files written byte by byte, for what no program writes: odd, torn and hostile ones."""

from __future__ import annotations

import struct
from collections.abc import Sequence

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
SECTOR = 512


def pdf(*contents: str, page: str = "", extra: Sequence[str] = (), trailer: str = "") -> bytes:
    """A PDF with a page for each content stream, in Helvetica.

    ``page`` is added to each page's dictionary, ``extra`` are further objects, ``trailer`` is
    added to the trailer.
    """
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents {5 + 2 * at} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>{page}>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return pdf_of([*objects, *extra], trailer)


def pdf_of(objects: Sequence[str], trailer: str = "") -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    said = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(said))
        said += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    lines = "".join(f"{place:010} 00000 n \n" for place in places)
    return said + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{lines}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(said)}\n%%EOF"
    ).encode("latin-1")


def written(text: str, x: float, y: float) -> str:
    """Text at a place, in a content stream."""
    return f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET "


def boxed(x: float, y: float, width: float, height: float) -> str:
    """A drawn rectangle, in a content stream."""
    return f"{x} {y} {width} {height} re S "


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE) of these streams, each in sectors of its own."""
    chains: list[int] = []
    pieces: list[bytes] = []

    def add(content: bytes) -> int:
        start = len(chains)
        count = max(-(-len(content) // SECTOR), 1)
        chains.extend([*range(start + 1, start + count), END])
        pieces.append(content.ljust(count * SECTOR, b"\0"))
        return start

    entries = [_entry("Root Entry", 5, END, 0)]
    for name, content in streams.items():
        # Below 4,096 bytes a stream would belong to the small sectors.
        padded = content.ljust(4096, b"\0")
        entries.append(_entry(name, 2, add(padded), len(padded)))
    while len(entries) % 4:
        entries.append(bytes(128))
    directory = add(b"".join(entries))
    table = len(chains)
    fat = [*chains, 0xFFFFFFFD]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16sHHHHH10xIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        1,
        directory,
        0,
        4096,
        END,
        0,
        END,
        0,
    )
    first = struct.pack("<109I", table, *[FREE] * 108)
    return header + first + b"".join(pieces) + struct.pack(f"<{SECTOR // 4}I", *fat)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    named = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return (
        named + struct.pack("<III", FREE, FREE, FREE) + bytes(36) + struct.pack("<II", start, size)
    ).ljust(128, b"\0")


def record(number: int, body: bytes) -> bytes:
    """A record of an .xls stream."""
    return struct.pack("<HH", number, len(body)) + body
