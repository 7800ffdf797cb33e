"""Scoring numbers against targets and by the form's own standard (rules §8)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.indicator import Comparator, Kind
from domain.scoring.actual import Actual
from domain.scoring.policy import (
    DEFAULT_POLICY,
    PASS_FLOOR,
    SATISFACTION_STEPS,
    ReverseRule,
    SatisfactionStep,
    ScoringPolicy,
)
from domain.scoring.profile import Group
from domain.scoring.result import Flag, Outcome, RowScore
from domain.scoring.row import ScoredRow, score_row
from domain.scoring.standard import Deduction, ScoringStandard, read_standard
from domain.target_value import read_value

D = Decimal
BY_RATIO = ScoringPolicy(reverse_rule=ReverseRule.BY_RATIO)
TEN = D(10)


def row(target: str, actual: str | None, kind: Kind = Kind.LEVEL, name: str = "") -> ScoredRow:
    """A row of one value, read as the form reads it."""
    reported = None if actual is None else Actual.read(actual, name=name)
    return ScoredRow(name, kind, (read_value(target, name=name),), (reported,))


def scored(
    target: str,
    actual: str | None,
    weight: str = "10",
    kind: Kind = Kind.LEVEL,
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> RowScore:
    return score_row(row(target, actual, kind), D(weight), policy)


def by_standard(standard: str, actual: str, *, target: str = "80%", weight: str = "10") -> RowScore:
    read = read_standard(standard)
    assert read is not None
    value = read_value(target)
    return score_row(
        ScoredRow("", Kind.LEVEL, (value,), (Actual.read(actual),), standard=read),
        D(weight),
        DEFAULT_POLICY,
    )


@pytest.mark.parametrize(
    ("target", "actual", "kind", "weight", "score", "working"),
    [
        (
            "≥95%",
            "94.6%",
            Kind.LEVEL,
            "6",
            "5.97",
            "完成值94.6%，未达到指标值≥95%：6×94.6÷95=5.97分。",
        ),
        ("65.66", "65.07", Kind.LEVEL, "10", "9.91", None),
        ("8755人", "8676人", Kind.CUMULATIVE, "15", "14.86", None),
        (
            "198家",
            "160家",
            Kind.CUMULATIVE,
            "12.5",
            "10.10",
            "完成值160家，未达到指标值198家：12.5×160÷198=10.10分。",
        ),
        ("≥63%", "62.8%", Kind.LEVEL, "12.5", "12.46", None),
        ("≥10万人次", "10.4", Kind.CUMULATIVE, "6", "6.00", None),
        ("≥10万人次", "52000人次", Kind.CUMULATIVE, "10", "5.20", None),
        ("100000", "5.2万人次", Kind.CUMULATIVE, "10", "5.20", None),
        ("100000", "5.2万", Kind.CUMULATIVE, "10", "5.20", None),
        ("1亿元", "5000万元", Kind.CUMULATIVE, "10", "5.00", None),
        ("≥100000人次", "5.2万", Kind.CUMULATIVE, "10", "5.20", None),
        ("≥10万人次", "5.2万", Kind.CUMULATIVE, "10", "5.20", None),
        ("≥2亿元", "1.5亿", Kind.CUMULATIVE, "10", "7.50", None),
        ("200000000", "1.5亿元", Kind.CUMULATIVE, "10", "7.50", None),
        ("≥60万元", "58万元", Kind.CEILING, "10", "9.67", None),
        ("≤60万元", "58万元", Kind.CEILING, "10", "10.00", None),
        ("≤15%", "12.5%", Kind.CEILING, "10", "10.00", None),
        ("=100%", "99%", Kind.LEVEL, "10", "9.90", None),
        ("≤3%", "-1%", Kind.CEILING, "10", "10.00", None),
    ],
)
def test_a_number_short_of_its_target_earns_its_share_of_the_weight(
    target: str, actual: str, kind: Kind, weight: str, score: str, working: str | None
) -> None:
    result = scored(target, actual, weight, kind)

    assert str(result.score) == score
    assert result.outcome is (Outcome.MET if D(score) == D(weight) else Outcome.PARTLY)
    assert working is None or result.working == working


def test_a_target_that_is_met_earns_the_whole_weight() -> None:
    assert scored("≥95%", "95%", "6") == RowScore(
        D("6.00"), Outcome.MET, "完成值95%，达到指标值≥95%，得满分6分。"
    )


def test_nothing_done_earns_nothing_and_is_not_met() -> None:
    assert scored("≥12次", "0次") == RowScore(
        D("0.00"), Outcome.NOT_MET, "完成值0次，未达到指标值≥12次：10×0÷12=0.00分。"
    )


def test_a_negative_value_counts_as_nothing() -> None:
    assert scored("≥12次", "-3次") == RowScore(
        D("0.00"),
        Outcome.NOT_MET,
        "完成值-3次，未达到指标值≥12次：完成值为负数，按0计，得0.00分。",
    )


@pytest.mark.parametrize(
    ("actual", "score", "how"),
    [
        ("60万元", "8.00", "10×[1-（60-50）÷50]=8.00分"),
        ("99.99万元", "0.00", "10×[1-（99.99-50）÷50]=0.00分"),
        ("99.95万元", "0.01", "10×[1-（99.95-50）÷50]=0.01分"),
        ("100万元", "0.00", "达到指标值的2倍及以上，得0.00分"),
        ("250万元", "0.00", "达到指标值的2倍及以上，得0.00分"),
    ],
)
def test_a_cost_above_its_ceiling_loses_by_its_excess_and_all_from_twice_on(
    actual: str, score: str, how: str
) -> None:
    result = scored("≤50万元", actual, kind=Kind.CEILING)

    assert str(result.score) == score
    assert result.working == f"完成值{actual}，未达到指标值≤50万元：{how}。"
    assert result.outcome is (Outcome.PARTLY if D(score) else Outcome.NOT_MET)


def test_by_policy_a_cost_above_its_ceiling_earns_target_over_actual() -> None:
    result = scored("≤50万元", "60万元", kind=Kind.CEILING, policy=BY_RATIO)

    assert str(result.score) == "8.33"
    assert result.working == "完成值60万元，未达到指标值≤50万元：10×50÷60=8.33分。"


def test_without_a_sign_the_kind_gives_the_direction() -> None:
    assert str(scored("50万元", "60万元", kind=Kind.CEILING).score) == "8.00"
    assert str(scored("50万元", "60万元", kind=Kind.LEVEL).score) == "10.00"
    assert str(scored("=50万元", "60万元", kind=Kind.CEILING).score) == "8.00"


def test_the_printed_sign_wins_over_the_kind() -> None:
    assert str(scored("≥50万元", "40万元", kind=Kind.CEILING).score) == "8.00"
    assert str(scored(">50万元", "40万元", kind=Kind.CEILING).score) == "8.00"
    assert str(scored("≤50万元", "40万元", kind=Kind.LEVEL).score) == "10.00"
    assert str(scored("<50万元", "60万元", kind=Kind.LEVEL).score) == "8.00"


def test_equal_exceeded_on_the_good_side_is_met_and_flagged() -> None:
    result = scored("=100人", "105人")

    assert (str(result.score), result.outcome) == ("10.00", Outcome.MET)
    assert result.flags == (Flag.BEYOND_EQUAL,)
    assert result.working == (
        "完成值105人，达到指标值=100人，得满分10分；指标值为“=”而完成值不相等，请核对。"
    )
    assert scored("=100人", "100人").flags == ()
    assert scored("=100万元", "90万元", kind=Kind.CEILING).flags == (Flag.BEYOND_EQUAL,)


@pytest.mark.parametrize("sign", [">", "<"])
def test_equality_with_a_strict_sign_is_not_met_but_flagged(sign: str) -> None:
    result = scored(f"{sign}90分", "90分", "6")

    assert (str(result.score), result.outcome) == ("6.00", Outcome.PARTLY)
    assert result.flags == (Flag.AT_STRICT_LIMIT,)
    assert result.working == (
        f"完成值90分，未达到指标值{sign}90分（相等不算达到，请核对）：按比例得6分。"
    )


@pytest.mark.parametrize(
    ("target", "actual", "kind", "score"),
    [
        ("≤0起", "0起", Kind.CEILING, "10.00"),
        ("≤0起", "1起", Kind.CEILING, "0.00"),
        ("=0起", "1起", Kind.CEILING, "0.00"),
        ("≥0起", "0起", Kind.LEVEL, "10.00"),
        ("≥0起", "7起", Kind.LEVEL, "10.00"),
        ("≥0起", "-1起", Kind.LEVEL, "0.00"),
        (">0起", "0起", Kind.LEVEL, "0.00"),
        ("<0起", "0起", Kind.CEILING, "0.00"),
        ("0起", "0起", Kind.LEVEL, "10.00"),
    ],
)
def test_a_target_of_zero_gives_all_or_nothing(
    target: str, actual: str, kind: Kind, score: str
) -> None:
    result = scored(target, actual, kind=kind)

    assert str(result.score) == score
    assert result.outcome is (Outcome.MET if D(score) else Outcome.NOT_MET)
    assert result.flags == ()
    if not D(score):
        assert result.working == (
            f"完成值{actual}，未达到指标值{target}；指标值为0，达到得满分、否则得0分。"
        )


@pytest.mark.parametrize(("actual", "flagged"), [("129.99人", False), ("130人", True)])
def test_from_thirty_percent_above_the_target_the_row_is_full_and_wants_a_reason(
    actual: str, *, flagged: bool
) -> None:
    result = scored("≥100人", actual)

    assert str(result.score) == "10.00"
    assert (Flag.FAR_EXCEEDED in result.flags) is flagged
    assert result.working.endswith("；完成值达到指标值的130%及以上，须说明原因。") is flagged


def test_a_low_value_far_below_its_ceiling_wants_no_reason() -> None:
    assert scored("≤100万元", "1万元", kind=Kind.CEILING).flags == ()


def test_equal_and_far_exceeded_are_both_flagged() -> None:
    assert scored("=100人", "130人").flags == (Flag.BEYOND_EQUAL, Flag.FAR_EXCEEDED)


def test_the_percentage_that_wants_a_reason_is_policy() -> None:
    policy = ScoringPolicy(explain_from=D("1.5"))

    assert scored("≥100人", "149人", policy=policy).flags == ()
    assert "150%" in scored("≥100人", "150人", policy=policy).working


def test_a_score_is_rounded_half_up() -> None:
    assert str(scored("≥400人", "201人", "5").score) == "2.51"
    assert str(scored("≥800人", "401人", "10").score) == "5.01"
    assert str(scored("≥8000人", "4003人", "10").score) == "5.00"


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        ("≥-5%", "3%", "指标值“≥-5%”为负数"),
        ("≥-5%", None, "指标值“≥-5%”为负数"),
        ("≤30天", "98%", "单位不符：“%”不能换算为“天”"),
        ("≥10人", "5人次", "单位不符：“人次”不能换算为“人”"),
        ("≥80%", "良好", "完成值“良好”读不出数值"),
        ("不低于上年", "100%", "指标值“不低于上年”读不出数值"),
        ("不低于上年", None, "指标值“不低于上年”读不出数值"),
    ],
)
def test_what_cannot_be_judged_says_why(target: str, actual: str | None, reason: str) -> None:
    assert scored(target, actual) == RowScore(
        None, Outcome.CANNOT_DETERMINE, f"无法判定（{reason}）。"
    )


def test_a_row_without_a_value_is_open() -> None:
    assert scored("≥10人", None) == RowScore(None, Outcome.OPEN, "未定：完成值未填报。")


def test_a_bare_number_beside_a_rate_is_percent() -> None:
    plain = score_row(row("≥95%", "94.6", name="参保率"), TEN, DEFAULT_POLICY)
    tiny = score_row(row("≥95%", "0.92", name="参保率"), TEN, DEFAULT_POLICY)
    bare = score_row(row("≥80", "86%", name="群众满意度"), TEN, DEFAULT_POLICY)

    assert (str(plain.score), str(tiny.score), str(bare.score)) == ("9.96", "0.10", "10.00")


def test_the_pass_floor_is_off_by_default_and_takes_all_below_it() -> None:
    policy = ScoringPolicy(pass_floor=PASS_FLOOR)

    assert str(scored("≥100人", "59人").score) == "5.90"
    assert str(scored("≥100人", "60人", policy=policy).score) == "6.00"
    assert scored("≥100人", "59人", policy=policy) == RowScore(
        D("0.00"),
        Outcome.NOT_MET,
        "完成值59人，未达到指标值≥100人：10×59÷100=5.90分；低于及格线60%，计0分。",
    )


@pytest.mark.parametrize(
    ("actual", "score", "outcome", "working"),
    [
        ("90%", "10.00", Outcome.MET, "满意度90%，达到90%一档：10×1=10.00分。"),
        ("89.9%", "8.00", Outcome.PARTLY, "满意度89.9%，达到80%一档：10×0.8=8.00分。"),
        ("80%", "8.00", Outcome.PARTLY, "满意度80%，达到80%一档：10×0.8=8.00分。"),
        ("60%", "5.00", Outcome.PARTLY, "满意度60%，达到60%一档：10×0.5=5.00分。"),
        ("59.9%", "0.00", Outcome.NOT_MET, "满意度59.9%，低于最低一档60%，得0分。"),
    ],
)
def test_satisfaction_can_be_scored_by_steps(
    actual: str, score: str, outcome: Outcome, working: str
) -> None:
    policy = ScoringPolicy(satisfaction_steps=SATISFACTION_STEPS[::-1])
    target = read_value("≥95%")
    asked = ScoredRow(
        "满意度", Kind.LEVEL, (target,), (Actual.read(actual),), group=Group.SATISFACTION
    )

    assert score_row(asked, TEN, policy) == RowScore(D(score), outcome, working)


def test_steps_of_satisfaction_are_for_satisfaction_only() -> None:
    policy = ScoringPolicy(satisfaction_steps=(SatisfactionStep(D(60), D("0.5")),))
    target, actual = (read_value("≥95%"),), (Actual.read("60%"),)
    output = ScoredRow("", Kind.LEVEL, target, actual, group=Group.OUTPUTS)
    asked = ScoredRow("", Kind.LEVEL, target, actual, group=Group.SATISFACTION)

    assert str(score_row(output, TEN, policy).score) == "6.32"
    assert str(score_row(asked, TEN, policy).score) == "5.00"
    assert str(score_row(asked, TEN, DEFAULT_POLICY).score) == "6.32"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小于等于50万元得满分", (Comparator.AT_MOST, "50", "万元", None)),
        ("达到100%得满分", (Comparator.AT_LEAST, "100", "%", None)),
        ("完成率100%得满分", (None, "100", "%", None)),
        ("等于100%得满分", (Comparator.EQUAL, "100", "%", None)),
        ("不小于3场得满分", (Comparator.AT_LEAST, "3", "场", None)),
        ("超过90分的，即得满分", (Comparator.MORE_THAN, "90", "分", None)),
        ("次数大于90次以上得满分", (Comparator.AT_LEAST, "90", "次", None)),
        ("控制在5天以内得满分", (Comparator.AT_MOST, "5", "天", None)),
        ("大于等于 1,200 人得满分", (Comparator.AT_LEAST, "1200", "人", None)),
        ("达到百分之九十五得满分", (Comparator.AT_LEAST, "95", "%", None)),
        (
            "成本数超过12万元扣10分，小于等于得满分",
            (Comparator.AT_MOST, "12", "万元", Deduction(D(10))),
        ),
        (
            "达到80%得满分，每降低百分之二扣1分。",
            (Comparator.AT_LEAST, "80", "%", Deduction(D(1), D(2))),
        ),
        ("每减少十二人，扣除二分", (None, None, None, Deduction(D(2), D(12)))),
        ("每降低十个百分点扣0.5分", (None, None, None, Deduction(D("0.5"), D(10)))),
        ("每超过二十天扣两分", (None, None, None, Deduction(D(2), D(20)))),
        ("100%得满分，每降低0%扣1分", (None, "100", "%", None)),
    ],
)
def test_a_scoring_standard_is_read_as_printed(
    text: str, expected: tuple[Comparator | None, str | None, str | None, Deduction | None]
) -> None:
    comparator, number, unit, deduction = expected

    assert read_standard(text) == ScoringStandard(
        text, comparator, None if number is None else D(number), unit, deduction
    )


def test_the_marks_a_standard_is_meant_for_are_read() -> None:
    read = read_standard(" 该指标达到80%得满分，共计10分，每降低百分之二扣1分。 ")

    assert read == ScoringStandard(
        "该指标达到80%得满分，共计10分，每降低百分之二扣1分。",
        Comparator.AT_LEAST,
        D(80),
        "%",
        Deduction(D(1), D(2)),
        D(10),
    )


@pytest.mark.parametrize(
    "text", ["健全得满分", "完成得满分", "在2023年度内完成得满分", "无", "", "不超过12万元扣10分"]
)
def test_a_standard_without_threshold_or_deduction_is_none(text: str) -> None:
    assert read_standard(text) is None


def test_each_two_percent_short_costs_a_point() -> None:
    """N's department sheet: 76 against 80."""
    result = by_standard("该指标达到80%得满分，共计10分，每降低百分之二扣1分。", "76%")

    assert result == RowScore(
        D("8.00"),
        Outcome.PARTLY,
        "按评分标准“该指标达到80%得满分，共计10分，每降低百分之二扣1分。”，"
        "完成值76%，相差4，应扣2分，得8.00分。",
    )


