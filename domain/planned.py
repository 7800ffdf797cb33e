"""What a target's money is planned to have done by a day, in yuan (rules §3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.funds import FISCAL, FundLine, FundSource
from domain.money import ZERO, yuan
from domain.plan import (
    ONE_DAY,
    PlannedProgress,
    Shape,
    SpendingPlan,
    Window,
    declared_progress,
    default_progress,
    even_progress,
)
from domain.policy_terms import PolicyTerms


def fiscal_lines(lines: Iterable[FundLine]) -> tuple[FundLine, ...]:
    """The lines that the light of money is judged over (rules §2)."""
    return tuple(line for line in lines if line.source in FISCAL)


def budget_on(lines: Iterable[FundLine], day: date) -> Decimal:
    """The adjusted budget (全年预算数) of a day: all lines arrived by then."""
    return sum((line.amount for line in lines if line.arrived_on <= day), ZERO)


def original_budget(lines: Iterable[FundLine]) -> Decimal:
    """The budget of the year's start (年初预算数)."""
    return sum((line.amount for line in lines if line.original), ZERO)


def window_of(fiscal_year: int, lines: Sequence[FundLine], declared: Window | None) -> Window:
    """The declared window, else from the first line's arrival to 31 December.

    A line that arrived in an earlier year, or none, gives 1 January.
    """
    if declared is not None:
        return declared
    first = min((line.arrived_on for line in lines), default=date(fiscal_year, 1, 1))
    year_end = date(fiscal_year, 12, 31)
    return Window(min(max(first, date(fiscal_year, 1, 1)), year_end), year_end)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """How one target's money is planned: its plan, and the one of money carried over."""

    progress: PlannedProgress
    carry_over: PlannedProgress

    def progress_of(self, line: FundLine) -> PlannedProgress:
        """The plan a line follows."""
        return self.carry_over if line.source is FundSource.CARRY_OVER else self.progress

    def planned(self, lines: Iterable[FundLine], day: date) -> Decimal:
        """The amount planned for the end of a day, in whole cents.

        Never below nothing, nor above the budget: the bounds matter only where a budget was
        cut, and nothing is expected that is not there.
        """
        arrived = tuple(line for line in lines if line.arrived_on <= day)
        planned = sum((line_planned(line, self.progress_of(line), day) for line in arrived), ZERO)
        return yuan(max(ZERO, min(planned, budget_on(arrived, day))))

    def last_checkpoint_on(self, lines: Iterable[FundLine]) -> date:
        """The day from which all money of these lines is due."""
        return max(
            (self.progress_of(line).last_checkpoint_on for line in lines),
            default=self.progress.last_checkpoint_on,
        )

    def in_lumps(self) -> YearPlan:
        """The same plan as steps, for drawing."""
        return YearPlan(
            replace(self.progress, shape=Shape.LUMPS), replace(self.carry_over, shape=Shape.LUMPS)
        )


def year_plan(
    fiscal_year: int,
    declared: SpendingPlan | None,
    shape: Shape,
    window: Window,
    terms: PolicyTerms,
) -> YearPlan:
    """Plan a year: as declared, else the default plan, carry-over even to the policy's day."""
    if declared is not None:
        progress = declared_progress(declared, fiscal_year, shape)
        return YearPlan(progress, progress)
    even = even_progress(fiscal_year, terms.carry_over_even_to.of(fiscal_year))
    return YearPlan(default_progress(window, shape), even)


def line_planned(line: FundLine, progress: PlannedProgress, day: date) -> Decimal:
    """Plan one line: nothing before it arrives, from then on what is left of the plan."""
    if day < line.arrived_on:
        return ZERO
    missed = ZERO
    if line.arrived_on > progress.first_day:
        missed = progress.share(line.arrived_on)
    if missed == 1:  # it arrived when everything was due
        return line.amount
    return line.amount * (progress.share(day) - missed) / (1 - missed)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Planned amount in yuan at the end of a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PlanCurve:
    """What to draw: the line by days, the steps held between checkpoints, the checkpoints."""

    line: tuple[CurvePoint, ...]
    steps: tuple[CurvePoint, ...]
    checkpoints: tuple[CurvePoint, ...]


def plan_curve(plan: YearPlan, lines: Sequence[FundLine], until: date) -> PlanCurve:
    """The planned amounts of the year up to a day, at every day where the line bends."""
    due = {c.on for line in lines for c in plan.progress_of(line).checkpoints}
    arrivals = {line.arrived_on for line in lines if line.arrived_on > plan.progress.first_day}
    bends = due | arrivals | {day - ONE_DAY for day in arrivals} | {plan.progress.zero_on, until}
    days = sorted(day for day in bends if day <= until)
    lumps = plan.in_lumps()
    return PlanCurve(
        tuple(CurvePoint(day, plan.planned(lines, day)) for day in days),
        tuple(CurvePoint(day, lumps.planned(lines, day)) for day in days),
        tuple(CurvePoint(day, plan.planned(lines, day)) for day in days if day in due),
    )
