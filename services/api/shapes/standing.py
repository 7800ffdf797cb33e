"""Where a target stands, on the wire."""

from __future__ import annotations

from uuid import UUID

from pydantic import computed_field

from domain.goal_verdict import Remark
from domain.indicator import ToConfirm
from domain.light import Light
from domain.money_light import MoneyCause
from services.api.shapes.values import Day, MoneyField, Number, Reply


class LightReply(Reply):
    """A light, with its word."""

    light: Light

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way
    @property
    def light_label(self) -> str:
        """The word on the screen."""
        return self.light.label


class MoneyStandingReply(LightReply):
    """资金灯; shares of the day it was judged at, from the same numbers as the colour."""

    reason: str
    judged_on: Day | None
    executed: MoneyField
    budget: MoneyField
    original_budget: MoneyField
    planned: MoneyField
    gap: MoneyField
    ratio: Number | None
    execution_rate: Number | None
    original_execution_rate: Number | None
    planned_share: Number | None
    gap_share: Number | None
    default_plan: bool
    all_due: bool
    cause: MoneyCause | None
    undetermined: str | None
    check_over_budget: bool


class VerdictReply(Reply):
    """The figures behind an indicator's light, in the target's unit."""

    value: Number | None
    expected: Number | None
    ratio: Number | None
    missing: Number | None
    remarks: tuple[Remark, ...]
    undetermined: str | None


class IndicatorStandingReply(LightReply):
    """Where one indicator stands; ``parts`` where a cell holds two values."""

    indicator_id: UUID
    reason: str
    verdict: VerdictReply
    read_on: Day | None
    not_reported: bool
    to_confirm: tuple[ToConfirm, ...]
    parts: tuple[IndicatorStandingReply, ...]


class GoalsSummary(LightReply):
    """目标灯, and what it rests on."""

    text: str
    not_reported: int
    to_confirm: int
    undetermined: int


class GoalsStandingReply(GoalsSummary):
    """目标灯 with each indicator."""

    indicators: tuple[IndicatorStandingReply, ...]


class StandingReply(Reply):
    """Both lights, never merged."""

    as_of: Day
    money: MoneyStandingReply
    goals: GoalsStandingReply


class StandingSummary(Reply):
    """Both lights, for lists."""

    as_of: Day
    money: MoneyStandingReply
    goals: GoalsSummary
