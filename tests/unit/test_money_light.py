"""The light of money: its boundaries, what excuses, what a policy adds, when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.funds import FundLine, FundSource
from domain.light import Light
from domain.money_light import (
    MoneyCause,
    MoneyFacts,
    MoneyStanding,
    judge_money,
    judge_unit_money,
)
from domain.plan import Shape, Window
from domain.planned import year_plan
from domain.policy_terms import LowExecution, MoneyTerms, MonthDay, PointsBehind, PolicyTerms
from tests.judging import AUGUST, COLOURS, JUNE, QUARTERS, YEAR, YEAR_END, line

TERMS = MoneyTerms()
BEHIND, OVER = MoneyCause.BEHIND_PLAN, MoneyCause.OVER_BUDGET


def facts(
    executed_wan: str,
    day: date | None = JUNE,
    *lines: FundLine,
    default: bool = False,
    window: Window = YEAR,
) -> MoneyFacts:
    plan = year_plan(2025, None if default else QUARTERS, Shape.EVEN, window, PolicyTerms())
    return MoneyFacts(2025, lines or (line("1000"),), plan, Decimal(executed_wan) * 10_000, day)


def judge(given: MoneyFacts, terms: MoneyTerms = TERMS) -> MoneyStanding:
    return judge_money(given, terms)


@pytest.mark.parametrize(
    ("paid", "day", "colour"),
    [
        pytest.param("299.97", JUNE, "R", id="0.5999"),
        pytest.param("299.974", JUNE, "R", id="0.59995 less a little"),
        pytest.param("299.975", JUNE, "Y", id="0.59995 rounds to 0.60"),
        pytest.param("300", JUNE, "Y", id="0.60"),
        pytest.param("399.97", JUNE, "Y", id="0.7999"),
        pytest.param("400", JUNE, "G", id="0.80"),
        pytest.param("-1", JUNE, "R", id="more reversed than paid"),
        pytest.param("699.9", date(2025, 12, 30), "Y", id="the day before all is due"),
        pytest.param("799.94", YEAR_END, "R", id="0.7999 at the end"),
        pytest.param("800", YEAR_END, "Y", id="0.80 at the end"),
        pytest.param("899.94", YEAR_END, "Y", id="0.8999 at the end"),
        pytest.param("900", YEAR_END, "G", id="0.90 at the end"),
        pytest.param("899.94", date(2026, 2, 1), "Y", id="after the end"),
    ],
)
def test_the_ratio_to_the_plan_is_the_colour(paid: str, day: date, colour: str) -> None:
    standing = judge(facts(paid, day))

    assert standing.light is COLOURS[colour]
    assert standing.cause is (None if colour == "G" else BEHIND)


@pytest.mark.parametrize(
    ("budget", "paid", "colour"),
    [
        pytest.param("1000", "450", "G", id="0.90"),
        pytest.param("10000", "0", "R", id="far behind"),
        pytest.param("2", "0", "G", id="10,000 yuan"),
        pytest.param("2.0002", "0", "Y", id="10,001 yuan"),
        pytest.param("10", "0", "Y", id="50,000 yuan"),
        pytest.param("10.0002", "0", "R", id="50,001 yuan"),
    ],
)
def test_small_gaps_are_excused(budget: str, paid: str, colour: str) -> None:
    assert judge(facts(paid, JUNE, line(budget))).light is COLOURS[colour]


@pytest.mark.parametrize(
    ("paid", "colour"),
    [
        pytest.param("50", "G", id="5.00 points"),
        pytest.param("49.96", "G", id="5.004 points, shown as 5.00"),
        pytest.param("49.95", "R", id="5.005 points, rounded to 5.01"),
    ],
)
def test_up_to_five_points_are_excused(paid: str, colour: str) -> None:
    since_march = Window(date(2025, 3, 1), YEAR_END)
    given = facts(paid, date(2025, 3, 31), default=True, window=since_march)

    standing = judge(given, replace(TERMS, grace_days=0))

    assert standing.planned == 1_000_000
    assert standing.light is COLOURS[colour]


def test_an_excused_light_says_so() -> None:
    green, yellow = (judge(facts("0", JUNE, line(budget))) for budget in ("1.8", "3.42"))

    assert green.reason.endswith("，差额不超过5.0个百分点或1.00万元，按绿灯")
    assert yellow.reason.endswith("，差额不超过5.00万元，按黄灯")
    assert (green.cause, yellow.cause) == (None, BEHIND)


def test_an_excuse_never_makes_a_light_worse() -> None:
    standing = judge(facts("4.5", JUNE, line("10")))

    assert standing.light is Light.GREEN
    assert standing.reason == (
        "截至6月30日支出4.50万元，占全年预算10.00万元的45.0%；"
        "按资金支出计划应达50.0%（5.00万元），差0.50万元、5.0个百分点，为计划进度的90.0%"
    )


def test_a_project_ahead_of_its_plan_lacks_nothing() -> None:
    standing = judge(facts("600", JUNE, default=True))

    assert standing.gap == -1_000_000
    assert standing.reason == (
        "截至6月30日支出600.00万元，占全年预算1000.00万元的60.0%；"
        "按默认进度应达50.0%（500.00万元），为计划进度的120.0%"
    )


@pytest.mark.parametrize(
    ("day", "arrived_on", "reason"),
    [
        (date(2025, 3, 30), date(2025, 1, 1), "未到首次判定日（3月31日）"),
        (date(2025, 8, 30), date(2025, 8, 1), "资金8月1日下达，未满30天"),
        (date(2025, 7, 31), date(2025, 8, 1), "资金8月1日下达，尚未下达"),
    ],
)
def test_there_is_no_light_too_early(day: date, arrived_on: date, reason: str) -> None:
    standing = judge(facts("0", day, line("1000", arrived_on=arrived_on)))

    assert (standing.light, standing.reason, standing.undetermined) == (Light.NONE, reason, None)


@pytest.mark.parametrize(
    ("day", "arrived_on"),
    [(date(2025, 3, 31), date(2025, 1, 1)), (date(2025, 8, 31), date(2025, 8, 1))],
)
def test_there_is_a_light_from_the_next_day_on(day: date, arrived_on: date) -> None:
    standing = judge(facts("0", day, line("10000", arrived_on=arrived_on)))

    assert standing.light is Light.RED


def test_later_money_gives_no_new_grace() -> None:
    late = line("1000", arrived_on=date(2025, 6, 20))

    assert judge(facts("0", JUNE, line("1000"), late)).light is Light.RED


def test_there_is_no_light_before_the_plans_first_checkpoint() -> None:
    window = Window(date(2025, 3, 1), YEAR_END)
    terms = replace(TERMS, first_judged=MonthDay(1, 1), grace_days=0)
    days = [date(2025, 3, 30), date(2025, 3, 31)]
    lights = [judge(facts("0", day, default=True, window=window), terms).light for day in days]

    assert lights == [Light.NONE, Light.RED]


def test_nothing_planned_yet_is_no_light() -> None:
    september = Window(date(2025, 9, 1), YEAR_END)
    terms = replace(TERMS, first_judged=MonthDay(1, 1))
    carried = line("100", FundSource.CARRY_OVER, arrived_on=date(2025, 1, 1))
    new = line("100", arrived_on=date(2025, 9, 30))
    given = facts("0", date(2025, 9, 30), new, default=True, window=september)

    assert judge(given, replace(terms, grace_days=0)).reason == (
        "截至9月30日计划应支出0.00万元，未到应支出时间"
    )
    assert judge(facts("0", date(2025, 9, 30), carried, new, default=True)).light is Light.RED


def test_without_payment_data_the_light_cannot_be_determined() -> None:
    standing = judge(facts("0", None))

    assert (standing.light, standing.judged_on) == (Light.NONE, None)
    assert (standing.undetermined, standing.reason) == (
        "支付数据截至日",
        "无法判定（缺支付数据截至日）",
    )


@pytest.mark.parametrize("lines", [(), (line("10"), line("-10"))], ids=["none", "cut to zero"])
def test_without_a_budget_the_light_cannot_be_determined(lines: tuple[FundLine, ...]) -> None:
    given = replace(facts("1"), lines=lines)
    standing = judge(given)

    assert (standing.light, standing.undetermined) == (Light.NONE, "全年预算数")
    assert (standing.ratio, standing.execution_rate, standing.planned_share) == (None, None, None)
    assert standing.check_over_budget


def test_more_spent_than_granted_is_first_a_task_for_the_desk() -> None:
    standing = judge(facts("1000.01"))

    assert (standing.light, standing.check_over_budget) == (Light.GREEN, True)
    assert not judge(facts("1000")).check_over_budget


def test_once_confirmed_it_is_red() -> None:
    standing = judge(replace(facts("1050.50"), over_budget_confirmed=True))

    assert (standing.light, standing.cause) == (Light.RED, OVER)
    assert not standing.check_over_budget
    assert standing.reason == (
        "截至6月30日支出1050.50万元，占全年预算1000.00万元的105.1%，"
        "超出全年预算50.50万元，已核实无漏录追加"
    )


def test_a_confirmed_excess_that_is_gone_is_no_excess() -> None:
    standing = judge(replace(facts("1000"), over_budget_confirmed=True))

    assert (standing.light, standing.cause) == (Light.GREEN, None)


def test_spending_without_any_budget_can_be_confirmed_too() -> None:
    given = replace(facts("1"), lines=(), over_budget_confirmed=True)

    assert judge(given).reason == "截至6月30日支出1.00万元，超出全年预算1.00万元，已核实无漏录追加"


@pytest.mark.parametrize(
    ("paid", "colour", "cause"),
    [
        ("400", "Y", MoneyCause.POINTS_BEHIND),
        ("401", "G", None),
        ("350", "Y", BEHIND),
        ("100", "R", BEHIND),
    ],
)
def test_a_policy_can_judge_by_points_behind(
    paid: str, colour: str, cause: MoneyCause | None
) -> None:
    terms = replace(TERMS, points_behind=PointsBehind(Decimal("0.10")))
    standing = judge(facts(paid), terms)

    assert (standing.light, standing.cause) == (COLOURS[colour], cause)


TAIYUAN = replace(
    TERMS,
    low_execution=(LowExecution(MonthDay(8, 31), Decimal("0.60"), Decimal(2_000_000)),),
)


@pytest.mark.parametrize(
    ("budget", "paid", "day", "colour"),
    [
        pytest.param("200", "119.98", AUGUST, "R", id="below on the day"),
        pytest.param("200", "119.98", date(2025, 9, 30), "R", id="below after the day"),
        pytest.param("200", "119.98", date(2025, 8, 30), "G", id="below before the day"),
        pytest.param("200", "120", AUGUST, "G", id="60 percent"),
        pytest.param("199.99", "110", AUGUST, "G", id="a small budget"),
    ],
)
def test_a_policy_can_ask_for_a_rate_on_a_day(
    budget: str, paid: str, day: date, colour: str
) -> None:
    standing = judge(facts(paid, day, line(budget)), TAIYUAN)

    assert standing.light is COLOURS[colour]
    assert (standing.cause is MoneyCause.LOW_EXECUTION) is (colour == "R")


def test_the_rate_asked_for_is_said() -> None:
    standing = judge(facts("119", AUGUST, line("200")), TAIYUAN)

    assert standing.reason.endswith("，8月31日起执行率不得低于60.0%")


def test_what_the_plan_shows_as_red_stays_the_plans() -> None:
    assert judge(facts("0", AUGUST, line("200")), TAIYUAN).cause is BEHIND


def test_all_the_figures_stand_beside_the_light() -> None:
    added = line("200", arrived_on=date(2025, 5, 1), original=False)
    standing = judge(facts("300", JUNE, line("1000"), added))

    assert standing.fiscal_year == 2025
    assert standing.judged_on == JUNE
    assert standing.budget == 12_000_000
    assert standing.original_budget == 10_000_000
    assert standing.execution_rate == Decimal("0.2500")
    assert standing.original_execution_rate == Decimal("0.3000")
    assert not standing.all_due
    assert not standing.default_plan


def unit(*standings: MoneyStanding, terms: MoneyTerms = TERMS) -> MoneyStanding:
    return judge_unit_money(2025, standings, terms)


def test_a_unit_is_judged_by_the_sums_of_its_targets() -> None:
    behind, ahead = judge(facts("100")), judge(facts("600", AUGUST, default=True))
    standing = unit(behind, ahead)

    assert standing.ratio == Decimal("0.6000")
    assert standing.light is Light.YELLOW
    assert standing.judged_on == JUNE
    assert standing.executed == 7_000_000
    assert standing.budget == 20_000_000
    assert standing.original_budget == 20_000_000
    assert standing.default_plan
    assert not standing.all_due
    assert not standing.check_over_budget
    assert standing.reason.startswith("截至6月30日支出700.00万元，占全年预算2000.00万元的35.0%；")


def test_a_unit_whose_money_is_all_due_is_judged_by_the_last_bands() -> None:
    done, open_ = judge(facts("850", YEAR_END)), judge(facts("420"))

    assert (unit(done).light, unit(done).all_due) == (Light.YELLOW, True)
    assert unit(done, open_).light is Light.GREEN


def test_targets_without_figures_are_left_out_of_the_sums() -> None:
    nothing = judge(facts("0", None))
    no_budget = judge(replace(facts("5"), lines=()))

    assert unit(judge(facts("500")), nothing, no_budget).executed == 5_000_000


def test_a_unit_without_judged_targets_has_no_light() -> None:
    early = judge(facts("0", date(2025, 2, 1)))

    assert (unit(early).light, unit(early).reason) == (Light.NONE, "所属项目均未到判定时间")
    assert unit(early).budget == 10_000_000
    assert (unit().light, unit().reason) == (Light.NONE, "无法判定（缺可判定的项目）")


def test_a_unit_with_one_judged_target_has_a_light() -> None:
    early = judge(facts("0", date(2025, 2, 1)))

    assert unit(early, judge(facts("400"))).light is Light.YELLOW


def test_rules_for_single_projects_do_not_count_for_a_unit() -> None:
    low = judge(facts("119", AUGUST, line("200")), TAIYUAN)

    assert unit(low, terms=TAIYUAN).light is Light.GREEN


def test_a_unit_shows_that_a_target_spent_more_than_it_has() -> None:
    assert unit(judge(facts("1001")), judge(facts("1"))).check_over_budget


def test_what_is_exactly_on_plan_lacks_nothing() -> None:
    assert "差" not in judge(facts("500")).reason
    assert "差0.01万元" in judge(facts("499.99")).reason


def test_points_further_behind_count_as_well() -> None:
    terms = replace(TERMS, points_behind=PointsBehind(Decimal("0.10"), Light.RED))
    standing = judge(facts("510", AUGUST), terms)

    assert (standing.ratio, standing.gap_share) == (Decimal("0.8147"), Decimal("0.1160"))
    assert (standing.light, standing.cause) == (Light.RED, MoneyCause.POINTS_BEHIND)


def test_a_milder_rule_leaves_a_worse_light_alone() -> None:
    rule = LowExecution(MonthDay(8, 31), Decimal("0.60"), Decimal(0), Light.YELLOW)
    terms = replace(TERMS, low_execution=(rule,))

    assert judge(facts("0", AUGUST), terms).light is Light.RED
    assert judge(facts("400", AUGUST), terms).cause is BEHIND
    assert judge(facts("599", AUGUST), terms).cause is MoneyCause.LOW_EXECUTION


def test_a_rate_asked_for_counts_for_large_budgets_too() -> None:
    assert judge(facts("550", AUGUST), TAIYUAN).cause is MoneyCause.LOW_EXECUTION


def test_a_standing_knows_nothing_until_it_is_told() -> None:
    nothing = MoneyStanding(2025)

    assert nothing == MoneyStanding(
        fiscal_year=2025,
        light=Light.NONE,
        reason="",
        judged_on=None,
        executed=Decimal(0),
        budget=Decimal(0),
        original_budget=Decimal(0),
        planned=Decimal(0),
        default_plan=False,
        all_due=False,
        cause=None,
        undetermined=None,
        check_over_budget=False,
    )


def test_the_smallest_budget_counts_in_the_sums_and_a_negative_one_does_not() -> None:
    small = judge(facts("0", JUNE, line("0.0001")))
    cut = judge(facts("0", JUNE, line("1"), line("-2")))

    assert unit(small, cut).budget == 1


def test_a_confirmation_without_an_excess_changes_nothing() -> None:
    given = facts("450")

    assert judge(replace(given, over_budget_confirmed=True)) == judge(given)


def test_a_budget_of_one_yuan_is_a_budget_and_one_below_nothing_is_none() -> None:
    assert judge(facts("0", JUNE, line("0.0001"))).light is Light.GREEN
    assert judge(facts("-2", JUNE, line("-1"))).undetermined == "全年预算数"


def test_fewer_than_five_points_are_excused_whatever_they_amount_to() -> None:
    march, window = date(2025, 3, 31), Window(date(2025, 3, 1), YEAR_END)
    standing = judge(facts("70", march, default=True, window=window))

    assert (standing.ratio, standing.gap) == (Decimal("0.7"), Decimal(300_000))
    assert standing.light is Light.GREEN


def test_a_rate_above_the_one_asked_for_is_not_low() -> None:
    assert judge(facts("150", AUGUST, line("200")), TAIYUAN).light is Light.GREEN


def test_the_smallest_lag_is_said() -> None:
    reason = judge(facts("499.9999")).reason

    assert reason.endswith(
        "按资金支出计划应达50.0%（500.00万元），差0.00万元、0.0个百分点，为计划进度的100.0%"
    )
