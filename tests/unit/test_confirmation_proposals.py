"""Proposals that are in use until a person says otherwise: kind, weights, shape; and settling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.baseline import Baseline
from domain.confirmation.asked import Beside
from domain.confirmation.kinds import KindDoesNotFitError, fits, judged_as, label_of
from domain.confirmation.listing import answer, proposals, questions
from domain.confirmation.mending import ANSWERED_BY, is_mended
from domain.confirmation.question import (
    AnswerNotReadableError,
    JudgeAs,
    MeasureAgainst,
    NoSuchChoiceError,
    ReadAs,
    SpendBy,
    Topic,
    Weigh,
)
from domain.confirmation.settling import asked_of, settle
from domain.errors import NotOnRecordError, ReasonMissingError
from domain.indicator import Indicator, Kind, Measured, TargetValue
from domain.plan import Checkpoint, Shape, SpendingPlan
from domain.review.catalogue import CATALOGUE
from domain.target import Target
from services.reviewing import review_declarations
from tests.asking import asked, cost, printed, question
from tests.declaring import NEW_YEAR, declaration, visits

JUNE = date(2025, 6, 10)


def topics(target: Target) -> list[str]:
    return [type(event).TOPIC for event in target.pending_events]  # type: ignore[attr-defined]


# Kind and measuring.


def test_a_proposed_kind_is_asked_with_its_reason_until_a_person_has_seen_it() -> None:
    row = printed("参保率", "≥95%", category="质量指标")
    asks = question(asked(row), Topic.KIND)
    assert asks.reason == "比率，按全年目标对比，不按月折算"
    assert [choice.key for choice in asks.choices] == [
        "level.round",
        "cumulative.round",
        "level.year_end",
        "ceiling.round",
        "ceiling.year_end",
        "qualitative.round",
        "qualitative.year_end",
        "not_applicable.round",
    ]
    assert asks.proposal is not None
    assert asks.proposal.label == "按水平，与全年目标比；每轮填报"
    seen = frozenset({row.indicator_id})
    assert not [q for q in proposals(asked(row, kinds_settled=seen)) if q.topic is Topic.KIND]


@pytest.mark.parametrize(
    "row", [printed("项目", "无"), printed("比例", "≥"), cost("项目总成本", "≥450万元")]
)
def test_no_kind_is_asked_of_what_does_not_apply_or_has_a_question_before(row: Indicator) -> None:
    assert not [q for q in questions(asked(row)) if q.topic is Topic.KIND]


def test_a_kind_needs_what_it_is_judged_by() -> None:
    words, number = printed("制度健全性", "健全"), printed("救助人次", "≥10万人次")
    day = printed("完成时间", "2025年11月底", category="时效指标")
    parts = printed("参保人数", "20 人; 2.8 万人")
    against = replace(printed("比例", "不低于上年"), baseline=Decimal(98))
    assert [fits(words, kind) for kind in (Kind.LEVEL, Kind.DATE, Kind.QUALITATIVE)] == [
        *(False, False, True)
    ]
    assert fits(day, Kind.DATE)
    assert all(fits(row, Kind.CUMULATIVE) for row in (number, parts, against))
    assert not fits(number, Kind.BROKEN)
    with pytest.raises(KindDoesNotFitError, match="没有完成日期，不能改为按完成日期"):
        judged_as(number, Kind.DATE, Measured.ROUND)
    with pytest.raises(KindDoesNotFitError, match="没有数值，不能改为逐月累计"):
        judged_as(words, Kind.CUMULATIVE, Measured.ROUND)


def test_a_kind_that_does_not_fit_any_more_is_not_proposed() -> None:
    row = replace(printed("完成时间", "按期完成"), kind=Kind.DATE)
    asks = question(asked(row), Topic.KIND)
    assert asks.proposal is None
    assert next(choice.key for choice in asks.choices) == "qualitative.round"


def test_what_somebody_reports_is_no_longer_read_from_payments() -> None:
    row = cost("项目总成本", "≤450万元")
    asks = question(asked(row), Topic.KIND)
    assert asks.proposal is not None
    assert asks.proposal.label == "上限，不超为好；取自支付数据"
    assert judged_as(row, Kind.CEILING, Measured.CONTINUOUS).from_payments
    assert not judged_as(row, Kind.CEILING, Measured.ROUND).from_payments


def test_a_kind_is_called_by_what_it_does() -> None:
    assert label_of(Kind.NOT_APPLICABLE, Measured.ROUND) == "不适用"
    assert label_of(Kind.LEVEL, Measured.YEAR_END) == "按水平，与全年目标比；年末测量"


def test_a_person_chooses_a_kind_and_later_another() -> None:
    target = Target(declaration())
    row = visits()
    choose = target.choose_kind
    assert choose(row.indicator_id, Kind.LEVEL, Measured.YEAR_END, chosen_on=JUNE, reason=" 存量 ")
    assert target.indicators[row.indicator_id] == replace(
        row, kind=Kind.LEVEL, measured=Measured.YEAR_END
    )
    assert target.pending_events[-1].reason == "存量"  # type: ignore[attr-defined]
    back = {"chosen_on": JUNE, "reason": "仍按累计"}
    assert choose(row.indicator_id, row.kind, row.measured, **back)  # type: ignore[arg-type]
    assert not choose(row.indicator_id, row.kind, row.measured, **back)  # type: ignore[arg-type]
    assert target.indicators[row.indicator_id] == row
    assert topics(target)[1:] == ["target.kind_chosen"] * 2


def test_seeing_a_kind_is_recorded_although_nothing_changes() -> None:
    target = Target(declaration())
    row = visits()
    assert target.choose_kind(
        row.indicator_id, row.kind, row.measured, chosen_on=JUNE, reason="采纳"
    )
    assert target.kinds_settled == {row.indicator_id}


def test_a_kind_is_chosen_for_an_indicator_that_is_there_and_for_a_reason() -> None:
    target = Target(declaration())
    with pytest.raises(NotOnRecordError):
        target.choose_kind(UUID(int=5), Kind.LEVEL, Measured.ROUND, chosen_on=JUNE, reason="存量")
    with pytest.raises(ReasonMissingError):
        target.choose_kind(
            visits().indicator_id, Kind.LEVEL, Measured.ROUND, chosen_on=JUNE, reason=""
        )


# Weights.


def rows(*weights: str | None) -> list[Indicator]:
    names = ("救助人次", "参保率", "救助对象满意度", "及时率")
    classes = ("产出指标", "产出指标", "满意度指标", "效益指标")
    return [
        printed(name, "≥95%", of_class=of_class, weight=None if w is None else Decimal(w))
        for name, of_class, w in zip(names, classes, weights, strict=False)
    ]


@pytest.mark.parametrize("weights", [("40", "40", "10"), ("50", "40", "10")])
def test_weights_that_sum_to_90_or_100_ask_nothing(weights: tuple[str, ...]) -> None:
    assert not [q for q in proposals(asked(*rows(*weights))) if q.topic is Topic.WEIGHTS]


def test_a_form_without_weights_is_proposed_those_of_its_groups() -> None:
    asks = question(asked(*rows(None, None, None, None)), Topic.WEIGHTS)
    assert asks.printed == "没有分值"
    assert question(asked(*rows("40", None)), Topic.WEIGHTS).printed == "40 —"
    assert asks.reason == "表上没有分值，各类按规定分值平均分配"
    assert asks.proposal is not None
    assert asks.proposal.label == "25 25 10 30（合计90分）"
    effect = asks.proposal.effect
    assert isinstance(effect, Weigh)
    assert [row.weight for row in effect.indicators] == [25, 25, 10, 30]


def test_weights_that_sum_to_something_else_are_scaled_as_a_proposal() -> None:
    asks = question(asked(*rows("40", "40", "20", "20")), Topic.WEIGHTS)
    assert asks.reason.startswith("表列分值合计120分")
    assert asks.proposal is not None
    assert asks.proposal.label == "30 30 15 15（合计90分）"


def test_what_does_not_apply_has_no_weight_and_is_not_asked_for_one() -> None:
    nothing = printed("其他", "无", weight=None)
    target = asked(*rows("40", "40", "10"), nothing)
    assert not [q for q in proposals(target) if q.topic is Topic.WEIGHTS]
    assert not [q for q in proposals(asked(nothing)) if q.topic is Topic.WEIGHTS]
    missing = asked(*rows(None, None, None), nothing)
    typed = answer(missing, question(missing, Topic.WEIGHTS), None, "40 40 10")
    assert isinstance(typed.effect, Weigh)
    assert [row.weight for row in typed.effect.indicators] == [40, 40, 10, None]


def test_rows_that_belong_nowhere_get_no_proposal() -> None:
    lost = replace(rows(None)[0], indicator_class="其他", category="其他")
    asks = question(asked(lost), Topic.WEIGHTS)
    assert (asks.choices, asks.proposal) == ((), None)
    assert "无法分配分值" in asks.reason


def test_weights_are_typed_in_the_order_of_the_form() -> None:
    target = asked(*rows(None, None, None))
    asks = question(target, Topic.WEIGHTS)
    typed = answer(target, asks, None, "40、40，20")
    assert typed.label == "40 40 20（合计100分）"
    for nonsense in ("40 40", "40 40 40", "甲 乙 丙", "-10 80 20", "NaN 80 20"):
        with pytest.raises(AnswerNotReadableError):
            answer(target, asks, None, nonsense)


def test_a_weight_is_given_to_an_indicator_that_is_there() -> None:
    with pytest.raises(NotOnRecordError):
        Target(declaration()).confirm_weights(
            {UUID(int=5): Decimal(90)}, confirmed_on=JUNE, reason="核定"
        )


# Shape.


def test_rent_and_matching_funds_are_proposed_to_be_paid_at_checkpoints() -> None:
    target = asked(visits(), project="办公用房租赁费", shape=Shape.EVEN)
    asks = question(target, Topic.SHAPE)
    assert [choice.key for choice in asks.choices] == ["lumps", "even"]
    assert asks.proposal is asks.choices[0]
    with pytest.raises(NoSuchChoiceError):
        answer(target, asks, None, "随时")


@pytest.mark.parametrize(
    ("project", "shape"),
    [("办公用房租赁费", None), ("办公用房租赁费", Shape.LUMPS), ("城乡医疗救助", Shape.EVEN)],
)
def test_no_shape_is_asked_once_it_is_set_or_where_nothing_speaks_for_another(
    project: str, shape: Shape | None
) -> None:
    target = asked(visits(), project=project, shape=shape)
    assert not [q for q in proposals(target) if q.topic is Topic.SHAPE]


# Settling.

ROWS = (cost("项目总成本", "≥450万元"), printed("一站式结算比例", "不低于上年"), visits())
PLAN = SpendingPlan((Checkpoint(date(2025, 12, 31), Decimal(1)),))


def declared() -> Target:
    return Target(declaration(name="办公用房租赁费", indicators=ROWS, plan=PLAN))


def test_a_target_is_asked_what_is_open_and_then_no_more() -> None:
    target = declared()
    known = Baseline(ROWS[1].indicator_id, "98%", Decimal(98), "%", 2024)
    asks = questions(asked_of(target, Beside({ROWS[1].indicator_id: known})))
    assert [one.topic for one in asks] == [
        *(Topic.COST_DIRECTION, Topic.BASELINE, Topic.SHAPE, Topic.WEIGHTS, Topic.KIND)
    ]
    assert [one.topic.blocking for one in asks] == [True, True, False, False, False]
    assert [one.topic.asks[-1] for one in asks] == ["？"] * 5
    assert [one.topic.label for one in asks] == [
        *("成本方向", "缺基期值", "进度形状", "分值", "评判方式")
    ]
    for one in asks:
        accepted = answer(asked_of(target), one, None, None)
        assert accepted is one.proposal
        settle(target, accepted.effect, on=JUNE, reason="采纳")
    assert topics(target)[1:] == [
        "target.reading_confirmed",
        "target.baseline_set",
        "target.plan_set",
        "target.weights_confirmed",
        "target.kind_chosen",
    ]
    [left] = questions(asked_of(target))
    assert (left.topic, left.about) == (Topic.KIND, "一站式结算比例")
    assert asked_of(target).budget_wan == Decimal(450)


def test_each_answer_is_the_fact_it_says() -> None:
    target = declared()
    turned = replace(ROWS[0], to_confirm=())
    settle(target, ReadAs(turned), on=JUNE, reason="按≤")
    settle(target, JudgeAs(replace(turned, kind=Kind.LEVEL)), on=JUNE, reason="按水平")
    against = Baseline(ROWS[1].indicator_id, "98%", Decimal(98), "%", 2024)
    settle(target, MeasureAgainst(against), on=JUNE, reason="2024年自评表")
    assert target.pending_events[-1].baseline.source == "2024年自评表"  # type: ignore[attr-defined]
    settle(
        target,
        MeasureAgainst(replace(against, text="97%", number=Decimal(97), source="决算")),
        on=JUNE,
        reason="",
    )
    assert target.pending_events[-1].baseline.source == "决算"  # type: ignore[attr-defined]
    weighed = tuple(replace(row, weight=None if row is ROWS[2] else Decimal(45)) for row in ROWS)
    settle(target, Weigh(weighed), on=JUNE, reason="核定")
    settle(target, SpendBy(Shape.LUMPS), on=JUNE, reason="一次支付")
    first, second, third = target.indicators.values()
    assert (first.kind, first.weight, second.baseline, second.weight, third.weight) == (
        Kind.LEVEL,
        Decimal(45),
        Decimal(97),
        Decimal(45),
        None,
    )
    assert second.value == TargetValue(
        "不低于上年", second.value.comparator, None, "%", second.value.due_on
    )
    assert target.plan_in_force == (PLAN, Shape.LUMPS, None, NEW_YEAR, "一次支付")


def test_last_years_value_is_why_something_is_held_against_it() -> None:
    against = replace(printed("结算比例", "不低于上年"), baseline=Decimal(98), to_confirm=())
    asks = question(asked(against), Topic.KIND)
    assert (asks.reason, asks.printed) == ("与上年的值比较", "不低于上年")


@pytest.mark.parametrize(
    ("check", "row"),
    [
        ("direction.cost_floor", cost("项目总成本", "≥450万元")),
        ("value.cut_off", printed("比例", "≥", medium_text="≥70%")),
        ("value.missing", printed("比例", "", medium_text="≥70%")),
        ("value.two_values", printed("参保人数", "20 人; 2.8 万人")),
        ("value.range", printed("合格率", "90%-95%")),
        ("value.contradicts_name", printed("住院报销比例63%", "≥98%")),
        ("unit.contradicts_rate", printed("业务处理及时率", "≤30天")),
    ],
)
def test_an_answer_mends_the_error_that_is_about_the_same_thing(check: str, row: Indicator) -> None:
    found = review_declarations([declaration(indicators=(row,))]).findings
    assert check in {one.check for one in found}
    target = asked(row)
    answered = answer(target, questions(target)[0], None, None).effect
    assert isinstance(answered, ReadAs)
    assert is_mended(check, row, answered.indicator)
    assert not is_mended(check, row, row)
    assert not is_mended("head.no_objective", row, answered.indicator)


def test_every_error_that_an_answer_mends_is_one_of_the_catalogue() -> None:
    assert {check.id for check in CATALOGUE} >= ANSWERED_BY.keys()


def test_weights_outlive_a_revision_that_prints_the_same_ones() -> None:
    target = declared()
    weights = {row.indicator_id: Decimal(30) for row in ROWS}
    target.confirm_weights(weights, confirmed_on=JUNE, reason="核定")
    changed = declaration(
        name="办公用房租赁费",
        indicators=(*ROWS[:2], replace(visits(), value=TargetValue("≥12万人次"))),
    )
    target.propose_revision(changed, reason="调整", document_no=None, proposed_on=JUNE)
    target.approve_revision(target.version, JUNE)
    assert [row.weight for row in target.indicators.values()] == [30, 30, 30]
