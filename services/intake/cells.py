"""Single cells to running text and codes, as people and exports write them.

What is kept of a cell can be kept: no control characters, no unpaired surrogates, nothing that
turns the direction of writing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from services.intake.tables.table import Value

LONGEST_CODE = 100
LONGEST_TEXT = 1_000
"""Characters; a code beyond is none, running text is cut there and marked."""

CUT = "…（过长，以下略）"

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_EXCEL_TEXT = re.compile(r'="(.*)"')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_EXACT = 10**15
"""A workbook keeps fifteen digits of a number; of a longer one the rest is gone."""


class CellError(ValueError):
    """A cell cannot be read; the text says why, for the person who sent the file."""


class DamagedNumberError(CellError):
    """A code was turned into a number on its way, and its last digits are gone."""


@lru_cache(maxsize=65_536)
def _text(printed: str) -> str | None:
    wrapped = _EXCEL_TEXT.fullmatch(printed.strip())
    text = unicodedata.normalize("NFC", wrapped.group(1) if wrapped else printed)
    folded = " ".join(_seen(text).split()).removeprefix("'")
    return folded if len(folded) <= LONGEST_TEXT else folded[:LONGEST_TEXT] + CUT


def _seen(text: str) -> str:
    """Leave out what has no shape of its own; white space stays, whatever kind it is."""
    if text.isprintable():
        return text
    return "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )


def text_of(value: Value) -> str | None:
    """Read running text: white space folded, what cannot be seen left out, blank is None."""
    if isinstance(value, str):
        return _text(value) or None
    if value is None:
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def code_of(value: Value) -> str | None:
    """Read a code or a number of a document: no white space, half width.

    Raises:
        DamagedNumberError: it stands in scientific notation, or as a number too long for one.
        CellError: longer than any code.
    """
    if isinstance(value, float | int):
        return _code_of_number(value)
    if isinstance(value, str) and value.isascii() and value.isalnum() and len(value) < 50:
        # Nearly all are plain; 1.3E+17 is not, and 1E17 looks like one.
        return value
    text = text_of(value)
    if text is None:
        return None
    code = _code(text)
    if code is not None and _SCIENTIFIC.fullmatch(code) and not code.isalnum():
        raise DamagedNumberError(code)
    if code is not None and len(code) > LONGEST_CODE:
        raise CellError(f"“{code[:20]}……”超过{LONGEST_CODE}字，不是编码。请核对该列。")
    return code


def _code(text: str) -> str | None:
    if text.isascii() and " " not in text:
        return text
    return unicodedata.normalize("NFKC", text).replace(" ", "") or None


def _code_of_number(value: float) -> str:
    if abs(value) >= _EXACT or not float(value).is_integer():
        raise DamagedNumberError(f"{value:.5E}")
    return str(int(value))
