"""The worked cases of indicators (cases, Indicators): the lights of every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.goal_light import Paid, judge_indicator
from domain.goal_verdict import Remark
from domain.indicator import (
    Comparator,
    Indicator,
    Kind,
    Likelihood,
    Measured,
    Milestone,
    TargetValue,
    ToConfirm,
)
from domain.light import Light
from domain.picture import KnownIndicator
from domain.units import UnitDoesNotConvertError, require_convertible
from tests.judging import COLOURS, DAYS, due, indicator, on, reading, standing

AT_LEAST, AT_MOST = Comparator.AT_LEAST, Comparator.AT_MOST

VISITS = indicator("10", "万人次", Kind.CUMULATIVE)
BALANCE = indicator("15", "%", Kind.CEILING, AT_MOST, Measured.YEAR_END)
AID = indicator("70", "%", Kind.LEVEL)
AID_CUT_OFF = indicator(None, None, Kind.BROKEN, AT_LEAST, Measured.ROUND, ToConfirm.CUT_OFF)
SETTLED = replace(indicator(None, "%", Kind.LEVEL), baseline=Decimal(100))
SETTLED_OPEN = indicator(None, None, Kind.LEVEL, AT_LEAST, Measured.ROUND, ToConfirm.BASELINE)
COST = replace(indicator("60", "万元", Kind.CEILING, AT_MOST), from_payments=True)
COST_OPEN = indicator(
    "60", "万元", Kind.CEILING, AT_LEAST, Measured.CONTINUOUS, ToConfirm.COST_DIRECTION
)
CASES = indicator("3", "次", Kind.CUMULATIVE)
INSURED = indicator("95", "%", Kind.LEVEL)
LECTURES = indicator("12", "次", Kind.CUMULATIVE)
CLINICS = indicator("330", "家", Kind.CUMULATIVE)
SUPERVISION = indicator("100", "%", Kind.CUMULATIVE, None)
SATISFIED = indicator("80", None, Kind.LEVEL, AT_LEAST, Measured.YEAR_END)
RENT = indicator("50", "万元", Kind.CEILING, AT_MOST)
RENT_OPEN = indicator("50", "万元", Kind.CEILING, None, Measured.ROUND, ToConfirm.COST_DIRECTION)
DEPARTMENT = indicator("80", "%", Kind.LEVEL, AT_LEAST, Measured.YEAR_END)
REIMBURSED = indicator("63", "%", Kind.LEVEL)
REIMBURSED_OPEN = indicator(
    "98", "%", Kind.LEVEL, AT_LEAST, Measured.ROUND, ToConfirm.NAME_CONTRADICTS_VALUE
)
PRINTED = replace(
    indicator("10000", "份", Kind.CUMULATIVE, None),
    milestones=(Milestone(date(2025, 10, 31), Decimal(10000)),),
)
INSPECTED = indicator("198", "家", Kind.CUMULATIVE, None)


@pytest.mark.parametrize(
    ("judged", "values", "colours"),
    [
        pytest.param(VISITS, ("5.2", "6.6", "10.4"), "GGG", id="1 visits"),
        pytest.param(BALANCE, ("18", "17", "12.5"), "––G", id="3 balance, year end"),
        pytest.param(AID_CUT_OFF, ("71", "71", "71"), "–––", id="4 cut off"),
        pytest.param(AID, ("71", "71", "71"), "GGG", id="4 confirmed"),
        pytest.param(SETTLED_OPEN, ("100", "100", "100"), "–––", id="5 baseline missing"),
        pytest.param(SETTLED, ("100", "100", "100"), "GGG", id="5 baseline known"),
        pytest.param(COST_OPEN, ("22", "36", "58"), "–––", id="6 cost printed with at least"),
        pytest.param(CASES, ("1", "1", "3"), "GYG", id="7 case review"),
        pytest.param(INSURED, ("93.8", "94.1", "94.6"), "YYY", id="8 insured"),
        pytest.param(LECTURES, ("5", "8", "13"), "GGG", id="9 lectures"),
        pytest.param(CLINICS, ("180", "262", "330"), "GGG", id="12 clinics"),
        pytest.param(SUPERVISION, ("46", "71", "100"), "GGG", id="14 supervision"),
        pytest.param(RENT_OPEN, ("25", "37.5", "50"), "–––", id="16 rent, open"),
        pytest.param(RENT, ("25", "37.5", "50"), "GGG", id="16 rent, confirmed"),
        pytest.param(REIMBURSED_OPEN, ("62.5", "62.6", "62.8"), "–––", id="20 open"),
        pytest.param(REIMBURSED, ("62.5", "62.6", "62.8"), "YYY", id="20 as 63"),
        pytest.param(PRINTED, ("0", "0", "10000"), "––G", id="21 milestone"),
        pytest.param(INSPECTED, ("85", "140", "160"), "GGR", id="22 inspected"),
    ],
)
def test_the_lights_of_a_case_are_those_the_desk_expects(
    judged: Indicator, values: tuple[str, ...], colours: str
) -> None:
    shown = [
        standing(judged, day, reading(day, value)).light
        for day, value in zip(DAYS, values, strict=True)
    ]

    assert shown == [COLOURS[colour] for colour in colours]


def test_case_1_says_its_arithmetic() -> None:
    assert standing(VISITS, DAYS[0], reading(DAYS[0], "2.8")).reason == (
        "6月底报2.80万人次，全年目标10万人次，上半年应完成5.00万人次（10×6/12），"
        "完成56.0%，少2.20万人次；照此全年约5.60万人次"
    )


def test_case_2_the_light_stands_still_and_is_marked_after_the_rounds_deadline() -> None:
    report = reading(DAYS[0], "5.0")
    at_august, in_time, late = (
        standing(VISITS, day, report) for day in (DAYS[1], date(2025, 9, 15), date(2025, 9, 16))
    )

    assert {one.light for one in (at_august, in_time, late)} == {Light.GREEN}
    assert {one.read_on for one in (at_august, in_time, late)} == {DAYS[0]}
    assert [one.not_reported for one in (at_august, in_time, late)] == [False, False, True]


@pytest.mark.parametrize(
    ("judged", "sentence"),
    [
        (AID_CUT_OFF, "待核实：指标值残缺"),
        (SETTLED_OPEN, "待补基期值"),
        (COST_OPEN, "待核实：成本指标的方向"),
        (REIMBURSED_OPEN, "待核实：名称与指标值不一致"),
    ],
)
def test_cases_4_5_6_and_20_wait_for_a_person(judged: Indicator, sentence: str) -> None:
    waiting = standing(judged, DAYS[0], reading(DAYS[0], "71"))

    assert (waiting.reason, waiting.to_confirm) == (sentence, judged.to_confirm)


def test_case_6_a_cost_that_repeats_the_budget_is_read_from_payments() -> None:
    judged = [
        judge_indicator(
            KnownIndicator(COST), on(day, Paid(day, Decimal(paid) * 10_000, Decimal(600_000)))
        )
        for day, paid in zip(DAYS, (22, 36, 58), strict=True)
    ]

    assert [one.light for one in judged] == [Light.GREEN] * 3
    assert judged[0].reason == "6月底支出22.00万元，指标值≤60万元，符合"
    assert judged[2].verdict.remarks == (Remark.NEAR_CEILING,)
    assert not any(one.not_reported for one in judged)


def test_case_7_expects_whole_ones() -> None:
    expected = [standing(CASES, day, reading(day, "1")).verdict.expected for day in DAYS[:2]]

    assert expected == [Decimal(1), Decimal(2)]


DUE_AT_YEAR_END = due(DAYS[2])


def test_case_10_a_date_has_no_light_until_it_is_near() -> None:
    not_done = [standing(DUE_AT_YEAR_END, day, reading(day, None)) for day in DAYS[:2]]
    done = standing(DUE_AT_YEAR_END, DAYS[2], reading(DAYS[2], None, done_on=date(2025, 12, 10)))

    assert [one.light for one in (*not_done, done)] == [Light.NONE, Light.NONE, Light.GREEN]


def test_case_11_done_late_is_yellow_with_the_days() -> None:
    february = due(date(2025, 2, 28))
    late = standing(february, DAYS[0], reading(DAYS[0], None, done_on=date(2025, 4, 18)))

    assert late.light is Light.YELLOW
    assert late.reason == "应于2025年2月28日前完成，4月18日完成，逾期49天完成"


def test_case_13_days_are_not_percent() -> None:
    with pytest.raises(UnitDoesNotConvertError, match="单位不符") as refused:
        require_convertible("%", "天")

    assert (refused.value.given, refused.value.wanted) == ("%", "天")


def test_case_14_shows_how_far_it_got() -> None:
    ratios = [
        standing(SUPERVISION, day, reading(day, value)).verdict.ratio
        for day, value in zip(DAYS, ("46", "71", "100"), strict=True)
    ]

    assert ratios == [Decimal("0.9200"), Decimal("1.0650"), Decimal("1.0000")]


def test_case_15_before_the_end_only_the_likelihood_counts() -> None:
    certain = [
        standing(SATISFIED, day, reading(day, None, likelihood=Likelihood.CERTAIN))
        for day in DAYS[:2]
    ]
    measured = standing(SATISFIED, DAYS[2], reading(DAYS[2], "86"))

    assert [one.light for one in (*certain, measured)] == [Light.NONE, Light.NONE, Light.GREEN]


def test_case_17_a_placeholder_is_not_applicable() -> None:
    none = standing(indicator(None, None, Kind.NOT_APPLICABLE), DAYS[2])

    assert (none.light, none.reason, none.not_reported) == (Light.NONE, "不适用", False)


def test_case_18_four_points_short_at_the_end_is_yellow() -> None:
    short = standing(DEPARTMENT, DAYS[2], reading(DAYS[2], "76"))

    assert (short.light, short.reason) == (
        Light.YELLOW,
        "12月底报76%，指标值≥80%，低4.0个百分点",
    )


def test_case_19_two_values_are_judged_apart() -> None:
    both = replace(
        indicator(None, None, Kind.CUMULATIVE, None),
        parts=(
            TargetValue("20人", None, Decimal(20), "人"),
            TargetValue("2.8万人", None, Decimal("2.8"), "万人"),
        ),
    )
    judged = standing(
        both, DAYS[2], reading(DAYS[2], "19"), reading(DAYS[2], "2.76", unit="万人", part=1)
    )

    assert [part.light for part in judged.parts] == [Light.YELLOW, Light.YELLOW]
    assert judged.light is Light.YELLOW
    assert judged.reason == (
        "(a) 12月底报19人，全年目标20人，完成95.0%，少1人；"
        "(b) 12月底报2.76万人，全年目标2.8万人，完成98.5%，少0.04万人"
    )
