"""What the year's curve of one target is drawn from. Pure; amounts in yuan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.funds import FundLine
from domain.money import ZERO, ratio
from domain.plan import Shape
from domain.planned import CurvePoint, PlanCurve, YearPlan, budget_on
from services.readmodel.rows import DayAmount


class Reached(StrEnum):
    """Whether a checkpoint's amount was spent by its day."""

    MET = "met"
    MISSED = "missed"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day: planned, and executed where payments are complete to it."""

    on: date
    planned: Decimal
    executed: Decimal | None
    budget: Decimal


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint of the plan and what was executed by then; None when still to come."""

    on: date
    planned: Decimal
    share: Decimal | None
    executed: Decimal | None

    @property
    def reached(self) -> Reached:
        """Met at the planned amount or above."""
        if self.executed is None:
            return Reached.TO_COME
        return Reached.MET if self.executed >= self.planned else Reached.MISSED

    @property
    def missing(self) -> Decimal:
        """What lacked to the planned amount; nothing where it was met or is to come."""
        return ZERO if self.executed is None else max(ZERO, self.planned - self.executed)


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened on a day, for the lanes below the curve; ``kind`` is its shape."""

    on: date
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetYear:
    """A target's year, as it stood on ``as_of``; money is judged at ``judged_on``."""

    fiscal_year: int
    as_of: date
    judged_on: date | None
    shape: Shape
    default_plan: bool
    plan: PlanCurve
    days: tuple[DayPoint, ...]
    spending: tuple[DayAmount, ...]
    checkpoints: tuple[CheckpointRow, ...]
    arrivals: tuple[Mark, ...] = ()
    alerts: tuple[Mark, ...] = ()

    @property
    def starts_on(self) -> date:
        """The last day of the year before, where all curves start."""
        return date(self.fiscal_year - 1, 12, 31)

    @property
    def ends_on(self) -> date:
        """The last day of the year."""
        return date(self.fiscal_year, 12, 31)

    @property
    def budget(self) -> Decimal:
        """The highest budget of the year, as far as it is known."""
        return max((day.budget for day in self.days), default=ZERO)


@dataclass(frozen=True, slots=True)
class Executed:
    """Executed by the end of any day."""

    points: tuple[DayAmount, ...]

    def by(self, day: date) -> Decimal:
        """The sum of a day: that of the last payment not after it."""
        position = bisect_right([point.on for point in self.points], day)
        return self.points[position - 1].amount if position else ZERO


def days_of(
    fiscal_year: int,
    plan: YearPlan,
    lines: Sequence[FundLine],
    executed: Executed,
    judged_on: date | None,
) -> tuple[DayPoint, ...]:
    """Every day of the year, from the last one of the year before."""
    first, last = date(fiscal_year - 1, 12, 31), date(fiscal_year, 12, 31)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(
        DayPoint(
            day,
            plan.planned(lines, day),
            executed.by(day) if judged_on is not None and day <= judged_on else None,
            budget_on(lines, day),
        )
        for day in every
    )


def checkpoint_rows(
    checkpoints: Iterable[CurvePoint],
    lines: Sequence[FundLine],
    executed: Executed,
    judged_on: date | None,
) -> tuple[CheckpointRow, ...]:
    """The plan's checkpoints against what was spent by their days."""
    return tuple(
        CheckpointRow(
            point.on,
            point.amount,
            ratio(point.amount, budget_on(lines, point.on)),
            executed.by(point.on) if judged_on is not None and point.on <= judged_on else None,
        )
        for point in checkpoints
    )
