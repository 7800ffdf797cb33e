"""Numbers of a workbook as a person sees them, by the format of their cell.

Percent, decimals, thousands, signs and units in quotation marks are shown as Excel shows them;
whole days as ISO dates. A format beyond that (fractions, exponents, conditions) shows the plain
number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise

GENERAL = "General"

BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-m-d",
    15: "yyyy-m-d",
    16: 'm"月"d"日"',
    17: 'yyyy"年"m"月"',
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-m-d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "yyyy-m-d",
    31: "yyyy-m-d",
    32: "h:mm",
    33: "h:mm:ss",
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0",
    42: "¥#,##0",
    43: "#,##0.00",
    44: "¥#,##0.00",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The formats that have a number only, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)"
    r"|(?P<day>[yYeE]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|AM/PM|上午/下午|[aA]{3,4})|(?P<sign>.)",
    re.DOTALL,
)
_TEXTS = frozenset({"quoted", "escaped", "sign"})
_CURRENCY = re.compile(r"\$([^-]*)")
_CONDITION = re.compile(r"[<>=]|DBNum", re.IGNORECASE)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_NOISE = 12
"""Significant digits; what comes behind is what binary arithmetic leaves."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook's days have no time zone
_FROM_1904 = 1462
_LAST_DAY = 2_958_465


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a format: its kind (digits, day, general, text) and what it says."""

    kind: str
    text: str


def shown(number: float, code: str = GENERAL, *, from_1904: bool = False) -> str:
    """Print a number as its cell shows it.

    ``code`` is the cell's format; ``from_1904`` where the workbook counts days from then.
    """
    sections = [_pieces(section) for section in _sections(code)]
    if any(pieces is None for pieces in sections):
        return plain(number)
    usable = [pieces for pieces in sections if pieces is not None]
    pieces = _section(usable, number)
    kinds = {piece.kind for piece in pieces}
    if "day" in kinds:
        return _day(number, pieces, from_1904=from_1904) or plain(number)
    # The second section is for what is below nothing, and brings its own sign.
    unsigned = abs(number) if len(usable) > 1 and pieces is usable[1] else number
    try:
        return _number(unsigned, pieces).strip()
    except InvalidOperation:
        # More digits than decimals are computed with; Excel shows hashes.
        return plain(number)


def plain(number: float) -> str:
    """Print a number without a format: exactly, but without binary noise."""
    exact = Decimal(repr(float(number) + 0.0))
    if -exact.normalize().as_tuple().exponent > 6:  # type: ignore[operator]  # it is finite
        exact = Decimal(f"{number:.{_NOISE}g}")
    return f"{exact.normalize():f}"


def _sections(code: str) -> list[str]:
    """Cut a format at its semicolons, but not at those that are text."""
    cuts = [found.start() for found in _TOKEN.finditer(code) if found["sign"] == ";"]
    bounds = [-1, *cuts, len(code)]
    return [code[a + 1 : b] for a, b in pairwise(bounds)]


def _section(sections: list[list[_Piece]], number: float) -> list[_Piece]:
    """Choose: all, or at least nothing and below, or above, below and nothing."""
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _pieces(section: str) -> list[_Piece] | None:
    """Take a section apart; None where it is beyond us."""
    pieces = []
    fraction = False
    for found in _TOKEN.finditer(section):
        kind = found.lastgroup
        text = found[kind] if kind else ""
        if kind == "bracket":
            if _CONDITION.search(text):
                return None
            kind, text = _bracket(text)
        fraction = fraction or (kind == "sign" and text == "/")
        if kind:
            pieces.append(_Piece("text" if kind in _TEXTS else kind, text))
    numbers = sum(piece.kind in {"digits", "general"} for piece in pieces)
    days = any(piece.kind == "day" for piece in pieces)
    return None if numbers > 1 or (numbers and (days or fraction)) else pieces


def _bracket(text: str) -> tuple[str | None, str]:
    """Read what stands in brackets: a currency, time that goes on beyond a day, or a colour."""
    currency = _CURRENCY.match(text)
    if currency:
        return "text", currency[1]
    return ("day", text) if _ELAPSED.fullmatch(text) else (None, "")


def _number(number: float, pieces: list[_Piece]) -> str:
    percents = sum(piece.text.count("%") for piece in pieces if piece.kind == "text")
    value = Decimal(plain(number)) * 100**percents
    said = "".join(
        _digits(abs(value), piece.text)
        if piece.kind == "digits"
        else plain(float(abs(value)))
        if piece.kind == "general"
        else ""
        if piece.text == "@"
        else piece.text
        for piece in pieces
    )
    if [piece.text for piece in pieces] == ["@"]:
        return plain(number)
    return f"-{said}" if value < 0 and any(c in said for c in "123456789") else said


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    scaled = value / 1000 ** (len(whole) - len(whole.rstrip(",")))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    front, _, back = f"{rounded:f}".partition(".")
    least = whole.replace(",", "").count("0")
    front = front.lstrip("0").zfill(least)
    if "," in whole.rstrip(","):
        front = f"{int(front):,}".zfill(least) if front else ""
    kept = fraction.rfind("0") + 1
    back = back[:kept] + back[kept:].rstrip("0")
    return f"{front}.{back}" if back else front


def _day(number: float, pieces: list[_Piece], *, from_1904: bool) -> str | None:
    """Print a day number; None where the calendar of workbooks ends."""
    days = number + (_FROM_1904 if from_1904 else 0)
    if not 0 <= days <= _LAST_DAY:
        return None
    at = _EPOCH + timedelta(seconds=round(days * 86_400))
    asked = {piece.text[0].lower() for piece in pieces if piece.kind == "day"}
    if {"y", "m", "d"} <= asked or {"e", "m", "d"} <= asked:
        return f"{at:%Y-%m-%d %H:%M}" if "h" in asked else f"{at:%Y-%m-%d}"
    if "h" in asked or "s" in asked:
        return f"{at:%H:%M:%S}" if "s" in asked else f"{at:%H:%M}"
    return "".join(_part(at, piece) for piece in pieces).strip()


def _part(at: datetime, piece: _Piece) -> str:
    """Print a year, month or day where one of them is left out."""
    if piece.kind != "day":
        return piece.text
    letter, long = piece.text[0].lower(), len(piece.text) > 1
    if letter in {"y", "e"}:
        return f"{at.year:04}"
    number = {"m": at.month, "d": at.day}.get(letter)
    return "" if number is None else f"{number:02}" if long else str(number)
