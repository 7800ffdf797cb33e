"""Judging days: what is recorded, what is not, and what stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.alert import Alert, AlertChange, Cause, Explanation
from domain.errors import FutureDateError
from domain.light import Light
from domain.policy import Policy
from domain.policy_terms import AlertTerms, PolicyTerms
from domain.target import Life, Target
from services.alerting import explain
from services.database.connect import Database
from services.evaluating import Evaluator
from services.readmodel.readmodel import NotReadYetError, YearNotOnRecordError
from services.working_days import YearNotInCalendarError, working_days_between
from tests.declaring import REGION, declared, paid, payment, reported
from tests.world import META, World, world_on

MARCH, JUNE, JULY, AUGUST = (
    date(2025, 3, 31),
    date(2025, 6, 30),
    date(2025, 7, 31),
    date(2025, 8, 31),
)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_on(database) as made:
        yield made


@pytest.fixture
def lagging(world: World) -> Target:
    """A target of 4.5 million that spent 300,000 by March; red by the default plan."""
    target = declared()
    world.save(target)
    world.pay(payment("V1", paid("300000", date(2025, 2, 5))))
    world.complete_to(date(2025, 12, 31))
    return target


def changes(world: World, day: date) -> dict[AlertChange, int]:
    return world.evaluate(day).changes


def test_a_lag_is_raised_once_and_twice_changes_nothing(world: World, lagging: Target) -> None:
    first = world.evaluate(JUNE)
    head = world.log.head()
    second = world.evaluate(JUNE)
    assert first.changes == {AlertChange.RAISED: 1}
    assert (second.recorded, second.changes) == (False, {})
    assert [one.lag.scope.target_id for one in second.found] == [lagging.id]
    assert world.log.head() == head


@pytest.mark.usefixtures("lagging")
def test_an_earlier_day_records_nothing_and_says_what_would_be_found(world: World) -> None:
    world.evaluate(JUNE)
    head = world.log.head()
    earlier = world.evaluate(MARCH)
    assert not earlier.recorded
    assert "截至3月31日" in earlier.found[0].lag.sentence
    assert world.log.head() == head


@pytest.mark.usefixtures("lagging")
def test_the_same_day_is_judged_again_when_a_fact_came_in(world: World) -> None:
    world.evaluate(JUNE)
    world.pay(payment("V2", paid("1500000", date(2025, 6, 20))))
    again = world.evaluate(JUNE)
    assert again.recorded
    assert again.changes == {AlertChange.RECOVERED: 1}


def test_alerts_worsen_ease_recover_and_resolve(world: World) -> None:
    target = declared()
    world.save(target)
    world.pay(payment("V1", paid("800000", date(2025, 3, 5))))
    world.complete_to(date(2025, 12, 31))
    assert changes(world, MARCH) == {AlertChange.RAISED: 1}
    assert changes(world, JUNE) == {AlertChange.WORSENED: 1}
    world.pay(payment("V2", paid("1200000", date(2025, 7, 5))))
    assert changes(world, JULY) == {AlertChange.EASED: 1}
    world.pay(payment("V3", paid("1000000", date(2025, 8, 5))))
    assert changes(world, AUGUST) == {AlertChange.RECOVERED: 1}
    [row] = world.read.alerts(world.read.moment(2025, AUGUST, world.projector.catch_up()))
    assert (row.state, row.owed) == ("recovered_unexplained", True)
    told = Explanation(Cause.FUNDING, "上级资金到得晚")
    explain(world.log, row.alert_id, told, on=date(2025, 9, 8), meta=META)
    world.projector.catch_up()
    after = world.read.alerts(world.read.moment(2025, date(2025, 9, 8)))
    assert [one.state for one in after] == ["resolved"]
    [then] = world.read.alerts(world.read.moment(2025, AUGUST))
    assert then.state == "recovered_unexplained"


def test_yellow_with_nothing_owed_resolves_by_itself(world: World) -> None:
    world.save(declared())
    world.pay(payment("V1", paid("800000", date(2025, 3, 5))))
    world.complete_to(date(2025, 12, 31))
    world.evaluate(MARCH)
    world.pay(payment("V2", paid("600000", date(2025, 4, 2))))
    assert changes(world, date(2025, 4, 8)) == {AlertChange.RESOLVED: 1}


def test_ten_working_days_of_yellow_owe_an_explanation(world: World) -> None:
    world.save(declared())
    world.pay(payment("V1", paid("800000", date(2025, 3, 5))))
    world.complete_to(date(2025, 12, 31))
    world.evaluate(MARCH)
    world.pay(payment("V2", paid("200000", date(2025, 4, 10))))
    assert working_days_between(MARCH, date(2025, 4, 14)) == 9
    assert changes(world, date(2025, 4, 14)) == {}
    assert changes(world, date(2025, 4, 15)) == {AlertChange.FELL_DUE: 1}
    [row] = world.read.alerts(world.read.moment(2025, JUNE, world.projector.catch_up()))
    assert (row.severity, row.owed, row.since) == ("yellow", True, MARCH)


def test_make_up_days_are_working_days_and_unknown_years_are_said() -> None:
    assert working_days_between(date(2025, 9, 26), date(2025, 10, 9)) == 4
    with pytest.raises(YearNotInCalendarError, match="尚无2031年"):
        working_days_between(date(2030, 12, 31), date(2031, 1, 2))


def test_where_working_days_are_not_known_yet_it_says_so_and_judges_all_the_same(
    world: World,
) -> None:
    world.save(declared())
    world.pay(payment("V1", paid("3825000", date(2025, 12, 5))))
    world.complete_to(date(2025, 12, 31))
    assert world.evaluate(date(2026, 12, 30)).notes == ()
    late = world.evaluate(date(2027, 1, 1))
    assert late.recorded
    assert [one.lag.severity for one in late.found] == ["yellow"]
    assert "尚无2027年" in late.notes[0]


def test_an_ended_target_has_no_alert_any_more(world: World, lagging: Target) -> None:
    world.evaluate(MARCH)
    target = world.log.get(Target, lagging.id)
    target.end(Life.TERMINATED, ended_on=date(2025, 5, 1), document_no="财预9号")
    world.save(target)
    report = world.evaluate(JUNE)
    assert (report.changes, report.found) == ({AlertChange.RECOVERED: 1}, ())


@pytest.mark.usefixtures("lagging")
def test_the_policy_in_force_on_the_day_judges(world: World) -> None:
    policy = Policy(REGION)
    lenient = replace(
        PolicyTerms().money, first_judged=replace(PolicyTerms().money.first_judged, month=7, day=31)
    )
    policy.set_terms(
        PolicyTerms(money=lenient, alerts=AlertTerms()),
        in_force_from=date(2025, 1, 1),
        reason="试行",
    )
    policy.set_terms(PolicyTerms(), in_force_from=date(2025, 6, 1), reason="恢复默认")
    world.save(policy)
    assert world.evaluate(MARCH).found == ()
    june = world.evaluate(JUNE)
    assert len(june.found) == 1
    [row] = world.read.evaluations(2025, limit=1) if world.projector.catch_up() else []
    assert row.policy_version == 2


@pytest.mark.usefixtures("lagging")
def test_a_day_to_come_is_not_judged(world: World) -> None:
    evaluator = Evaluator(world.log, world.projector, world.read, REGION)
    with pytest.raises(FutureDateError):
        evaluator.evaluate(2025, JUNE, today=date(2025, 6, 29), meta=META)


def test_a_year_without_targets_is_not_judged(world: World) -> None:
    with pytest.raises(YearNotOnRecordError, match="没有2031年度"):
        world.evaluate(date(2026, 6, 30), year=2031)
    assert world.log.head() == 0


def test_what_was_known_on_that_day_never_changes(world: World, lagging: Target) -> None:
    world.clock.set(date(2025, 7, 5))
    world.pay(payment("V2", paid("100000", date(2025, 6, 1))))
    world.evaluate(JUNE)
    world.projector.catch_up()
    moment = world.read.moment(2025, JUNE, date(2025, 7, 5))
    then = world.read.judged_year(moment)
    world.clock.set(date(2025, 9, 1))
    world.pay(payment("V3", paid("2000000", date(2025, 6, 10))))
    target = world.log.get(Target, lagging.id)
    target.report(reported("9.9", JUNE), today=date(2025, 9, 1))
    world.save(target)
    world.evaluate(AUGUST)
    world.projector.catch_up()
    assert world.read.moment(2025, JUNE, date(2025, 7, 5)) == moment
    assert world.read.judged_year(moment) == then
    now = world.read.judged_year(world.read.moment(2025, JUNE))
    assert now.targets[0].standing.money.light is Light.GREEN
    assert then.targets[0].standing.money.light is Light.RED


def test_stored_standings_equal_what_the_rules_compute(world: World, lagging: Target) -> None:
    world.evaluate(JUNE)
    head = world.projector.catch_up()
    stored = world.read.judged_year(world.read.moment(2025, JUNE))
    assert stored.moment.known_at < head
    world.save(declared(code="P2", name="另一个"))
    world.projector.catch_up()
    computed = world.read.judged_year(replace(stored.moment))
    one = world.read.judged_target(lagging.id, stored.moment)
    assert computed == stored
    assert one == stored.targets[0]


@pytest.mark.usefixtures("lagging")
def test_month_ends_that_an_evaluation_passed_have_standings_too(world: World) -> None:
    world.evaluate(MARCH)
    world.evaluate(date(2025, 7, 10))
    world.projector.catch_up()
    days = sorted({row[1] for row in world.rows("target_standings")})
    assert days == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        MARCH,
        date(2025, 4, 30),
        date(2025, 5, 31),
        JUNE,
        date(2025, 7, 10),
    ]
    stored = [row for row in world.rows("unit_standings") if row[1] == JUNE]
    assert [row[4] for row in stored] == ["red"]


@pytest.mark.usefixtures("lagging")
def test_an_alert_shows_its_inputs_and_where_the_log_stood(world: World) -> None:
    report = world.evaluate(JUNE)
    world.projector.catch_up()
    [step] = world.read.alert_steps(report.found[0].alert_id)
    assert (step.what, step.known_at, step.policy_version) == ("raised", report.known_at, 0)
    assert dict(step.inputs)["executed"] == "300000.00"
    assert Alert.create_id(report.found[0].lag.scope) == report.found[0].alert_id


def test_a_write_can_be_waited_for_and_the_wait_ends(world: World) -> None:
    position = world.save(declared())
    with pytest.raises(NotReadYetError):
        world.read.wait_for(position)
    world.projector.catch_up()
    world.read.wait_for(position)


def test_a_time_is_translated_to_a_position(world: World) -> None:
    world.clock.set(date(2025, 3, 1))
    first = world.save(declared())
    world.clock.set(date(2025, 4, 1))
    world.save(declared(code="P2", name="另一个"))
    world.projector.catch_up()
    assert world.read.position_at(date(2025, 3, 31)) == first
    assert world.read.position_at(datetime(2025, 2, 28, tzinfo=UTC)) == 0
    assert world.read.position_at(7) == 7
    assert world.read.position_at(None) == world.log.head()


def test_money_is_judged_where_the_data_are_complete_to(world: World) -> None:
    world.save(declared())
    world.pay(payment("V1", paid("300000", date(2025, 2, 5))))
    world.projector.catch_up()
    [before] = world.read.judged_year(world.read.moment(2025, AUGUST)).targets
    assert before.standing.money.undetermined == "支付数据截至日"
    world.complete_to(date(2025, 8, 12))
    world.projector.catch_up()
    judged = world.read.judged_year(world.read.moment(2025, AUGUST))
    assert judged.judged_on == date(2025, 8, 12)
    assert judged.targets[0].standing.money.executed == Decimal(300000)
