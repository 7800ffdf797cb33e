"""How a printed row would read better, as changes that a program can apply."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.indicator import Comparator
from domain.review.finding import Change, Field
from domain.review.subject import Row
from domain.wording import SIGNS, WORDS_AFTER, WORDS_BEFORE

_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)))
_FULL_WIDTH_SIGN = re.compile("[＜＞＝]=?")
_SIGN_WORD = re.compile("|".join(sorted({*WORDS_BEFORE, *WORDS_AFTER}, key=len, reverse=True)))
_NUMBER = re.compile(r"-?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")


def number_text(number: Decimal) -> str:
    """Say a number without an exponent and without idle noughts: 90, 3.42."""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def value_text(comparator: Comparator | None, number: Decimal, unit: str | None) -> str:
    """Print a value as a form does: sign, number, unit."""
    return f"{comparator or ''}{number_text(number)}{unit or ''}"


def changed(row: Row, field: Field, old: str, new: str) -> tuple[Change, ...]:
    """One change of a row; none where nothing would change."""
    return () if old == new else (Change(field, old, new, row.number),)


def turned(row: Row, comparator: Comparator) -> tuple[Change, ...]:
    """Put another sign where the row prints its own: in its column, in the value, in words."""
    printed = row.reviewed.printed
    for pattern in (_SIGN, _FULL_WIDTH_SIGN):
        if pattern.search(printed.value_text):
            text = pattern.sub(comparator, printed.value_text, count=1)
            return changed(row, Field.VALUE, printed.value_text, text)
    if printed.sign:
        return changed(row, Field.SIGN, printed.sign, comparator)
    bare = _SIGN_WORD.sub("", printed.value_text, count=1)
    return changed(row, Field.VALUE, printed.value_text, f"{comparator}{bare.strip()}")


def with_number(row: Row, number: Decimal) -> tuple[Change, ...]:
    """Put another number where the value prints its own."""
    text = row.reviewed.printed.value_text
    new = _NUMBER.sub(number_text(number), text, count=1)
    return changed(row, Field.VALUE, text, new)


def with_unit(row: Row, unit: str) -> tuple[Change, ...]:
    """Put another unit of measure where the row prints its own: in its column, or the value."""
    printed = row.reviewed.printed
    own = row.reviewed.value.unit or ""
    if printed.column_unit:
        return changed(row, Field.COLUMN_UNIT, printed.column_unit, unit)
    text = printed.value_text
    if own and own in text:
        head, _, tail = text.rpartition(own)
        return changed(row, Field.VALUE, text, f"{head}{unit}{tail}")
    end = max((found.end() for found in _NUMBER.finditer(text)), default=len(text))
    return changed(row, Field.VALUE, text, f"{text[:end]}{unit}{text[end:]}")
