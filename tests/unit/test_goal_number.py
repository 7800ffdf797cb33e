"""Indicators measured in numbers: bands, tolerances, signs, direction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.goal_number import Measurement, judge_number
from domain.goal_verdict import Remark, Verdict
from domain.indicator import Comparator, Indicator, Kind, Milestone
from domain.light import Light
from domain.policy_terms import GoalTerms
from tests.judging import AUGUST, COLOURS, JUNE, YEAR, YEAR_END, indicator

AT_LEAST, AT_MOST, EQUAL, MORE, LESS = Comparator
BLUE = GoalTerms(blue_on=True)


def judge(
    judged: Indicator, value: str, day: date = YEAR_END, terms: GoalTerms | None = None
) -> Verdict:
    target = judged.value.number
    assert target is not None
    measurement = Measurement(judged, judged.value, target, Decimal(value), day, YEAR)
    return judge_number(measurement, terms or GoalTerms())


def cumulative(number: str, unit: str | None, sign: Comparator | None = AT_LEAST) -> Indicator:
    return indicator(number, unit, Kind.CUMULATIVE, sign)


def level(number: str, unit: str | None, sign: Comparator | None = AT_LEAST) -> Indicator:
    return indicator(number, unit, Kind.LEVEL, sign)


def ceiling(number: str, unit: str | None, sign: Comparator | None = AT_MOST) -> Indicator:
    return indicator(number, unit, Kind.CEILING, sign)


@pytest.mark.parametrize(
    ("judged", "value", "day", "colour"),
    [
        pytest.param(cumulative("100", "%"), "29.99", JUNE, "R", id="0.5998"),
        pytest.param(cumulative("100", "%"), "29.9975", JUNE, "Y", id="rounds to 0.60"),
        pytest.param(cumulative("100", "%"), "30", JUNE, "Y", id="0.60"),
        pytest.param(cumulative("100", "%"), "39.99", JUNE, "Y", id="0.7998"),
        pytest.param(cumulative("100", "%"), "40", JUNE, "G", id="0.80"),
        pytest.param(cumulative("100", "%"), "-1", JUNE, "R", id="below nothing"),
        pytest.param(cumulative("4", "次"), "0", JUNE, "R", id="two lacking"),
        pytest.param(cumulative("4", "次"), "1", JUNE, "Y", id="one lacking"),
        pytest.param(cumulative("2", "次"), "0", JUNE, "Y", id="the only one lacking"),
        pytest.param(cumulative("10", "次"), "4", JUNE, "G", id="one of five lacking"),
        pytest.param(cumulative("4", "公里"), "1", JUNE, "R", id="kilometres do not come whole"),
        pytest.param(cumulative("1", "次"), "0", JUNE, "–", id="nothing expected yet"),
        pytest.param(cumulative("1", "次"), "0", YEAR_END, "R", id="lacking one at the end"),
        pytest.param(cumulative("100", "次"), "90", YEAR_END, "Y", id="0.90 at the end"),
        pytest.param(cumulative("100", "次"), "89.99", YEAR_END, "R", id="0.8999 at the end"),
        pytest.param(cumulative("100", "次"), "99.99", YEAR_END, "Y", id="nearly all at the end"),
        pytest.param(cumulative("100", "次"), "100", YEAR_END, "G", id="all at the end"),
        pytest.param(cumulative("100", "次"), "89", date(2025, 12, 30), "G", id="a day before"),
        pytest.param(cumulative("100", "次"), "89", date(2026, 1, 9), "R", id="after the end"),
        pytest.param(level("95", "%"), "85", JUNE, "Y", id="10 points short"),
        pytest.param(level("95", "%"), "84.99", JUNE, "R", id="10.01 points short"),
        pytest.param(level("95", "%"), "90", YEAR_END, "Y", id="5 points short at the end"),
        pytest.param(level("95", "%"), "89.99", YEAR_END, "R", id="5.01 short at the end"),
        pytest.param(level("95", "%"), "95", JUNE, "G", id="met"),
        pytest.param(level("8", "‰"), "0", JUNE, "Y", id="8 per mille are 0.8 points"),
        pytest.param(level("200", "平方米"), "180", JUNE, "Y", id="10 % short"),
        pytest.param(level("200", "平方米"), "179.9", JUNE, "R", id="10.05 % short"),
        pytest.param(level("200", "平方米"), "190", YEAR_END, "Y", id="5 % short at the end"),
        pytest.param(level("200", "平方米"), "189.9", YEAR_END, "R", id="more at the end"),
        pytest.param(level("2", None), "1", JUNE, "R", id="no unit is not percent"),
        pytest.param(ceiling("30", "天"), "30", JUNE, "G", id="within"),
        pytest.param(ceiling("30", "天"), "30.01", JUNE, "R", id="above"),
        pytest.param(ceiling("30", "天"), "30.01", YEAR_END, "R", id="above at the end"),
        pytest.param(ceiling("30", "天", None), "31", JUNE, "R", id="a ceiling without a sign"),
    ],
)
def test_the_colour_of_a_number(judged: Indicator, value: str, day: date, colour: str) -> None:
    assert judge(judged, value, day).light is COLOURS[colour]


@pytest.mark.parametrize(
    ("judged", "value", "colour"),
    [
        pytest.param(cumulative("10", "次", AT_MOST), "11", "R", id="few complaints, printed so"),
        pytest.param(cumulative("10", "次", AT_MOST), "2", "G", id="few complaints"),
        pytest.param(level("5", "%", LESS), "4", "G", id="a low rate"),
        pytest.param(level("5", "%", LESS), "6", "R", id="a rate too high"),
        pytest.param(ceiling("400", "万元", AT_LEAST), "450", "G", id="printed at least"),
        pytest.param(ceiling("400", "万元", AT_LEAST), "350", "R", id="printed at least, short"),
        pytest.param(cumulative("10", "次", None), "11", "G", id="no sign: more is better"),
        pytest.param(level("90", "%", None), "96", "G", id="no sign: higher is better"),
        pytest.param(ceiling("10", "天", EQUAL), "9", "G", id="= and a ceiling: less is better"),
        pytest.param(ceiling("10", "天", EQUAL), "11", "R", id="= and a ceiling passed"),
    ],
)
def test_the_printed_direction_is_honoured(judged: Indicator, value: str, colour: str) -> None:
    assert judge(judged, value).light is COLOURS[colour]


@pytest.mark.parametrize(
    ("judged", "value", "colour", "remarks"),
    [
        pytest.param(cumulative("10", "次", EQUAL), "12", "G", (Remark.EXCEEDS_EQUAL,), id="= 12"),
        pytest.param(cumulative("10", "次", EQUAL), "10", "G", (), id="= 10"),
        pytest.param(level("90", "%", EQUAL), "95", "G", (Remark.EXCEEDS_EQUAL,), id="= a rate"),
        pytest.param(ceiling("10", "天", EQUAL), "5", "G", (Remark.EXCEEDS_EQUAL,), id="= days"),
        pytest.param(level("90", "%", MORE), "90", "Y", (Remark.EQUALS_STRICT,), id="> a rate"),
        pytest.param(level("90", "%", MORE), "90.01", "G", (), id="> a rate, met"),
        pytest.param(cumulative("10", "次", MORE), "10", "Y", (Remark.EQUALS_STRICT,), id="> 10"),
        pytest.param(ceiling("10", "天", LESS), "10", "R", (Remark.EQUALS_STRICT,), id="< 10"),
        pytest.param(ceiling("10", "天", LESS), "9.99", "G", (Remark.NEAR_CEILING,), id="< met"),
        pytest.param(ceiling("10", "天"), "8.9999", "G", (Remark.NEAR_CEILING,), id="rounds to .9"),
        pytest.param(ceiling("10", "天"), "8.99", "G", (), id="below the hint"),
        pytest.param(ceiling("10", "天"), "11", "R", (), id="no hint once above"),
        pytest.param(cumulative("10", "次"), "9", "Y", (), id="no hint for other kinds"),
        pytest.param(cumulative("10", "次"), "12", "G", (), id="no flag for at least"),
    ],
)
def test_signs_are_strict_and_what_is_odd_is_flagged(
    judged: Indicator, value: str, colour: str, remarks: tuple[Remark, ...]
) -> None:
    verdict = judge(judged, value)

    assert (verdict.light, verdict.remarks) == (COLOURS[colour], remarks)
    assert all(f"（{remark}）" in verdict.reason for remark in remarks)


@pytest.mark.parametrize("value", ["53", "55"])
@pytest.mark.parametrize(
    "judged",
    [
        level("54", "元/人", EQUAL),
        level("54", "P", EQUAL),
        replace(level("54", "元", EQUAL), name="县级财政补助标准"),
    ],
    ids=["for one", "a grade", "by its name"],
)
def test_a_standard_is_met_by_equality_alone(judged: Indicator, value: str) -> None:
    other, same = judge(judged, value, JUNE), judge(judged, "54", JUNE)

    assert (other.light, other.remarks) == (Light.RED, ())
    assert other.reason.endswith("，与标准不符")
    assert (same.light, same.reason[-3:]) == (Light.GREEN, "，完成")


def test_only_a_level_printed_with_equal_is_a_standard() -> None:
    assert judge(level("54", "元/人"), "55").light is Light.GREEN
    assert judge(cumulative("54", "元/人", EQUAL), "55").light is Light.GREEN


@pytest.mark.parametrize(
    ("judged", "value", "day", "colour"),
    [
        pytest.param(cumulative("0", "次"), "0", YEAR_END, "G", id="cumulative, met"),
        pytest.param(cumulative("0", "次"), "0", JUNE, "–", id="nothing expected"),
        pytest.param(cumulative("0", "次", MORE), "0", YEAR_END, "R", id="more than nothing"),
        pytest.param(level("0", "人"), "0", JUNE, "G", id="level, met"),
        pytest.param(level("0", "人"), "-1", JUNE, "R", id="level, below"),
        pytest.param(ceiling("0", "起"), "0", JUNE, "G", id="no accident"),
        pytest.param(ceiling("0", "起"), "1", JUNE, "R", id="an accident"),
    ],
)
def test_zero_targets_never_divide(judged: Indicator, value: str, day: date, colour: str) -> None:
    verdict = judge(judged, value, day, BLUE)

    assert (verdict.light, verdict.ratio) == (COLOURS[colour], None)


@pytest.mark.parametrize(
    ("judged", "value", "day", "colour"),
    [
        pytest.param(cumulative("10", "次"), "12", YEAR_END, "B", id="1.20"),
        pytest.param(cumulative("10", "次"), "12", JUNE, "B", id="1.20 of the whole in June"),
        pytest.param(cumulative("10", "次"), "11", JUNE, "G", id="2.20 of what June expects"),
        pytest.param(level("50", "%"), "60", JUNE, "B", id="a level"),
        pytest.param(ceiling("10", "天"), "1", JUNE, "G", id="nothing for a ceiling"),
        pytest.param(cumulative("10", "次"), "9", YEAR_END, "Y", id="yellow stays"),
        pytest.param(cumulative("10000", "次"), "11999.4", YEAR_END, "G", id="1.1999"),
    ],
)
def test_blue_shows_where_the_policy_wants_it(
    judged: Indicator, value: str, day: date, colour: str
) -> None:
    assert judge(judged, value, day, BLUE).light is COLOURS[colour]
    assert judge(judged, value, day).light is not Light.BLUE


MILESTONES = replace(
    cumulative("10", "次"),
    milestones=(Milestone(JUNE, Decimal(4)), Milestone(AUGUST, Decimal(10))),
)


@pytest.mark.parametrize(
    ("value", "day", "colour"),
    [
        ("0", date(2025, 5, 31), "–"),
        ("4", JUNE, "G"),
        ("3", date(2025, 7, 31), "Y"),
        ("2", JUNE, "R"),
        ("9", AUGUST, "Y"),
        ("8", AUGUST, "R"),
        ("10", AUGUST, "G"),
    ],
)
def test_an_indicators_own_milestones_are_what_is_expected(
    value: str, day: date, colour: str
) -> None:
    assert judge(MILESTONES, value, day).light is COLOURS[colour]


@pytest.mark.parametrize(
    ("judged", "value", "day", "reason"),
    [
        pytest.param(
            cumulative("12", "次"),
            "2",
            AUGUST,
            "8月底报2次，全年目标12次，1—8月应完成8次（12×8/12），完成25.0%，少6次；照此全年约3次",
            id="red",
        ),
        pytest.param(
            cumulative("12", "次"),
            "8",
            AUGUST,
            "8月底报8次，全年目标12次，1—8月应完成8次（12×8/12），完成100.0%",
            id="green",
        ),
        pytest.param(
            cumulative("1", "次"),
            "0",
            JUNE,
            "6月底报0次，全年目标1次，上半年应完成0次（1×6/12，取整）",
            id="nothing expected",
        ),
        pytest.param(
            MILESTONES,
            "2",
            JUNE,
            "6月底报2次，全年目标10次，上半年应完成4次（按指标节点），完成50.0%，少2次",
            id="milestone",
        ),
        pytest.param(
            cumulative("0", "次", MORE),
            "0",
            YEAR_END,
            "12月底报0次，全年目标0次（恰等于指标值，未满足“大于”或“小于”）",
            id="more than nothing",
        ),
        pytest.param(
            level("95", "%"), "93.8", JUNE, "6月底报93.8%，指标值≥95%，低1.2个百分点", id="rate"
        ),
        pytest.param(level("95", "%"), "96", JUNE, "6月底报96%，指标值≥95%，完成", id="met"),
        pytest.param(
            level("200", "平方米", None),
            "180",
            JUNE,
            "6月底报180平方米，指标值≥200平方米，少20平方米（10.0%）",
            id="stock",
        ),
        pytest.param(level("0", "人"), "-1", JUNE, "6月底报-1人，指标值≥0人，少1人", id="zero"),
        pytest.param(
            ceiling("30", "天"),
            "32.5",
            JUNE,
            "6月底报32.5天，指标值≤30天，不符合，相差2.5天",
            id="above",
        ),
        pytest.param(
            ceiling("400", "万元", AT_LEAST),
            "350",
            JUNE,
            "6月底报350.00万元，指标值≥400万元，不符合，相差50.00万元",
            id="below",
        ),
        pytest.param(
            ceiling("30", "天", EQUAL),
            "20",
            JUNE,
            "6月底报20天，指标值=30天，符合（超过“=”的指标值，按完成）",
            id="equal",
        ),
    ],
)
def test_the_reason_shows_the_arithmetic(
    judged: Indicator, value: str, day: date, reason: str
) -> None:
    assert judge(judged, value, day).reason == reason


def figures(verdict: Verdict) -> tuple[Decimal | None, ...]:
    return verdict.value, verdict.expected, verdict.ratio, verdict.missing


@pytest.mark.parametrize(
    ("judged", "value", "day", "shown"),
    [
        pytest.param(cumulative("12", "次"), "4", JUNE, ("4", "6", "0.6667", "2"), id="under way"),
        pytest.param(cumulative("12", "次"), "9", YEAR_END, ("9", "12", "0.75", "3"), id="due"),
        pytest.param(level("95", "%"), "76", JUNE, ("76", "95", "0.8", "19"), id="level"),
        pytest.param(ceiling("30", "天"), "33", JUNE, ("33", "30", "1.1", "3"), id="ceiling"),
    ],
)
def test_the_figures_stand_beside_the_light(
    judged: Indicator, value: str, day: date, shown: tuple[str, ...]
) -> None:
    assert figures(judge(judged, value, day)) == tuple(map(Decimal, shown))


def test_where_nothing_is_expected_nothing_is_missing() -> None:
    verdict = judge(cumulative("1", "次"), "0", JUNE)

    assert figures(verdict) == (Decimal(0), Decimal(0), None, None)


@pytest.mark.parametrize(
    ("judged", "value", "day", "reason"),
    [
        pytest.param(
            cumulative("12", None),
            "6",
            JUNE,
            "6月底报6，全年目标12，上半年应完成6（12×6/12），完成100.0%",
            id="without a unit",
        ),
        pytest.param(
            cumulative("12", "次"),
            "7",
            JUNE,
            "6月底报7次，全年目标12次，上半年应完成6次（12×6/12），完成116.6%",
            id="ahead",
        ),
        pytest.param(
            ceiling("30", "天", None),
            "20",
            JUNE,
            "6月底报20天，指标值≤30天，符合",
            id="a ceiling without a sign",
        ),
        pytest.param(
            ceiling("30", "天"),
            "28",
            JUNE,
            "6月底报28天，指标值≤30天，符合（已近上限）",
            id="near the ceiling",
        ),
    ],
)
def test_the_reason_says_no_more_than_there_is(
    judged: Indicator, value: str, day: date, reason: str
) -> None:
    assert judge(judged, value, day).reason == reason


def test_lacking_less_than_one_whole_unit_is_yellow_at_worst() -> None:
    assert judge(cumulative("2", "次"), "0.5", JUNE).light is Light.YELLOW


@pytest.mark.parametrize(
    ("judged", "value", "remarks"),
    [
        (level("95", "%", EQUAL), "94", ()),
        (level("95", "%", EQUAL), "95.5", (Remark.EXCEEDS_EQUAL,)),
        (level("95", "%", MORE), "94", ()),
        (level("95", "%", MORE), "95", (Remark.EQUALS_STRICT,)),
    ],
)
def test_what_falls_short_is_not_flagged_as_odd(
    judged: Indicator, value: str, remarks: tuple[Remark, ...]
) -> None:
    assert judge(judged, value).remarks == remarks


def test_a_rate_short_by_less_than_can_be_shown_says_no_more_than_that() -> None:
    assert judge(level("95", "%"), "94.999", JUNE).reason.endswith("，低0.0个百分点")
