"""Text as it is printed: what is invisible goes, and a glyph is the character it shows."""

from __future__ import annotations

import unicodedata

_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Radicals that look like characters: fonts share the glyph, PDF writers name the radical."""

_RADICALS = "⺟⺠⺧⺩⺪⺫⺬⺶⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻰⻳"
_CHARACTERS = "母民牛王疋目示羊虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐歯齿龙龟"
"""The supplement, where Unicode knows the equivalent but no normalisation applies it."""

_INVISIBLE = dict.fromkeys(
    [
        *range(0x0009),
        *range(0x000E, 0x0020),
        0x007F,
        0x00AD,  # soft hyphen
        *range(0x200B, 0x2010),  # zero width, direction marks
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0xFE00, 0xFE10),  # variation selectors
        0xFEFF,
    ]
)
_TABLE = {
    **_INVISIBLE,
    **_KANGXI,
    **str.maketrans(_RADICALS, _CHARACTERS),
    0x000B: "\n",  # a line break inside a cell, as office programs store it
    0x000C: "\n",
    0x000D: "\n",
    0x00A0: " ",
}


def printed(text: str) -> str:
    """Keep what a person sees; white space around it goes, inside it stays."""
    return text.replace("\r\n", "\n").translate(_TABLE).strip()
