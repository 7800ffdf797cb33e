"""Cells to business days, in the forms that exports and people write them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache, partial

from domain.due_day import days_named
from domain.target_value import fold
from services.intake.amounts import BLANK_AMOUNTS
from services.intake.cells import CellError
from services.intake.tables.table import Table, Value

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_MAC_DAY_ZERO = date(1904, 1, 1)
_DAYS = (date(1970, 1, 1), date(2099, 12, 31))
"""Day numbers count for these."""

_DAY = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?"
    r"|(?P<m3>\d{2})(?P<d3>\d{2}))(?:[ T]?\d{1,2}:\d{2}.*|[ T]\d{6}.*|\d{6}(?:\d{3})?)?"
)
_BLANKS = re.compile(r"(?<=[年月./-])\s+|\s+(?=[年月日号./-])")
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_HOW = "请写成2025-06-30。"


def day_of(value: Value, *, from_1904: bool = False) -> date | None:
    """Read a business day in the usual forms, or as a workbook's day number; blank is None.

    ``from_1904``: the workbook counts days from 1904, as those from old Macintoshes do.

    Raises:
        CellError: no day, or one that the calendar does not have.
    """
    if isinstance(value, date):
        return value
    zero = _MAC_DAY_ZERO if from_1904 else _EXCEL_DAY_ZERO
    if isinstance(value, int | float):
        return _day_of_number(value, zero)
    return _day(value, zero) if value else None


def days_of(table: Table) -> partial[date | None]:
    """How the days of a table are read."""
    return partial(day_of, from_1904=table.from_1904)


def _day_of_number(value: float, zero: date) -> date | None:
    first, last = ((day - zero).days for day in _DAYS)
    if first <= value < last + 1:
        return zero + timedelta(days=int(value))
    if float(value).is_integer() and 19_700_101 <= value <= 20_991_231:
        return _day(str(int(value)), zero)
    raise CellError(f"“{value}”不是日期。{_HOW}")


@lru_cache(maxsize=16_384)
def _day(printed: str, zero: date) -> date | None:
    text = unicodedata.normalize("NFKC", printed).strip().strip("'")
    if text in BLANK_AMOUNTS:
        return None
    if _NUMBER.fullmatch(text):
        return _day_of_number(float(text), zero)
    found = _DAY.fullmatch(_BLANKS.sub("", text))
    if found is None:
        raise CellError(f"“{text[:40]}”不是日期。{_HOW}")
    numbers = [int(number) for number in found.groups() if number is not None]
    try:
        return date(*numbers[:3])
    except ValueError:
        raise CellError(f"日历上没有{text[:40]}这一天。") from None


def cut_off_of(value: Value, year: int, *, from_1904: bool = False) -> date | None:
    """Read the day a report stands for: a day, or a month or year by its last day (6月底).

    Raises:
        CellError: neither.
    """
    try:
        return day_of(value, from_1904=from_1904)
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
