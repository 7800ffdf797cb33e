"""The spending plan (资金支出计划) and the share it plans for a day (rules §3)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.errors import MonitoringError

ONE_DAY = timedelta(days=1)


class Shape(StrEnum):
    """How planned money moves between checkpoints."""

    EVEN = "even"
    LUMPS = "lumps"


class PlanNotCumulativeError(MonitoringError):
    """The shares of a plan fall, repeat a day, or do not end at 100 %."""

    code = "plan_not_cumulative"

    def __init__(self, points: object) -> None:
        super().__init__(f"资金支出计划须逐期累计、最后一期为100%，现为：{points}")


class WindowEndsBeforeItStartsError(MonitoringError):
    """A project ends before it starts."""

    code = "window_ends_before_it_starts"

    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"项目实施期的结束日（{end}）早于开始日（{start}）。请核对两个日期。")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """By the end of this day, this cumulative share (0-1) is to be spent."""

    on: date
    share: Decimal


@dataclass(frozen=True, slots=True)
class SpendingPlan:
    """Declared checkpoints of one fiscal year, in order; the last one reaches 1."""

    checkpoints: tuple[Checkpoint, ...]

    def __post_init__(self) -> None:
        rising = all(a.on < b.on and a.share <= b.share for a, b in pairwise(self.checkpoints))
        if not (self.checkpoints and rising and self.checkpoints[-1].share == 1):
            raise PlanNotCumulativeError([(str(c.on), str(c.share)) for c in self.checkpoints])
        if self.checkpoints[0].share < 0:
            raise PlanNotCumulativeError([(str(c.on), str(c.share)) for c in self.checkpoints])


@dataclass(frozen=True, slots=True)
class Window:
    """The days a project runs, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise WindowEndsBeforeItStartsError(self.start, self.end)


@dataclass(frozen=True, slots=True)
class PlannedProgress:
    """计划进度: the cumulative share planned for any day.

    The share is 0 up to ``zero_on``, the last day before the plan starts, and 1 from the last
    checkpoint on. ``default`` marks a plan nobody declared (默认进度).
    """

    zero_on: date
    checkpoints: tuple[Checkpoint, ...]
    shape: Shape = Shape.EVEN
    default: bool = False

    @property
    def first_day(self) -> date:
        """The day the plan starts; money there by then was there from the start."""
        return self.zero_on + ONE_DAY

    @property
    def first_checkpoint_on(self) -> date:
        """Before this day nothing is due."""
        return self.checkpoints[0].on

    @property
    def last_checkpoint_on(self) -> date:
        """From this day on everything is due."""
        return self.checkpoints[-1].on

    def share(self, day: date) -> Decimal:
        """The share planned for the end of a day."""
        if day <= self.zero_on:
            return Decimal(0)
        for before, after in pairwise((Checkpoint(self.zero_on, Decimal(0)), *self.checkpoints)):
            if day < after.on:
                return before.share + self._since(before, after, day)
        return Decimal(1)

    def _since(self, before: Checkpoint, after: Checkpoint, day: date) -> Decimal:
        if self.shape is Shape.LUMPS:
            return Decimal(0)
        days, of_days = (day - before.on).days, (after.on - before.on).days
        return (after.share - before.share) * days / of_days


def declared_progress(plan: SpendingPlan, fiscal_year: int, shape: Shape) -> PlannedProgress:
    """A declared plan starts at (31 December of the year before, 0)."""
    return PlannedProgress(date(fiscal_year - 1, 12, 31), plan.checkpoints, shape)


def default_progress(window: Window, shape: Shape) -> PlannedProgress:
    """Plan k/n at the end of the k-th of n calendar months, the last one at the window's end."""
    ends = [min(end, window.end) for end in _month_ends(window)]
    checkpoints = tuple(
        Checkpoint(end, Decimal(k) / len(ends)) for k, end in enumerate(ends, start=1)
    )
    return PlannedProgress(window.start - ONE_DAY, checkpoints, shape, default=True)


def even_progress(fiscal_year: int, even_to: date) -> PlannedProgress:
    """Plan a straight line from the start of the year to a day: money carried over."""
    checkpoints = (Checkpoint(even_to, Decimal(1)),)
    return PlannedProgress(date(fiscal_year - 1, 12, 31), checkpoints, default=True)


def _month_ends(window: Window) -> Iterator[date]:
    day = window.start
    while day <= window.end:
        day = month_end(day)
        yield day
        day += ONE_DAY


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
