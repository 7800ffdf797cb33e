"""A declaration on record as what is reviewed: its printed texts, as far as they were kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from domain.declaration import Declaration
from domain.funds import FISCAL, FundSource
from domain.indicator import Indicator
from domain.review.subject import (
    LastYear,
    Money,
    PlanPoint,
    PrintedRow,
    ReviewedProject,
    ReviewedRow,
)
from domain.target_value import fold, read_value


def reviewed_project(
    declared: Declaration, last_year: Mapping[str, LastYear] | None = None
) -> ReviewedProject:
    """Review what a unit declared, as the record has it; places in a file are not on record.

    ``last_year`` is what its indicators were the year before, by the keys of their rows.
    """
    return ReviewedProject(
        name=declared.project_name,
        code=declared.project_code or "",
        fiscal_year=declared.fiscal_year,
        department=declared.supervising_department or "",
        unit_name=declared.unit_name,
        unit_code=declared.unit_code or "",
        nature=declared.project_nature or "",
        purpose=declared.purpose or "",
        objective=declared.annual_objective or "",
        money=_money(declared),
        plan=None
        if declared.plan is None
        else tuple(PlanPoint(point.on, point.share) for point in declared.plan.checkpoints),
        rows=tuple(map(reviewed_row, declared.indicators)),
        last_year=dict(last_year or {}),
    )


def reviewed_row(indicator: Indicator) -> ReviewedRow:
    """Review an indicator; a sign or unit that its text does not print had a column of its own."""
    value = indicator.value
    alone = read_value(value.text)
    return ReviewedRow(
        PrintedRow(
            indicator_class=indicator.indicator_class,
            category=indicator.category,
            name=indicator.name,
            value_text=value.text,
            sign=value.comparator or "" if alone.comparator is None else "",
            column_unit="" if fold(value.unit or "") in fold(value.text) else value.unit or "",
            weight="" if indicator.weight is None else f"{indicator.weight:f}",
            description=indicator.description or "",
            scoring_standard=indicator.scoring_standard or "",
            target_basis=indicator.target_basis or "",
        ),
        value,
        indicator.kind,
        indicator.to_confirm,
        indicator.parts,
        indicator.from_payments,
        indicator.weight,
    )


def _money(declared: Declaration) -> Money:
    def of(*sources: FundSource) -> Decimal | None:
        amounts = [line.amount for line in declared.fund_lines if line.source in sources]
        return sum(amounts, Decimal(0)) if amounts else None

    return Money(of(*FundSource), of(*FISCAL), of(FundSource.OTHER), declared.money_unit)
