"""A monitoring round (监控任务): who is asked for what, by when (rules §1, §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MonitoringRound:
    """One round of a fiscal year.

    ``period_start`` is the first day whose reading satisfies the round: the day after the
    cut-off of the round before (1 January for the first), not the 1 of 1—7月 in its heading.
    ``cut_off`` is the day values stand for, ``opening`` the first and ``deadline`` the last
    day for reporting.
    """

    year: int
    name: str
    period_start: date
    cut_off: date
    opening: date
    deadline: date

    def is_over(self, as_of: date) -> bool:
        """Whether the deadline has passed; the day itself is still in time."""
        return as_of > self.deadline

    @property
    def closes_the_year(self) -> bool:
        """Whether it is the year-end round, in which year_end indicators owe a value."""
        return self.cut_off >= date(self.year, 12, 31)
