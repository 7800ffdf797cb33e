"""A file's reading as what the review looks at: printed texts beside how they were read."""

from __future__ import annotations

from collections.abc import Iterable

from domain.review.subject import (
    Filing,
    Goal,
    Money,
    PlanPoint,
    PrintedRow,
    ReviewedDepartment,
    ReviewedProject,
    ReviewedRow,
    read_points,
)
from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    DepartmentGoals,
    FileReading,
    PrintedBudget,
)
from services.intake.forms.money import to_yuan


def filing_of(reading: FileReading, on_record: Iterable[ReviewedProject] = ()) -> Filing:
    """Take all that a file declares together; ``on_record`` is there for comparison only."""
    return Filing(
        tuple(map(reviewed_project, reading.declarations)),
        tuple(map(_department, reading.department_goals)),
        tuple(on_record),
    )


def reviewed_project(declared: Declaration) -> ReviewedProject:
    """Review one form, as printed and as read."""
    plan = declared.spending_plan
    return ReviewedProject(
        name=declared.project_name or "",
        code=declared.project_code or "",
        fiscal_year=declared.fiscal_year,
        department=declared.supervising_department or "",
        unit_name=declared.implementing_unit or "",
        unit_code=declared.implementing_unit_code or "",
        nature=declared.project_nature or "",
        period=declared.project_period or "",
        purpose=declared.purpose or "",
        objective=declared.annual_objective or "",
        medium_objective=declared.medium_term_objective or "",
        money=_money(declared.annual_budget),
        medium_money=_money(declared.medium_term_budget),
        plan=None if plan is None else tuple(PlanPoint(point.on, point.share) for point in plan),
        rows=_rows(declared.indicators),
        medium_rows=_rows(declared.medium_term_indicators),
        where=declared.where,
    )


def _department(part: DepartmentGoals) -> ReviewedDepartment:
    return ReviewedDepartment(
        name=part.department or "",
        fiscal_year=part.fiscal_year,
        objective=part.overall_objective or "",
        goals=tuple(Goal(goal.name, len(goal.indicators), goal.where) for goal in part.goals),
        rows=_rows(row for goal in part.goals for row in goal.indicators),
        where=part.where,
    )


def _money(budget: PrintedBudget) -> Money:
    unit = budget.unit
    texts = (budget.total, budget.fiscal, budget.other, budget.carried_over)
    total, fiscal, other, carried_over = (to_yuan(text, unit) for text in texts)
    return Money(total, fiscal, other, unit, carried_over, printed=any(texts))


def _rows(rows: Iterable[DeclaredIndicator]) -> tuple[ReviewedRow, ...]:
    return tuple(map(reviewed_row, rows))


def reviewed_row(row: DeclaredIndicator) -> ReviewedRow:
    """Review one printed row with the reading it has."""
    return ReviewedRow(
        PrintedRow(
            indicator_class=row.indicator_class or "",
            category=row.indicator_category or "",
            name=row.name or "",
            value_text=row.value_text or "",
            sign=row.printed_sign or "",
            column_unit=row.column_unit or "",
            weight=row.weight or "",
            description=row.description or "",
            scoring_standard=row.scoring_standard or "",
            target_basis=row.target_basis or "",
            where=row.where,
        ),
        row.value,
        row.proposal.kind,
        row.proposal.to_confirm,
        row.proposal.parts,
        row.proposal.from_payments,
        read_points(row.weight or ""),
    )
