"""The day that a whole table stands for, where its heading or its title says it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from unicodedata import normalize

from services.intake.headings import Heading
from services.intake.tables.table import Table

_MONTHS = re.compile(r"(?:1[-—–~至到]+)?(1[0-2]|[1-9])月(?:份|底|末)?(?:累计)?(?:执行|完成)")
_TITLE_MONTHS = re.compile(r"1月?[-—–~至到]+(1[0-2]|[1-9])月")
_TITLE_DAY = re.compile(
    r"截[至止]到?(?:(\d{4})年)?(1[0-2]|0?[1-9])月(?:(3[01]|[12]\d|0?[1-9])日|底|末)"
)
_WHOLE_YEAR = re.compile(r"自评")


def cut_off_said(table: Table, heading: Heading, fiscal_year: int) -> date | None:
    """Read it from the heading (1—7月执行情况) or a title (截至7月底; 自评表 is the whole year)."""
    printed = normalize("NFKC", heading.named("value"))
    found = _MONTHS.search(printed)
    if found:
        return _last_day(fiscal_year, int(found.group(1)))
    for number, values in table.rows:
        if number >= heading.row:
            break
        for value in values:
            if isinstance(value, str) and (day := _in_title(value, fiscal_year)) is not None:
                return day
    return None


def _in_title(text: str, fiscal_year: int) -> date | None:
    title = re.sub(r"\s+", "", normalize("NFKC", text))
    found = _TITLE_DAY.search(title)
    if found:
        year = int(found.group(1) or fiscal_year)
        day = found.group(3)
        last = _last_day(year, int(found.group(2)))
        return last.replace(day=min(int(day), last.day)) if day else last
    found = _TITLE_MONTHS.search(title)
    if found:
        return _last_day(fiscal_year, int(found.group(1)))
    return date(fiscal_year, 12, 31) if _WHOLE_YEAR.search(title) else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
