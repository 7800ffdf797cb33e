"""What a declaration form says, as printed, beside how it is read (architecture §8).

Printed text stays a string; a reading (comparator, kind, day) stands beside it. Blank or
absent is None. ``to_json`` answers the contract of ``jixiao form read``, key by key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.indicator import TargetValue
from domain.kind import Proposal

Json = dict[str, object]


class Severity(StrEnum):
    """How grave a finding is: an error blocks approval, never recording or monitoring."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something missing, unreadable or open to two readings, with its place."""

    rule: str
    severity: Severity
    where: str | None
    message: str

    def to_json(self) -> Json:
        """Answer the contract."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "where": self.where,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class PrintedBudget:
    """Amounts as printed, in the form's own ``unit`` (万元 or 元).

    ``carried_over`` is what a form prints as 上年结转 beside the year's own money.
    """

    total: str | None = None
    fiscal: str | None = None
    other: str | None = None
    unit: str | None = None
    carried_over: str | None = None

    def to_json(self) -> Json | None:
        """Answer the contract; None where the form prints no amount at all."""
        if self.total is None and self.fiscal is None and self.other is None:
            return None
        return {
            "total": self.total,
            "fiscal": self.fiscal,
            "other": self.other,
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """By the end of this day this cumulative share (0-1) is to be spent."""

    on: date
    share: Decimal

    def to_json(self) -> Json:
        """Answer the contract."""
        return {"on": self.on.isoformat(), "share": f"{self.share:f}"}


@dataclass(frozen=True, slots=True)
class DeclaredIndicator:
    """One printed row.

    ``printed_unit`` is what stands behind the number or in its own column; ``value.unit`` may
    say more (a bare number beside a rate is percent). ``printed_sign`` and ``column_unit`` are
    what the form prints in columns of their own (指标值类型, 计量单位), None where it has none.
    """

    indicator_class: str | None
    indicator_category: str | None
    name: str | None
    value_text: str | None
    value: TargetValue
    proposal: Proposal
    where: str
    printed_unit: str | None = None
    description: str | None = None
    weight: str | None = None
    scoring_standard: str | None = None
    target_basis: str | None = None
    printed_sign: str | None = None
    column_unit: str | None = None

    def to_json(self) -> Json:
        """Answer the contract."""
        number = self.value.number
        return {
            "indicator_class": self.indicator_class,
            "indicator_category": self.indicator_category,
            "name": self.name,
            "description": self.description,
            "value_text": self.value_text,
            "comparator": self.value.comparator and self.value.comparator.value,
            "number": None if number is None else f"{number:f}",
            "unit_of_measure": self.printed_unit,
            "kind": self.proposal.kind.value,
            "measured": self.proposal.measured.value,
            "weight": self.weight,
            "scoring_standard": self.scoring_standard,
            "target_basis": self.target_basis,
            "to_confirm": [open_question.value for open_question in self.proposal.to_confirm],
            "where": self.where,
        }


def is_cumulative(points: Sequence[PlanPoint]) -> bool:
    """Say whether printed points are a plan: rising day by day, never falling, to 1 (rules §3)."""
    rising = all(a.on < b.on and a.share <= b.share for a, b in pairwise(points))
    return bool(points) and rising and points[-1].share == 1


@dataclass(frozen=True, slots=True)
class Declaration:
    """One project's form; ``project_period`` is its term as printed (99年, 2025年—2123年)."""

    where: str
    project_name: str | None = None
    project_code: str | None = None
    fiscal_year: int | None = None
    supervising_department: str | None = None
    implementing_unit: str | None = None
    implementing_unit_code: str | None = None
    project_nature: str | None = None
    project_period: str | None = None
    purpose: str | None = None
    annual_objective: str | None = None
    medium_term_objective: str | None = None
    annual_budget: PrintedBudget = PrintedBudget()
    medium_term_budget: PrintedBudget = PrintedBudget()
    spending_plan: tuple[PlanPoint, ...] | None = None
    indicators: tuple[DeclaredIndicator, ...] = ()
    medium_term_indicators: tuple[DeclaredIndicator, ...] = ()
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> Json:
        """Answer the contract; points that are no plan are told in a finding alone."""
        plan = self.spending_plan or ()
        return {
            "project_name": self.project_name,
            "project_code": self.project_code,
            "fiscal_year": self.fiscal_year,
            "supervising_department": self.supervising_department,
            "implementing_unit": self.implementing_unit,
            "implementing_unit_code": self.implementing_unit_code,
            "project_nature": self.project_nature,
            "purpose": self.purpose,
            "annual_objective": self.annual_objective,
            "medium_term_objective": self.medium_term_objective,
            "annual_budget": self.annual_budget.to_json(),
            "medium_term_budget": self.medium_term_budget.to_json(),
            "spending_plan": [point.to_json() for point in plan] if is_cumulative(plan) else None,
            "indicators": [row.to_json() for row in self.indicators],
            "medium_term_indicators": [row.to_json() for row in self.medium_term_indicators],
            "findings": [finding.to_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class DepartmentGoal:
    """One of a department's goals (分项绩效目标) with its indicators."""

    name: str
    objective: str | None
    indicators: tuple[DeclaredIndicator, ...]
    where: str

    def to_json(self) -> Json:
        """Answer the contract."""
        return {
            "name": self.name,
            "objective": self.objective,
            "indicators": [row.to_json() for row in self.indicators],
        }


@dataclass(frozen=True, slots=True)
class DepartmentGoals:
    """The department's own part (部门整体绩效目标); ``year_where`` is where its year stands."""

    where: str
    year_where: str | None = None
    department: str | None = None
    department_code: str | None = None
    fiscal_year: int | None = None
    overall_objective: str | None = None
    goals: tuple[DepartmentGoal, ...] = ()
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> Json:
        """Answer the contract."""
        return {
            "department": self.department,
            "department_code": self.department_code,
            "fiscal_year": self.fiscal_year,
            "overall_objective": self.overall_objective,
            "goals": [goal.to_json() for goal in self.goals],
            "findings": [finding.to_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class FileReading:
    """All that one file declares; ``errors`` say why nothing, or not all, could be read."""

    file: str
    department_goals: tuple[DepartmentGoals, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    errors: tuple[Finding, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing at all could be read."""
        return not (self.department_goals or self.declarations)

    def to_json(self) -> Json:
        """Answer the contract."""
        return {
            "file": self.file,
            "department_goals": [part.to_json() for part in self.department_goals],
            "declarations": [declared.to_json() for declared in self.declarations],
            "errors": [error.to_json() for error in self.errors],
        }
