"""The budget: blank, nothing, not the sum of its parts, not what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.money import YUAN_IN, wan_text, yuan, yuan_text
from domain.review.check import About, Remark, Remarks, on_project
from domain.review.finding import Change, Field, Severity
from domain.review.subject import Money, ReviewedProject
from domain.review.terms import ReviewTerms
from domain.target_value import fold

_GRANTED = re.compile(
    r"(?:安排|投入|下达|申请|拨付|预算|资金总额|资金规模)"
    r"(?:[^0-9，。；,;、]{0,12}?)(?P<year>(?:19|20)[0-9]{2}年(?:结转)?)?"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"(?P<unit>亿元|万元|千元|元)(?![/每])"
)
"""An amount that a text says is granted: 安排财政资金6000万元."""


def in_unit(amount: Decimal, unit: str | None) -> str:
    """Say an amount in the form's own unit."""
    return f"{yuan_text(amount)}元" if unit == "元" else f"{wan_text(amount)}万元"


def granted_in(text: str) -> Iterator[Decimal]:
    """List the amounts, in yuan, that a text says are granted."""
    for found in _GRANTED.finditer(fold(text)):
        number = Decimal(found.group("number").replace(",", ""))
        yield yuan(number * YUAN_IN[found.group("unit")])


def is_scaled(one: Decimal, other: Decimal, terms: ReviewTerms) -> bool:
    """Say whether two amounts differ by the factor of 元 and 万元, give or take."""
    least, most = sorted((abs(one), abs(other)))
    return least > 0 and abs(most / least / terms.scale - 1) <= terms.scale_tolerance


