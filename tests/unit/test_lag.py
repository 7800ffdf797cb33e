"""What an evaluation finds, in sentences a head can read on a phone (cases, Model sentences)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.alert import Rule, Scope, Severity
from domain.funds import FundLine, FundSource
from domain.indicator import Achievement, Comparator, Indicator, Kind, TargetValue
from domain.lag import Lag, gone_sentence, lags_of
from domain.picture import KnownIndicator, Reading, TargetPicture
from domain.plan import Checkpoint, SpendingPlan
from domain.policy_terms import AlertTerms, PolicyTerms
from domain.standing import judge_target

VISITS = UUID(int=2)
PLAN = SpendingPlan(
    tuple(
        Checkpoint(date(2025, month, day), Decimal(share))
        for month, day, share in ((3, 31, "0.25"), (6, 30, "0.5"), (10, 31, "0.75"), (12, 31, "1"))
    )
)
PICTURE = TargetPicture(
    target_id=UUID(int=1),
    project_name="城乡医疗救助县级配套资金",
    unit_name="怀来县医疗保障局",
    fiscal_year=2025,
    fund_lines=(FundLine("1", FundSource.CURRENT_YEAR, Decimal(4_500_000), date(2025, 1, 1)),),
    indicators=(),
    executed=Decimal(1_500_000),
    complete_to=date(2025, 8, 31),
    plan=PLAN,
    unit_code="450001",
)


def visits(reported: str, on: date) -> KnownIndicator:
    indicator = Indicator(
        VISITS,
        "产出指标",
        "数量指标",
        "住院和门诊救助人次",
        TargetValue("≥10万人次", Comparator.AT_LEAST, Decimal(10), "万人次"),
        Kind.CUMULATIVE,
    )
    report = Achievement(VISITS, on, f"{reported}万人次", Decimal(reported), "万人次")
    return KnownIndicator(indicator, (Reading(report),))


def found(picture: TargetPicture, as_of: date) -> list[Lag]:
    standing = judge_target(picture, PolicyTerms(), as_of)
    return list(lags_of(picture, standing, AlertTerms()))


def test_the_model_sentence_of_a_red_light_of_money_comes_out() -> None:
    [lag] = found(PICTURE, date(2025, 8, 31))
    assert lag.sentence == (
        "【执行预警·红】城乡医疗救助县级配套资金（怀来县医疗保障局）：截至8月31日支出150.00万元，"
        "占全年预算450.00万元的33.3%；按资金支出计划应达62.6%（281.71万元），"
        "差131.71万元、29.3个百分点，为计划进度的53.2%。请于9月5日前填报原因和支出安排。"
    )
    assert lag.severity is Severity.RED
    assert lag.scope == Scope(Rule.MONEY_BEHIND_PLAN, UUID(int=1), 2025, None, "450001")
    assert dict(lag.inputs) == {
        "judged_on": "2025-08-31",
        "executed": "1500000",
        "budget": "4500000",
        "planned": "2817073.17",
        "ratio": "0.5325",
        "cause": "behind_plan",
    }


def test_the_model_sentence_of_a_red_light_of_goals_comes_out() -> None:
    picture = replace(
        PICTURE,
        project_name="城乡医疗救助",
        unit_name="金寨县医疗保障局",
        executed=Decimal(4_000_000),
        complete_to=date(2025, 6, 30),
        indicators=(visits("2.80", date(2025, 6, 30)),),
    )
    [lag] = found(picture, date(2025, 6, 30))
    assert lag.sentence == (
        "【目标预警·红】城乡医疗救助（金寨县医疗保障局）：“住院和门诊救助人次”6月底报2.80万人次，"
        "全年目标10万人次，上半年应完成5.00万人次（10×6/12），完成56.0%，少2.20万人次；"
        "照此全年约5.60万人次。请于7月11日前说明原因并填报全年预计数。"
    )
    assert lag.scope == Scope(Rule.INDICATOR_BEHIND, UUID(int=1), 2025, VISITS, "450001")
    assert dict(lag.inputs)["target"] == "≥10万人次"


def test_an_answer_is_never_asked_for_before_the_day_it_is_judged() -> None:
    picture = replace(
        PICTURE, executed=Decimal(4_000_000), indicators=(visits("2.80", date(2025, 6, 30)),)
    )
    [lag] = found(picture, date(2025, 8, 31))
    assert "请于9月11日前" in lag.sentence


def test_a_yellow_lag_says_so() -> None:
    [lag] = found(replace(PICTURE, executed=Decimal(2_000_000)), date(2025, 8, 31))
    assert lag.severity is Severity.YELLOW
    assert lag.sentence.startswith("【执行预警·黄】")


def test_more_spent_than_granted_is_a_lag_of_its_own_once_confirmed() -> None:
    over = replace(PICTURE, executed=Decimal(4_600_000), over_budget_confirmed=True)
    [lag] = found(over, date(2025, 8, 31))
    assert lag.scope.rule is Rule.MONEY_OVER_BUDGET
    assert "请于9月5日前说明超支原因并补办追加" in lag.sentence
    assert found(replace(over, over_budget_confirmed=False), date(2025, 8, 31)) == []


def test_on_plan_there_is_no_lag() -> None:
    on_plan = replace(
        PICTURE, executed=Decimal(3_000_000), indicators=(visits("8.0", date(2025, 8, 31)),)
    )
    assert found(on_plan, date(2025, 8, 31)) == []


def test_a_lag_that_is_gone_is_told_in_the_words_of_the_light_that_took_its_place() -> None:
    june = date(2025, 6, 30)
    picture = replace(
        PICTURE, executed=Decimal(3_000_000), indicators=(visits("5.2", june),), complete_to=june
    )
    standing = judge_target(picture, PolicyTerms(), june)
    money = Scope(Rule.MONEY_BEHIND_PLAN, picture.target_id, 2025)
    goal = Scope(Rule.INDICATOR_BEHIND, picture.target_id, 2025, VISITS)
    other = Scope(Rule.INDICATOR_BEHIND, picture.target_id, 2025, UUID(int=9))
    assert gone_sentence(picture, standing, money).startswith(
        "城乡医疗救助县级配套资金（怀来县医疗保障局）：截至6月30日支出300.00万元"
    )
    assert "“住院和门诊救助人次”6月底报5.20万人次" in gone_sentence(picture, standing, goal)
    assert gone_sentence(picture, standing, other).endswith("该指标已不再考核。")
