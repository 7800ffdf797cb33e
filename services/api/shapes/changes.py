"""What is changed about a target, on the wire."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.indicator import Likelihood
from domain.plan import Shape
from domain.target import Life
from services.api.shapes.declaration import (
    CheckpointShape,
    DeclarationShape,
    ReadingShape,
    WindowShape,
    plan_of,
    window_of,
)
from services.api.shapes.values import Body, ByCode, Code, Day, Name, Text
from services.declaring import NewPlan
from services.intake.achieved_value import Said


class AchievementShape(Body):
    """A reported value: a total since 1 January, or a level, never an increment."""

    indicator_id: UUID
    reported_on: Annotated[Day, Field(description="截至日期")]
    text: Annotated[
        Text | None, Field(description="完成值，如 5.2万人次、94.1%；一格两数用分号隔开")
    ] = None
    unit: Annotated[Code | None, Field(description="计量单位，完成值里没有时")] = None
    forecast: Annotated[Text | None, Field(description="全年预计完成情况")] = None
    likelihood: Annotated[Likelihood, ByCode()] | None = None
    note: Text | None = None
    evidence: Text | None = None
    reason: Annotated[Text | None, Field(description="更正同一截至日期的值时，原因")] = None

    def said(self) -> Said:
        """What was said, to be read for its indicator."""
        return Said(
            self.reported_on,
            self.text,
            self.unit,
            self.forecast,
            self.likelihood,
            self.note,
            self.evidence,
        )


class PlanShape(Body):
    """A plan to go by from a day on; without points the default plan of the policy."""

    spending_plan: Annotated[list[CheckpointShape], Field(max_length=400)] | None
    effective_on: Day
    reason: Text
    shape: Shape = Shape.EVEN
    window: WindowShape | None = None

    def to_domain(self) -> NewPlan:
        """The domain's plan; PlanNotCumulativeError."""
        return NewPlan(
            plan_of(self.spending_plan),
            self.effective_on,
            self.reason,
            self.shape,
            window_of(self.window),
        )


class ConfirmationShape(Body):
    """A person settled how an indicator is to be judged (待核实)."""

    indicator_id: UUID
    reading: ReadingShape
    confirmed_on: Annotated[Day | None, Field(description="缺省为今天")] = None
    reason: Text


class RevisionShape(Body):
    """Changed values of a target, whole."""

    declaration: DeclarationShape
    reason: Text
    document_no: Name | None = None
    proposed_on: Annotated[Day | None, Field(description="缺省为今天")] = None


class ApprovalShape(Body):
    """Finance approved a proposed revision."""

    approved_on: Annotated[Day | None, Field(description="财政批复日；缺省为今天")] = None


class EndShape(Body):
    """A target's life is over."""

    life: Annotated[Life, ByCode()]
    ended_on: Day
    document_no: Name
