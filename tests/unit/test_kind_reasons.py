"""Why a kind is proposed, in the sentence an official reads, and what decides in odd cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.indicator import Comparator, Kind, Measured, ToConfirm
from domain.kind import Proposal, propose
from domain.target_value import read_value

COUNT = ("产出指标", "数量指标")
QUALITY = ("产出指标", "质量指标")
TIME = ("产出指标", "时效指标")
COST = ("成本指标", "")
CONTENT = ("满意度指标", "服务对象满意度指标")


def proposed(
    place: tuple[str, str],
    name: str,
    text: str,
    *,
    unit: str | None = None,
    budget: str | None = None,
) -> Proposal:
    value = read_value(text, name=name, unit=unit, year=2025)
    wan = None if budget is None else Decimal(budget)
    return propose(*place, name, value, year=2025, budget_wan=wan)


@pytest.mark.parametrize(
    ("place", "name", "text", "reason"),
    [
        (COUNT, "培训", "无", "指标值为“无”，不适用"),
        (COUNT, "无", "≥3次", "指标名称为“无”，不适用"),
        (COUNT, "110001", "≥3次", "指标名称为“110001”，不适用"),
        (COUNT, "培训", "", "指标值空白"),
        (COUNT, "培训", "≥", "指标值只有计算符号、没有数值，疑似残缺"),
        (COUNT, "培训", "100（其中：", "指标值的文字不完整，疑似残缺"),
        (QUALITY, "合格率", "90%-95%", "指标值是区间，不是一个目标"),
        (TIME, "结算地区", "不低于上年", "与上年比较，须先补基期值"),
        (TIME, "支付时间", "6月底、9月底", "一格有多个日期"),
        (TIME, "完成时间", "12月前", "“×月前”可指月初或月末，建议按月末"),
        (TIME, "完成时间", "12月底", "指标值是日期"),
        (COST, "成本控制", "从严", "成本指标没有数值"),
        (COUNT, "服务", "良好", "指标值没有数字，按定性判断"),
        (COST, "成本节约率", "≥5%", "成本节约，方向待定"),
        (COST, "总成本", "≤60万元", "成本指标，不超为好"),
        (COST, "总成本", "≥60万元", "成本指标印为“≥”，建议按≤"),
        (COST, "总成本", "60万元", "成本指标印为“无符号”，建议按≤"),
        (
            COST,
            "预算控制数",
            "≤100%",
            "成本指标，不超为好；占预算的百分比即预算执行率，取自支付数据",
        ),
        (COST, "预算控制数", "100", "成本指标印为“无符号”，建议按≤"),
        (COUNT, "完成3场培训", "≥5场", "名称中的3场与指标值不一致；可计数，逐月累计"),
        (COUNT, "完成3场、4场培训", "≥5场", "名称中的3场、4场与指标值不一致；可计数，逐月累计"),
        (COUNT, "完成3场培训", "≥5次", "可计数，逐月累计"),
        (COUNT, "完成3次培训", "≥5场", "可计数，逐月累计"),
        (TIME, "办结率", "≤5天", "名称是比率而计量单位“天”，单位不符"),
        (TIME, "办结率", "200", "名称是比率而计量单位空缺，单位不符"),
        (QUALITY, "死亡率", "≤5‰", "计算符号为≤，不超为好"),
        (QUALITY, "死亡率", "≥5‰", "比率，按全年目标对比，不按月折算"),
        (QUALITY, "提升率", "≥3个百分点", "比率，按全年目标对比，不按月折算"),
        (QUALITY, "报销水平", "≥3个百分点", "比率，按全年目标对比，不按月折算"),
        (QUALITY, "报销水平", "≥3%", "比率，按全年目标对比，不按月折算"),
        (QUALITY, "孕产妇死亡", "≥3‰", "比率，按全年目标对比，不按月折算"),
        (COUNT, "信访", "≤5件", "计算符号为≤，不超为好"),
        (TIME, "办理时限", "15个工作日", "办理时长未印符号，不超为好"),
        (QUALITY, "重大安全事故", "0起", "目标为0，不超为好"),
        (QUALITY, "差错率", "=0%", "目标为0，不超为好"),
        (QUALITY, "投诉", "≥0件", "可计数，逐月累计"),
        (QUALITY, "人员增长率", "0%", "比率，按全年目标对比，不按月折算"),
        (COUNT, "维护", "3年", "没有可累计的计量单位，按全年目标对比"),
        (COUNT, "及时办理", "5件", "可计数，逐月累计"),
        (QUALITY, "日常工作完成率", "≥99%", "全年工作量的完成比例，逐月累计"),
        (COUNT, "财政补助", "54元/人", "标准，不随月份累计"),
        (COUNT, "财政补助", "0.01万元/人", "标准，不随月份累计"),
        (COUNT, "办公用房", "2层", "存量（岗位、面积、层数等），不随月份累计"),
        (COUNT, "耕地", "≥3万亩", "存量（岗位、面积、层数等），不随月份累计"),
        (COUNT, "培训", "3场/年", "可计数，逐月累计"),
        (COUNT, "培训", "3万人次", "可计数，逐月累计"),
        (COUNT, "事项", "3", "没有可累计的计量单位，按全年目标对比"),
    ],
)
def test_the_reason_says_what_decided(
    place: tuple[str, str], name: str, text: str, reason: str
) -> None:
    assert proposed(place, name, text).reason_zh == reason


def test_a_cost_that_repeats_the_budget_says_so() -> None:
    assert proposed(COST, "总成本", "≥60万元", budget="60").reason_zh == (
        "成本指标印为“≥”，建议按≤；与预算数相符，取自支付数据"
    )


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("101万元", True),
        ("101.01万元", False),
        ("99万元", True),
        ("98.99万元", False),
        ("1010千元", True),
        ("1010.1千元", False),
        ("0.0101亿元", True),
        ("0.010101亿元", False),
        ("0.0099亿元", True),
        ("1010000元", True),
        ("1010001元", False),
        ("990000元", True),
    ],
)
def test_one_percent_beside_the_budget_is_the_budget_and_no_more(
    text: str, *, repeats: bool
) -> None:
    assert proposed(COST, "总成本", text, budget="100").from_payments is repeats


def test_a_cost_without_a_number_is_proposed_to_be_kept_low() -> None:
    assert proposed(COST, "成本控制", "从严").comparator is Comparator.AT_MOST


def test_a_target_in_the_name_and_a_unit_that_does_not_fit_are_both_asked() -> None:
    proposal = proposed(TIME, "3天办结率", "≤5天")

    assert proposal.to_confirm == (ToConfirm.NAME_CONTRADICTS_VALUE, ToConfirm.UNIT_DOES_NOT_FIT)
    assert proposal.reason_zh == ("名称中的3天与指标值不一致；名称是比率而计量单位“天”，单位不符")


@pytest.mark.parametrize("text", ["≤5‰", "≥3个百分点", "≥90%"])
def test_rates_in_their_own_units_fit(text: str) -> None:
    assert proposed(QUALITY, "提升率", text).to_confirm == ()


@pytest.mark.parametrize(
    ("place", "name", "text", "measured"),
    [
        (CONTENT, "满意度", "无", Measured.ROUND),
        (COUNT, "资金结余", "≤10%", Measured.YEAR_END),
        (COUNT, "资金结余", "≤100万元", Measured.ROUND),
        (COUNT, "资金结余", "≤100", Measured.ROUND),
    ],
)
def test_balances_are_read_once_where_they_are_ratios(
    place: tuple[str, str], name: str, text: str, measured: Measured
) -> None:
    assert proposed(place, name, text).measured is measured


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("≤54元；≥3场", Kind.CEILING),
        ("≥3场；≤54元", Kind.CUMULATIVE),
        ("54元；每人60元", Kind.CUMULATIVE),
        ("每人60元；54元", Kind.LEVEL),
    ],
)
def test_the_first_value_of_a_cell_gives_its_kind(text: str, kind: Kind) -> None:
    proposal = proposed(COUNT, "补助", text)

    assert proposal.kind is kind
    assert not proposal.from_payments
    assert proposal.reason_zh.startswith("一格有2个数值，分别判断、不相加；")


def test_a_cell_of_two_values_says_how_each_is_judged() -> None:
    assert proposed(COUNT, "补助", "≤54元；≥3场").reason_zh == (
        "一格有2个数值，分别判断、不相加；计算符号为≤，不超为好"
    )


def test_the_parts_of_a_rate_are_percent_like_the_whole() -> None:
    parts = proposed(QUALITY, "合格率", "≥90；≥95").parts

    assert [part.unit for part in parts] == ["%", "%"]


def test_the_parts_of_a_cell_have_the_unit_of_the_forms_column() -> None:
    proposal = proposed(COUNT, "培训", "≥20；≥30", unit="场")

    assert [part.unit for part in proposal.parts] == ["场", "场"]
    assert proposal.kind is Kind.CUMULATIVE


def test_the_parts_of_a_cell_are_dated_in_the_year_of_the_form() -> None:
    parts = proposed(COUNT, "上线", "≥90%(6月底)；≥95%(12月底)").parts

    assert [part.due_on for part in parts] == [date(2025, 6, 30), date(2025, 12, 31)]