@on_project(
    "money.missing",
    Severity.ERROR,
    About(
        "没有年度资金总额",
        "There is no annual total",
        "没有预算数就没有执行率，资金灯和执行率得分都无从算起。",
        "年度资金总额：（空白）",
        ("D29",),
    ),
)
def missing(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a form without its total; parts alone would do."""
    if not (project.money.amounts or project.money.printed):
        yield Remark("没有年度资金总额，请填写。", "There is no annual total.", Field.TOTAL)


@on_project(
    "money.zero",
    Severity.WARNING,
    About(
        "预算为零而有绩效指标",
        "Indicators without money",
        "没有资金的项目不产生支出进度；确实不花钱的不必申报，漏填的请补上。",
        "年度资金总额 0.00",
        ("D29",),
    ),
)
def zero(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a budget of nothing beside indicators."""
    amounts = project.money.amounts
    if amounts and not any(amounts) and project.applying:
        yield Remark(
            f"年度资金总额为零，却有{len(project.applying)}项绩效指标，请核对。",
            "The annual total is nothing, yet there are indicators.",
            Field.TOTAL,
        )


@on_project(
    "money.negative",
    Severity.ERROR,
    About(
        "预算数为负",
        "A negative budget",
        "申报的是全年预算；调减应走预算调整，不写成负数。",
        "其他资金 -10.00",
    ),
)
def negative(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find an amount below nothing."""
    below = [amount for amount in project.money.amounts if amount < 0]
    if below:
        shown = "、".join(in_unit(amount, project.money.unit) for amount in below)
        yield Remark(f"预算数为负：{shown}。", f"A negative amount: {shown}.", Field.TOTAL)


@on_project(
    "money.sum",
    Severity.ERROR,
    About(
        "资金总额不等于各来源之和",
        "The total is not the sum of its sources",
        "总额与明细对不上，不知按哪个拨款、按哪个算执行率。",
        "总额4678.00，财政拨款3700.00，其他资金900.00",
        ("D10", "N16"),
    ),
)
def sum_(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Compare the year's total with its sources where any is printed; a blank one is nothing."""
    yield from _summed(project.money, "年度资金总额", "annual total")


@on_project(
    "money.medium_sum",
    Severity.WARNING,
    About(
        "中期资金总额不等于各来源之和",
        "The medium-term total is not the sum of its sources",
        "中期资金不参加监控，但两处对不上，说明总有一个写错。",
        "中期资金总额450.00，财政拨款420.00",
        ("D10", "N16"),
    ),
)
def medium_sum(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Compare the medium-term total with its sources."""
    yield from _summed(project.medium_money, "中期资金总额", "medium-term total")


def _summed(money: Money, label: str, label_en: str) -> Remarks:
    parts = _parts(money)
    if money.total is not None and parts is not None and parts != money.total:
        total, summed = in_unit(money.total, money.unit), in_unit(parts, money.unit)
        yield Remark(
            f"{label}{total}不等于各来源之和{summed}，请核对。",
            f"The {label_en} {total} is not the sum of its sources {summed}.",
            Field.TOTAL,
        )


def _parts(money: Money) -> Decimal | None:
    parts = [part for part in (money.fiscal, money.carried_over, money.other) if part is not None]
    return sum(parts, Decimal(0)) if parts else None


@on_project(
    "money.unit_missing",
    Severity.ERROR,
    About(
        "没有写明金额单位",
        "The unit of money is not said",
        "不知是元还是万元，差一万倍。",
        "资金总额 100.00（元？万元？）",
        ("D26", "N18"),
    ),
)
def unit_missing(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a form that prints amounts, but neither 元 nor 万元."""
    money = project.money
    if money.unit is None and (money.amounts or money.printed):
        yield Remark(
            "没有写明金额单位（元或万元），请写明。",
            "The form does not say whether amounts are in 元 or 万元.",
            Field.MONEY_UNIT,
        )


@on_project(
    "money.unit_scale",
    Severity.ERROR,
    About(
        "元与万元疑似混用",
        "The units 元 and 万元 seem to be mixed up",
        "正文或成本指标与资金总额恰好相差一万倍，多半是单位写错，所有比例都会错。",
        "资金总额 4678.00元，成本指标 ≤4678万元",
        ("D26", "N18"),
    ),
)
def unit_scale(project: ReviewedProject, terms: ReviewTerms) -> Remarks:
    """Find an amount elsewhere on the form that is 10,000 times the total, or a 10,000th."""
    total, unit = project.money.total, project.money.unit
    others = [*_costs(project), *granted_in(project.objective)]
    if total is None or unit not in {"元", "万元"}:
        return
    scaled = [other for other in others if is_scaled(total, other, terms)]
    if not scaled or any(abs(other - total) <= total * terms.scale_tolerance for other in others):
        return
    wanted = "万元" if scaled[0] > total else "元"
    fix = () if wanted == unit else (Change(Field.MONEY_UNIT, unit, wanted),)
    yield Remark(
        f"资金总额{in_unit(total, unit)}与表内另一处{in_unit(scaled[0], unit)}恰好相差一万倍，"
        "请核对元与万元。",
        f"The total {in_unit(total, unit)} and {in_unit(scaled[0], unit)} elsewhere on the form "
        "differ by ten thousand: check 元 and 万元.",
        Field.MONEY_UNIT,
        fix,
    )


def _costs(project: ReviewedProject) -> Iterator[Decimal]:
    """The amounts of the cost rows, in yuan."""
    for _, row in project.applying:
        factor = YUAN_IN.get(row.value.unit or "")
        if row.is_cost and row.value.number is not None and factor is not None:
            yield row.value.number * factor


@on_project(
    "money.narrative",
    Severity.WARNING,
    About(
        "正文金额与资金表不一致",
        "The text names another amount than the table",
        "目标正文说的钱数与资金表不同，通常是沿用旧稿，目标与资金不匹配。",
        "安排财政资金6000万元（年度财政拨款3700.00）",
        ("D11", "N15"),
    ),
)
def narrative(project: ReviewedProject, terms: ReviewTerms) -> Remarks:
    """Compare what the annual objective says is granted with the annual amounts.

    An amount inside the text may be for a part; it is wrong only when it is more than the whole.
    """
    yield from _narrated(project.objective, project.money, "年度", terms)
    if project.medium_objective != project.objective:
        yield from _narrated(project.medium_objective, project.medium_money, "中期", terms)


def _opens_with_amount(text: str, said: Sequence[Decimal]) -> bool:
    """Whether the one amount of a text stands in its first words: it is meant as the whole."""
    return len(said) == 1 and _GRANTED.match(fold(text)) is not None


def _narrated(text: str, money: Money, term: str, terms: ReviewTerms) -> Remarks:
    said = list(granted_in(text))
    known = money.amounts
    if not said or not known or set(said) & set(known) or sum(said) in known:
        return
    if max(said) <= max(known) and not _opens_with_amount(text, said):
        return
    if any(is_scaled(one, other, terms) for one in said for other in known):
        return
    shown = "、".join(in_unit(amount, money.unit) for amount in said)
    table = "、".join(in_unit(amount, money.unit) for amount in dict.fromkeys(known) if amount)
    yield Remark(
        f"{term}目标正文写{shown}，资金表为{table}，请核对。",
        f"The objective says {shown}, the table {table}.",
        Field.OBJECTIVE,
    )


@on_project(
    "money.medium_below_annual",
    Severity.WARNING,
    About(
        "中期资金少于年度资金",
        "The medium term has less money than the year",
        "中期包含本年，资金不会少于年度。",
        "中期资金总额50.00，年度资金总额60.00",
    ),
)
def medium_below_annual(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Compare the two totals."""
    medium, annual = project.medium_money.total, project.money.total
    if medium is not None and annual is not None and 0 < medium < annual:
        unit = project.money.unit
        yield Remark(
            f"中期资金总额{in_unit(medium, unit)}少于年度资金总额{in_unit(annual, unit)}，请核对。",
            f"The medium-term total {in_unit(medium, unit)} is below the annual "
            f"{in_unit(annual, unit)}.",
            Field.TOTAL,
        )


CHECKS = (
    missing,
    unit_missing,
    negative,
    zero,
    sum_,
    medium_sum,
    unit_scale,
    narrative,
    medium_below_annual,
)
