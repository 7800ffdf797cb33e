"""Cost indicators beside the budget: above it, below it, not covering it, in percent of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from domain.indicator import Comparator
from domain.kind_words import OF_BUDGET, SAVING
from domain.money import YUAN_IN
from domain.review.check import About, Remark, Remarks, on_project, on_row
from domain.review.finding import Field, Severity
from domain.review.money import in_unit, is_scaled
from domain.review.rewriting import changed, number_text, value_text, with_number
from domain.review.subject import ReviewedProject, ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import STANDARD_SAID

_WHOLE = re.compile(
    r"总成本|成本总额|总费用|总支出|总金额|资金总额|总投入|总投资|预算控制|控制预算|预算总|预算数|^(?:项目)?成本$"
)
"""Names of the cost of the whole project."""


def _yuan(row: ReviewedRow) -> Decimal | None:
    """A cost in yuan; None for standards per head, savings, shares, and what has no number."""
    factor = YUAN_IN.get(row.value.unit or "")
    plain = row.is_cost and row.value.number is not None and not row.parts
    if not plain or factor is None or row.value.number is None:
        return None
    standard = STANDARD_SAID.search(row.name + row.printed.value_text)
    return None if standard or SAVING.search(row.name) else row.value.number * factor


def _is_whole(row: ReviewedRow) -> bool:
    return bool(_WHOLE.search(row.name))


def _in_own_unit(row: Row, amount: Decimal) -> Decimal:
    return amount / YUAN_IN[row.reviewed.value.unit or "元"]


@on_row(
    "cost.above_budget",
    Severity.WARNING,
    About(
        "成本指标超过预算",
        "A cost above the budget",
        "花的钱不能比给的多；上限高于预算，超支也算完成。",
        "项目运行总成本 ≤7000万元（年度资金总额4678.00）",
        ("D12", "N17"),
    ),
)
def above_budget(row: Row, terms: ReviewTerms) -> Remarks:
    """Find a cost that is more than all the money; 元 for 万元 has a check of its own."""
    budget = row.project.money.total if row.project else None
    cost = _yuan(row.reviewed)
    if not budget or cost is None or cost <= budget or is_scaled(cost, budget, terms):
        return
    unit = row.project.money.unit if row.project else None
    whole = _is_whole(row.reviewed)
    yield Remark(
        f"成本指标“{row.reviewed.said}”{in_unit(cost, unit)}超过年度资金总额"
        f"{in_unit(budget, unit)}，请核对。",
        f"The cost “{row.reviewed.said}” {in_unit(cost, unit)} is above the annual total "
        f"{in_unit(budget, unit)}.",
        Field.VALUE,
        with_number(row, _in_own_unit(row, budget)) if whole else (),
    )


@on_row(
    "cost.total_below_budget",
    Severity.WARNING,
    About(
        "总成本与预算不一致",
        "The total cost is not the budget",
        "总成本低于预算，差额没有用途；写错的请改，确有结余的请调减预算。",
        "预算控制数 ≤3.41万元（预算数3.42）",
        ("D12", "N17"),
    ),
)
def total_below_budget(row: Row, terms: ReviewTerms) -> Remarks:
    """Find a cost of the whole project that is less than its money."""
    budget = row.project.money.total if row.project else None
    cost = _yuan(row.reviewed) if _is_whole(row.reviewed) else None
    if not budget or cost is None or cost >= budget or is_scaled(cost, budget, terms):
        return
    unit = row.project.money.unit if row.project else None
    yield Remark(
        f"“{row.reviewed.said}”{in_unit(cost, unit)}低于年度资金总额{in_unit(budget, unit)}，"
        f"差{in_unit(budget - cost, unit)}，请核对。",
        f"“{row.reviewed.said}” {in_unit(cost, unit)} is below the annual total "
        f"{in_unit(budget, unit)}.",
        Field.VALUE,
        with_number(row, _in_own_unit(row, budget)),
    )


@on_row(
    "cost.in_percent",
    Severity.WARNING,
    About(
        "预算控制数写成百分比",
        "A budget limit in percent",
        "预算以金额下达，“≤100%”不说明多少钱；执行率另有资金灯，不必作成本指标。",
        "预算控制数 ≤100%（预算数4000.00万元）",
        ("D13",),
    ),
)
def in_percent(row: Row, _: ReviewTerms) -> Remarks:
    """Find a limit of the budget in percent."""
    of = row.reviewed
    budget = row.project.money.total if row.project else None
    share = of.value.unit == "%" and of.value.number is not None
    if not (of.is_cost and share and budget and OF_BUDGET.search(of.name)):
        return
    if SAVING.search(of.name):
        return
    unit = "元" if row.project and row.project.money.unit == "元" else "万元"
    text = value_text(Comparator.AT_MOST, budget / YUAN_IN[unit], unit)
    renamed = changed(row, Field.NAME, of.name, re.sub(r"率$", "数", of.name))
    whole = of.value.number == 100 and not of.printed.column_unit
    yield Remark(
        f"成本指标“{of.said}”写成“{of.aim}”，预算是金额，建议写“{text}”。",
        f"The cost “{of.said}” is in percent ({of.aim}) while the budget is money.",
        Field.VALUE,
        (*changed(row, Field.VALUE, of.printed.value_text, text), *renamed) if whole else (),
    )


@on_project(
    "cost.parts",
    Severity.WARNING,
    About(
        "分项成本与预算对不上",
        "The costs do not add up to the budget",
        "分项成本之和超过预算，钱不够；少于预算，差额没有说明用途。",
        "“追溯码”≤13万元、“码上懂”≤2.5万元，预算22.74万元",
        ("D12", "N17"),
    ),
)
def parts(project: ReviewedProject, terms: ReviewTerms) -> Remarks:
    """Add up the costs that are not the whole; where the whole is named they may leave a rest."""
    budget = project.money.total
    costs = [(n, row, cost) for n, row in project.applying if (cost := _yuan(row)) is not None]
    split = [(n, cost) for n, row, cost in costs if not _is_whole(row)]
    if not budget or len(split) < 2:
        return
    summed = sum((cost for _, cost in split), Decimal(0))
    named = len(split) < len(costs)
    short = not named and terms.cost_parts <= summed / budget < 1 - terms.cost_cover
    if summed > budget or short:
        unit = project.money.unit
        gap = in_unit(abs(budget - summed), unit)
        said = f"多{gap}" if summed > budget else f"少{gap}，差额没有说明用途"
        yield Remark(
            f"{len(split)}项分项成本合计{in_unit(summed, unit)}，比年度资金总额"
            f"{in_unit(budget, unit)}{said}，请核对。",
            f"{len(split)} costs add up to {in_unit(summed, unit)}, the annual total is "
            f"{in_unit(budget, unit)}.",
            Field.VALUE,
            row=split[0][0],
            also=_numbers(split[1:]),
        )


def _numbers(rows: Sequence[tuple[int, Decimal]]) -> tuple[int, ...]:
    return tuple(number for number, _ in rows)


@on_project(
    "cost.standard",
    Severity.WARNING,
    About(
        "人均标准乘人数不等于总额",
        "A standard per head times heads is not the total",
        "标准、人数、总额三个数应当对得上；对不上的至少有一个写错。",
        "3人，每人每年6.54万元，总成本20万元",
        ("D12",),
    ),
)
def standard(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Multiply the one standard per head by the one number of heads, where a total is named."""
    heads = [r.value.number for _, r in project.applying if r.value.unit in {"人", "名"}]
    rates = [(n, r) for n, r in project.applying if _per_head(r) is not None]
    totals = [cost for _, r in project.applying if _is_whole(r) and (cost := _yuan(r))]
    if len(heads) != 1 or len(rates) != 1 or len(totals) != 1 or heads[0] is None:
        return
    number, rate = rates[0]
    product = heads[0] * (_per_head(rate) or Decimal(0))
    if product != totals[0]:
        unit = project.money.unit
        yield Remark(
            f"“{rate.said}”{in_unit(_per_head(rate) or Decimal(0), unit)}乘"
            f"{number_text(heads[0])}人为{in_unit(product, unit)}，"
            f"总成本却是{in_unit(totals[0], unit)}，请核对。",
            f"“{rate.said}” times {number_text(heads[0])} heads is {in_unit(product, unit)}, "
            f"the total cost {in_unit(totals[0], unit)}.",
            Field.VALUE,
            row=number,
        )


def _per_head(row: ReviewedRow) -> Decimal | None:
    """A yearly standard per head in yuan."""
    factor = YUAN_IN.get((row.value.unit or "").partition("/")[0])
    said = re.search(r"每人每年|人均|人/年|/人", row.name + row.printed.value_text)
    if factor is None or row.value.number is None or not said or not row.is_cost:
        return None
    return row.value.number * factor


CHECKS = (above_budget, total_below_budget, in_percent, parts, standard)
