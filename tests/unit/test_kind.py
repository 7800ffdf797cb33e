"""The kind of every specimen in the design papers is proposed as a careful official would."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.indicator import Comparator, Kind, Measured, ToConfirm
from domain.kind import Proposal, propose
from domain.target_value import read_value

C, L, U = Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING
D, Q, N, B = Kind.DATE, Kind.QUALITATIVE, Kind.NOT_APPLICABLE, Kind.BROKEN
ROUND, PAID, END = Measured.ROUND, Measured.CONTINUOUS, Measured.YEAR_END
COUNT = ("产出指标", "数量指标")
QUALITY = ("产出指标", "质量指标")
TIME = ("产出指标", "时效指标")
COST = ("成本指标", "")
COST_2 = ("产出指标", "成本指标")
ECONOMIC = ("效益指标", "经济效益指标")
SOCIAL = ("效益指标", "社会效益指标")
LASTING = ("效益指标", "可持续影响指标")
CONTENT = ("满意度指标", "服务对象满意度指标")
COST_OPEN, CUT, BASE = ToConfirm.COST_DIRECTION, ToConfirm.CUT_OFF, ToConfirm.BASELINE
TWO, CLASH = ToConfirm.TWO_VALUES, ToConfirm.NAME_CONTRADICTS_VALUE
UNFIT, BEFORE = ToConfirm.UNIT_DOES_NOT_FIT, ToConfirm.BEFORE_MONTH


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
    ("place", "name", "text", "unit", "kind", "measured", "to_confirm"),
    [
        (COUNT, "住院救助和门诊救助人次", "≥10万人次", None, C, ROUND, ()),
        (COUNT, "基金累计结余占筹集基金总额的比重", "≤15%", None, U, END, ()),
        (QUALITY, "自付费用年度限额内救助比率", "合规医疗费用救助比例≥", None, B, ROUND, (CUT,)),
        (QUALITY, "自付费用年度限额内救助比率", "合规医疗费用救助比例≥70%", None, L, ROUND, ()),
        (TIME, "市域内一站式即时结算覆盖地区", "不低于上年", None, L, ROUND, (BASE,)),
        (TIME, "救助金额按费用发生序时进度支付", "及时", None, Q, ROUND, ()),
        (COST, "项目运行总成本", "≥60万元", None, U, ROUND, (COST_OPEN,)),
        (COST, "项目运行总成本", "≤7000万元", None, U, ROUND, ()),
        (COUNT, "开展病案审核专项行动", "≥3次", None, C, ROUND, ()),
        (QUALITY, "居民参保率", "≥95%", None, L, ROUND, ()),
        (COUNT, "开展医保政策宣传", "≥12次", None, C, ROUND, ()),
        (TIME, "租赁费支付时效", "2025年底支付完成", None, D, ROUND, ()),
        (TIME, "“追溯码”项目费用支付", "2025年2月支付完", None, D, ROUND, ()),
        (COUNT, "县内村卫生室“追溯码”接口改造", "≥330家", None, C, ROUND, ()),
        (TIME, "业务处理及时率", "≤30天", None, U, ROUND, (UNFIT,)),
        (TIME, "审批发放及时率", "≤30天", None, U, ROUND, (UNFIT,)),
        (COUNT, "县级所属定点医药机构基金监管覆盖率", "100%", None, C, ROUND, ()),
        (CONTENT, "服务对象满意度", "≥80", None, L, END, ()),
        (COST, "办公场地租赁费", "50", "万元", U, ROUND, (COST_OPEN,)),
        (COST, "专家评审费用", "12", "万元", U, ROUND, (COST_OPEN,)),
        (COST, "110001", "", "/", N, ROUND, ()),
        (COUNT, "离休及二等乙级伤残革命军人", "20 人; 2.8 万人", None, L, ROUND, (TWO,)),
        (QUALITY, "参保政策范围内住院报销比例63%", "≥98%", None, L, ROUND, (CLASH,)),
        (COUNT, "印制医保政策宣传单", "10000份", None, C, ROUND, ()),
        (COUNT, "全县定点医疗机构监督检查覆盖", "198家", None, C, ROUND, ()),
        (COUNT, "定点医药机构监督检查覆盖率", "100%", None, C, ROUND, ()),
        (COST, "办公用房租赁费", "≥13.23万元", None, U, ROUND, (COST_OPEN,)),
        (COST_2, "劳务派遣人员定额标准", "≥每人每年核定6.54万元", None, U, ROUND, (COST_OPEN,)),
        (COUNT, "租赁办公用房", "≤473.25平方米", None, U, ROUND, ()),
        (COUNT, "租赁办公用房", "≥473.25平方米", None, L, ROUND, ()),
        (COUNT, "办公场地租用层数", "2", "层", L, ROUND, ()),
        (QUALITY, "政策宣传视频分辨率", "≥1080P", None, L, ROUND, ()),
        (COUNT, "县级财政补助标准每人每年", "54元", None, L, ROUND, ()),
        (COUNT, "财政补助", "54元/人", None, L, ROUND, ()),
        (COUNT, "政府购买岗位人员", "3人", None, L, ROUND, ()),
        (COUNT, "前台业务受理", "≥15000件", None, C, ROUND, ()),
        (COUNT, "全县医疗救助人次", "60063人", None, C, ROUND, ()),
        (COUNT, "培训次数", "3", None, C, ROUND, ()),
        (COUNT, "未说明单位的事项", "3", None, L, ROUND, ()),
        (COUNT, "新建标准化门诊", "300平方米", None, C, ROUND, ()),
        (QUALITY, "医保业务日常工作完成率", "≥99%", None, C, ROUND, ()),
        (QUALITY, "政策范围内报销比例", "≥70%", None, L, ROUND, ()),
        (QUALITY, "应奖尽奖率100%", "100", "%", L, ROUND, ()),
        (QUALITY, "长效管理机制健全性", "健全", "%", Q, ROUND, ()),
        (TIME, "项目完成时限", "2026 年 12 月前", None, D, ROUND, (BEFORE,)),
        (TIME, "支付时间", "6月底、9月底", None, D, ROUND, (TWO,)),
        (TIME, "支出及时性", "≤1年", None, U, ROUND, ()),
        (TIME, "办理时限", "15个工作日", None, U, ROUND, ()),
        (TIME, "租赁时间", "≥1年", None, L, ROUND, ()),
        (COST_2, "预算控制数", "≤100%", None, U, PAID, ()),
        (COST_2, "第三方服务费占比", "≤30%", None, U, ROUND, ()),
        (COST_2, "成本控制", "从严", None, Q, ROUND, (COST_OPEN,)),
        (COST_2, "成本节约率", "≥5%", None, L, ROUND, (COST_OPEN,)),
        (ECONOMIC, "追回违规医保基金、违约金", "≥400万元", None, C, ROUND, ()),
        (ECONOMIC, "本指标不适用", "", None, N, ROUND, ()),
        (ECONOMIC, "无", "无", None, N, ROUND, ()),
        (ECONOMIC, "带动消费", "—", None, N, ROUND, ()),
        (SOCIAL, "检查人员被投诉率", "≤0.5%", None, U, ROUND, ()),
        (SOCIAL, "政策知晓率", "≥80%", None, L, END, ()),
        (SOCIAL, "受益群众幸福感", "≥90%", None, L, END, ()),
        (SOCIAL, "困难群众就医负担减轻程度", "有效缓解", None, Q, END, ()),
        (SOCIAL, "重大责任事故", "无重大责任事故发生", None, Q, END, ()),
        (LASTING, "群众对医保工作的支持", "有效保障", None, Q, END, ()),
        (LASTING, "宣传渠道", "各种渠道宣传不少于3次", None, C, END, ()),
        (CONTENT, "救助对象满意度", "", None, B, ROUND, (CUT,)),
        (COUNT, "合格率", "90%-95%", None, B, ROUND, (TWO,)),
        (COUNT, "培训", "100（其中：", None, B, ROUND, (CUT,)),
        (COUNT, "信访量", "不高于上年", None, U, ROUND, (BASE,)),
        (ECONOMIC, "医药产业产值", "较上年增长5%", None, L, ROUND, ()),
        (QUALITY, "服务水平", "与上年相当", None, Q, ROUND, ()),
        (COUNT, "完成3场培训", "≥5场", None, C, ROUND, (CLASH,)),
        (COUNT, "完成5场培训", "≥5场", None, C, ROUND, ()),
        (COUNT, "覆盖率", "120", None, L, ROUND, (UNFIT,)),
    ],
)
def test_kind_measured_and_open_questions_follow_the_rules(
    place: tuple[str, str],
    name: str,
    text: str,
    unit: str | None,
    kind: Kind,
    measured: Measured,
    to_confirm: tuple[ToConfirm, ...],
) -> None:
    proposal = proposed(place, name, text, unit=unit)
    assert (proposal.kind, proposal.measured, proposal.to_confirm) == (kind, measured, to_confirm)
    assert proposal.reason_zh


@pytest.mark.parametrize(
    ("text", "budget", "repeats"),
    [
        ("≥60万元", "60.00", True),
        ("≤3.41万元", "3.42", True),
        ("2000000.00元", "200", True),
        ("≤0.006亿元", "60", True),
        ("≤13万元", "22.74", False),
        ("≤60万元", None, False),
        ("≤60万元", "0", False),
        ("每人每年60万元", "60", False),
        ("≤100%", "100", True),
        ("≤100%", None, True),
    ],
)
def test_a_cost_near_the_budget_repeats_it_and_is_read_from_payments(
    text: str, budget: str | None, *, repeats: bool
) -> None:
    proposal = proposed(COST, "项目运行总成本", text, budget=budget)
    assert proposal.from_payments is repeats
    assert (proposal.measured is PAID) is repeats


@pytest.mark.parametrize(
    ("text", "comparator"),
    [("≥60万元", Comparator.AT_MOST), ("60万元", Comparator.AT_MOST), ("≤60万元", None)],
)
def test_only_a_cost_that_needs_a_person_has_a_proposed_direction(
    text: str, comparator: Comparator | None
) -> None:
    assert proposed(COST, "项目运行总成本", text).comparator == comparator


def test_two_values_in_a_cell_become_parts_with_their_own_readings() -> None:
    parts = proposed(COUNT, "救助对象", "20 人; 2.8 万人").parts
    assert [(part.number, part.unit) for part in parts] == [
        (Decimal(20), "人"),
        (Decimal("2.8"), "万人"),
    ]


@given(
    place=st.tuples(st.text(max_size=6), st.sampled_from(["成本指标", "数量指标", "可持续影响"])),
    name=st.text(max_size=12) | st.sampled_from(["及时率", "满意度63%", "无"]),
    text=st.text(max_size=20)
    | st.text(alphabet="0123456789≥≤年月前底%次万元；、上年无", max_size=12),
    unit=st.none() | st.text(max_size=4),
)
def test_a_proposal_never_raises_and_always_has_a_reason(
    place: tuple[str, str], name: str, text: str, unit: str | None
) -> None:
    assert proposed(place, name, text, unit=unit, budget="60").reason_zh