def test_a_part_of_a_step_costs_its_part_of_the_point() -> None:
    result = by_standard("达到80%得满分，每降低2%扣1分", "79%")

    assert (str(result.score), result.outcome) == ("9.50", Outcome.PARTLY)


def test_a_standard_never_takes_more_than_the_weight() -> None:
    result = by_standard("达到80%得满分，每降低2%扣1分", "10%")

    assert (str(result.score), result.outcome) == ("0.00", Outcome.NOT_MET)


def test_points_of_a_standard_follow_a_scaled_weight() -> None:
    result = by_standard("达到80%得满分，共计10分，每降低百分之二扣1分", "76%", weight="11.25")

    assert str(result.score) == "9.00"
    assert "应扣2.25分" in result.working


def test_a_standard_that_is_met_gives_full_marks_whatever_the_target_says() -> None:
    """N: 100次 ≥, but 大于90次以上得满分."""
    result = by_standard("大于90次以上得满分", "95次", target="≥100次")

    assert (str(result.score), result.outcome) == ("10.00", Outcome.MET)
    assert result.working == "完成值95次，达到指标值大于90次以上得满分，得满分10分。"


def test_short_of_a_standard_without_a_deduction_the_usual_rule_holds() -> None:
    assert str(by_standard("大于90次以上得满分", "45次", target="≥100次").score) == "5.00"
    assert str(by_standard("小于等于50万元得满分", "60万元", target="50万元").score) == "8.00"


