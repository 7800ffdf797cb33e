"""What a form leaves unsaid is taken from what it does say, and each taking is a finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.target_value import fold, read_value
from domain.traditional import SIMPLIFIED
from services.intake.forms.declaration import Declaration
from services.intake.forms.reading import read_file

TABLE = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t维修公厕\t≥3座\n"


def declared(head: str) -> Declaration:
    text = f"项目支出绩效目标表\n项目名称\t公厕维修\n{head}{TABLE}"
    return read_file(text.encode(), "form.txt").declarations[0]


def rules(declaration: Declaration) -> set[str]:
    return {finding.rule for finding in declaration.findings}


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("项目起止时间\t2021.1-2021.12\n", 2021),
        ("项目起止时间\t2021年1月至2023年12月\n", None),
        ("资金来源\t2023年第一批衔接资金50万元\n", 2023),
        ("（适用2017年全部预算项目）\n", 2017),
    ],
)
def test_the_year_is_taken_from_the_one_year_that_the_form_speaks_of(
    head: str, year: int | None
) -> None:
    assert declared(head).fiscal_year == year


def test_an_inherited_year_is_told_with_what_says_it() -> None:
    said = [f.message for f in declared("项目起止时间\t2021.1-2021.12\n").findings]
    assert any("项目起止时间的2021年" in message for message in said)


def test_the_amount_of_the_source_stands_for_a_total_that_is_not_printed() -> None:
    form = declared("资金来源\t2023年第一批衔接资金50万元\n")
    assert (form.annual_budget.total, form.annual_budget.unit) == ("50", "万元")
    assert "budget.from_source" in rules(form)


def test_a_printed_total_is_not_replaced_by_the_amount_of_the_source() -> None:
    form = declared("年度资金总额\t80万元\n资金来源\t衔接资金50万元\n")
    assert form.annual_budget.total == "80"
    assert "budget.from_source" not in rules(form)


def test_amounts_of_an_earlier_year_beside_the_year_s_own_are_left_out() -> None:
    head = (
        "资金来源（万元）\t项目\t上年度预算\t本年度申请金额\n\t合计\t40\t56\n\t财政拨款\t40\t50\n"
    )
    budget = declared(head).annual_budget
    assert (budget.total, budget.fiscal, budget.unit) == ("56", "50", "万元")


def test_traditional_characters_are_compared_as_simplified_ones_and_kept_as_printed() -> None:
    assert fold("績效目標") == "绩效目标"
    value = read_value("≥50萬元")
    assert (value.number, value.unit, value.text) == (Decimal(50), "万元", "≥50萬元")
    assert not set(map(chr, SIMPLIFIED)) & set(map(chr, SIMPLIFIED.values()))
