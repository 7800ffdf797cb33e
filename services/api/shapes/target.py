"""A target on the wire: as it is looked up, in whole, its history, its curve."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.approval import Stage
from domain.target import Life
from services.api.shapes.approval import StageReply
from services.api.shapes.declaration import (
    DeclarationReply,
    FundLineShape,
    IndicatorReply,
    PlanReply,
    WindowShape,
)
from services.api.shapes.standing import StandingReply
from services.api.shapes.values import ByCode, Day, MoneyField, Reply
from services.readmodel.judged import JudgedTarget
from services.readmodel.rows import TargetDetail, TargetRow


class TargetReply(StageReply):
    """A target as it is looked up, at the stage it has reached by now."""

    target_id: UUID
    fiscal_year: int
    project_code: str | None
    project_name: str
    unit_code: str | None
    unit_name: str
    department: str | None
    first_position: int


class DayAmountReply(Reply):
    """Yuan at the end of a day, cumulated."""

    on: Day
    amount: MoneyField


class TargetWhole(Reply):
    """A target at a pair of clocks: what was in force, and where it stood."""

    target: TargetReply
    known_at: int
    position: int
    stage: Annotated[Stage, Field(description="截至 as_of 的申报阶段")]
    complete_to: Day | None
    life: Annotated[Life, ByCode()]
    ended_on: Day | None
    declaration: DeclarationReply
    plan: PlanReply | None
    window: WindowShape | None
    fund_lines: tuple[FundLineShape, ...]
    indicators: tuple[IndicatorReply, ...]
    policy_version: int
    standing: StandingReply

    @classmethod
    def of(cls, row: TargetRow, detail: TargetDetail, known_at: int, position: int) -> TargetWhole:
        """Put the rows together."""
        judged: JudgedTarget = detail.judged
        picture = judged.picture
        return cls.model_validate(
            {
                "target": row,
                "known_at": known_at,
                "position": position,
                "stage": picture.stage,
                "complete_to": picture.complete_to,
                "life": picture.life,
                "ended_on": picture.ended_on,
                "declaration": detail.declaration,
                "plan": picture.plan,
                "window": picture.window,
                "fund_lines": picture.fund_lines,
                "indicators": [known.indicator for known in picture.indicators],
                "policy_version": detail.policy.version,
                "standing": judged.standing,
            }
        )


class CurveReply(Reply):
    """What to draw: the plan by days, the plan as steps, its checkpoints, and what was paid."""

    target_id: UUID
    as_of: Day
    known_at: int
    position: int
    complete_to: Day | None
    line: tuple[DayAmountReply, ...]
    steps: tuple[DayAmountReply, ...]
    checkpoints: tuple[DayAmountReply, ...]
    executed: Annotated[tuple[DayAmountReply, ...], Field(description="财政资金累计支出")]

    @classmethod
    def of(cls, detail: TargetDetail, as_of: date, known_at: int, position: int) -> CurveReply:
        """Put the points together."""
        picture = detail.judged.picture
        return cls.model_validate(
            {
                "target_id": picture.target_id,
                "as_of": as_of,
                "known_at": known_at,
                "position": position,
                "complete_to": picture.complete_to,
                "line": detail.plan.line,
                "steps": detail.plan.steps,
                "checkpoints": detail.plan.checkpoints,
                "executed": detail.spending,
            }
        )


class HistoryReply(Reply):
    """One thing that happened to a target."""

    position: int
    recorded_at: datetime
    on_day: Day | None
    topic: str
    actor: str
    source: str
    line: str
    filler: str | None = Field(None, description="单位共用账户的填报人和电话")