def test_a_standard_without_a_threshold_takes_the_targets() -> None:
    assert str(by_standard("每降低1%扣0.5分", "77%", target="≥80%").score) == "8.50"


def test_a_standard_without_a_sign_takes_the_targets() -> None:
    assert (
        str(by_standard("50万元得满分，每超过1万元扣1分", "53万元", target="≤60万元").score)
        == "7.00"
    )


def test_a_cost_beyond_its_standard_loses_the_printed_points_at_once() -> None:
    over = by_standard(
        "成本数超过12万元扣10分，小于等于得满分", "12.01万元", target="12万元", weight="20"
    )
    within = by_standard(
        "成本数超过12万元扣10分，小于等于得满分", "12万元", target="12万元", weight="20"
    )

    assert str(over.score) == "10.00"
    assert over.working.endswith("完成值12.01万元，相差0.01，应扣10分，得10.00分。")
    assert str(within.score) == "20.00"


def test_a_standard_is_converted_to_the_unit_of_the_target() -> None:
    result = by_standard("小于等于500000元得满分", "55万元", target="50万元")

    assert str(result.score) == "9.00"


def test_a_standard_in_a_foreign_unit_cannot_be_used() -> None:
    result = by_standard("达到80%得满分", "7次", target="≥10次")

    assert result == RowScore(
        None, Outcome.CANNOT_DETERMINE, "无法判定（单位不符：“%”不能换算为“次”）。"
    )


