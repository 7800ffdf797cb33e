"""Scoring dates, marks, two values in a cell, and the execution of the budget (rules §8)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funds import FundSource
from domain.indicator import Achievement, Grade, Kind, TargetValue
from domain.scoring.actual import Actual, grade_in
from domain.scoring.execution import (
    FundRow,
    FundTotal,
    execution_rate,
    score_execution,
    total_of,
)
from domain.scoring.policy import DEFAULT_POLICY, LateShare, ScoringPolicy
from domain.scoring.result import Flag, Outcome, RowScore, plain, points
from domain.scoring.row import ScoredRow, score_row
from domain.target_value import read_value

D = Decimal
TEN = D(10)
DUE = date(2025, 2, 28)


def dated(actual: str | None, *, target: str = "2025年2月", weight: str = "10") -> RowScore:
    reported = None if actual is None else Actual.read(actual, year=2025)
    row = ScoredRow("", Kind.DATE, (read_value(target, year=2025),), (reported,))
    return score_row(row, D(weight), DEFAULT_POLICY)


def marked(mark: str | None, actual: str | None = "情况良好", weight: str = "10") -> RowScore:
    row = ScoredRow(
        "",
        Kind.QUALITATIVE,
        (TargetValue("有效保障"),),
        (None if actual is None else Actual.read(actual),),
        mark=None if mark is None else D(mark),
    )
    return score_row(row, D(weight), DEFAULT_POLICY)


def parted(actuals: list[str | None], weight: str = "12.5", kind: Kind = Kind.LEVEL) -> RowScore:
    """P1: 20 人; 2.8 万人."""
    row = ScoredRow(
        "",
        kind,
        (read_value("20人"), read_value("2.8万人")),
        tuple(None if text is None else Actual.read(text) for text in actuals),
    )
    return score_row(row, D(weight), DEFAULT_POLICY)


@pytest.mark.parametrize("done", ["2025年2月28日", "2025年1月3日", "2月"])
def test_what_is_done_in_time_is_full(done: str) -> None:
    result = dated(done)

    assert (str(result.score), result.outcome, result.flags) == ("10.00", Outcome.MET, ())
    assert result.working.startswith("2月28日到期，")
    assert result.working.endswith("完成，按时完成，得满分10分。")


@pytest.mark.parametrize(
    ("days", "score", "outcome"),
    [
        (1, "8.00", Outcome.PARTLY),
        (30, "8.00", Outcome.PARTLY),
        (31, "6.00", Outcome.PARTLY),
        (90, "6.00", Outcome.PARTLY),
        (91, "0.00", Outcome.NOT_MET),
    ],
)
def test_lateness_costs_by_its_days_and_a_person_confirms(
    days: int, score: str, outcome: Outcome
) -> None:
    result = dated((DUE + timedelta(days)).isoformat())

    assert (str(result.score), result.outcome, result.flags) == (score, outcome, (Flag.LATE,))


def test_a_payment_49_days_late_earns_six_tenths() -> None:
    """A6: the tracing code, due in February, paid on 18 April."""
    assert dated("2025年4月18日").working == (
        "2月28日到期，4月18日完成，逾期49天完成：10×0.6=6.00分，须人工确认。"
    )


def test_years_are_named_where_they_differ() -> None:
    assert dated("2026年1月5日", target="2025年12月底").working == (
        "2025年12月31日到期，2026年1月5日完成，逾期5天完成：10×0.8=8.00分，须人工确认。"
    )


@pytest.mark.parametrize(
    "said",
    ["未支付，预计2026年1月", "预计2025年2月完成", "拟于2025年2月支付", "未能完成，已报2025年2月"],
)
def test_a_day_beside_a_promise_is_no_day_of_completion(said: str) -> None:
    result = dated(said)

    assert (str(result.score), result.outcome) == ("0.00", Outcome.NOT_MET)


def test_late_in_words_and_done_by_a_day_is_done_late() -> None:
    assert str(dated("未按期，2025年3月5日完成").score) == "8.00"
    assert str(dated("按计划拟定方案，2025年3月5日完成").score) == "8.00"


def test_the_shares_of_lateness_are_policy() -> None:
    row = ScoredRow("", Kind.DATE, (read_value("2025年2月"),), (Actual.read("2025-03-01"),))
    policy = ScoringPolicy(late_shares=(LateShare(1, D("0.5")),))

    assert str(score_row(row, TEN, policy).score) == "5.00"


def test_done_on_time_without_a_day_is_full_and_flagged() -> None:
    assert dated("已按时完成") == RowScore(
        D("10.00"),
        Outcome.MET,
        "2月28日到期，填报“已按时完成”，得满分10分；请补完成日期。",
        (Flag.NO_DAY_OF_COMPLETION,),
    )


@pytest.mark.parametrize("said", ["未完成", "否", "尚在支付", "没有完成", "未按时完成", "无法完成"])
def test_not_done_is_nothing(said: str) -> None:
    assert dated(said) == RowScore(
        D("0.00"), Outcome.NOT_MET, f"2月28日到期，完成情况“{said}”，未完成，得0分。"
    )


@pytest.mark.parametrize("said", ["已完成", "100%", "是否"])
def test_done_without_a_day_cannot_be_judged(said: str) -> None:
    assert dated(said) == RowScore(
        None, Outcome.CANNOT_DETERMINE, f"无法判定（完成值“{said}”没有完成日期）。"
    )


def test_a_date_without_a_report_is_open() -> None:
    assert dated(None) == RowScore(None, Outcome.OPEN, "未定：完成情况未填报。")


def test_a_date_nobody_can_read_cannot_be_judged() -> None:
    assert dated(None, target="尽快") == RowScore(
        None, Outcome.CANNOT_DETERMINE, "无法判定（指标值“尽快”读不出日期）。"
    )


@pytest.mark.parametrize(
    ("mark", "grade", "band", "outcome"),
    [
        ("10", "达成", "8—10", Outcome.MET),
        ("8", "达成", "8—10", Outcome.MET),
        ("7.99", "部分达成", "6—8（不含）", Outcome.PARTLY),
        ("6", "部分达成", "6—8（不含）", Outcome.PARTLY),
        ("5.99", "未达成", "0—6（不含）", Outcome.NOT_MET),
        ("0", "未达成", "0—6（不含）", Outcome.NOT_MET),
    ],
)
def test_a_given_mark_is_taken_and_says_its_band(
    mark: str, grade: str, band: str, outcome: Outcome
) -> None:
    score = D(mark).quantize(D("0.01"))

    assert marked(mark) == RowScore(score, outcome, f"评为“{grade}”（{band}分），评分{score}分。")
    assert marked(mark, grade) == marked(mark)


def test_bands_follow_the_weight() -> None:
    assert marked("4.4", weight="5.5").working == "评为“达成”（4.4—5.5分），评分4.40分。"
    assert marked("4.39", weight="5.5").outcome is Outcome.PARTLY


@pytest.mark.parametrize("mark", ["10.01", "-0.01"])
def test_a_mark_outside_the_weight_is_not_taken(mark: str) -> None:
    assert marked(mark) == RowScore(
        None, Outcome.CANNOT_DETERMINE, f"无法判定（评分{mark}不在0—10分之内）。"
    )


def test_a_mark_is_rounded_before_it_is_checked() -> None:
    assert str(marked("10.004").score) == "10.00"
    assert (str(marked("7.995").score), marked("7.995").outcome) == ("8.00", Outcome.MET)


def test_a_mark_that_contradicts_the_stated_grade_is_not_taken() -> None:
    assert marked("9", "部分达成年度指标") == RowScore(
        None, Outcome.CANNOT_DETERMINE, "无法判定（评分9与“部分达成”不符，应为6—8（不含）分）。"
    )


def test_nothing_is_proposed_without_a_mark() -> None:
    assert marked(None) == RowScore(
        None,
        Outcome.OPEN,
        "未定：定性指标，待评分（达成8—10、部分达成6—8（不含）、未达成0—6（不含））。",
    )
    assert marked(None, "达成").working == "未定：定性指标，填报“达成”，待在8—10分内评分。"
    assert marked(None, None).outcome is Outcome.OPEN


def test_a_mark_without_a_fact_is_taken_and_flagged() -> None:
    assert marked("9", None) == RowScore(
        D("9.00"),
        Outcome.MET,
        "评为“达成”（8—10分），评分9.00分；缺事实或佐证，请补充。",
        (Flag.NO_EVIDENCE,),
    )


def test_two_values_in_a_cell_share_the_weight() -> None:
    assert parted(["19", "2.76"]) == RowScore(
        D("12.10"),
        Outcome.PARTLY,
        "（a）完成值19，未达到指标值20人：6.25×19÷20=5.94分。"
        "（b）完成值2.76，未达到指标值2.8万人：6.25×2.76÷2.8=6.16分。"
        "合计5.94+6.16=12.10分。",
    )


def test_two_values_that_are_met_earn_the_whole_weight_to_the_hundredth() -> None:
    result = parted(["20人", "40000人"], weight="6.25")

    assert (str(result.score), result.outcome) == ("6.25", Outcome.MET)
    assert result.flags == (Flag.FAR_EXCEEDED,)


@pytest.mark.parametrize(
    ("actuals", "outcome"),
    [
        (["20人", None], Outcome.OPEN),
        ([None, "很多"], Outcome.CANNOT_DETERMINE),
        (["20人", "0人"], Outcome.PARTLY),
        (["0人", "0人"], Outcome.NOT_MET),
    ],
)
def test_a_cell_is_as_good_as_its_worst_part(actuals: list[str | None], outcome: Outcome) -> None:
    result = parted(actuals)

    assert result.outcome is outcome
    assert (result.score is None) is (outcome in {Outcome.OPEN, Outcome.CANNOT_DETERMINE})


def test_the_flags_of_parts_are_named_once() -> None:
    assert parted(["30人", "4万人"]).flags == (Flag.FAR_EXCEEDED,)


def test_a_row_that_is_not_applicable_has_no_score() -> None:
    row = ScoredRow("", Kind.NOT_APPLICABLE, (TargetValue("110001"),), (None,), unsettled="x")

    assert score_row(row, D(0), DEFAULT_POLICY) == RowScore(
        None, Outcome.NOT_APPLICABLE, "本指标不适用，不占分值。"
    )


def test_a_broken_row_cannot_be_judged() -> None:
    row = ScoredRow("", Kind.BROKEN, (TargetValue("比例≥"),), (Actual("71%", D(71), "%"),))

    assert score_row(row, TEN, DEFAULT_POLICY) == RowScore(
        None, Outcome.CANNOT_DETERMINE, "无法判定（指标值残缺）。"
    )


def test_what_a_person_must_settle_first_is_the_reason() -> None:
    row = ScoredRow("", Kind.LEVEL, (read_value("≥5人"),), (None,), unsettled="待补基期值")

    assert score_row(row, TEN, DEFAULT_POLICY).working == "无法判定（待补基期值）。"


def test_a_mark_on_a_number_is_not_used_and_said() -> None:
    row = ScoredRow("", Kind.LEVEL, (read_value("=10人"),), (Actual.read("11人"),), mark=D("3.50"))

    result = score_row(row, TEN, DEFAULT_POLICY)

    assert str(result.score) == "10.00"
    assert result.flags == (Flag.BEYOND_EQUAL, Flag.MARK_NOT_USED)
    assert result.working.endswith("请核对；填报的评分3.5不采用，按公式计分。")


def test_a_report_becomes_an_actual() -> None:
    report = Achievement(
        uuid4(), DUE, "94.6%", D("94.6"), "%", done_on=DUE, grade=Grade.PARTLY, note="x"
    )

    assert Actual.of(report) == Actual("94.6%", D("94.6"), "%", DUE, Grade.PARTLY)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("达成", Grade.ACHIEVED),
        (" 达成年度指标", Grade.ACHIEVED),
        ("部分达成年度指标并具有一定效果", Grade.PARTLY),
        ("未达成", Grade.NOT_ACHIEVED),
        ("基本达成", None),
        ("良好", None),
    ],
)
def test_a_grade_is_read_from_the_beginning_of_a_text(text: str, grade: Grade | None) -> None:
    assert grade_in(text) is grade
    assert Actual.read(text).grade is grade


def test_points_are_clamped_and_rounded_half_up() -> None:
    assert list(map(str, map(points, map(D, ("-1", "0.005", "7.125", "11")), [TEN] * 4))) == [
        *["0.00", "0.01", "7.13", "10.00"]
    ]


def test_numbers_are_printed_as_people_write_them() -> None:
    assert list(map(plain, map(D, ("10.00", "1E+2", "0.50", "100", "3.14")))) == [
        *["10", "100", "0.5", "100", "3.14"]
    ]


@pytest.mark.parametrize(
    ("budget", "executed", "score"),
    [
        ("4000", "4000", "10.00"),
        ("3.42", "3.41", "9.97"),
        ("22.74", "15.5", "6.82"),
        ("100", "85", "8.50"),
        ("4678", "4678", "10.00"),
        ("0.5", "0.25", "5.00"),
    ],
)
def test_the_execution_of_ten_points_as_the_cases_have_it(
    budget: str, executed: str, score: str
) -> None:
    """H4, H2, A6, the one-off, A1."""
    result = score_execution(TEN, D(budget), D(executed))

    assert str(result.score) == score
    assert result.working == f"执行{executed}÷预算{budget}：10×{executed}÷{budget}={score}分。"
    assert result.outcome is (Outcome.MET if budget == executed else Outcome.PARTLY)


def test_nothing_paid_earns_nothing() -> None:
    assert score_execution(TEN, D(5), D(0)) == RowScore(
        D("0.00"), Outcome.NOT_MET, "执行0÷预算5：10×0÷5=0.00分。"
    )


def test_executed_above_the_budget_is_full_and_asks_for_a_check() -> None:
    assert score_execution(TEN, D("50.00"), D(51)) == RowScore(
        D("10.00"),
        Outcome.MET,
        "执行51÷预算50，执行数大于预算数，按100%计，得满分10分；请核对追加是否漏录。",
        (Flag.OVER_BUDGET,),
    )


def test_executed_below_zero_counts_as_nothing() -> None:
    assert score_execution(TEN, D(50), D(-1)) == RowScore(
        D("0.00"), Outcome.NOT_MET, "执行-1÷预算50，执行数为负数，按0计，得0.00分。"
    )


@pytest.mark.parametrize(
    ("budget", "executed", "missing"),
    [(None, None, "全年预算数"), (None, "1", "全年预算数"), ("1", None, "全年执行数")],
)
def test_execution_is_open_until_both_amounts_are_entered(
    budget: str | None, executed: str | None, missing: str
) -> None:
    result = score_execution(
        TEN, None if budget is None else D(budget), None if executed is None else D(executed)
    )

    assert result == RowScore(None, Outcome.OPEN, f"未定：{missing}未录入。")


@pytest.mark.parametrize("budget", ["0", "-1"])
def test_without_a_budget_the_execution_cannot_be_told(budget: str) -> None:
    assert score_execution(TEN, D(budget), D(0)) == RowScore(
        None, Outcome.CANNOT_DETERMINE, f"无法判定（全年预算数为{budget}，算不出预算执行率）。"
    )
    assert execution_rate(D(budget), D(1)) is None


def test_execution_that_weighs_nothing_is_never_open() -> None:
    assert score_execution(D(0), None, None) == RowScore(
        D("0.00"), Outcome.NOT_APPLICABLE, "指标分值合计100分，预算执行率不另计分。"
    )


def test_the_execution_rate_has_four_decimals() -> None:
    assert execution_rate(D(3), D(2)) == D("0.6667")
    assert execution_rate(D("0.01"), D("0.01")) == 1
    assert execution_rate(None, D(2)) is None
    assert execution_rate(D(3), None) is None


def fund(source: FundSource, adjusted: str, executed: str | None, original: str = "0") -> FundRow:
    return FundRow(source, D(original), D(adjusted), None if executed is None else D(executed))


def test_the_total_row_is_open_while_other_funds_wait_for_their_entry() -> None:
    """A1: 4678 = 3700 fiscal + 978 other; 10.00 once the 978 is entered, never 7.91."""
    fiscal = fund(FundSource.CURRENT_YEAR, "3700", "3700", "3600")

    waiting = total_of([fiscal, fund(FundSource.OTHER, "978", None, "978")])
    entered = total_of([fiscal, fund(FundSource.OTHER, "978", "978", "978")])

    assert waiting == FundTotal(D(4578), D(4678), None)
    assert entered == FundTotal(D(4578), D(4678), D(4678))
    assert score_execution(TEN, waiting.adjusted, waiting.executed).outcome is Outcome.OPEN
    assert str(score_execution(TEN, entered.adjusted, entered.executed).score) == "10.00"


def test_a_source_without_money_is_not_waited_for() -> None:
    rows = [fund(FundSource.CURRENT_YEAR, "5", "2"), fund(FundSource.OTHER, "0", None)]

    assert total_of(rows).executed == 2


@given(st.integers(-400, 400))
def test_a_later_day_never_scores_more(days: int) -> None:
    one = dated((DUE + timedelta(days)).isoformat()).score
    next_ = dated((DUE + timedelta(days + 1)).isoformat()).score

    assert one is not None
    assert next_ is not None
    assert 0 <= next_ <= one <= 10


AMOUNTS = st.decimals(-100, 10_000, places=2)


@given(st.decimals("0.01", 10_000, places=2), AMOUNTS, AMOUNTS)
def test_execution_is_monotone_and_never_above_its_weight(
    budget: Decimal, one: Decimal, other: Decimal
) -> None:
    less, more = sorted((one, other))
    low, high = (score_execution(TEN, budget, paid).score for paid in (less, more))

    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 10


@given(st.decimals(0, 60, places=2), st.decimals(-1, 61, places=3))
def test_a_mark_is_taken_whole_or_not_at_all(weight: Decimal, mark: Decimal) -> None:
    result = marked(str(mark), weight=str(weight))

    if result.score is not None:
        assert 0 <= result.score <= weight
        assert abs(result.score - mark) <= D("0.005")
    else:
        assert result.outcome is Outcome.CANNOT_DETERMINE


@pytest.mark.parametrize("said", ["不能支付", "尚待支付", "无法支付", "没有支付", "未支付", "否"])
def test_whoever_says_that_it_is_not_done_earns_nothing(said: str) -> None:
    assert dated(said).outcome is Outcome.NOT_MET


@pytest.mark.parametrize("said", ["预计", "计划于", "拟于", "将于"])
def test_a_day_to_come_is_no_day_of_completion(said: str) -> None:
    assert dated(f"{said}2025年2月20日支付").outcome is Outcome.NOT_MET


@pytest.mark.parametrize("said", ["按时", "按期", "如期", "准时", "及时", "提前"])
def test_whoever_says_in_time_is_believed_and_asked_for_the_day(said: str) -> None:
    assert dated(f"{said}完成").flags == (Flag.NO_DAY_OF_COMPLETION,)


def test_a_day_in_the_year_before_is_named_with_its_year() -> None:
    assert dated("2024年12月20日").working == (
        "2025年2月28日到期，2024年12月20日完成，按时完成，得满分10分。"
    )


def test_a_bare_value_of_a_rate_is_percent() -> None:
    assert Actual.read("98", name="合格率").unit == "%"
    assert Actual.read("98").unit is None


def test_no_rate_is_told_of_a_budget_below_nothing() -> None:
    assert execution_rate(D("-0.5"), D(1)) is None
    assert execution_rate(D("0.5"), D("0.25")) == D("0.5")
