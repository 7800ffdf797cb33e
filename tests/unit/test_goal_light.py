"""The light of goals: readings, rounds, what waits for a person, and the counts beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.goal_light import GoalContext, GoalsStanding, Paid, judge_goals, judge_indicator
from domain.indicator import (
    Comparator,
    Grade,
    Indicator,
    Kind,
    Likelihood,
    Measured,
    TargetValue,
    ToConfirm,
)
from domain.light import Light
from domain.picture import KnownIndicator
from domain.plan import Window
from domain.policy_terms import GoalTerms
from tests.judging import (
    AUGUST,
    COLOURS,
    JUNE,
    ROUNDS,
    YEAR,
    YEAR_END,
    due,
    indicator,
    on,
    reading,
    standing,
)

AT_MOST = Comparator.AT_MOST
COUNTED = indicator("12", "次", Kind.CUMULATIVE)
QUALITY = indicator(None, None, Kind.QUALITATIVE, None)
YEARLY = indicator("90", "%", Kind.LEVEL, Comparator.AT_LEAST, Measured.YEAR_END)
YEARLY_QUALITY = replace(QUALITY, measured=Measured.YEAR_END)
COST = replace(indicator("60", "万元", Kind.CEILING, AT_MOST), from_payments=True)
OPENING = ROUNDS[2].opening


@pytest.mark.parametrize(
    ("day", "read_on", "marked"),
    [
        pytest.param(date(2025, 7, 15), None, False, id="before any deadline"),
        pytest.param(date(2025, 7, 16), None, True, id="after the first deadline"),
        pytest.param(date(2025, 7, 16), date(2025, 1, 1), False, id="read in the period"),
        pytest.param(date(2025, 7, 16), date(2025, 7, 16), False, id="read after the cut-off"),
        pytest.param(date(2025, 9, 15), JUNE, False, id="the next deadline has not passed"),
        pytest.param(date(2025, 9, 16), JUNE, True, id="read in the round before"),
        pytest.param(date(2025, 9, 16), date(2025, 7, 1), False, id="first day of the period"),
    ],
)
def test_what_is_not_reported_is_marked_after_a_deadline(
    day: date, read_on: date | None, *, marked: bool
) -> None:
    readings = () if read_on is None else (reading(read_on, "12"),)

    assert standing(COUNTED, day, *readings).not_reported is marked


def test_the_order_of_rounds_never_matters() -> None:
    context = replace(on(date(2025, 9, 16)), rounds=ROUNDS[::-1])

    assert judge_indicator(KnownIndicator(COUNTED, (reading(JUNE, "6"),)), context).not_reported


def test_never_reported_is_grey() -> None:
    early, late = (standing(COUNTED, day) for day in (JUNE, AUGUST))

    assert (early.light, early.reason, early.read_on) == (Light.NONE, "尚未报送", None)
    assert (late.light, late.reason, late.not_reported) == (Light.NONE, "未报", True)


def test_a_round_whose_cut_off_lies_before_the_project_asks_nothing_of_it() -> None:
    in_october = replace(on(date(2025, 12, 1)), window=Window(date(2025, 10, 8), YEAR_END))
    in_august = replace(in_october, window=Window(AUGUST, YEAR_END))

    assert not judge_indicator(KnownIndicator(COUNTED), in_october).not_reported
    assert judge_indicator(KnownIndicator(COUNTED), in_august).not_reported


def test_without_rounds_nothing_is_owed() -> None:
    context = replace(on(AUGUST), rounds=())

    assert not judge_indicator(KnownIndicator(COUNTED), context).not_reported


def test_the_light_stands_at_its_readings_date() -> None:
    report = reading(JUNE, "6")

    assert {standing(COUNTED, day, report).verdict for day in (JUNE, AUGUST)} == {
        standing(COUNTED, JUNE, report).verdict
    }
    assert standing(COUNTED, AUGUST, report).read_on == JUNE


@pytest.mark.parametrize(
    ("judged", "day", "report", "colour"),
    [
        pytest.param(QUALITY, AUGUST, {"likelihood": Likelihood.CERTAIN}, "G", id="certain"),
        pytest.param(QUALITY, AUGUST, {"grade": Grade.NOT_ACHIEVED}, "–", id="grade too early"),
        pytest.param(
            QUALITY,
            YEAR_END,
            {"grade": Grade.PARTLY, "likelihood": Likelihood.CERTAIN},
            "Y",
            id="grade at the end",
        ),
        pytest.param(QUALITY, date(2025, 12, 30), {"grade": Grade.PARTLY}, "–", id="a day before"),
        pytest.param(YEARLY, AUGUST, {"likelihood": Likelihood.POSSIBLE}, "Y", id="in doubt"),
        pytest.param(YEARLY, AUGUST, {"likelihood": Likelihood.IMPOSSIBLE}, "R", id="impossible"),
        pytest.param(YEARLY_QUALITY, AUGUST, {"likelihood": Likelihood.CERTAIN}, "–", id="sure"),
        pytest.param(YEARLY_QUALITY, OPENING, {"grade": Grade.ACHIEVED}, "G", id="year-end round"),
        pytest.param(YEARLY_QUALITY, YEAR_END, {"grade": Grade.PARTLY}, "Y", id="year-end grade"),
    ],
)
def test_quality_and_the_years_end(
    judged: Indicator, day: date, report: dict[str, object], colour: str
) -> None:
    assert standing(judged, day, reading(day, None, **report)).light is COLOURS[colour]


@pytest.mark.parametrize(
    ("day", "colour"),
    [(date(2025, 12, 24), "–"), (OPENING, "R"), (YEAR_END, "R")],
)
def test_a_year_end_value_counts_from_the_year_end_round_on(day: date, colour: str) -> None:
    assert standing(YEARLY, day, reading(day, "50")).light is COLOURS[colour]


def test_without_a_year_end_round_the_windows_end_decides() -> None:
    assert replace(on(AUGUST), rounds=()).final_from(Measured.YEAR_END) == YEAR_END
    assert on(AUGUST).final_from(Measured.YEAR_END) == OPENING
    for rounds, colours in ((ROUNDS[:2], "–R"), ((), "–R")):
        shown = [
            judge_indicator(
                KnownIndicator(YEARLY, (reading(day, "50"),)), replace(on(day), rounds=rounds)
            ).light
            for day in (date(2025, 12, 30), YEAR_END)
        ]

        assert shown == [COLOURS[colour] for colour in colours]


@pytest.mark.parametrize(
    ("read_on", "as_of", "colours"),
    [
        pytest.param(date(2025, 9, 1), date(2026, 1, 15), "––", id="the round is open"),
        pytest.param(date(2025, 9, 1), date(2026, 1, 16), "RY", id="the round is over"),
        pytest.param(AUGUST, date(2026, 1, 16), "––", id="of the round before"),
    ],
)
def test_once_the_year_end_round_is_over_what_its_period_brought_is_final(
    read_on: date, as_of: date, colours: str
) -> None:
    report = reading(read_on, "50", grade=Grade.PARTLY)
    shown = [standing(judged, as_of, report).light for judged in (YEARLY, QUALITY)]

    assert shown == [COLOURS[colour] for colour in colours]


def test_a_date_that_is_done_is_not_asked_for_again() -> None:
    done = reading(JUNE, None, done_on=date(2025, 6, 1))
    late = date(2025, 9, 16)

    assert not standing(due(JUNE), late, done).not_reported
    assert standing(due(JUNE), late, reading(JUNE, None)).not_reported
    assert standing(COUNTED, late, done).not_reported


def test_a_project_that_ends_early_owes_its_year_end_value_then() -> None:
    context = replace(on(JUNE), window=Window(date(2025, 1, 1), JUNE))

    assert judge_indicator(KnownIndicator(YEARLY, (reading(JUNE, "90"),)), context).light is (
        Light.GREEN
    )


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (ToConfirm.COST_DIRECTION, "待核实：成本指标的方向"),
        (ToConfirm.CUT_OFF, "待核实：指标值残缺"),
        (ToConfirm.BASELINE, "待补基期值"),
        (ToConfirm.TWO_VALUES, "待核实：一格两个数值"),
        (ToConfirm.NAME_CONTRADICTS_VALUE, "待核实：名称与指标值不一致"),
        (ToConfirm.UNIT_DOES_NOT_FIT, "待核实：计量单位不符"),
        (ToConfirm.BEFORE_MONTH, "待核实：“×月前”的截止日"),
    ],
)
def test_what_a_person_must_settle_has_no_light(question: ToConfirm, sentence: str) -> None:
    open_ = standing(replace(COUNTED, to_confirm=(question,)), AUGUST, reading(JUNE, "0"))

    assert (open_.light, open_.reason) == (Light.NONE, sentence)
    assert (open_.to_confirm, open_.not_reported) == ((question,), False)


def test_several_questions_are_all_said() -> None:
    questions = (ToConfirm.TWO_VALUES, ToConfirm.BASELINE)

    assert standing(replace(COUNTED, to_confirm=questions), JUNE).reason == (
        "待核实：一格两个数值；待补基期值"
    )


def test_a_broken_value_waits_for_a_person() -> None:
    broken = standing(indicator(None, None, Kind.BROKEN), JUNE, reading(JUNE, "1"))

    assert (broken.reason, broken.to_confirm) == ("待核实：指标值残缺", (ToConfirm.CUT_OFF,))


def test_what_is_not_applicable_asks_nothing() -> None:
    nothing = replace(
        indicator(None, None, Kind.NOT_APPLICABLE), to_confirm=(ToConfirm.UNIT_DOES_NOT_FIT,)
    )

    assert (standing(nothing, AUGUST).reason, standing(nothing, AUGUST).to_confirm) == (
        "不适用",
        (),
    )


@pytest.mark.parametrize(
    ("judged", "report", "missing"),
    [
        (indicator(None, "次", Kind.CUMULATIVE), reading(JUNE, "1"), "指标值"),
        (indicator("-1", "次", Kind.CUMULATIVE), reading(JUNE, "1"), "非负的指标值"),
        (COUNTED, reading(JUNE, None), "完成值"),
        (COUNTED, reading(JUNE, "5", unit="%"), "可换算的计量单位：%与次"),
        (due(None), reading(JUNE, None), "完成期限"),
        (QUALITY, reading(JUNE, None), "完成目标可能性"),
        (QUALITY, reading(YEAR_END, None), "完成等级"),
    ],
)
def test_what_is_missing_for_a_light_is_named(
    judged: Indicator, report: object, missing: str
) -> None:
    lacking = standing(judged, YEAR_END, report)  # type: ignore[arg-type]

    assert (lacking.light, lacking.verdict.undetermined) == (Light.NONE, missing)
    assert lacking.reason == f"无法判定（缺{missing}）"


def test_a_reported_unit_is_converted() -> None:
    judged = indicator("10", "万人次", Kind.CUMULATIVE)

    assert standing(judged, JUNE, reading(JUNE, "52000", unit="人次")).verdict.value == Decimal(
        "5.2"
    )


def test_a_baseline_is_the_target_where_no_number_is_printed() -> None:
    judged = replace(indicator(None, "%", Kind.LEVEL), baseline=Decimal(100))
    printed = replace(indicator("50", "%", Kind.LEVEL), baseline=Decimal(100))

    assert standing(judged, JUNE, reading(JUNE, "99")).light is Light.YELLOW
    assert standing(printed, JUNE, reading(JUNE, "99")).light is Light.GREEN


def test_a_reading_is_judged_by_the_target_of_its_own_day() -> None:
    before = replace(COUNTED, value=replace(COUNTED.value, number=Decimal(4)))
    report = reading(JUNE, "2")

    assert standing(COUNTED, AUGUST, report).light is Light.RED
    assert standing(COUNTED, AUGUST, replace(report, against=before)).light is Light.GREEN


def test_a_target_that_was_open_on_the_readings_day_gives_no_light() -> None:
    before = replace(COUNTED, to_confirm=(ToConfirm.CUT_OFF,))

    assert standing(COUNTED, AUGUST, replace(reading(JUNE, "2"), against=before)).reason == (
        "待核实：指标值残缺"
    )


def test_a_date_is_judged_by_the_deadline_in_force() -> None:
    report = replace(reading(JUNE, None), against=due(date(2025, 3, 1)))

    assert standing(due(date(2025, 9, 30)), AUGUST, report).light is Light.YELLOW


def test_a_date_changes_when_its_deadline_passes() -> None:
    report = reading(JUNE, None, likelihood=Likelihood.CERTAIN)
    days = [date(2025, 11, 1), YEAR_END, date(2026, 1, 1)]

    assert [standing(due(YEAR_END), day, report).light for day in days] == [
        Light.NONE,
        Light.NONE,
        Light.RED,
    ]


TWO = replace(
    indicator(None, None, Kind.CUMULATIVE, None),
    parts=(
        TargetValue("20人", None, Decimal(20), "人"),
        TargetValue("40场", None, Decimal(40), "场"),
    ),
)


def test_the_worst_of_two_values_counts() -> None:
    both = standing(TWO, JUNE, reading(JUNE, "20", part=1), reading(JUNE, "2"))

    assert [part.light for part in both.parts] == [Light.RED, Light.GREEN]
    assert (both.light, both.read_on, both.not_reported) == (Light.RED, JUNE, False)
    assert both.verdict.undetermined is None
    assert both.reason.startswith("(a) 6月底报2人")
    assert "；(b) 6月底报20场" in both.reason


def test_a_value_missing_in_one_part_is_named() -> None:
    one = standing(TWO, AUGUST, reading(AUGUST, "20"), reading(JUNE, None, part=1))
    none = standing(TWO, AUGUST, reading(AUGUST, None), reading(AUGUST, "5", unit="元", part=1))

    assert (one.light, one.verdict.undetermined, one.read_on) == (Light.GREEN, "完成值", JUNE)
    assert none.verdict.undetermined == "完成值、可换算的计量单位：元与场"


def test_a_part_never_reported_marks_the_whole() -> None:
    both = standing(TWO, AUGUST, reading(AUGUST, "20"))

    assert (both.not_reported, both.read_on) == (True, AUGUST)
    assert standing(TWO, AUGUST).read_on is None


def test_a_single_part_is_a_plain_row() -> None:
    single = replace(TWO, parts=TWO.parts[:1])

    assert standing(single, JUNE, reading(JUNE, "20")).parts == ()
    assert standing(single, JUNE, reading(JUNE, "20")).light is Light.GREEN


def test_the_parts_of_a_date_have_their_own_days() -> None:
    both = replace(
        due(None),
        parts=(TargetValue("", due_on=date(2025, 3, 1)), TargetValue("", due_on=YEAR_END)),
    )
    judged = standing(both, JUNE, reading(JUNE, None), reading(JUNE, None, part=1))

    assert [part.light for part in judged.parts] == [Light.RED, Light.NONE]


def test_a_reading_older_than_a_second_value_is_judged_by_the_one_of_then() -> None:
    plain = replace(TWO, parts=(), value=TWO.parts[0])
    report = replace(reading(JUNE, "10", part=1), against=plain)

    assert standing(TWO, JUNE, reading(JUNE, "20"), report).parts[1].verdict.expected == 10


def paid(amount: int, budget: int = 600_000, last_on: date | None = JUNE) -> Paid:
    return Paid(JUNE, Decimal(amount), Decimal(budget), last_on)


def from_payments(judged: Indicator, told: Paid | None) -> object:
    known = KnownIndicator(judged, (reading(JUNE, "1"),))
    one = judge_indicator(known, on(AUGUST, told))
    return one.light, one.reason, one.read_on, one.not_reported


def test_a_cost_over_its_ceiling_is_red_by_what_was_paid() -> None:
    assert from_payments(COST, paid(600_001)) == (
        Light.RED,
        "6月底支出60.00万元，指标值≤60万元，不符合，相差0.00万元",
        JUNE,
        False,
    )


def test_without_payment_data_a_cost_cannot_be_determined() -> None:
    assert from_payments(COST, None) == (
        Light.NONE,
        "无法判定（缺支付数据截至日）",
        None,
        False,
    )


def test_a_cost_in_percent_of_the_budget_is_the_execution_rate() -> None:
    share = replace(indicator("95", "%", Kind.LEVEL), from_payments=True)

    assert from_payments(share, paid(540_000)) == (
        Light.YELLOW,
        "6月底支出90%，指标值≥95%，低5.0个百分点",
        JUNE,
        False,
    )
    assert from_payments(share, paid(0, 0)) == (
        Light.NONE,
        "无法判定（缺全年预算数）",
        JUNE,
        False,
    )


def test_a_payment_deadline_is_kept_when_everything_is_paid() -> None:
    rent = replace(due(date(2025, 5, 31)), from_payments=True)
    late = "应于2025年5月31日前完成，6月30日完成，逾期30天完成"

    assert from_payments(rent, paid(600_000)) == (Light.YELLOW, late, JUNE, False)
    assert from_payments(rent, paid(599_999)) == (
        Light.RED,
        "应于2025年5月31日前完成，逾期30天未完成",
        JUNE,
        False,
    )
    assert from_payments(rent, paid(0, 0))[0] is Light.RED  # type: ignore[index]
    assert from_payments(rent, paid(0, -1))[0] is Light.RED  # type: ignore[index]


def test_the_goals_light_is_the_worst_and_shows_what_it_rests_on() -> None:
    known = [
        KnownIndicator(COUNTED, (reading(AUGUST, "1"),)),
        KnownIndicator(COUNTED, (reading(AUGUST, "6"),)),
        KnownIndicator(COUNTED, (reading(AUGUST, "5"),)),
        KnownIndicator(COUNTED, (reading(AUGUST, "8"),)),
        KnownIndicator(COUNTED, (reading(AUGUST, "15"),)),
        KnownIndicator(COUNTED),
        KnownIndicator(COUNTED, (reading(AUGUST, None),)),
        KnownIndicator(replace(COUNTED, to_confirm=(ToConfirm.CUT_OFF,))),
        KnownIndicator(indicator(None, None, Kind.NOT_APPLICABLE)),
    ]
    goals = judge_goals(known, on(AUGUST, terms=GoalTerms(blue_on=True)))

    assert goals.light is Light.RED
    assert goals.text == "红1 黄2 绿1 蓝1 未报1 待核实1 无法判定1"
    assert [goals.count(light) for light in Light] == [1, 2, 1, 1, 4]
    assert (goals.not_reported, goals.to_confirm, goals.undetermined) == (1, 1, 1)


def test_counts_of_nothing_are_not_said() -> None:
    green = judge_goals([KnownIndicator(COUNTED, (reading(AUGUST, "9"),))], on(AUGUST))

    assert green.text == "绿1"
    assert judge_goals((), on(AUGUST)) == GoalsStanding(Light.NONE)
    assert GoalsStanding(Light.NONE).text == ""


def test_a_context_needs_no_rounds_and_no_payments() -> None:
    assert GoalContext(JUNE, YEAR, GoalTerms()) == replace(on(JUNE), rounds=())


def test_a_target_of_nothing_is_judged() -> None:
    accidents = indicator("0", "起", Kind.CEILING, AT_MOST)

    assert standing(accidents, JUNE, reading(JUNE, "0")).light is Light.GREEN


def test_the_worst_of_three_values_counts() -> None:
    three = replace(TWO, parts=(*TWO.parts, TargetValue("9次", None, Decimal(9), "次")))
    report = [reading(JUNE, value, part=part) for part, value in enumerate(("20", "40", "0"))]
    judged = standing(three, JUNE, *report)

    assert [part.light for part in judged.parts] == [Light.GREEN, Light.GREEN, Light.RED]
    assert judged.light is Light.RED
    assert "；(c) 6月底报0次" in judged.reason


def test_everything_is_paid_at_the_last_cent_and_beyond() -> None:
    assert paid(600_001).in_full_on == JUNE
    assert Paid(JUNE, Decimal("0.50"), Decimal("0.50"), JUNE).in_full_on == JUNE
    assert Paid(JUNE, Decimal("0.49"), Decimal("0.50"), JUNE).in_full_on is None
