"""Projections through kills, restarts and two leaders: the rows are the log's, exactly."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.payment import Payment
from services.database.connect import Database, open_database
from services.projections.projector import Projector, ReadingsBehindError
from services.projections.supervisor import Supervisor
from tests.declaring import declared, paid, payment
from tests.servers import silent, wait_until
from tests.world import World, world_on

CHECKOUT = Path(__file__).resolve().parents[2]
SCALE = int(os.environ.get("JIXIAO_SOAK", "1"))


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_on(database) as made:
        yield made


def fill(world: World, vouchers: int) -> None:
    """Vouchers of declared and undeclared projects, with corrections and reversals."""
    world.pay(
        *(
            payment(
                f"V{n}",
                paid(f"{n % 97 + 1}.50", date(2025, 1 + n % 12, 5), project_code=f"P{n % 7}"),
                *([paid("-0.50", date(2025, 12, 31), key="2")] if n % 10 == 0 else []),
            )
            for n in range(vouchers // 2)
        )
    )
    world.save(*(declared(code=f"P{n}", name=f"项目{n}") for n in range(5)))
    for n in range(0, vouchers // 2, max(1, vouchers // 100)):
        known = world.log.get(Payment, payment(f"V{n}", paid("1", date(2025, 1, 1))).id)
        known.correct(paid("2000.00", date(2025, 6, 1), project_code="P1"), "更正")
        world.save(known)
    world.pay(
        *(
            payment(f"W{n}", paid("3.00", date(2025, 3, 5), project_code=f"P{n % 7}"))
            for n in range(vouchers // 2)
        )
    )


def rows(world: World) -> dict[str, list[tuple[Any, ...]]]:
    return {table: world.rows(table) for table in world.tables()}


def kill_until_done(world: World, window: int, rng: random.Random) -> int:
    """Run the projecting process, kill it after some windows, until it ends by itself."""
    database, kills = world.services.database, 0
    while True:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.fault.projecting",
                database.web_url,
                database.worker_url,
                str(window),
            ],
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            text=True,
        )
        assert process.stdout is not None
        with process.stdout:
            for seen, _ in enumerate(process.stdout, 1):
                if kills < 5 and seen >= rng.randint(1, 4):
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                    break
            else:
                assert process.wait() == 0
                return kills
        process.wait()


def prove_kills_leave_no_trace(world: World, vouchers: int, seed: int) -> None:
    fill(world, vouchers)
    assert kill_until_done(world, vouchers // 25, random.Random(seed)) == 5  # noqa: S311
    live = rows(world)
    assert len(live["payment_lines"]) == vouchers + len(range(0, vouchers // 2, 10))
    total = sum((row[3] for row in live["payment_entries"]), Decimal(0))
    lines = sum((row[8] for row in live["payment_lines"]), Decimal(0))
    assert total == lines
    world.projector.rebuild(silent)
    assert rows(world) == live


def test_a_projection_killed_again_and_again_leaves_the_rows_of_the_log(world: World) -> None:
    prove_kills_leave_no_trace(world, 2_000, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(SCALE))
def test_the_same_with_a_hundred_thousand_vouchers(world: World, seed: int) -> None:
    prove_kills_leave_no_trace(world, 100_000, seed)


def test_the_supervisor_survives_every_connection_being_cut(world: World) -> None:
    supervisor = Supervisor(world.projector, world.log.channel)
    supervisor.start()
    try:
        world.save(declared())
        wait_until(lambda: world.projector.position() == world.log.head(), "it is projected")
        with psycopg.connect(world.services.database.worker_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user"
                " AND pid <> pg_backend_pid()"
            )
        world.pay(payment("V1", paid("1", date(2025, 5, 6))))
        wait_until(lambda: world.projector.position() == world.log.head(), "it goes on")
        assert supervisor.status.leading
    finally:
        supervisor.stop()


def test_the_supervisor_survives_a_restart_of_the_database(folder: Path) -> None:
    with (
        open_database(folder / "data", None, None, silent) as database,
        world_on(database) as world,
    ):
        supervisor = Supervisor(world.projector, world.log.channel)
        supervisor.start()
        try:
            world.save(declared())
            wait_until(lambda: world.projector.position() == world.log.head(), "it is projected")
            for pid_file in (folder / "data").rglob("postmaster.pid"):
                os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
            wait_until(lambda: appended(world), "the database is back", 60)
            wait_until(lambda: projected(world), "it is projected again", 60)
        finally:
            supervisor.stop()


def appended(world: World) -> bool:
    try:
        world.pay(payment("V1", paid("1", date(2025, 5, 6))))
    except Exception:  # noqa: BLE001  # whatever it says while the database is away
        return False
    return True


def projected(world: World) -> bool:
    try:
        return len(world.rows("payment_lines")) == 1
    except psycopg.OperationalError:
        return False


def test_one_of_two_supervisors_leads_and_the_other_takes_over(world: World) -> None:
    url = world.services.database.worker_url
    first = Supervisor(world.projector, world.log.channel)
    second = Supervisor(Projector(world.log, url), world.log.channel)
    first.start()
    wait_until(lambda: first.status.leading, "the first leads")
    second.start()
    world.save(declared())
    wait_until(lambda: world.projector.position() == world.log.head(), "it is projected")
    assert not second.status.leading
    first.stop()
    wait_until(lambda: second.status.leading, "the second leads")
    world.pay(payment("V1", paid("1", date(2025, 5, 6))))
    wait_until(lambda: world.projector.position() == world.log.head(), "it goes on")
    second.stop()


def test_a_process_that_may_not_lead_waits_and_says_when_nobody_leads(world: World) -> None:
    waiting = Projector(world.log, world.services.database.web_url, may_lead=False)
    world.save(declared())
    with pytest.raises(ReadingsBehindError, match="读数还未更新"):
        waiting.catch_up(timeout=0.3)
    world.projector.catch_up()
    assert waiting.catch_up() == world.log.head()


def test_screens_read_the_old_tables_while_new_ones_are_built(world: World) -> None:
    target = declared()
    world.save(target)
    world.projector.catch_up()
    seen: list[str] = []

    def look() -> None:
        seen.append(world.read.target(target.id).project_name)

    world.projector.rebuild(silent, before_switch=look)
    assert seen == ["城乡医疗救助"]
    assert world.read.target(target.id).project_name == "城乡医疗救助"
