"""What a person is asked about a printed value, what is proposed, and what an answer settles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.baseline import Baseline
from domain.confirmation.answers import read_otherwise, said
from domain.confirmation.listing import answer, blocking_questions, printed_of
from domain.confirmation.question import (
    AnswerNotReadableError,
    MeasureAgainst,
    NoSuchChoiceError,
    NothingProposedError,
    Question,
    QuestionNotOpenError,
    ReadAs,
    Topic,
)
from domain.indicator import Comparator, Indicator, Kind, Measured, TargetValue, ToConfirm
from tests.asking import asked, cost, printed, question, reading


def keys(of: Question) -> list[str]:
    return [choice.key for choice in of.choices]


def proposed(of: Question) -> str | None:
    return of.proposal.key if of.proposal else None


def typed(row: Indicator, topic: Topic, text: str) -> Indicator:
    target = asked(row)
    effect = answer(target, question(target, topic), None, text).effect
    assert isinstance(effect, ReadAs)
    return effect.indicator


# Cost.


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [("≥450万元", None, "印为“≥”"), ("=60万元", None, "印为“=”"), ("50", "万元", "没有印计算符号")],
)
def test_a_cost_is_proposed_as_a_ceiling(text: str, unit: str | None, why: str) -> None:
    target = asked(cost("项目总成本", text, unit))
    asks = question(target, Topic.COST_DIRECTION)
    assert (keys(asks), proposed(asks)) == (["at_most", "at_least"], "at_most")
    assert why in asks.reason
    settled = reading(asks, "at_most")
    assert (settled.value.comparator, settled.kind, settled.to_confirm) == (
        Comparator.AT_MOST,
        Kind.CEILING,
        (),
    )
    assert settled.value.text == text


def test_a_cost_that_repeats_the_budget_is_still_read_from_payments_as_a_ceiling_only() -> None:
    asks = question(asked(cost("项目总成本", "≥450万元")), Topic.COST_DIRECTION)
    assert reading(asks, "at_most").from_payments
    floor = reading(asks, "at_least")
    assert (floor.kind, floor.from_payments) == (Kind.LEVEL, False)
    assert floor.value.comparator is Comparator.AT_LEAST


def test_of_what_is_saved_more_is_better() -> None:
    asks = question(asked(cost("成本节约率", "5%")), Topic.COST_DIRECTION)
    assert (keys(asks), proposed(asks)) == (["at_least", "at_most"], "at_least")
    assert asks.proposal is not None
    assert asks.proposal.label == "按≥5%，多为好"


def test_a_cost_in_words_is_judged_by_words_or_by_the_limit_that_somebody_types() -> None:
    row = cost("成本控制", "合理")
    asks = question(asked(row), Topic.COST_DIRECTION)
    assert keys(asks) == ["qualitative"]
    assert reading(asks, "qualitative").kind is Kind.QUALITATIVE
    limit = typed(row, Topic.COST_DIRECTION, "≤50万元")
    assert (limit.kind, limit.value.number, limit.to_confirm) == (Kind.CEILING, Decimal(50), ())
    assert limit.value.text == "合理"


def test_a_floor_that_somebody_types_for_a_cost_is_a_floor() -> None:
    floor = typed(cost("成本控制", "合理"), Topic.COST_DIRECTION, "≥450万元")
    assert (floor.kind, floor.from_payments) == (Kind.LEVEL, False)


def test_both_costs_of_a_cell_are_turned() -> None:
    row = cost("人员经费", "20万元；30万元")
    asks = question(asked(row), Topic.COST_DIRECTION)
    turned = reading(asks, "at_most")
    assert [part.comparator for part in turned.parts] == [Comparator.AT_MOST] * 2
    assert turned.to_confirm == (ToConfirm.TWO_VALUES,)


# Values that break off.


def test_a_cut_off_value_is_proposed_from_the_medium_term() -> None:
    row = printed("合规医疗费用救助比例", "≥", medium_text="≥70%")
    asks = question(asked(row), Topic.CUT_OFF)
    assert (keys(asks), proposed(asks)) == (["medium_term", "not_applicable"], "medium_term")
    settled = reading(asks, "medium_term")
    assert (settled.value.number, settled.value.unit, settled.kind) == (
        Decimal(70),
        "%",
        Kind.LEVEL,
    )
    assert (settled.value.text, settled.to_confirm) == ("≥", ())


def test_a_value_that_goes_on_in_words_as_this_one_began_is_the_medium_terms() -> None:
    row = printed("能力提升", "明显提高（", medium_text="明显提高（群众满意）", category="社会效益")
    asks = question(asked(row), Topic.CUT_OFF)
    assert reading(asks, "medium_term").kind is Kind.QUALITATIVE


@pytest.mark.parametrize("medium", [None, "≥", "成本指标"])
def test_nothing_is_invented_for_a_cut_off_value(medium: str | None) -> None:
    row = printed("合规医疗费用救助比例", "≥", medium_text=medium)
    target = asked(row)
    asks = question(target, Topic.CUT_OFF)
    assert (keys(asks), proposed(asks)) == (["not_applicable"], None)
    with pytest.raises(NothingProposedError, match="表上没有可参照的值。请填写完整的指标值"):
        answer(target, asks, None, None)
    assert reading(asks, "not_applicable").kind is Kind.NOT_APPLICABLE
    assert blocking_questions(asked(reading(asks, "not_applicable"))) == ()


def test_a_cut_off_value_is_typed_and_must_say_something() -> None:
    row = printed("合规医疗费用救助比例", "≥")
    assert typed(row, Topic.CUT_OFF, " ≥70% ").value.number == Decimal(70)
    for nothing in ("", "≥", "90%-95%", "长" * 600):
        with pytest.raises(AnswerNotReadableError):
            typed(row, Topic.CUT_OFF, nothing)


def test_what_is_typed_may_raise_another_question() -> None:
    row = cost("项目总成本", "≥")
    assert typed(row, Topic.CUT_OFF, "≥60万元").to_confirm == (ToConfirm.COST_DIRECTION,)


# Last year.


def test_last_years_value_is_proposed_where_the_record_has_it() -> None:
    row = printed("一站式结算比例", "不低于上年")
    known = Baseline(row.indicator_id, "98.5%", Decimal("98.5"), "%", 2024, "2024年12月31日报送")
    asks = question(asked(row, last_year={row.indicator_id: known}), Topic.BASELINE)
    assert asks.proposal is not None
    assert (asks.proposal.label, asks.reason) == ("98.5%（2024年）", "2024年12月31日报送")
    assert asks.proposal.effect == MeasureAgainst(known)
    unsourced = replace(known, source=None)
    again = question(asked(row, last_year={row.indicator_id: unsourced}), Topic.BASELINE)
    assert again.reason == "2024年的记录"


def test_last_years_value_is_typed_where_nobody_recorded_it() -> None:
    row = printed("一站式结算比例", "不低于上年")
    target = asked(row)
    asks = question(target, Topic.BASELINE)
    assert (asks.choices, asks.proposal) == ((), None)
    effect = answer(target, asks, None, "98.5%").effect
    assert effect == MeasureAgainst(
        Baseline(row.indicator_id, "98.5%", Decimal("98.5"), "%", 2024, None)
    )
    with pytest.raises(AnswerNotReadableError, match="读不出上年的完成值"):
        answer(target, asks, None, "不清楚")


# Two values.


def test_two_values_are_judged_apart_or_one_of_them_alone() -> None:
    row = printed("参保人数", "20 人; 2.8 万人")
    asks = question(asked(row), Topic.TWO_VALUES)
    assert (keys(asks), proposed(asks)) == (["parts", "part_1", "part_2"], "parts")
    assert len(reading(asks, "parts").parts) == 2
    alone = reading(asks, "part_2")
    assert (alone.parts, alone.value.number, alone.value.unit) == ((), Decimal("2.8"), "万人")
    assert (alone.value.text, alone.to_confirm) == ("20 人; 2.8 万人", ())


def test_of_a_range_the_end_that_is_hard_to_reach_is_proposed() -> None:
    asks = question(asked(printed("合格率", "90%-95%")), Topic.TWO_VALUES)
    assert (keys(asks), proposed(asks)) == (["lower", "upper"], "lower")
    lower = reading(asks, "lower")
    assert (lower.value.number, lower.kind) == (Decimal(90), Kind.LEVEL)
    of_cost = question(asked(cost("印刷费", "10-12万元")), Topic.TWO_VALUES)
    assert (keys(of_cost), proposed(of_cost)) == (["upper", "lower"], "upper")
    assert reading(of_cost, "upper").value.number == Decimal(12)
    assert reading(of_cost, "lower").to_confirm == (ToConfirm.COST_DIRECTION,)


def test_of_several_days_the_last_is_proposed() -> None:
    row = printed("完成时间", "2025年6月底、2025年11月底", category="时效指标")
    asks = question(asked(row), Topic.TWO_VALUES)
    assert (keys(asks), proposed(asks)) == (["day_2025-11-30", "day_2025-06-30"], "day_2025-11-30")
    assert reading(asks, "day_2025-11-30").value.due_on == date(2025, 11, 30)


def test_a_cell_of_values_that_nobody_can_part_is_typed() -> None:
    row = replace(printed("合格率", "若干"), to_confirm=(ToConfirm.TWO_VALUES,))
    asks = question(asked(row), Topic.TWO_VALUES)
    assert (asks.choices, asks.proposal) == ((), None)
    assert typed(row, Topic.TWO_VALUES, "≥95%").value.number == Decimal(95)


# Names, units, months.


def test_a_target_in_the_name_is_proposed_against_the_value() -> None:
    row = printed("住院报销比例63%", "≥98%", category="质量指标")
    asks = question(asked(row), Topic.NAME_CONTRADICTS_VALUE)
    assert (keys(asks), proposed(asks)) == (["name_63", "value"], "name_63")
    settled = reading(asks, "name_63")
    assert (settled.value.number, settled.value.comparator) == (Decimal(63), Comparator.AT_LEAST)
    assert settled.value.text == "≥98%"
    assert reading(asks, "value").value.number == Decimal(98)
    assert typed(row, Topic.NAME_CONTRADICTS_VALUE, "≥70%").to_confirm == ()


def test_of_two_targets_in_a_name_none_is_proposed() -> None:
    row = printed("报销比例一级医院90%二级医院80%", "≥98%", category="质量指标")
    asks = question(asked(row), Topic.NAME_CONTRADICTS_VALUE)
    assert (keys(asks), proposed(asks)) == (["name_90", "name_80", "value"], None)


def test_a_rate_in_days_is_proposed_as_the_time_limit_it_is() -> None:
    row = printed("业务处理及时率", "≤30天", category="时效指标")
    asks = question(asked(row), Topic.UNIT_DOES_NOT_FIT)
    assert (keys(asks), proposed(asks)) == (["as_printed", "percent"], "as_printed")
    assert reading(asks, "as_printed").kind is Kind.CEILING
    percent = reading(asks, "percent")
    assert (percent.value.unit, percent.kind) == ("%", Kind.CEILING)


def test_a_rate_in_anything_else_is_proposed_as_percent_if_it_can_be_one() -> None:
    asks = question(asked(printed("政策覆盖率", "95", "人")), Topic.UNIT_DOES_NOT_FIT)
    assert (keys(asks), proposed(asks)) == (["percent", "as_printed"], "percent")
    assert reading(asks, "percent").kind is Kind.LEVEL
    too_much = question(asked(printed("政策覆盖率", "950", "人")), Topic.UNIT_DOES_NOT_FIT)
    assert (keys(too_much), proposed(too_much)) == (["as_printed"], None)


def test_before_a_month_is_proposed_as_its_end() -> None:
    row = printed("支付时间", "12月前完成", category="时效指标")
    asks = question(asked(row), Topic.BEFORE_MONTH)
    assert (keys(asks), proposed(asks)) == (["month_end", "eve"], "month_end")
    assert reading(asks, "month_end").value.due_on == date(2025, 12, 31)
    assert reading(asks, "eve").value.due_on == date(2025, 11, 30)
    assert typed(row, Topic.BEFORE_MONTH, "2025年12月10日").value.due_on == date(2025, 12, 10)


def test_before_a_month_that_nobody_can_tell_is_typed() -> None:
    row = printed("支付时间", "12月前完成", category="时效指标")
    lost = replace(row, value=replace(row.value, due_on=None))
    asks = question(asked(lost), Topic.BEFORE_MONTH)
    assert (asks.choices, asks.proposal) == ((), None)


# Answers.


def test_a_choice_that_is_none_is_refused_with_those_there_are() -> None:
    target = asked(cost("项目总成本", "≥450万元"))
    asks = question(target, Topic.COST_DIRECTION)
    with pytest.raises(NoSuchChoiceError, match="没有“equal”这个选项。可选：at_most"):
        answer(target, asks, "equal", None)
    baseline = question(asked(printed("比例", "不低于上年")), Topic.BASELINE)
    with pytest.raises(NoSuchChoiceError, match="可选：无"):
        answer(target, baseline, "last_year", None)


def test_a_question_that_nobody_asks_any_more_says_so() -> None:
    assert "可能已由他人核实" in str(QuestionNotOpenError(Topic.CUT_OFF))


def test_what_is_printed_is_shown_with_the_unit_of_its_column() -> None:
    fifty = TargetValue("50", number=Decimal(50), unit="万元")
    assert printed_of(fifty) == "50（万元）"
    assert printed_of(replace(fifty, text="50万元")) == "50万元"
    assert printed_of(TargetValue("健全")) == "健全"
    assert said(TargetValue("健全")) == "健全"
    assert said(TargetValue("50", number=Decimal(50))) == "50"


@pytest.mark.parametrize(
    ("row", "said_as"),
    [
        (cost("印刷费", "≥12万元"), "≤12万元"),
        (printed("支付时间", "12月前完成", category="时效指标"), "2025-11-30"),
        (printed("住院报销比例63%", "≥98%", category="质量指标"), "≥63%"),
    ],
)
def test_what_a_person_read_otherwise_is_said_beside_the_print(
    row: Indicator, said_as: str
) -> None:
    [asks] = blocking_questions(asked(row))
    readings = {reading(asks, key) for key in keys(asks)}
    assert said_as in {read_otherwise(one) for one in readings}
    assert read_otherwise(row) is None


def test_last_years_value_is_said_beside_the_print_and_parts_speak_for_themselves() -> None:
    row = printed("结算比例", "不低于上年")
    against = replace(row, value=replace(row.value, unit="%"), baseline=Decimal("98.5"))
    assert read_otherwise(against) == "上年98.5%"
    assert read_otherwise(printed("参保人数", "20 人; 2.8 万人")) is None
    assert read_otherwise(replace(printed("比例", "≥"), kind=Kind.NOT_APPLICABLE)) is None


def test_a_value_without_a_question_of_its_own_but_broken_is_cut_off() -> None:
    row = replace(printed("比例", "≥95%"), kind=Kind.BROKEN)
    assert [one.topic for one in blocking_questions(asked(row))] == [Topic.CUT_OFF]


@settings(deadline=None)
@given(
    st.sampled_from(
        ["≥60万元", "90%-95%", "≥", "不低于上年", "20人;3场", "12月前", "≤30天", "≥98%"]
    ),
    st.sampled_from(["总成本", "报销比例63%", "及时率", "人数", "节约成本"]),
    st.sampled_from(["成本指标", "产出指标"]),
)
def test_whatever_is_printed_each_choice_settles_its_question_and_keeps_the_text(
    text: str, name: str, of_class: str
) -> None:
    row = printed(name, text, of_class=of_class)
    for asks in blocking_questions(asked(row)):
        for choice in asks.choices:
            assert isinstance(choice.effect, ReadAs)
            settled = choice.effect.indicator
            assert asks.topic.value not in {one.value for one in settled.to_confirm}
            assert settled.value.text == text
            assert settled.indicator_id == row.indicator_id
            assert settled.measured in Measured
