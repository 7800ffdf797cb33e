"""Where a target and a unit stand: both lights, never merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.funds import FundSource
from domain.goal_light import GoalsStanding
from domain.goal_verdict import IndicatorStanding, Verdict
from domain.indicator import Comparator, Indicator, Kind
from domain.light import Light
from domain.money_light import MoneyStanding
from domain.monitoring_round import MonitoringRound
from domain.picture import KnownIndicator, TargetPicture
from domain.plan import Window
from domain.policy_terms import GoalTerms, MoneyTerms, MonthDay, PolicyTerms
from domain.standing import TargetStanding, judge_target, judge_unit, plan_of
from domain.target import Life
from tests.judging import (
    AUGUST,
    ID,
    JUNE,
    QUARTERS,
    ROUNDS,
    YEAR_END,
    indicator,
    line,
    reading,
)

TERMS = PolicyTerms()
COUNTED = indicator("12", "次", Kind.CUMULATIVE)
COST = replace(indicator("150", "万元", Kind.CEILING, Comparator.AT_MOST), from_payments=True)
PICTURE = TargetPicture(
    UUID(int=3),
    "项目",
    "单位",
    2025,
    (line("100"), line("50", FundSource.OTHER, line_no="2")),
    (KnownIndicator(COUNTED, (reading(JUNE, "3"),)),),
    Decimal(500_000),
    JUNE,
    plan=QUARTERS,
    rounds=ROUNDS,
)


def test_a_target_has_two_lights() -> None:
    standing = judge_target(PICTURE, TERMS, JUNE)

    assert (standing.target_id, standing.as_of) == (UUID(int=3), JUNE)
    assert (standing.money.light, standing.goals.light) == (Light.GREEN, Light.RED)
    assert standing.money.budget == 1_000_000
    assert standing.goals.text == "红1"


def test_money_is_judged_no_later_than_payments_reach() -> None:
    later = judge_target(PICTURE, TERMS, AUGUST)
    earlier = judge_target(PICTURE, TERMS, date(2025, 5, 31))

    assert later.money == judge_target(PICTURE, TERMS, JUNE).money
    assert earlier.money.judged_on == date(2025, 5, 31)
    assert later.goals.not_reported == 0


def test_without_any_payment_file_money_cannot_be_determined() -> None:
    picture = replace(PICTURE, complete_to=None, indicators=(KnownIndicator(COST),))
    standing = judge_target(picture, TERMS, JUNE)

    assert standing.money.undetermined == "支付数据截至日"
    assert standing.money.budget == standing.money.original_budget == 1_000_000
    assert judge_unit(2025, [standing, standing], TERMS).money.budget == 2_000_000
    assert standing.goals.indicators[0].verdict.undetermined == "支付数据截至日"


@pytest.mark.parametrize(
    ("other", "light"), [(None, Light.GREEN), (1_000_000, Light.GREEN), (1_000_001, Light.RED)]
)
def test_a_cost_is_read_from_the_total_row(other: int | None, light: Light) -> None:
    picture = replace(
        PICTURE,
        indicators=(KnownIndicator(COST),),
        executed_other=None if other is None else Decimal(other),
    )

    assert judge_target(picture, TERMS, JUNE).goals.light is light


def test_a_payment_deadline_is_kept_when_the_whole_budget_is_paid() -> None:
    rent: Indicator = replace(
        COST, kind=Kind.DATE, value=replace(COST.value, due_on=date(2025, 5, 31))
    )
    picture = replace(
        PICTURE,
        indicators=(KnownIndicator(rent),),
        executed=Decimal(1_000_000),
        executed_other=Decimal(500_000),
        last_paid_on=date(2025, 5, 30),
    )

    assert judge_target(picture, TERMS, JUNE).goals.light is Light.GREEN
    short = replace(picture, executed=Decimal(999_999))
    assert judge_target(short, TERMS, JUNE).goals.light is Light.RED


@pytest.mark.parametrize("life", [Life.TERMINATED, Life.MERGED, Life.TRANSFERRED, Life.CUT_TO_ZERO])
def test_after_its_life_a_target_has_no_light(life: Life) -> None:
    picture = replace(PICTURE, life=life, ended_on=JUNE)
    before, after = (
        judge_target(picture, TERMS, date(2025, 6, 29)),
        judge_target(picture, TERMS, JUNE),
    )

    assert (before.money.light, before.goals.light) == (Light.GREEN, Light.RED)
    assert (after.money.light, after.money.reason) == (Light.NONE, f"项目已{life.value}")
    assert (after.money.judged_on, after.goals) == (None, GoalsStanding(Light.NONE))
    assert after.money.fiscal_year == 2025


def test_a_normal_life_goes_on_whatever_day_is_noted() -> None:
    assert not replace(PICTURE, ended_on=JUNE).has_ended(JUNE)
    assert not replace(PICTURE, life=Life.MERGED).has_ended(JUNE)


def test_the_confirmed_excess_is_red() -> None:
    over = replace(PICTURE, executed=Decimal(1_000_001))

    assert judge_target(over, TERMS, JUNE).money.light is Light.GREEN
    confirmed = replace(over, over_budget_confirmed=True)
    assert judge_target(confirmed, TERMS, JUNE).money.light is Light.RED


def test_terms_and_windows_reach_the_rules() -> None:
    late = PolicyTerms(money=MoneyTerms(first_judged=MonthDay(7, 1)))
    blue = PolicyTerms(goals=GoalTerms(blue_on=True))
    many = replace(PICTURE, indicators=(KnownIndicator(COUNTED, (reading(JUNE, "15"),)),))
    short = replace(PICTURE, window=Window(date(2025, 1, 1), JUNE), plan=None)

    assert judge_target(PICTURE, late, JUNE).money.light is Light.NONE
    assert judge_target(many, blue, JUNE).goals.light is Light.BLUE
    assert judge_target(short, TERMS, JUNE).money.planned == 1_000_000
    assert judge_target(short, TERMS, JUNE).goals.indicators[0].verdict.expected == 12
    assert plan_of(PICTURE, TERMS).progress.checkpoints == QUARTERS.checkpoints
    assert plan_of(short, TERMS).progress.last_checkpoint_on == JUNE


def stands(
    money: Light, goals: Light, *, unreported: bool = False, missing: int = 0
) -> TargetStanding:
    one = IndicatorStanding(ID, Verdict(goals, ""), not_reported=unreported)
    return TargetStanding(
        ID,
        JUNE,
        MoneyStanding(2025, money, planned=Decimal(missing)),
        GoalsStanding(goals, (one,)),
    )


def test_lists_sort_by_the_worse_light_then_by_missing_money() -> None:
    in_order = [
        stands(Light.GREEN, Light.RED, unreported=True, missing=9),
        stands(Light.RED, Light.NONE, missing=5),
        stands(Light.GREEN, Light.NONE, unreported=True),
        stands(Light.YELLOW, Light.GREEN, missing=3),
        stands(Light.GREEN, Light.YELLOW, missing=2),
        stands(Light.GREEN, Light.BLUE),
        stands(Light.NONE, Light.BLUE),
        stands(Light.NONE, Light.NONE),
    ]

    shuffled = [*in_order[3:], *in_order[:3]]
    assert sorted(shuffled, key=lambda one: one.sort_key) == in_order
    assert [one.sort_key[0] for one in in_order] == [0, 0, 1, 2, 2, 3, 4, 5]


def test_a_unit_shows_sums_of_money_and_counts_of_goals() -> None:
    other = replace(PICTURE, executed=Decimal(100_000), indicators=())
    targets = [judge_target(one, TERMS, date(2025, 9, 30)) for one in (PICTURE, PICTURE, other)]
    unit = judge_unit(2025, targets, TERMS, Decimal(40_000))

    assert unit.money.executed == 1_100_000
    assert unit.executed_total == 1_140_000
    assert unit.money.light is Light.YELLOW
    assert unit.goals == (
        (Light.RED, 2),
        (Light.YELLOW, 0),
        (Light.GREEN, 0),
        (Light.BLUE, 0),
        (Light.NONE, 1),
    )
    assert unit.not_reported == 2


def test_a_unit_without_unclaimed_payments_spent_what_its_targets_did() -> None:
    unit = judge_unit(2025, [judge_target(PICTURE, TERMS, JUNE)], TERMS)

    assert unit.unclaimed == 0
    assert unit.executed_total == 500_000


@pytest.mark.parametrize(("cut_off", "closes"), [(date(2025, 12, 30), False), (YEAR_END, True)])
def test_the_year_end_round_reaches_the_last_day(cut_off: date, *, closes: bool) -> None:
    assert replace(ROUNDS[2], cut_off=cut_off).closes_the_year is closes


def test_a_round_is_over_the_day_after_its_deadline() -> None:
    first: MonitoringRound = ROUNDS[0]

    assert [first.is_over(date(2025, 7, day)) for day in (15, 16)] == [False, True]
