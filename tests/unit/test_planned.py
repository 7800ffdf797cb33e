"""What money is planned to have done by a day, over lines with their own arrivals (rules §3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.funds import FundLine, FundSource
from domain.plan import Shape, SpendingPlan, Window, declared_progress
from domain.planned import (
    CurvePoint,
    YearPlan,
    budget_on,
    fiscal_lines,
    line_planned,
    original_budget,
    plan_curve,
    window_of,
    year_plan,
)
from domain.policy_terms import MonthDay, PolicyTerms
from tests.judging import AUGUST, JUNE, QUARTERS, YEAR, YEAR_END, line

CARRY_OVER, OTHER = FundSource.CARRY_OVER, FundSource.OTHER
OCTOBER_8 = date(2025, 10, 8)
DECLARED = declared_progress(QUARTERS, 2025, Shape.EVEN)


def planning(declared: SpendingPlan | None = QUARTERS, window: Window = YEAR) -> YearPlan:
    return year_plan(2025, declared, Shape.EVEN, window, PolicyTerms())


def test_only_fiscal_lines_count_for_the_light() -> None:
    lines = (line("1"), line("2", CARRY_OVER), line("3", OTHER))

    assert fiscal_lines(lines) == lines[:2]


def test_the_budget_of_a_day_is_what_has_arrived() -> None:
    lines = (line("10"), line("-3", arrived_on=JUNE), line("5", arrived_on=AUGUST))
    days = (date(2025, 6, 29), JUNE, AUGUST)

    assert [budget_on(lines, day) for day in days] == [100_000, 70_000, 120_000]


def test_adjustments_are_not_in_the_original_budget() -> None:
    assert original_budget((line("10"), line("5", original=False))) == 100_000


@pytest.mark.parametrize(
    ("arrivals", "start"),
    [
        pytest.param((), date(2025, 1, 1), id="no line"),
        pytest.param((AUGUST, JUNE), JUNE, id="first arrival"),
        pytest.param((date(2024, 11, 3), JUNE), date(2025, 1, 1), id="granted the year before"),
        pytest.param((date(2026, 1, 5),), YEAR_END, id="granted the year after"),
    ],
)
def test_a_window_nobody_declared_runs_from_the_first_arrival(
    arrivals: tuple[date, ...], start: date
) -> None:
    lines = [line("1", arrived_on=day) for day in arrivals]

    assert window_of(2025, lines, None) == Window(start, YEAR_END)


def test_a_declared_window_stands() -> None:
    window = Window(JUNE, AUGUST)

    assert window_of(2025, [line("1")], window) == window


@pytest.mark.parametrize(
    ("arrived_on", "day", "share"),
    [
        pytest.param(date(2025, 1, 1), AUGUST, "0.626016", id="there from the start"),
        pytest.param(date(2025, 1, 2), date(2025, 1, 2), "0", id="a day later starts at nothing"),
        pytest.param(date(2025, 1, 1), date(2025, 1, 1), "0.002778", id="the first day"),
        pytest.param(OCTOBER_8, date(2025, 10, 7), "0", id="not yet there"),
        pytest.param(OCTOBER_8, OCTOBER_8, "0", id="on arrival"),
        pytest.param(OCTOBER_8, date(2025, 10, 31), "0.157534", id="weeks later"),
        pytest.param(OCTOBER_8, YEAR_END, "1", id="in the end"),
        pytest.param(YEAR_END, YEAR_END, "1", id="when everything is due"),
        pytest.param(YEAR_END, date(2025, 12, 30), "0", id="the day before"),
    ],
)
def test_a_line_is_planned_from_its_arrival(arrived_on: date, day: date, share: str) -> None:
    planned = line_planned(line("100", arrived_on=arrived_on), DECLARED, day)

    assert round(planned / 1_000_000, 6) == Decimal(share)


def test_money_carried_over_is_due_in_september_unless_a_plan_was_declared() -> None:
    lines = (line("100", CARRY_OVER),)
    by_default, declared = planning(None), planning()

    assert by_default.planned(lines, date(2025, 9, 30)) == 1_000_000
    assert by_default.last_checkpoint_on(lines) == date(2025, 9, 30)
    assert declared.planned(lines, date(2025, 9, 30)) < 700_000
    assert declared.last_checkpoint_on(lines) == YEAR_END


def test_the_day_for_money_carried_over_is_the_policys() -> None:
    terms = PolicyTerms(carry_over_even_to=MonthDay(6, 30))
    plan = year_plan(2025, None, Shape.LUMPS, YEAR, terms)

    assert plan.planned((line("100", CARRY_OVER),), JUNE) == 1_000_000
    assert plan.progress.shape is Shape.LUMPS
    assert plan.carry_over.shape is Shape.EVEN


def test_all_money_is_due_when_its_last_line_is() -> None:
    plan = planning(None)

    assert plan.last_checkpoint_on((line("1"), line("1", CARRY_OVER))) == YEAR_END
    assert plan.last_checkpoint_on(()) == YEAR_END


def test_the_planned_amount_is_the_sum_over_the_lines() -> None:
    lines = (line("100"), line("100", CARRY_OVER), line("100", arrived_on=OCTOBER_8))
    plan = planning(None)

    assert plan.planned(lines, date(2025, 9, 30)) == 750_000 + 1_000_000
    assert plan.planned(lines, YEAR_END) == 3_000_000


def test_nothing_is_planned_beyond_a_budget_that_was_cut() -> None:
    cut = (line("100"), line("-50", arrived_on=date(2025, 12, 1)))

    assert planning().planned(cut, date(2025, 11, 30)) > 800_000
    assert planning().planned(cut, date(2025, 12, 1)) == 500_000
    assert planning().planned((line("-1"),), YEAR_END) == 0


def test_the_curve_bends_at_checkpoints_and_arrivals() -> None:
    lines: tuple[FundLine, ...] = (line("100"), line("100", arrived_on=OCTOBER_8))
    curve = plan_curve(planning(), lines, YEAR_END)

    assert [point.on for point in curve.line] == [
        date(2024, 12, 31),
        date(2025, 3, 31),
        JUNE,
        date(2025, 10, 7),
        OCTOBER_8,
        date(2025, 10, 31),
        YEAR_END,
    ]
    assert [int(point.amount) for point in curve.line] == [
        0, 250_000, 500_000, 701_219, 703_252, 907_534, 2_000_000,
    ]  # fmt: skip
    assert [int(point.amount) for point in curve.steps] == [
        0, 250_000, 500_000, 500_000, 500_000, 1_250_000, 2_000_000,
    ]  # fmt: skip
    assert curve.checkpoints == (
        CurvePoint(date(2025, 3, 31), Decimal(250_000)),
        CurvePoint(JUNE, Decimal(500_000)),
        curve.line[5],
        CurvePoint(YEAR_END, Decimal(2_000_000)),
    )


def test_the_curve_stops_where_it_is_asked_to() -> None:
    curve = plan_curve(planning(None), (line("12"),), date(2025, 2, 14))

    assert [point.on for point in curve.line] == [
        date(2024, 12, 31),
        date(2025, 1, 31),
        date(2025, 2, 14),
    ]
    assert [point.on for point in curve.checkpoints] == [date(2025, 1, 31)]
    assert [point.amount for point in curve.steps][1:] == [10_000, 10_000]


def test_money_carried_over_is_drawn_with_its_own_checkpoint() -> None:
    curve = plan_curve(planning(None), (line("12", CARRY_OVER),), YEAR_END)

    assert [point.on for point in curve.checkpoints] == [date(2025, 9, 30)]
    assert [point.amount for point in curve.steps] == [0, 120_000, 120_000]


def test_the_steps_of_money_carried_over_are_held_until_they_are_due() -> None:
    curve = plan_curve(planning(None), (line("12", CARRY_OVER),), JUNE)

    assert curve.line[-1].amount > 0
    assert curve.steps[-1] == CurvePoint(JUNE, Decimal(0))


def days_drawn(until: date, *arrivals: date) -> list[date]:
    lines = [line("12", arrived_on=day) for day in arrivals]
    return [point.on for point in plan_curve(planning(), lines, until).line]


def test_money_of_an_earlier_year_does_not_lengthen_the_curve() -> None:
    assert days_drawn(YEAR_END, date(2024, 6, 1)) == days_drawn(YEAR_END, date(2025, 1, 1))


def test_money_that_arrives_on_a_checkpoint_leaves_it_on_the_curve() -> None:
    assert JUNE in days_drawn(YEAR_END, JUNE)


def test_money_that_arrives_two_days_running_bends_the_curve_on_each() -> None:
    drawn = days_drawn(YEAR_END, OCTOBER_8, date(2025, 10, 9))

    assert [day.day for day in drawn if day.month == 10] == [7, 8, 9, 31]


def test_the_curve_reaches_the_day_asked_for_on_the_eve_of_an_arrival() -> None:
    assert days_drawn(date(2025, 10, 7), OCTOBER_8)[-1] == date(2025, 10, 7)
