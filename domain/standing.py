"""Where a target and a unit stand on a day: two lights, never merged (rules §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.goal_light import GoalContext, GoalsStanding, Paid, judge_goals
from domain.light import Light, worst
from domain.money import ZERO
from domain.money_light import MoneyFacts, MoneyStanding, judge_money, judge_unit_money
from domain.picture import TargetPicture
from domain.plan import Window
from domain.planned import (
    YearPlan,
    budget_on,
    fiscal_lines,
    original_budget,
    window_of,
    year_plan,
)
from domain.policy_terms import PolicyTerms

_UNREPORTED_RANK = 1
"""未报 sorts after red, before yellow (rules §4)."""


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Both lights of one target on a day, with everything they rest on."""

    target_id: UUID
    as_of: date
    money: MoneyStanding
    goals: GoalsStanding

    @property
    def sort_key(self) -> tuple[int, Decimal]:
        """Worse of the two lights first, 未报 after red, then by missing money."""
        rank = worst((self.money.light, self.goals.light)).rank
        if rank > 0:
            rank = _UNREPORTED_RANK if self.goals.not_reported else rank + _UNREPORTED_RANK
        return rank, -self.money.gap


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's money by sums; its goals only as counts of its targets' lights.

    ``unclaimed`` (未认领) stands beside the light: it counts in ``executed_total`` only.
    """

    money: MoneyStanding
    goals: tuple[tuple[Light, int], ...]
    not_reported: int
    unclaimed: Decimal = ZERO

    @property
    def executed_total(self) -> Decimal:
        """What the unit spent, with what nobody claimed yet."""
        return self.money.executed + self.unclaimed


def plan_of(picture: TargetPicture, terms: PolicyTerms) -> YearPlan:
    """How the target's money is planned, as the plan in force has it."""
    return year_plan(picture.fiscal_year, picture.plan, picture.shape, _window(picture), terms)


def judge_target(picture: TargetPicture, terms: PolicyTerms, as_of: date) -> TargetStanding:
    """Judge one target on a day; after its life there is no light."""
    if picture.has_ended(as_of):
        over = MoneyStanding(picture.fiscal_year, reason=f"项目已{picture.life}")
        return TargetStanding(picture.target_id, as_of, over, GoalsStanding(Light.NONE))
    facts = MoneyFacts(
        picture.fiscal_year,
        fiscal_lines(picture.fund_lines),
        plan_of(picture, terms),
        picture.executed,
        picture.judged_on(as_of),
        picture.over_budget_confirmed,
    )
    context = GoalContext(
        as_of, _window(picture), terms.goals, picture.rounds, _paid(picture, as_of)
    )
    return TargetStanding(
        picture.target_id,
        as_of,
        _with_budget(judge_money(facts, terms.money), facts, as_of),
        judge_goals(picture.indicators, context),
    )


def _with_budget(money: MoneyStanding, facts: MoneyFacts, as_of: date) -> MoneyStanding:
    """Before any payment file there is no judged day, but the budget is there to be shown."""
    if money.judged_on is not None:
        return money
    lines = facts.lines
    return replace(money, budget=budget_on(lines, as_of), original_budget=original_budget(lines))


def judge_unit(
    fiscal_year: int,
    standings: Iterable[TargetStanding],
    terms: PolicyTerms,
    unclaimed: Decimal = ZERO,
) -> UnitStanding:
    """Judge a unit by its targets."""
    targets = tuple(standings)
    money = judge_unit_money(fiscal_year, (one.money for one in targets), terms.money)
    goals = tuple((light, sum(one.goals.light is light for one in targets)) for light in Light)
    unreported = sum(one.goals.not_reported for one in targets)
    return UnitStanding(money, goals, unreported, unclaimed)


def _window(picture: TargetPicture) -> Window:
    return window_of(picture.fiscal_year, picture.fund_lines, picture.window)


def _paid(picture: TargetPicture, as_of: date) -> Paid | None:
    """What was paid over the total row, by the day payments are complete to."""
    day = picture.judged_on(as_of)
    if day is None:
        return None
    amount = picture.executed + (picture.executed_other or ZERO)
    return Paid(day, amount, budget_on(picture.fund_lines, day), picture.last_paid_on)
