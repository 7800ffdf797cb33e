"""kill -9 in the middle of an import: it goes on where it stopped, and the counts are exact."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.importing import Import, ImportKind, Tally
from services.database.connect import Database
from services.intake.runs import RunState
from services.recording import Outcome
from services.resuming import resume_all
from services.running import standing_of
from tests.integration.incoming import Desk, desk_on
from tests.payment_files import TODAY, big_csv, csv_of, upload, voucher_row

TOPICS = ("payment.recorded", "payment.lines_added", "import.chunk_stored", "import.completed")


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk on a fresh database."""
    with desk_on(database) as opened:
        yield opened


class Victim:
    """An import in a process of its own."""

    def __init__(self, database: Database, file: Path) -> None:
        self.database = database
        self.command = [
            sys.executable,
            "-m",
            "tests.importing_program",
            database.web_url,
            str(file),
        ]

    def counts(self) -> dict[str, int]:
        """Events on record, by topic."""
        with psycopg.connect(self.database.web_url) as connection:
            found = connection.execute("SELECT topic, count(*) FROM log.events GROUP BY topic")
            return dict.fromkeys(TOPICS, 0) | dict(found.fetchall())

    def kill_when(self, ripe: Callable[[dict[str, int]], bool], after: float = 0.0) -> bool:
        """Start it, kill it a little after a moment; answer whether it was still at work."""
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        while process.poll() is None and not ripe(self.counts()):
            time.sleep(0.001)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    def finish(self) -> dict[str, Any]:
        """Run it to its end and answer its report."""
        done = subprocess.run(self.command, stdout=subprocess.PIPE, check=True, timeout=600)
        report: dict[str, Any] = json.loads(done.stdout)
        return report


def exact(desk: Desk, victim: Victim, content: bytes, vouchers: int) -> None:
    """Let it end: every voucher once, every count right, the import closed."""
    report = victim.finish()
    with psycopg.connect(victim.database.web_url) as connection:
        row = connection.execute(
            "SELECT count(*), count(DISTINCT originator_id) FROM log.events WHERE topic = %s",
            ("payment.recorded",),
        ).fetchone()
    assert row == (vouchers, vouchers)
    assert (report["stored"], report["known"], report["rows"]) == (vouchers, 0, vouchers)
    running = desk.import_on_record(content)
    assert (running.tally, running.completed) == (Tally(stored=vouchers), True)


def kill_and_go_on(desk: Desk, victim: Victim, content: bytes, vouchers: int) -> int:
    """Kill it at each stage: begun, a chunk without its note, noted, late; then let it finish."""
    stages: list[Callable[[dict[str, int]], bool]] = [
        lambda c: c["payment.recorded"] > 0,
        lambda c: c["payment.recorded"] > 4_000 * c["import.chunk_stored"],
        lambda c: c["import.chunk_stored"] > 1,
        lambda c: c["payment.recorded"] > vouchers * 2 // 3,
    ]
    pauses = (0.0, 0.005, 0.02, 0.05)
    killed = sum(map(victim.kill_when, stages, pauses))
    exact(desk, victim, content, vouchers)
    return killed


def test_an_import_killed_again_and_again_ends_exact(
    desk: Desk, database: Database, tmp_path: Path
) -> None:
    content = big_csv(20_000)
    file = tmp_path / "支付.csv"
    file.write_bytes(content)
    assert kill_and_go_on(desk, Victim(database, file), content, 20_000) >= 3


def test_lines_added_to_known_vouchers_survive_a_kill_once(
    desk: Desk, database: Database, tmp_path: Path
) -> None:
    desk.bring_in(big_csv(10_000))
    reversals = csv_of(voucher_row(n, line=2, amount="-1.00") for n in range(10_000))
    file = tmp_path / "冲销.csv"
    file.write_bytes(reversals)
    victim = Victim(database, file)
    victim.kill_when(lambda counts: counts["payment.lines_added"] > 0)
    report = victim.finish()
    assert (report["stored"], report["known"]) == (10_000, 0)
    assert victim.counts()["payment.lines_added"] == 10_000
    assert all(len(lines) == 2 for lines in desk.facts().values())


def test_a_run_that_was_killed_says_so_and_is_gone_on_with(
    desk: Desk, database: Database, tmp_path: Path
) -> None:
    content = big_csv(10_000)
    file = tmp_path / "支付.csv"
    file.write_bytes(content)
    victim = Victim(database, file)
    assert victim.kill_when(lambda c: c["payment.recorded"] > 4_000 * c["import.chunk_stored"])
    import_id = Import.create_id(upload(content).key(ImportKind.PAYMENTS))
    broken = standing_of(desk.log, desk.lookups, import_id)
    assert (broken.run.state, broken.rows) == (RunState.BROKEN, 10_000)
    assert broken.rows_done == 4_000 * victim.counts()["import.chunk_stored"] < 10_000
    [report] = resume_all(desk.log, desk.lookups, today=TODAY)
    assert (report.outcome, report.stored, report.known) == (Outcome.RESUMED, 10_000, 0)
    assert victim.counts()["payment.recorded"] == 10_000
    ended = standing_of(desk.log, desk.lookups, import_id)
    assert (ended.run.state, ended.rows_done) == (RunState.DONE, 10_000)


def noted(chunks: int, counts: dict[str, int]) -> bool:
    """Whether so many chunks are noted."""
    return counts["import.chunk_stored"] >= chunks


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_hundred_thousand_vouchers_killed_again_and_again_end_exact(
    desk: Desk, database: Database, tmp_path: Path
) -> None:
    content = big_csv(100_000)
    file = tmp_path / "支付.csv"
    file.write_bytes(content)
    victim = Victim(database, file)
    for chunk in range(2, 24, 3):
        victim.kill_when(partial(noted, chunk))
    kill_and_go_on(desk, victim, content, 100_000)