def test_a_standard_does_not_rescue_a_negative_target() -> None:
    result = by_standard("每降低1%扣1分", "3%", target="≥-5%")

    assert result.outcome is Outcome.CANNOT_DETERMINE


NUMBERS = st.decimals(0, 1000, places=2)
WEIGHTS = st.decimals(0, 60, places=2)
SIGNS = st.sampled_from(["", "≥", "≤", "=", ">", "<"])
POLICIES = st.sampled_from([DEFAULT_POLICY, BY_RATIO, ScoringPolicy(pass_floor=PASS_FLOOR)])
KINDS = st.sampled_from([Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING])


def lower_is_better(sign: str, kind: Kind) -> bool:
    return sign in {"≤", "<"} or (sign in {"", "="} and kind is Kind.CEILING)


@given(SIGNS, KINDS, NUMBERS, NUMBERS, WEIGHTS, POLICIES)
def test_a_score_lies_between_nothing_and_the_weight_in_hundredths(
    sign: str, kind: Kind, target: Decimal, actual: Decimal, weight: Decimal, policy: ScoringPolicy
) -> None:
    result = scored(f"{sign}{target}人", f"{actual}人", str(weight), kind, policy)

    assert result.score is not None
    assert 0 <= result.score <= weight
    assert result.score.as_tuple().exponent == -2
    if result.outcome is Outcome.MET:
        assert result.score == weight


