"""A form's declaration to what the domain declares: yuan, dates, ids, kinds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.declaration import Declaration as DomainDeclaration
from domain.errors import MonitoringError
from domain.funds import FundLine, FundSource
from domain.identity import indicator_id, normalised_name, target_id
from domain.indicator import Indicator
from domain.plan import Checkpoint, PlanNotCumulativeError, SpendingPlan
from domain.target_value import fold
from services.intake.forms.declaration import Declaration, DeclaredIndicator
from services.intake.forms.money import to_yuan

_CARRIED_OVER = re.compile(r"上年结转|年结转|结转资金")
_WEIGHT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:分|%)?")


class IncompleteDeclarationError(MonitoringError):
    """A form lacks what a target cannot be declared without."""

    code = "incomplete_declaration"

    def __init__(self, where: str, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(f"{where}的绩效目标表缺{'、'.join(missing)}，不能申报。请补充后重新导入。")


@dataclass(frozen=True, slots=True)
class _Required:
    """What no target is declared without."""

    project_name: str
    unit_name: str
    fiscal_year: int
    fund_lines: tuple[FundLine, ...]


def to_domain(
    declared: Declaration,
    *,
    region: str,
    fiscal_year: int | None = None,
    source: str | None = None,
) -> DomainDeclaration:
    """Turn a reading into the domain's declaration; printed signs are kept, nothing is turned.

    ``fiscal_year`` stands in where the form has none. A plan that is not cumulative is left
    out: the default plan applies then (rules §3).

    Raises:
        IncompleteDeclarationError: project name, unit, year or amount is missing.
    """
    known = _require(declared, declared.fiscal_year or fiscal_year)
    target = target_id(
        region, known.fiscal_year, declared.project_code, known.unit_name, known.project_name
    )
    return DomainDeclaration(
        region=region,
        fiscal_year=known.fiscal_year,
        project_name=known.project_name,
        unit_name=known.unit_name,
        effective_on=date(known.fiscal_year, 1, 1),
        fund_lines=known.fund_lines,
        indicators=to_indicators(target, declared.indicators, declared.medium_term_indicators),
        project_code=declared.project_code,
        unit_code=declared.implementing_unit_code,
        supervising_department=declared.supervising_department,
        project_nature=declared.project_nature,
        purpose=declared.purpose,
        annual_objective=declared.annual_objective,
        plan=_plan(declared),
        money_unit=declared.annual_budget.unit or "万元",
        source=source,
    )


def _require(declared: Declaration, year: int | None) -> _Required:
    name, unit = declared.project_name, declared.implementing_unit
    lines = () if year is None else fund_lines(declared, date(year, 1, 1))
    if name and unit and year is not None and lines:
        return _Required(name, unit, year, lines)
    needed = {"项目名称": name, "实施单位": unit, "年度": year, "预算数": lines or year is None}
    missing = [label for label, value in needed.items() if not value]
    raise IncompleteDeclarationError(declared.where, missing)


def fund_lines(declared: Declaration, arrived_on: date) -> tuple[FundLine, ...]:
    """Make the budget's lines; a total without parts is one fiscal line.

    Fiscal money is proposed as carried over where name, purpose or objective say so.
    """
    budget = declared.annual_budget
    fiscal = to_yuan(budget.fiscal, budget.unit)
    carried = to_yuan(budget.carried_over, budget.unit)
    other = to_yuan(budget.other, budget.unit)
    if fiscal is None and other is None and carried is None:
        fiscal = to_yuan(budget.total, budget.unit)
    source = FundSource.CURRENT_YEAR if carried else _fiscal_source(declared)
    amounts = ((source, fiscal), (FundSource.CARRY_OVER, carried), (FundSource.OTHER, other))
    return tuple(
        FundLine(str(number), source, amount, arrived_on)
        for number, (source, amount) in enumerate(_printed(amounts), start=1)
    )


def _printed(
    amounts: Sequence[tuple[FundSource, Decimal | None]],
) -> Iterator[tuple[FundSource, Decimal]]:
    """Leave out what is not printed, and nothing beside the year's own money."""
    for order, (source, amount) in enumerate(amounts):
        if amount is not None and (amount or order == 0):
            yield source, amount


def _fiscal_source(declared: Declaration) -> FundSource:
    said = (declared.project_name, declared.purpose, declared.annual_objective)
    carried = any(_CARRIED_OVER.search(text) for text in said if text)
    return FundSource.CARRY_OVER if carried else FundSource.CURRENT_YEAR


def _plan(declared: Declaration) -> SpendingPlan | None:
    if declared.spending_plan is None:
        return None
    try:
        return SpendingPlan(tuple(Checkpoint(p.on, p.share) for p in declared.spending_plan))
    except PlanNotCumulativeError:
        return None


def to_indicators(
    owner: UUID, rows: Iterable[DeclaredIndicator], of_medium_term: Iterable[DeclaredIndicator] = ()
) -> tuple[Indicator, ...]:
    """Give each row its id, and beside it what the medium-term block prints of the same row."""
    medium = {known: row.value_text for known, row in _known(of_medium_term)}
    return tuple(_indicator(owner, known, row, medium.get(known)) for known, row in _known(rows))


_Known = tuple[tuple[str, ...], int]
"""Class, category and name, folded; and which of the rows alike in these it is."""


def _known(rows: Iterable[DeclaredIndicator]) -> Iterator[tuple[_Known, DeclaredIndicator]]:
    """Tell rows alike in class, category and name by their order."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        folded = tuple(map(normalised_name, _key(row)))
        yield (folded, seen[folded]), row
        seen[folded] += 1


def _key(row: DeclaredIndicator) -> tuple[str, str, str]:
    return row.indicator_class or "", row.indicator_category or "", row.name or ""


def _indicator(
    target: UUID, known: _Known, row: DeclaredIndicator, medium_text: str | None
) -> Indicator:
    return Indicator(
        indicator_id(target, _key(row), known[1]),
        *_key(row),
        row.value,
        row.proposal.kind,
        row.proposal.measured,
        row.proposal.to_confirm,
        weight=_weight(row.weight),
        scoring_standard=row.scoring_standard,
        description=row.description,
        target_basis=row.target_basis,
        parts=row.proposal.parts,
        from_payments=row.proposal.from_payments,
        medium_text=medium_text,
    )


def _weight(printed: str | None) -> Decimal | None:
    found = _WEIGHT.fullmatch(fold(printed or ""))
    return Decimal(found.group(1)) if found else None
