"""Single cells to values: amounts, days, codes and texts, as people and exports write them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from domain.due_day import days_named
from domain.target_value import fold
from services.intake.tables.table import Value

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(25_569, 73_051)
"""Day numbers of 1970 to 2099."""

_DAY = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?"
    r"|(?P<m3>\d{2})(?P<d3>\d{2}))(?:[ T]?\d{1,2}:\d{2}.*)?"
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]\d+")
_EXCEL_TEXT = re.compile(r'="(.*)"')
_BLANK_AMOUNTS = frozenset({"", "-", "--", "—", "——", "/", "无"})
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_TOO_MUCH = Decimal(10) ** 15
_AMOUNT = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|[+-]?\.\d+")
_EXACT = 2**53
"""Whole numbers beyond this are no longer exact in a workbook."""


class CellError(ValueError):
    """A cell cannot be read; the text says why, for the person who sent the file."""


class DamagedNumberError(CellError):
    """A code was turned into a number on its way, and its last digits are gone."""


@lru_cache(maxsize=65_536)
def _text(printed: str) -> str | None:
    wrapped = _EXCEL_TEXT.fullmatch(printed.strip())
    text = wrapped.group(1) if wrapped else printed
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return folded.removeprefix("'") or None


def text_of(value: Value) -> str | None:
    """Read running text: white space folded, blank is None."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def code_of(value: Value) -> str | None:
    """Read a code or a number of a document: no white space, half width.

    Raises:
        DamagedNumberError: it stands in scientific notation, or as a number too long for one.
    """
    if isinstance(value, float | int):
        return _code_of_number(value)
    if isinstance(value, str) and value.isascii() and value.isalnum():
        # Nearly all are plain; 1.3E+17 is not.
        return value
    text = text_of(value)
    if text is None:
        return None
    code = _code(text)
    if code is not None and _SCIENTIFIC.fullmatch(code):
        raise DamagedNumberError(code)
    return code


def _code(text: str) -> str | None:
    if text.isascii() and " " not in text:
        return text
    return unicodedata.normalize("NFKC", text).replace(" ", "") or None


def _code_of_number(value: float) -> str:
    if abs(value) >= _EXACT or not float(value).is_integer():
        raise DamagedNumberError(f"{value:.5E}")
    return str(int(value))


def amount_of(value: Value) -> Decimal | None:
    """Read an amount exactly as it stands; blank or a dash is None; （1,234） is negative.

    A workbook's binary number is read by its shortest decimal text, never by its bits.

    Raises:
        CellError: no amount.
    """
    if isinstance(value, int | float):
        return _within(Decimal(repr(value)), repr(value))
    if isinstance(value, date):
        raise CellError(f"“{value}”是日期，不是金额。请检查该列格式。")
    # Nearly all are plain; the rest is looked at closely.
    printed = value or ""
    return _within(Decimal(printed), printed) if _PLAIN.fullmatch(printed) else _odd(printed)


def _within(amount: Decimal, printed: str) -> Decimal:
    if abs(amount) >= _TOO_MUCH:
        raise CellError(f"“{printed[:40]}”超出金额范围。请核对。")
    return amount


def _odd(printed: str) -> Decimal | None:
    text = unicodedata.normalize("NFKC", text_of(printed) or "").replace(" ", "")
    text = text.replace("¥", "").removesuffix("元").replace("−", "-").replace("–", "-")
    if text in _BLANK_AMOUNTS:
        return None
    negative = text.startswith("(") and text.endswith(")")
    number = text[1:-1] if negative else text
    if not _AMOUNT.fullmatch(number):
        raise CellError(f"“{printed.strip()[:40]}”不是金额。请改为数字。")
    amount = _within(Decimal(number.replace(",", "")), printed)
    return -amount if negative else amount


def day_of(value: Value) -> date | None:
    """Read a business day in the usual forms, or as a workbook's day number; blank is None.

    Raises:
        CellError: no day, or one that the calendar does not have.
    """
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return _day_of_number(value)
    return _day(value) if value else None


def _day_of_number(value: float) -> date | None:
    if value in _EXCEL_DAYS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(value))
    if float(value).is_integer() and 19_700_101 <= value <= 20_991_231:
        return _day(str(int(value)))
    raise CellError(f"“{value}”不是日期。请写成2025-06-30。")


@lru_cache(maxsize=16_384)
def _day(printed: str) -> date | None:
    text = unicodedata.normalize("NFKC", printed).strip().strip("'")
    if text in _BLANK_AMOUNTS:
        return None
    found = _DAY.fullmatch(text.replace("年 ", "年"))
    if found is None:
        raise CellError(f"“{text[:40]}”不是日期。请写成2025-06-30。")
    numbers = [int(number) for number in found.groups() if number is not None]
    try:
        return date(*numbers[:3])
    except ValueError:
        raise CellError(f"日历上没有{text[:40]}这一天。") from None


def cut_off_of(value: Value, year: int) -> date | None:
    """Read the day a report stands for: a day, or a month or year by its last day (6月底).

    Raises:
        CellError: neither.
    """
    try:
        return day_of(value)
    except CellError:
        named = days_named(fold(str(value)), year) or _month_only(fold(str(value)))
        if named is None:
            raise
        return named


def _month_only(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})月?", text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, monthrange(year, month)[1])
