"""A declaration on the wire, to the domain's and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.identity import indicator_id, normalised_name
from domain.indicator import (
    Comparator,
    Indicator,
    Kind,
    Measured,
    Milestone,
    TargetValue,
    ToConfirm,
)
from domain.kind import propose
from domain.money import TEN_THOUSAND, ZERO
from domain.plan import Checkpoint, Shape, SpendingPlan, Window
from domain.target import Target
from domain.target_value import read_value
from services.api.shapes.values import (
    Body,
    ByCode,
    Code,
    Day,
    MoneyField,
    Name,
    Number,
    Reply,
    Share,
    Text,
    Year,
)

Source = Annotated[FundSource, ByCode()]


class FundLineShape(Body, Reply):
    """One line of the budget; a reduction has a negative amount."""

    line_no: Code
    source: Source
    amount: MoneyField
    arrived_on: Day
    level: Name | None = None
    fund_nature: Name | None = None
    year_of_origin: Year | None = None
    document_no: Name | None = None
    original: bool = True

    def to_domain(self) -> FundLine:
        """The domain's line."""
        return FundLine(
            self.line_no,
            self.source,
            self.amount.amount,
            self.arrived_on,
            self.level,
            self.fund_nature,
            self.year_of_origin,
            self.document_no,
            self.original,
        )


class CheckpointShape(Body, Reply):
    """By the end of this day, this cumulative share."""

    on: Day
    share: Share


class WindowShape(Body, Reply):
    """First and last day of a project."""

    start: Day
    end: Day

    def to_domain(self) -> Window:
        """The domain's window; WindowEndsBeforeItStartsError."""
        return Window(self.start, self.end)


def plan_of(points: list[CheckpointShape] | None) -> SpendingPlan | None:
    """The domain's plan; PlanNotCumulativeError."""
    if points is None:
        return None
    return SpendingPlan(tuple(Checkpoint(point.on, point.share) for point in points))


def window_of(window: WindowShape | None) -> Window | None:
    """The domain's window, None where none was said."""
    return None if window is None else window.to_domain()


class MilestoneShape(Body, Reply):
    """An indicator's own expectation: this much by that day."""

    on: Day
    number: Number


class ValueShape(Body, Reply):
    """A target value: the text as printed, and its reading."""

    text: Text
    comparator: Comparator | None = None
    number: Number | None = None
    unit: Code | None = None
    due_on: Day | None = None

    def to_domain(self) -> TargetValue:
        """The value as said."""
        return TargetValue(self.text, self.comparator, self.number, self.unit, self.due_on)

    def read(self, name: str, year: int) -> TargetValue:
        """The text read by our rules; what was said besides it wins."""
        found = read_value(self.text, name=name, unit=self.unit, year=year)
        return replace(
            found,
            comparator=self.comparator or found.comparator,
            number=found.number if self.number is None else self.number,
            due_on=self.due_on or found.due_on,
        )


class ReadingShape(Body, Reply):
    """How an indicator is judged."""

    value: ValueShape
    kind: Kind
    measured: Measured = Measured.ROUND
    to_confirm: tuple[ToConfirm, ...] = ()
    weight: Number | None = None
    scoring_standard: Text | None = None
    milestones: tuple[MilestoneShape, ...] = ()
    baseline: Number | None = None
    parts: tuple[ValueShape, ...] = ()
    from_payments: bool = False

    def settle(self, indicator: Indicator) -> Indicator:
        """The indicator, judged like this."""
        return replace(
            indicator,
            value=self.value.to_domain(),
            kind=self.kind,
            measured=self.measured,
            to_confirm=self.to_confirm,
            weight=self.weight,
            scoring_standard=self.scoring_standard,
            milestones=tuple(Milestone(m.on, m.number) for m in self.milestones),
            baseline=self.baseline,
            parts=tuple(part.to_domain() for part in self.parts),
            from_payments=self.from_payments,
        )


