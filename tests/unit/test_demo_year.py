"""The generator of the sample year: the same from the same seed, with every story in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from domain.alert import Rule
from domain.funds import FundSource
from domain.indicator import Kind, Measured, ToConfirm
from domain.payment import VoucherKind
from ops.demo import achievements, forms, stories, vouchers
from ops.demo.clock import VirtualClock, is_working_day, nth_working_day, working_day_from
from ops.demo.explanations import TOLD
from ops.demo.paying import printed_again
from ops.demo.sample import Sample
from ops.demo.story import LABEL, REGION, YEAR, Story
from ops.demo.timetable import timetable
from ops.demo.vouchers import Slip
from services.intake.achievement_rows import AchievementDefaults, read_achievements
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import read_payments

SEEDS = (2025, 1, 7, 42, -3)
CAST = stories.cast(1)


def told(key: str) -> Story:
    return next(story for story in CAST if story.key == key)


def paid_by_month(every: list[Slip], key: str) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for slip in every:
        if slip.story is not None and slip.project_code == told(key).code:
            sums[slip.paid_on.month] = sums.get(slip.paid_on.month, Decimal(0)) + slip.amount
    return sums


def test_the_same_seed_tells_the_same_year_and_another_seed_another() -> None:
    one, again, other = (vouchers.slips(stories.cast(1), seed) for seed in (5, 5, 6))

    assert one == again
    assert one != other
    assert [s.at for s in timetable(Sample(5))] == [s.at for s in timetable(Sample(5))]
    assert [s.at for s in timetable(Sample(5))] != [s.at for s in timetable(Sample(6))]
    assert list(achievements.reports(CAST, 5, 0)) == list(achievements.reports(CAST, 5, 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_about_as_large_as_was_asked_for(seed: int) -> None:
    numbers = {slip.key for slip in vouchers.slips(CAST, seed)}
    reports = [r for order in range(3) for r in achievements.reports(CAST, seed, order)]

    assert (len(CAST), len({story.unit for story in CAST})) == (12, 4)
    assert 270 <= len(numbers) <= 350
    assert 140 <= len(reports) <= 175


@pytest.mark.parametrize("seed", SEEDS)
def test_money_is_paid_on_working_days_and_never_backwards(seed: int) -> None:
    for slip in vouchers.slips(CAST, seed):
        assert is_working_day(slip.paid_on), slip
        assert (slip.amount > 0) is (slip.line_no == "1"), slip
        assert slip.amount == slip.amount.quantize(Decimal("0.01"))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_story_is_in_the_vouchers(seed: int) -> None:
    every = vouchers.slips(CAST, seed)

    assert max(paid_by_month(every, "stalled")) == 5
    assert min(paid_by_month(every, "late_money")) == 10
    assert min(paid_by_month(every, "recovered")) == 5
    assert sum(paid_by_month(every, "overspent").values()) > told("overspent").fiscal * 10_000
    early = sum(amount for m, amount in paid_by_month(every, "front_loaded").items() if m <= 5)
    assert early > told("front_loaded").fiscal * 8_500
    assert sum(paid_by_month(every, "lagging").get(m, 0) for m in range(1, 7)) < 300_000
    first = min(s.paid_on for s in every if s.project_code == told("paid_first").code)
    assert first < told("paid_first").declared_from
    lumps = [s for s in every if s.project_code == told("lumps").code]
    assert [(s.kind, s.amount, s.account) for s in lumps] == [
        (VoucherKind.ALLOCATION, Decimal(20_000_000), vouchers.INSURANCE_FUND_ACCOUNT)
    ] * 2
    names = Counter(slip.name for slip in every if slip.name)
    assert names == {"mistyped": 1, "misprinted": 1, "reversed": 2, "stays": 1, "basic": 2}
    there, back = (slip for slip in every if slip.name == "reversed")
    assert (there.key, there.amount + back.amount) == (back.key, Decimal(0))
    assert {slip.nature for slip in every} == {"一般公共预算资金", "单位资金"}


def test_the_form_says_what_the_story_says() -> None:
    for unit in stories.UNITS:
        mine = [story for story in CAST if story.unit == unit]
        for story, read in zip(mine, forms.declarations(mine), strict=True):
            assert (read.project_name, read.project_code) == (story.name, story.code)
            assert (read.unit_name, read.unit_code) == (unit.name, unit.code)
            assert sum(line.amount for line in read.fund_lines) == story.total * 10_000
            printed = [(i.category, i.name, i.value.text) for i in read.indicators]
            assert printed == [(g.category, g.name, g.value) for g in story.goals]
            assert (read.plan is None) is (story.plan == ())
            assert (LABEL in (read.source or ""), read.region) == (True, REGION)


def test_the_forms_hold_what_the_year_is_to_show() -> None:
    read = {s.key: forms.declarations([s])[0] for s in CAST}
    indicators = [i for declared in read.values() for i in declared.indicators]

    assert {i.kind for i in indicators} >= {
        *(Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING, Kind.DATE, Kind.QUALITATIVE)
    }
    assert sum(i.measured is Measured.YEAR_END for i in indicators) >= 12
    open_ = [i for i in indicators if i.to_confirm]
    assert [(i.name, i.to_confirm, i.from_payments) for i in open_] == [
        (stories.COST_WITH_WRONG_SIGN, (ToConfirm.COST_DIRECTION,), True)
    ]
    sources = [line.source for line in read["carried_over"].fund_lines]
    assert sources == [FundSource.CARRY_OVER]
    late = read["late_money"]
    assert (late.effective_on, late.fund_lines[0].arrived_on) == (date(2025, 10, 8),) * 2
    assert [line.source for line in read["lagging"].fund_lines] == [
        *(FundSource.CURRENT_YEAR, FundSource.OTHER)
    ]


@pytest.mark.parametrize("month", range(1, 13))
def test_a_months_file_reads_back_as_the_very_lines(month: int) -> None:
    every = vouchers.slips(CAST, 2025)
    of_month = [slip for slip in every if slip.paid_on.month == month]
    defaults = PaymentDefaults(REGION, YEAR, date(2026, 2, 1))

    file = read_payments(vouchers.file_text(month, of_month).encode(), defaults)

    assert (file.errors, file.rows) == ([], len(of_month))
    assert not any("不符" in note for note in file.notes)
    read = {(key, line.line_key): line for key, lines in file.vouchers for line in lines}
    for slip in of_month:
        line = read[slip.key, slip.line_no]
        assert line.same_fact(slip.line)
        assert (line.project_code, line.fund_nature) == (slip.project_code, slip.nature)


def test_a_unit_reports_what_can_be_read() -> None:
    for order, asked in enumerate(achievements.ROUNDS):
        said = list(achievements.reports(CAST, 2025, order))
        text = achievements.file_text(stories.UNITS[0], said)
        file = read_achievements(text.encode(), AchievementDefaults(YEAR, date(2026, 2, 1)))

        assert (file.errors, len(file.rows)) == ([], len(said))
        assert {row.said.reported_on for row in file.rows} == {asked.cut_off}
    assert not [r for r in said if r.story.key == "silent"]


def test_before_the_years_end_only_the_outlook_is_said_of_what_is_measured_then() -> None:
    outlooks = [r for r in achievements.reports(CAST, 2025, 0) if r.likelihood]

    assert len(outlooks) >= 10
    assert {r.value for r in outlooks} == {""}
    last = list(achievements.reports(CAST, 2025, 2))
    assert all(r.value for r in last)


def test_every_file_says_that_it_is_synthetic() -> None:
    unit = stories.UNITS[0]
    names = [vouchers.file_name(3), achievements.file_name(unit, 1), forms.form_name([CAST[0]])]
    texts = [
        vouchers.file_text(3, []),
        achievements.file_text(unit, []),
        forms.form_text([CAST[0]]),
    ]

    assert all(name.startswith(LABEL) for name in names)
    assert all(text.startswith(LABEL) for text in texts)


def test_a_larger_scale_numbers_its_repetitions() -> None:
    three = stories.cast(3)

    assert len({story.code for story in three}) == len({story.name for story in three}) == 36
    assert {len(story.code) for story in three} == {21}
    thrice, once = (len(vouchers.slips(stories.cast(n), 2025)) for n in (3, 1))
    assert 2.7 < thrice / once < 3.3
    assert vouchers.slips(three, 2025) == vouchers.slips(three, 2025)


@pytest.mark.parametrize("sample", [Sample(seed) for seed in SEEDS] + [Sample(1, 3)])
def test_acts_follow_one_another_on_working_days(sample: Sample) -> None:
    steps = timetable(sample)
    moments = [step.at for step in steps]

    assert all(a < b for a, b in pairwise(moments))
    assert all(8 <= moment.hour < 18 for moment in moments)
    assert all(is_working_day(moment.date()) for moment in moments)
    assert moments[0].date() == date(2025, 1, 2)
    assert moments[-1].date() < date(2026, 2, 1)


def test_junes_file_prints_the_mistyped_voucher_as_it_should_be() -> None:
    every = vouchers.slips(CAST, 2025)

    (again,) = printed_again(every, 6)
    wrong = next(slip for slip in every if slip.name == "mistyped")
    assert (again.key, again.paid_on) == (wrong.key, wrong.paid_on)
    assert (wrong.amount, again.amount) == (vouchers.MISTYPED, vouchers.MEANT)
    assert not list(printed_again(every, 7))


def test_heads_explain_lags_of_stories_that_are_told() -> None:
    for one in TOLD:
        names = {goal.name for goal in one.story.goals}
        assert (one.indicator in names) is (one.rule is Rule.INDICATOR_BEHIND)
    explained = {one.story.key for one in TOLD}
    assert {"recovered", "carried_over"} - explained == {"carried_over"}
    money = {one.story.key for one in TOLD if one.rule is Rule.MONEY_BEHIND_PLAN}
    assert money == {"stalled", "lagging"}


def test_a_samples_text_reads_back() -> None:
    for sample in (Sample(), Sample(-3, 12)):
        assert Sample.read(sample.text) == sample
    assert Sample.read("screen") is None


def test_the_clock_stands_where_it_was_set_until_it_is_let_go() -> None:
    clock = VirtualClock()
    moment = timetable(Sample())[0].at

    clock.set(moment)
    assert [clock(), clock()] == [moment, moment]
    clock.let_go()
    assert clock() - moment > timedelta(days=200)


def test_offices_are_closed_on_holidays_and_open_on_make_up_days() -> None:
    assert working_day_from(date(2025, 10, 1)) == date(2025, 10, 9)
    assert is_working_day(date(2025, 10, 11))  # a Saturday
    assert nth_working_day(date(2025, 10, 1), 3) == date(2025, 10, 11)
    assert nth_working_day(date(2025, 3, 1), 1) == date(2025, 3, 3)
