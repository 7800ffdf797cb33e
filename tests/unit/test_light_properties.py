"""What always holds of the lights, whatever the figures (issue 2, item 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.funds import FundLine, FundSource
from domain.goal_number import Measurement, judge_number
from domain.goal_verdict import Verdict
from domain.indicator import Comparator, Indicator, Kind, Likelihood, Measured
from domain.light import Light
from domain.money_light import MoneyStanding
from domain.picture import KnownIndicator, TargetPicture
from domain.plan import Shape
from domain.policy_terms import (
    GoalTerms,
    LowExecution,
    MoneyTerms,
    MonthDay,
    PointsBehind,
    PolicyTerms,
)
from domain.standing import judge_target, plan_of
from tests.judging import JUNE, QUARTERS, ROUNDS, YEAR, due, indicator, line, reading

STRICTER = PolicyTerms(
    money=MoneyTerms(
        points_behind=PointsBehind(Decimal("0.10")),
        low_execution=(LowExecution(MonthDay(8, 31), Decimal("0.6"), Decimal(2_000_000)),),
    )
)
LOWER = (Comparator.AT_MOST, Comparator.LESS_THAN)
days = st.dates(date(2025, 1, 1), date(2026, 2, 28))
numbers = st.decimals(0, 10_000, places=2)
signs = st.sampled_from([None, *Comparator])
units = st.sampled_from([None, "次", "万人次", "%", "万元", "元/人"])
measured_kinds = st.sampled_from([Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING])


@st.composite
def fund_lines(draw: st.DrawFn) -> FundLine:
    wan = draw(st.decimals("0.01", 5_000, places=2))
    source = draw(st.sampled_from([FundSource.CURRENT_YEAR, FundSource.CARRY_OVER]))
    return line(str(wan), source, draw(st.dates(date(2025, 1, 1), date(2025, 12, 31))))


@st.composite
def pictures(draw: st.DrawFn) -> TargetPicture:
    return TargetPicture(
        UUID(int=1),
        "项目",
        "单位",
        2025,
        tuple(draw(st.lists(fund_lines(), min_size=1, max_size=4))),
        (),
        Decimal(0),
        date(2026, 12, 31),
        plan=draw(st.sampled_from([None, QUARTERS])),
        shape=draw(st.sampled_from(Shape)),
    )


def money(picture: TargetPicture, day: date, terms: PolicyTerms | None = None) -> MoneyStanding:
    return judge_target(picture, terms or PolicyTerms(), day).money


@given(pictures(), days, st.integers(1, 120), st.decimals(0, 1, places=3), st.booleans())
def test_money_never_gets_milder_while_nothing_is_paid(
    picture: TargetPicture, day: date, later: int, paid: Decimal, stricter: bool
) -> None:
    there = tuple(one for one in picture.fund_lines if one.arrived_on <= day)
    assume(there)
    budget = sum(one.amount for one in there)
    picture = replace(picture, fund_lines=there, executed=paid * budget)
    terms = STRICTER if stricter else PolicyTerms()
    before, after = (money(picture, one, terms) for one in (day, day + timedelta(later)))

    assert before.light is Light.NONE or after.light.rank <= before.light.rank


@given(pictures(), days)
def test_the_planned_amount_never_falls_and_ends_at_the_budget(
    picture: TargetPicture, day: date
) -> None:
    plan, lines = plan_of(picture, PolicyTerms()), picture.fund_lines
    today, tomorrow = (plan.planned(lines, one) for one in (day, day + timedelta(1)))

    assert today <= tomorrow
    assert plan.planned(lines, date(2026, 1, 1)) == sum(one.amount for one in lines)


@given(pictures(), days, days, days)
def test_money_stands_still_beyond_the_day_the_payments_reach_to(
    picture: TargetPicture, complete_to: date, one: date, other: date
) -> None:
    known = replace(picture, complete_to=complete_to)

    assert money(known, max(one, complete_to)) == money(known, max(other, complete_to))


def number(kind: Kind, sign: Comparator | None, unit: str | None, target: Decimal) -> Indicator:
    return indicator(str(target), unit, kind, sign)


def verdict(judged: Indicator, value: Decimal, day: date, terms: GoalTerms) -> Verdict:
    target = judged.value.number
    assert target is not None
    return judge_number(Measurement(judged, judged.value, target, value, day, YEAR), terms)


@given(measured_kinds, signs, units, numbers, numbers, numbers, days, st.booleans())
def test_the_direction_is_honoured(
    kind: Kind,
    sign: Comparator | None,
    unit: str | None,
    target: Decimal,
    one: Decimal,
    other: Decimal,
    day: date,
    blue: bool,
) -> None:
    judged = number(kind, sign, unit, target)
    worse, better = sorted((one, other))
    ceiling = kind is Kind.CEILING and sign in (None, Comparator.EQUAL)
    if sign in LOWER or ceiling:
        worse, better = better, worse
    assume(not (sign is Comparator.EQUAL and unit == "元/人" and kind is Kind.LEVEL))
    terms = GoalTerms(blue_on=blue)
    lights = [verdict(judged, value, day, terms).light for value in (worse, better)]

    assert lights[0].rank <= lights[1].rank


@given(measured_kinds, signs, units, st.decimals(-5, 5, places=1), days)
def test_zero_targets_never_divide(
    kind: Kind, sign: Comparator | None, unit: str | None, value: Decimal, day: date
) -> None:
    shown = verdict(number(kind, sign, unit, Decimal(0)), value, day, GoalTerms(blue_on=True))

    assert shown.ratio is None
    assert shown.light is not Light.BLUE


@st.composite
def known_indicators(draw: st.DrawFn) -> KnownIndicator:
    judged = draw(
        st.sampled_from(
            [
                indicator("12", "次", Kind.CUMULATIVE),
                indicator("95", "%", Kind.LEVEL),
                indicator("30", "天", Kind.CEILING, Comparator.AT_MOST),
                indicator("90", "%", Kind.LEVEL, Comparator.AT_LEAST, Measured.YEAR_END),
                indicator(None, None, Kind.QUALITATIVE, None),
                due(JUNE),
                due(date(2025, 12, 31)),
            ]
        )
    )
    if draw(st.booleans()):
        return KnownIndicator(judged)
    report = reading(
        draw(st.dates(date(2025, 1, 1), date(2025, 8, 31))),
        str(draw(st.integers(0, 100))),
        likelihood=draw(st.sampled_from([None, *Likelihood])),
        done_on=draw(st.none() | st.dates(date(2025, 1, 1), date(2025, 3, 31))),
    )
    return KnownIndicator(judged, (report,))


def deadlines(picture: TargetPicture) -> set[date]:
    """The days after which something may look otherwise, without any fact."""
    passed = {one.deadline for one in picture.rounds}
    for known in picture.indicators:
        day = known.indicator.value.due_on
        if day is not None:
            passed |= {day, day - timedelta(GoalTerms().date_warning_days + 1)}
    return passed


@given(
    pictures(),
    st.lists(known_indicators(), max_size=5),
    st.dates(date(2025, 9, 1), date(2026, 2, 28)),
)
def test_goals_change_only_when_a_deadline_passes(
    picture: TargetPicture, known: list[KnownIndicator], day: date
) -> None:
    picture = replace(picture, indicators=tuple(known), rounds=ROUNDS)
    assume(day not in deadlines(picture))
    today, tomorrow = (
        judge_target(picture, PolicyTerms(), one).goals for one in (day, day + timedelta(1))
    )

    assert [(one.light, one.not_reported) for one in today.indicators] == [
        (one.light, one.not_reported) for one in tomorrow.indicators
    ]


@given(pictures(), st.lists(known_indicators(), max_size=5), days, st.randoms())
def test_the_order_of_facts_never_matters(
    picture: TargetPicture, known: list[KnownIndicator], day: date, chance: Random
) -> None:
    picture = replace(picture, indicators=tuple(known), rounds=ROUNDS)
    shuffled = replace(
        picture,
        fund_lines=tuple(chance.sample(picture.fund_lines, len(picture.fund_lines))),
        indicators=tuple(chance.sample(known, len(known))),
        rounds=tuple(chance.sample(ROUNDS, len(ROUNDS))),
    )
    one, other = (judge_target(each, PolicyTerms(), day) for each in (picture, shuffled))

    assert (one.money.light, one.goals.light) == (other.money.light, other.goals.light)
    assert one.goals.text == other.goals.text
    assert one.money.reason == other.money.reason


@given(pictures(), days)
def test_a_picture_is_judged_alike_every_time(picture: TargetPicture, day: date) -> None:
    assert judge_target(picture, STRICTER, day) == judge_target(picture, STRICTER, day)
