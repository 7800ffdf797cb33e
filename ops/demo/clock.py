"""A clock that is set by hand, so that the sample year has a recorded past."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from services.clock import Clock, wall_clock
from services.working_days import working_days_between

ONE_DAY = timedelta(days=1)


class VirtualClock:
    """Answers the moment it was set to; before that, and once it is let go, the real one."""

    def __init__(self, real: Clock = wall_clock) -> None:
        self._real = real
        self._moment: datetime | None = None

    def __call__(self) -> datetime:
        """The moment, with its time zone."""
        return self._moment or self._real()

    def set(self, moment: datetime) -> None:
        """Stand still at a moment."""
        self._moment = moment

    def let_go(self) -> None:
        """Run with the real clock again."""
        self._moment = None


@lru_cache(maxsize=1024)
def is_working_day(day: date) -> bool:
    """Whether offices are open, make-up days included."""
    return working_days_between(day - ONE_DAY, day) == 1


def working_day_from(day: date) -> date:
    """The day itself, or the first working day behind it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def nth_working_day(first: date, number: int) -> date:
    """The ``number``-th working day from a day on, counted from 1."""
    day = working_day_from(first)
    for _ in range(number - 1):
        day = working_day_from(day + ONE_DAY)
    return day