@given(SIGNS, KINDS, NUMBERS, st.tuples(NUMBERS, NUMBERS), WEIGHTS, POLICIES)
def test_a_better_value_never_scores_less(
    sign: str,
    kind: Kind,
    target: Decimal,
    pair: tuple[Decimal, Decimal],
    weight: Decimal,
    policy: ScoringPolicy,
) -> None:
    worse, better = sorted(pair, reverse=lower_is_better(sign, kind))
    low = scored(f"{sign}{target}人", f"{worse}人", str(weight), kind, policy).score
    high = scored(f"{sign}{target}人", f"{better}人", str(weight), kind, policy).score

    assert low is not None
    assert high is not None
    assert low <= high


@given(NUMBERS, NUMBERS, st.decimals("0.1", 10, places=1), st.decimals(0, 5, places=1))
def test_a_standard_is_monotone_too(
    one: Decimal, other: Decimal, step: Decimal, taken: Decimal
) -> None:
    assume(one != other)
    worse, better = sorted((one, other))
    standard = f"达到500人得满分，每降低{step}人扣{taken}分"
    low = by_standard(standard, f"{worse}人", target="≥500人").score
    high = by_standard(standard, f"{better}人", target="≥500人").score

    assert low is not None
    assert high is not None
    assert low <= high


def test_half_a_unit_below_nothing_counts_as_nothing() -> None:
    assert scored("≥12次", "-0.5次").working.endswith("完成值为负数，按0计，得0.00分。")


def test_a_target_a_little_below_nothing_cannot_be_judged() -> None:
    assert scored("≥-0.5%", "1%").working == "无法判定（指标值“≥-0.5%”为负数）。"


def test_above_the_pass_floor_a_row_keeps_what_it_earned() -> None:
    policy = ScoringPolicy(pass_floor=PASS_FLOOR)

    assert [str(scored("≥10次", f"{done}次", policy=policy).score) for done in (5, 6, 7)] == [
        "0.00",
        "6.00",
        "7.00",
    ]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("大于或等于80%得满分", Comparator.AT_LEAST),
        ("80%及以上得满分", Comparator.AT_LEAST),
        ("80%以上得满分", Comparator.AT_LEAST),
        ("小于等于80%得满分", Comparator.AT_MOST),
    ],
)
def test_the_longest_word_of_a_threshold_is_its_sign(text: str, comparator: Comparator) -> None:
    read = read_standard(text)

    assert read is not None
    assert (read.comparator, read.threshold, read.unit) == (comparator, D(80), "%")