class DeclaredIndicatorShape(Body):
    """One row of the form. Without ``kind`` the printed text is read and a kind proposed."""

    indicator_class: Annotated[Text, Field(description="一级指标")] = ""
    category: Annotated[Text, Field(description="二级指标")] = ""
    name: Annotated[Name, Field(description="三级指标")]
    value: ValueShape
    kind: Kind | None = None
    measured: Measured | None = None
    weight: Number | None = None
    scoring_standard: Text | None = None
    description: Text | None = None
    target_basis: Text | None = None
    milestones: tuple[MilestoneShape, ...] = ()
    baseline: Number | None = None

    def to_domain(self, identity: UUID, year: int, budget: Decimal) -> Indicator:
        """The domain's indicator."""
        key = (self.indicator_class, self.category, self.name)
        value = self.value.read(self.name, year)
        proposal = propose(*key, value, year=year, budget_wan=budget / TEN_THOUSAND)
        proposed = self.kind is None
        return Indicator(
            identity,
            *key,
            value,
            self.kind or proposal.kind,
            self.measured or proposal.measured,
            proposal.to_confirm if proposed else (),
            self.weight,
            self.scoring_standard,
            self.description,
            self.target_basis,
            tuple(Milestone(m.on, m.number) for m in self.milestones),
            self.baseline,
            proposal.parts if proposed else (),
            from_payments=proposed and proposal.from_payments,
        )


class DeclarationShape(Body):
    """What a unit declares for one project in one fiscal year."""

    fiscal_year: Year
    project_name: Name
    unit_name: Name
    fund_lines: Annotated[list[FundLineShape], Field(min_length=1, max_length=500)]
    indicators: Annotated[tuple[DeclaredIndicatorShape, ...], Field(max_length=500)] = ()
    project_code: Code | None = None
    unit_code: Code | None = None
    supervising_department: Name | None = None
    project_nature: Text | None = None
    purpose: Text | None = None
    annual_objective: Text | None = None
    spending_plan: Annotated[list[CheckpointShape], Field(max_length=400)] | None = None
    shape: Shape = Shape.EVEN
    window: WindowShape | None = None
    effective_on: Annotated[Day, Field(description="缺省为当年1月1日")] | None = None
    money_unit: Literal["万元", "元"] = "万元"

    def to_domain(self, region: str, target_id: UUID | None = None) -> Declaration:
        """The domain's declaration; of a revision, with the ids of the target it revises."""
        bare = Declaration(
            region=region,
            fiscal_year=self.fiscal_year,
            project_name=self.project_name,
            unit_name=self.unit_name,
            effective_on=self.effective_on or date(self.fiscal_year, 1, 1),
            fund_lines=tuple(line.to_domain() for line in self.fund_lines),
            indicators=(),
            project_code=self.project_code,
            unit_code=self.unit_code,
            supervising_department=self.supervising_department,
            project_nature=self.project_nature,
            purpose=self.purpose,
            annual_objective=self.annual_objective,
            plan=plan_of(self.spending_plan),
            shape=self.shape,
            window=window_of(self.window),
            money_unit=self.money_unit,
            source="API",
        )
        return replace(bare, indicators=self._indicators(target_id or Target.create_id(bare)))

    def _indicators(self, target_id: UUID) -> tuple[Indicator, ...]:
        """Give each row its id; rows alike in class, category and name by their order."""
        budget = sum((line.amount.amount for line in self.fund_lines), ZERO)
        seen: Counter[tuple[str, ...]] = Counter()
        indicators = []
        for row in self.indicators:
            key = (row.indicator_class, row.category, row.name)
            folded = tuple(map(normalised_name, key))
            identity = indicator_id(target_id, key, seen[folded])
            indicators.append(row.to_domain(identity, self.fiscal_year, budget))
            seen[folded] += 1
        return tuple(indicators)


class IndicatorReply(Reply):
    """An indicator as it is in force."""

    indicator_id: UUID
    indicator_class: str
    category: str
    name: str
    value: ValueShape
    kind: Kind
    measured: Measured
    to_confirm: tuple[ToConfirm, ...]
    weight: Number | None
    scoring_standard: str | None
    description: str | None
    target_basis: str | None
    milestones: tuple[MilestoneShape, ...]
    baseline: Number | None
    parts: tuple[ValueShape, ...]
    from_payments: bool


class PlanReply(Reply):
    """Declared checkpoints."""

    checkpoints: tuple[CheckpointShape, ...]


class DeclarationReply(Reply):
    """The declaration in force on the day."""

    fiscal_year: int
    project_name: str
    unit_name: str
    effective_on: Day
    project_code: str | None
    unit_code: str | None
    supervising_department: str | None
    project_nature: str | None
    purpose: str | None
    annual_objective: str | None
    plan: PlanReply | None
    shape: Shape
    window: WindowShape | None
    money_unit: str
    source: str | None
