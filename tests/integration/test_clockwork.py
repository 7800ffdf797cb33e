"""The clock wakes; the database says what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest

from scheduler.clockwork import Clockwork
from scheduler.jobs import day_due, evaluate_due
from scheduler.timetable import TIMETABLE, Job
from services.bootstrap import Services
from services.database.connect import Database
from services.leading import SCHEDULER, Leadership
from tests.declaring import declared, paid, payment
from tests.servers import wait_until
from tests.world import World, world_on

SEVEN_IN_SHANGHAI = datetime(2025, 7, 1, 23, 0, tzinfo=UTC)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_on(database) as made:
        made.save(declared())
        made.pay(payment("V1", paid("300000", date(2025, 2, 5))))
        made.complete_to(date(2025, 12, 31))
        made.projector.catch_up()
        yield made


def judged_days(world: World) -> list[date]:
    world.projector.catch_up()
    return [row.as_of for row in world.read.evaluations(2025)]


def test_the_day_before_is_due_from_seven_in_the_morning_in_shanghai() -> None:
    assert day_due(SEVEN_IN_SHANGHAI) == date(2025, 7, 1)
    assert day_due(datetime(2025, 7, 1, 22, 59, tzinfo=UTC)) == date(2025, 6, 30)


def test_it_is_woken_at_seven_every_day() -> None:
    assert ("evaluate", "0 7 * * *") in {(job.name, job.cron) for job in TIMETABLE}


def test_a_day_that_is_due_is_judged_once_however_often_it_is_woken(world: World) -> None:
    told = evaluate_due(world.services, SEVEN_IN_SHANGHAI)
    world.projector.catch_up()
    head = world.log.head()
    again = evaluate_due(world.services, SEVEN_IN_SHANGHAI)
    assert "2025年度评判至2025-07-01：raised1" in told
    assert again == "没有到期的评判"
    assert (judged_days(world), world.log.head()) == ([date(2025, 7, 1)], head)


def test_after_an_absence_there_is_one_evaluation(world: World) -> None:
    evaluate_due(world.services, SEVEN_IN_SHANGHAI)
    world.projector.catch_up()
    evaluate_due(world.services, datetime(2025, 9, 20, 1, tzinfo=UTC))
    assert judged_days(world) == [date(2025, 9, 19), date(2025, 7, 1)]


def test_a_clock_set_back_judges_nothing(world: World) -> None:
    evaluate_due(world.services, SEVEN_IN_SHANGHAI)
    world.projector.catch_up()
    evaluate_due(world.services, datetime(2025, 5, 1, 1, tzinfo=UTC))
    assert judged_days(world) == [date(2025, 7, 1)]


def test_a_year_is_judged_until_its_accounts_are_settled(world: World) -> None:
    evaluate_due(world.services, datetime(2026, 4, 30, 23, 30, tzinfo=UTC))
    assert judged_days(world) == [date(2026, 4, 30)]
    world.projector.catch_up()
    evaluate_due(world.services, datetime(2026, 5, 20, 1, tzinfo=UTC))
    assert judged_days(world) == [date(2026, 4, 30)]


def test_only_one_process_of_two_works(world: World) -> None:
    runs: list[str] = []

    def work(_: Services, now: datetime) -> str:
        runs.append(str(now))
        return "done"

    job = Job("work", "0 7 * * *", work)
    first, second = (Clockwork(world.services, (job,)) for _ in range(2))
    first.wake(job)
    second.wake(job)
    assert len(runs) == 1
    assert (first.last_runs["work"].outcome, second.last_runs) == ("done", {})
    first.stop()
    second.wake(job)
    second.stop()
    assert len(runs) == 2


def test_a_leader_that_lost_its_connection_leads_again_or_stops(world: World) -> None:
    url = world.services.database.worker_url
    first, second = Leadership(url, SCHEDULER), Leadership(url, SCHEDULER)
    assert (first.try_lead(), second.try_lead()) == (True, False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND objid = %s",
            (SCHEDULER,),
        )
    assert second.try_lead()
    assert not first.try_lead()
    second.leave()
    assert first.try_lead()
    first.leave()


def test_a_job_that_fails_is_told_and_the_next_one_runs(world: World) -> None:
    def fail(_: Services, __: datetime) -> str:
        raise LookupError("nothing there")

    good = Job("good", "0 7 * * *", lambda _, __: "fine")
    clockwork = Clockwork(world.services, (Job("bad", "0 7 * * *", fail), good))
    clockwork.wake_all()
    clockwork.stop()
    assert clockwork.last_runs["bad"].failed
    assert clockwork.last_runs["bad"].outcome == "nothing there"
    assert clockwork.last_runs["good"].outcome == "fine"


def test_what_became_due_while_nobody_ran_is_done_at_the_start(world: World) -> None:
    world.clock.set(date(2025, 7, 2))
    clockwork = Clockwork(world.services)
    clockwork.start()
    wait_until(lambda: "evaluate" in clockwork.last_runs, "the job ran")
    clockwork.stop()
    assert judged_days(world) == [date(2025, 7, 1)]
