"""A project's rows of an export to its declaration: what the export leaves out, the record says.

Nothing is invented: of a project that is not on record, what is missing is missing. Of one
that is, an export changes what it prints, and what it prints alike changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.declaration import Declaration
from domain.errors import MonitoringError
from domain.funds import FundLine, FundSource
from domain.identity import folded
from domain.indicator import Indicator
from domain.money import ZERO, yuan_text
from domain.same_target import sets_the_same
from domain.target import Target
from services.intake.forms.declaration import Declaration as Printed
from services.intake.forms.declaration import PrintedBudget
from services.intake.forms.money import to_yuan
from services.intake.forms.to_target import fund_lines, to_domain

_NO_MONEY = PrintedBudget("0", unit="元")
"""Stands in where the record's money is taken."""


class NotSplitError(MonitoringError):
    """A total differs from the record's, and nothing says in which source."""

    code = "total_not_split"

    def __init__(self, printed: Decimal, known: Decimal) -> None:
        super().__init__(
            f"表上资金总额{yuan_text(printed)}元，在案的{yuan_text(known)}元，分为几个来源，"
            "看不出差在哪一项。请补上“财政拨款”“其他资金”两列后重新导入。"
        )


class NoIndicatorsError(MonitoringError):
    """A project that is not on record comes without any indicator."""

    code = "no_indicators"

    def __init__(self) -> None:
        super().__init__("该项目没有指标行，也没有在案的申报，不能申报。请连同绩效指标一起导出。")


def completed(
    printed: Printed, known: Target | None, *, region: str, fiscal_year: int, source: str
) -> Declaration:
    """The declaration that a project's rows make, with what is on record where they are silent.

    Raises:
        IncompleteDeclarationError: of a project that is not on record, something is missing.
        NoIndicatorsError: of such a project there is no indicator.
        NotSplitError: its total differs, and it has several sources.
    """
    if known is None:
        if not printed.indicators:
            raise NoIndicatorsError
        return to_domain(printed, region=region, fiscal_year=fiscal_year, source=source)
    return _onto(printed, _latest(known), source)


def _latest(known: Target) -> Declaration:
    """What was declared last, approved or not."""
    return known.proposals[max(known.proposals)] if known.proposals else known.declaration


def _onto(printed: Printed, base: Declaration, source: str) -> Declaration:
    stand_in = replace(
        printed,
        project_code=base.project_code,
        project_name=base.project_name,
        implementing_unit=base.unit_name,
        annual_budget=_NO_MONEY,
    )
    read = to_domain(stand_in, region=base.region, fiscal_year=base.fiscal_year, source=source)
    return replace(
        base,
        project_name=_text(printed.project_name, base.project_name),
        unit_name=_text(printed.implementing_unit, base.unit_name),
        unit_code=_or(printed.implementing_unit_code, base.unit_code),
        supervising_department=_or(printed.supervising_department, base.supervising_department),
        project_nature=_or(printed.project_nature, base.project_nature),
        purpose=_or(printed.purpose, base.purpose),
        annual_objective=_or(printed.annual_objective, base.annual_objective),
        fund_lines=_funds(printed, base),
        indicators=_indicators(read.indicators, base.indicators),
        source=source,
        corrections=(),
    )


def _text(printed: str | None, known: str) -> str:
    """What is printed, unless it says the same as the record."""
    return known if printed is None or folded(printed) == folded(known) else printed


def _or(printed: str | None, known: str | None) -> str | None:
    return printed if known is None else _text(printed, known)


def _funds(printed: Printed, base: Declaration) -> tuple[FundLine, ...]:
    budget = printed.annual_budget
    if to_yuan(budget.fiscal, budget.unit) is None and to_yuan(budget.other, budget.unit) is None:
        return _by_total(to_yuan(budget.total, budget.unit), base.fund_lines)
    read = fund_lines(printed, base.effective_on)
    if _sums(read) == _sums(base.fund_lines):
        return base.fund_lines
    by_source = {line.source: line for line in base.fund_lines}
    return tuple(replace(by_source.get(one.source, one), amount=one.amount) for one in read)


def _by_total(total: Decimal | None, known: tuple[FundLine, ...]) -> tuple[FundLine, ...]:
    """The record's lines, with another amount where there is only one."""
    sum_ = sum((line.amount for line in known), ZERO)
    if total is None or total == sum_:
        return known
    if len(known) > 1:
        raise NotSplitError(total, sum_)
    return (replace(known[0], amount=total),)


def _sums(lines: Sequence[FundLine]) -> dict[FundSource, Decimal]:
    sums: dict[FundSource, Decimal] = {}
    for line in lines:
        sums[line.source] = sums.get(line.source, ZERO) + line.amount
    return {source: amount for source, amount in sums.items() if amount}


def _indicators(read: Sequence[Indicator], known: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The rows as printed, in the record's order where they are the same rows; none: all stay."""
    if not read:
        return tuple(known)
    by_id = {row.indicator_id: row for row in known}
    rows = {row.indicator_id: _row(row, by_id.get(row.indicator_id)) for row in read}
    order = [row_id for row_id in by_id if row_id in rows]
    return tuple(rows[row_id] for row_id in dict.fromkeys([*order, *rows]))


def _row(read: Indicator, known: Indicator | None) -> Indicator:
    """A row on top of the record's: another value is read anew, the rest stays where unsaid."""
    if known is None:
        return read
    base = known if sets_the_same(read.value, known.value) else read
    return replace(
        base,
        indicator_class=_text(read.indicator_class or None, known.indicator_class),
        category=_text(read.category or None, known.category),
        name=_text(read.name, known.name),
        weight=known.weight if read.weight is None else read.weight,
        scoring_standard=_or(read.scoring_standard, known.scoring_standard),
        description=_or(read.description, known.description),
        target_basis=_or(read.target_basis, known.target_basis),
        medium_text=_or(read.medium_text, known.medium_text),
    )


def left_out(declared: Declaration, known: Target) -> Iterator[str]:
    """The names of indicators on record that a declaration has no more."""
    kept = {row.indicator_id for row in declared.indicators}
    yield from (row.name for row in _latest(known).indicators if row.indicator_id not in kept)
