"""Working days in China, with make-up days, from a kept calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

from domain.errors import MonitoringError


class YearNotInCalendarError(MonitoringError):
    """The calendar of working days does not cover a year yet."""

    code = "year_not_in_calendar"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"工作日历尚无{year}年的放假安排。请升级 chinesecalendar 后重试；在此之前不推算工作日。"
        )


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after one day, up to another.

    Raises:
        YearNotInCalendarError: holidays of a year in between are not published or not known.
    """
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    try:
        return sum(chinese_calendar.is_workday(day) for day in days)
    except NotImplementedError:
        raise YearNotInCalendarError(last.year) from None
