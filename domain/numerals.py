"""Chinese numerals in a printed value where they are plain: 三次, 百分之九十, 九成 (rules §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from domain.wording import COUNT_UNITS, MONEY_UNITS, SIGNS, TIME_UNITS, WORDS_AFTER, WORDS_BEFORE

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MULTIPLES = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
_NUMERAL = rf"[{''.join((*_DIGITS, *_MULTIPLES, *_SECTIONS))}]+"
_ORDINAL_UNITS = frozenset({"级", "类", "期", "度", "分", "秒", "门", "种", "月", "日", "队", "班"})
"""Units that stand behind a number of order as often: 三级 is a grade, 二期 a part of works."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNITS = _any_of({*COUNT_UNITS, *TIME_UNITS, *MONEY_UNITS} - _ORDINAL_UNITS)
_BEFORE = rf"(?P<before>(?:{_any_of((*SIGNS, *WORDS_BEFORE))}|达到|达|共|约)?)"
_AFTER = rf"(?P<after>(?:{_any_of(WORDS_AFTER)}|内|左右)?)"
_SHARE = re.compile(rf"{_BEFORE}(?P<of>百|千)分之(?P<numeral>{_NUMERAL}){_AFTER}")
_TENTHS = re.compile(rf"{_BEFORE}(?P<numeral>[一二三四五六七八九])成(?P<half>半?){_AFTER}")
_COUNT = re.compile(rf"{_BEFORE}(?P<numeral>{_NUMERAL})(?P<unit>{_UNITS}){_AFTER}")


def in_digits(folded: str) -> str:
    """Write a folded value that is nothing but a numeral in digits; any other comes back as is."""
    if folded == "零":
        return "0"
    share = _SHARE.fullmatch(folded)
    if share:
        sign = "%" if share["of"] == "百" else "‰"
        return _written(share, numeral(share["numeral"]), sign, folded)
    tenths = _TENTHS.fullmatch(folded)
    if tenths:
        of_hundred = _DIGITS[tenths["numeral"]] * 10 + (5 if tenths["half"] else 0)
        return _written(tenths, Decimal(of_hundred), "%", folded)
    count = _COUNT.fullmatch(folded)
    return _written(count, numeral(count["numeral"]), count["unit"], folded) if count else folded


def _written(match: re.Match[str], number: Decimal | None, unit: str, folded: str) -> str:
    return folded if number is None else f"{match['before']}{number:f}{unit}{match['after']}"


def numeral(text: str) -> Decimal | None:
    """Read a numeral: 一百二十, 二〇二五, 百; None where its parts do not go together."""
    if all(part in _DIGITS for part in text):
        return Decimal("".join(str(_DIGITS[part]) for part in text))
    total = section = 0
    digit: int | None = None
    for part in text:
        if part in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[part]
        elif part in _MULTIPLES:
            section += (1 if digit is None else digit) * _MULTIPLES[part]
            digit = None
        else:
            total += (section + (digit or 0)) * _SECTIONS[part]
            section, digit = 0, None
    return Decimal(total + section + (digit or 0))
