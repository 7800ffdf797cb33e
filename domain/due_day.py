"""Days named in a printed value: 2025年底, 2月, 12月底, 年内 (rules §4, Dates)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_YEAR = r"(?:(?P<year>(?:19|20)[0-9]{2})年度?)"
_MONTH = r"(?<![0-9.])(?P<month>1[0-2]|0?[1-9])月"
_DAY = r"(?P<day>[12][0-9]|3[01]|0?[1-9])[日号]"
_PATTERNS = (
    re.compile(
        r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})[-/.](?P<month>1[0-2]|0?[1-9])"
        r"[-/.](?P<day>[12][0-9]|3[01]|0?[1-9])(?![0-9])"
    ),
    re.compile(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>1[0-2]|0[1-9])(?![-/.0-9])"),
    re.compile(rf"{_YEAR}?{_MONTH}{_DAY}"),
    re.compile(rf"{_YEAR}?{_MONTH}(?!{_DAY})"),
    re.compile(rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度"),
    re.compile(r"第(?P<quarter>[一二三四1-4])季度"),
    re.compile(r"(?P<quarter>[一二三四1-4])季度(?=末|底|前|内|完成|结束)"),
    re.compile(rf"{_YEAR}?(?P<half>[上下])半年"),
    re.compile(rf"{_YEAR}(?:底|末|内)?"),
    re.compile(r"(?:本年度?|当年|(?<![0-9一二两三四五六七八九十半每])年)(?:底|末|内)"),
)
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_ISO = r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
_START = re.compile(
    rf"{_ISO}(?:至|到|~|-|—|–)+(?={_ISO})"
    r"|(?P<year>(?:19|20)[0-9]{2}年)?(?<![0-9.])(?:1[0-2]|0?[1-9])(?:月(?:份|初|底)?(?:[0-9]{1,2}[日号])?)?"
    r"(?:至|到|~|-|—|–)+(?=(?P<later>(?:19|20)[0-9]{2}年)?(?:1[0-2]|0?[1-9])月)"
)
"""The beginning of a span of days, whose end is what is due: 2025年1月—12月."""
_BEFORE_MONTH = re.compile(r"(?<![0-9])(?:1[0-2]|0?[1-9])月(?:份)?(?:之前|以前|前)")


def days_named(text: str, year: int | None) -> date | None:
    """Find the day a folded text names; None without one, or where it names several.

    ``year`` stands in where the text prints none; a month or a year means its last day.
    """
    days = {day for match in _matches(text) if (day := _day_of(match, year))}
    return days.pop() if len(days) == 1 else None


def names_a_day(text: str) -> bool:
    """Say whether a folded text names a day, a month or a year's end, dated or not."""
    return bool(_matches(text))


def names_several_days(text: str) -> bool:
    """Say whether a folded text names more than one day."""
    return len({_day_of(match, 2000) for match in _matches(text)}) > 1


def each_day_named(text: str, year: int | None) -> tuple[date, ...]:
    """List the days a folded text names, the earliest first."""
    return tuple(sorted({day for match in _matches(text) if (day := _day_of(match, year))}))


def is_before_month(text: str) -> bool:
    """Say whether a folded text says "12月前": its end or its eve, a person must say which."""
    return bool(_BEFORE_MONTH.search(text))


def strip_days(text: str) -> str:
    """Blank the days in a folded text, so that their digits are not read as numbers."""
    ends = without_starts(text)
    for match in reversed(_matches(ends)):
        ends = f"{ends[: match.start()]}|{ends[match.end() :]}"
    return ends


def without_starts(text: str) -> str:
    """Leave out where spans of days begin: 2025年1月—12月 is due in December."""
    return _START.sub(lambda found: "" if found["later"] else found["year"] or "", text)


def _matches(text: str) -> list[re.Match[str]]:
    """Find the days in order, the fullest form first, none overlapping."""
    text = without_starts(text)
    taken: list[re.Match[str]] = []
    for pattern in _PATTERNS:
        taken += [m for m in pattern.finditer(text) if not any(_overlap(m, t) for t in taken)]
    return sorted(taken, key=lambda match: match.start())


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _day_of(match: re.Match[str], year: int | None) -> date | None:
    """Work the day out; None without a year, or where the calendar has no such day."""
    parts = match.groupdict()
    in_year = int(parts["year"]) if parts.get("year") else year
    if in_year is None or not 1 <= in_year <= 9999:
        return None
    month = _month_of(parts)
    last = monthrange(in_year, month)[1]
    day = int(parts["day"]) if parts.get("day") else last
    return date(in_year, month, day) if day <= last else None


def _month_of(parts: dict[str, str | None]) -> int:
    if parts.get("month"):
        return int(parts["month"] or 0)
    if parts.get("quarter"):
        return _QUARTERS[parts["quarter"] or ""]
    return 6 if parts.get("half") == "上" else 12
