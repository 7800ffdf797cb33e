"""A year at a pair of clocks, on the wire: sums, counts, and the targets worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.approval import Stage
from domain.light import Light
from domain.money import ZERO, ratio
from services.api.shapes.standing import StandingSummary
from services.api.shapes.values import Day, MoneyField, Number, Reply
from services.readmodel.judged import JudgedTarget


class LightCounts(Reply):
    """How many targets show a light."""

    red: int
    yellow: int
    green: int
    blue: int
    none: int

    @classmethod
    def of(cls, lights: Sequence[Light]) -> LightCounts:
        """Count lights."""
        found = Counter(lights)
        return cls(**{light.value: found[light] for light in Light})


class Figures(Reply):
    """What a year, or a unit, comes to; money is summed over the fiscal lines."""

    targets: int
    budget: MoneyField
    original_budget: MoneyField
    executed: MoneyField
    planned: MoneyField
    execution_rate: Number | None
    unclaimed: MoneyField
    money: LightCounts
    goals: LightCounts
    not_reported: int
    to_confirm: int

    @classmethod
    def of(cls, targets: Sequence[JudgedTarget], unclaimed: Decimal) -> Figures:
        """Sum what the targets show."""
        monies = [one.standing.money for one in targets]
        goals = [one.standing.goals for one in targets]
        budget = sum((money.budget for money in monies), ZERO)
        executed = sum((money.executed for money in monies), ZERO)
        return cls.model_validate(
            {
                "targets": len(targets),
                "budget": budget,
                "original_budget": sum((money.original_budget for money in monies), ZERO),
                "executed": executed,
                "planned": sum((money.planned for money in monies), ZERO),
                "execution_rate": ratio(executed, budget),
                "unclaimed": unclaimed,
                "money": LightCounts.of([money.light for money in monies]),
                "goals": LightCounts.of([one.light for one in goals]),
                "not_reported": sum(one.not_reported for one in goals),
                "to_confirm": sum(one.to_confirm for one in goals),
            }
        )


class StandingRow(Reply):
    """A target of the year with both lights."""

    target_id: UUID
    project_code: str | None
    project_name: str
    unit_code: str | None
    unit_name: str
    stage: Stage
    standing: StandingSummary

    @classmethod
    def of(cls, judged: JudgedTarget) -> StandingRow:
        """Read it from a judged target."""
        picture = judged.picture
        return cls.model_validate(
            {
                "target_id": picture.target_id,
                "project_code": picture.project_code,
                "project_name": picture.project_name,
                "unit_code": picture.unit_code,
                "unit_name": picture.unit_name,
                "stage": picture.stage,
                "standing": judged.standing,
            }
        )


class YearReply(Reply):
    """A year at a pair of clocks, and a page of its targets."""

    fiscal_year: int
    as_of: Day
    known_at: int
    complete_to: Day | None
    judged_on: Day | None
    policy_version: int
    figures: Figures
    items: list[StandingRow]
    next_cursor: str | None
    position: int
