"""Many writers at once: a follower misses nothing, and no update is lost (faults B2-B4)."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from decimal import Decimal
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import Any

import psycopg
import pytest

from services.database.connect import Database
from services.log.application import Log
from services.log.recorder import utc_now
from tests.fault.writers import raise_by_one, write
from tests.toys import META, Voucher, voucher

WRITERS = 6
SCALE = int(os.environ.get("JIXIAO_SOAK", "1"))


def start(task: Callable[..., None], *arguments: Any) -> SpawnProcess:
    process = multiprocessing.get_context("spawn").Process(target=task, args=arguments)
    process.start()
    return process


def follow(log: Log, total: int, seconds: float) -> list[int]:
    """Read by position, always behind the last one seen, until all have come or time is up."""
    seen: list[int] = []
    deadline = monotonic() + seconds
    while len(seen) < total and monotonic() < deadline:
        seen += [entry.position for entry in log.read(seen[-1] if seen else 0, 1_000)]
    return seen


def race(database: Database, events: int, seconds: float) -> None:
    """Let six processes write while we follow, and compare with what is there."""
    each = events // WRITERS
    processes = [start(write, database.web_url, n, each) for n in range(WRITERS)]
    with Log(database.worker_url, clock=utc_now) as log:
        seen = follow(log, each * WRITERS, seconds)
    for process in processes:
        process.join(seconds)
    assert [process.exitcode for process in processes] == [0] * WRITERS
    with psycopg.connect(database.worker_url) as connection:
        stored = connection.execute(
            "SELECT notification_id FROM log.events ORDER BY notification_id"
        ).fetchall()
        times = connection.execute(
            "SELECT recorded_at FROM log.appends ORDER BY first_position"
        ).fetchall()
    assert len(stored) == each * WRITERS
    assert seen == [position for (position,) in stored]
    assert times == sorted(times)


def test_a_follower_of_six_writers_misses_nothing(any_database: Database) -> None:
    race(any_database, 20_000, seconds=90)


@pytest.mark.soak
@pytest.mark.timeout(900 * SCALE)
def test_a_follower_of_six_writers_misses_none_of_a_hundred_thousand(
    any_database: Database,
) -> None:
    race(any_database, 100_000 * SCALE, seconds=800 * SCALE)


def test_no_update_is_lost_when_all_change_the_same_voucher(any_database: Database) -> None:
    with Log(any_database.web_url, clock=utc_now) as log:
        log.save(voucher(1, amount="0"), meta=META)
        processes = [start(raise_by_one, any_database.web_url, "1", 15) for _ in range(4)]
        for process in processes:
            process.join(60)
        assert [process.exitcode for process in processes] == [0] * 4
        assert log.get(Voucher, Voucher.create_id("1")).amount == Decimal(60)
