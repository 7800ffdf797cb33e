"""Data about persons in tables: known, dropped, and said to be dropped (domain §4.4).

Identity numbers are known by their own check (GB 11643): date and last character have to fit,
so that hardly any voucher number is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from services.intake.tables.table import Value, is_blank
from services.intake.vocabulary import is_personal
from services.intake.vocabulary.folding import normalised_heading

HIDDEN = "（个人信息略）"
"""Stands where a number of a person stood."""

DROPPED = "（略）"
"""Stands for a cell about persons: it is not brought in, not kept, and shown to nobody."""

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z.])")
_CARD = re.compile(r"(?<![0-9A-Za-z])62\d{14,17}(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LOOKED_AT = 200
_FEW = 3
_HEADING = re.compile(r"[^0-9]{1,60}", re.DOTALL)
_BORN = (1900, 2099)
_LONG_DIGITS = re.compile(r"\d{11}")


def is_identity_number(text: str) -> bool:
    """Whether a text is an identity number of a person: 18 characters, checked."""
    if not _IDENTITY.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == text[-1].upper() and _is_day(text[6:14])


def _is_day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _BORN[0] <= born.year <= _BORN[1]


def without_persons(text: str) -> str:
    """Running text without identity numbers, mobile telephones and bank cards."""
    if not _LONG_DIGITS.search(text):
        return text
    hidden = _IDENTITY.sub(
        lambda found: HIDDEN if is_identity_number(found.group()) else found.group(), text
    )
    return _CARD.sub(HIDDEN, _MOBILE.sub(HIDDEN, hidden))


def is_bank_card(text: str) -> bool:
    """Whether a text is the number of a bank card of a person: 62…, with its check (ISO 7812)."""
    if not _CARD.fullmatch(text):
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(text))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def holds_persons(rows: Sequence[tuple[int, Sequence[Value]]], column: int) -> bool:
    """Whether a column holds numbers of persons, whatever it is called.

    Most of its cells are identity numbers or bank cards, or all of them mobile telephones.
    """
    cells = [
        str(values[column]).strip()
        for _, values in rows[:_LOOKED_AT]
        if column < len(values) and values[column] not in (None, "")
    ]
    persons = sum(
        cell == DROPPED or is_identity_number(cell) or is_bank_card(cell) for cell in cells
    )
    mobiles = len(cells) >= _FEW and all(map(_MOBILE.fullmatch, cells))
    return persons * 2 > len(cells) or mobiles


def headed_persons(values: Sequence[Value]) -> dict[int, str]:
    """The columns about persons that a row heads, and what they are called; none of a line."""
    filled = {str(value).strip() for value in values if not is_blank(value)}
    if len(filled) < _FEW or not all(map(_HEADING.fullmatch, filled)):
        return {}
    return {
        at: value
        for at, value in enumerate(values)
        if isinstance(value, str) and value.strip() and is_personal(normalised_heading(value))
    }
