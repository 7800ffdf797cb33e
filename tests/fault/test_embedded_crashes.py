"""The embedded server after crashes: of its users, of itself, of everything, and half way."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from services.database import cluster
from services.database.errors import ServerStartError
from services.database.locks import FileLock
from services.database.migrations import released
from services.database.places import SOCKET_NAME, find_places
from services.database.postmaster import claimed, is_alive
from services.database.programs import programs_for
from tests.fault.conftest import Site
from tests.fault.processes import as_account
from tests.servers import end_servers_in, pids_below, silent, wait_until

NOTE = """
INSERT INTO log.events (originator_id, originator_version, topic, state)
VALUES (gen_random_uuid(), 1, %s, %s)
"""


def test_after_everything_was_killed_the_next_user_finds_what_was_committed(own_site: Site) -> None:
    for round_ in range(3):
        with own_site.user() as user:
            write(user.ready["web_url"], f"round {round_}")
            user.kill()
            end_servers_in(own_site.cluster)
    with own_site.user() as user:
        assert notes(user.ready["web_url"]) == ["round 0", "round 1", "round 2"]


def test_a_postmaster_killed_is_brought_back_while_somebody_uses_it(site: Site) -> None:
    with site.user() as user:
        ready = user.ready
        write(ready["web_url"], "before")
        os.kill(ready["server"], signal.SIGKILL)
        wait_until(lambda: answers(ready["web_url"]), "the server is back", 20)
        assert notes(ready["web_url"]) == ["before"]
        assert claimed_pid(site) != ready["server"]
        assert user.leave() == 0
    assert pids_below(site.cluster) == []


def test_a_session_killed_costs_the_others_their_connection_but_no_data(own_site: Site) -> None:
    with own_site.user() as user:
        url = user.ready["web_url"]
        write(url, "before")
        with psycopg.connect(url) as connection:
            os.kill(connection.info.backend_pid, signal.SIGKILL)
        wait_until(lambda: answers(url), "the server is back", 20)
        assert notes(url) == ["before"]
        assert claimed_pid(own_site) == user.ready["server"]


def test_a_pid_file_with_the_number_of_another_program_does_not_stop_the_start(site: Site) -> None:
    with site.user() as user:
        write(user.ready["web_url"], "before")
        server = user.ready["server"]
        user.kill()
        run_dir = Path(dict_of(user.ready["web_url"])["host"])
        pid_file = (site.cluster / "postmaster.pid").read_text(encoding="utf-8")
        end_servers_in(site.cluster)
    with recycled_pid(site) as pid:
        stale = pid_file.replace(str(server), str(pid), 1)
        (site.cluster / "postmaster.pid").write_text(stale, encoding="utf-8")
        (run_dir / f"{SOCKET_NAME}.lock").write_text(stale, encoding="utf-8")
        with site.user() as user:
            assert notes(user.ready["web_url"]) == ["before"]
            assert user.ready["server"] != pid
            assert is_alive(pid)
            assert user.leave() == 0
        assert is_alive(pid)


def test_a_zombie_is_not_taken_for_a_server(site: Site) -> None:
    with site.user() as starter:
        server = starter.ready["server"]
        write(starter.ready["web_url"], "before")
        # The starter is the server's parent: while it is stopped, nobody waits for its child.
        os.kill(starter.process.pid, signal.SIGSTOP)
        wait_until(lambda: stands_still(starter.process.pid), "the starter stands still")
        os.kill(server, signal.SIGKILL)
        wait_until(lambda: state(server) == "Z", "a zombie")
        with site.user() as user:
            assert user.ready["server"] != server
            assert notes(user.ready["web_url"]) == ["before"]
            assert state(server) == "Z"
            os.kill(starter.process.pid, signal.SIGCONT)
            assert user.leave() == 0
        with psycopg.connect(starter.ready["web_url"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_busy_session_of_a_dead_server_is_ended_before_the_next_starts(own_site: Site) -> None:
    with own_site.user() as user:
        url, server = user.ready["web_url"], user.ready["server"]
        busy = threading.Thread(target=count_for_ever, args=[url])
        busy.start()
        wait_until(lambda: busy_sessions(url) == 1, "a busy session")
        os.kill(user.process.pid, signal.SIGKILL)
        os.kill(server, signal.SIGKILL)
        with own_site.user() as later:
            assert later.ready["server"] != server
            assert busy_sessions(later.ready["web_url"]) == 0
        busy.join(timeout=10)


def test_a_recovery_of_more_than_ten_seconds_is_waited_for_with_a_word(own_site: Site) -> None:
    with own_site.user() as user:
        write(user.ready["web_url"], "before")
        user.kill()
        end_servers_in(own_site.cluster)
    with own_site.user() as patient, own_site.user() as second:
        startup = stopped_startup_process(own_site.cluster)
        time.sleep(11)
        assert patient.process.poll() is None
        os.kill(startup, signal.SIGCONT)
        assert notes(patient.ready["web_url"]) == ["before"]
        assert patient.ready["seconds"] > 10
        assert second.ready["server"] == patient.ready["server"]
        # One of them starts the server and waits for it, the other waits for that one.
        told = [*patient.progress, *second.progress]
        assert any("正在恢复数据" in line and "秒" in line for line in told)
        assert any("正在等待另一个进程" in line for line in told)


def test_a_starter_killed_during_recovery_leaves_it_to_the_next(own_site: Site) -> None:
    with own_site.user() as user:
        write(user.ready["web_url"], "before")
        user.kill()
        end_servers_in(own_site.cluster)
    with own_site.user() as killed:
        startup = stopped_startup_process(own_site.cluster)
        server = claimed_pid(own_site)
        killed.kill()
        with own_site.user() as later:
            time.sleep(0.5)
            os.kill(startup, signal.SIGCONT)
            assert later.ready["server"] == server
            assert notes(later.ready["web_url"]) == ["before"]


def test_an_initdb_broken_off_leaves_nothing_that_looks_like_a_cluster(own_site: Site) -> None:
    with own_site.user() as killed:
        unfinished = own_site.data_dir / "database" / "cluster.unfinished"
        wait_until((unfinished / "base").exists, "initdb at work")
        killed.kill()
    assert not own_site.cluster.exists()
    with own_site.user() as later:
        assert later.ready["migrations"] == len(released())
    assert not unfinished.exists()


def test_a_socket_tidied_away_by_somebody_comes_back_with_the_next_user(own_site: Site) -> None:
    with own_site.user() as user:
        server = user.ready["server"]
        run_dir = Path(dict_of(user.ready["web_url"])["host"])
        user.kill()
        for file in run_dir.iterdir():
            file.unlink()
        with own_site.user() as later:
            assert answers(later.ready["web_url"])
            assert later.ready["server"] != server
        assert not is_alive(server)


def test_a_server_that_cannot_be_seen_keeps_a_second_one_from_starting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "REMAINS", 0.3)
    places = find_places(folder / "data")
    with FileLock(places.server_lock) as held_elsewhere:
        assert held_elsewhere.try_exclusive()
        with pytest.raises(ServerStartError, match="另一个容器"):
            cluster.start(places, programs_for(places.user), silent)


def test_what_a_power_cut_needs_is_switched_on_and_the_network_is_off(own_site: Site) -> None:
    expected = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "restart_after_crash": "on",
        "max_wal_size": "256MB",
        "logging_collector": "on",
        "log_truncate_on_rotation": "on",
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "server_encoding": "UTF8",
    }
    with own_site.user() as user, psycopg.connect(user.ready["web_url"]) as connection:
        found = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in expected
        }
    assert found == {name: (value,) for name, value in expected.items()}


@pytest.mark.root
def test_a_full_disk_loses_nothing_and_with_room_the_service_goes_on_by_itself(
    folder: Path,
) -> None:
    disk = folder / "disk"
    disk.mkdir()
    with small_disk(disk, "120m"), Site(disk, None, None).user() as user:
        url = user.ready["web_url"]
        acknowledged = fill(url)
        assert len(acknowledged) > 3
        subprocess.run(["mount", "-o", "remount,size=500m", str(disk)], check=True)
        wait_until(lambda: writes(url, "after"), "there is room again", 60)
        assert set(acknowledged) <= set(notes(url))


# -- what the tests do to a server ---------------------------------------------------------


def write(url: str, note: str) -> None:
    """Commit a row."""
    with psycopg.connect(url) as connection:
        connection.execute(NOTE, [note, b""])


def writes(url: str, note: str) -> bool:
    """Commit a row, if that works."""
    try:
        write(url, note)
    except psycopg.Error:
        return False
    return True


def notes(url: str) -> list[str]:
    """The rows that were committed."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT topic FROM log.events ORDER BY notification_id")
        return [row[0] for row in rows]


def answers(url: str) -> bool:
    """Whether a connection works."""
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def count_for_ever(url: str) -> None:
    """Keep a session so busy that it does not notice its server's death."""
    with suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
        connection.execute("SELECT count(*) FROM generate_series(1, 100000000000)")


def busy_sessions(url: str) -> int:
    """How many sessions count for ever."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM gen%'"
            " AND state = 'active' AND pid <> pg_backend_pid()"
        ).fetchone()
        return int(row[0]) if row else 0


def fill(url: str) -> list[str]:
    """Commit rows until something gives; return those that were acknowledged."""
    done: list[str] = []
    with suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as connection:
        for number in range(1000):
            connection.execute(NOTE, [f"fill {number}", os.urandom(1_000_000)])
            done.append(f"fill {number}")
    return done


def state(pid: int) -> str:
    """The kernel's letter for a process: Z is a zombie; empty when it is gone."""
    try:
        return letter(Path(f"/proc/{pid}/stat"))
    except FileNotFoundError:
        return ""


def letter(stat: Path) -> str:
    """The third word of a stat file, behind the name in brackets."""
    return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0]


def stands_still(pid: int) -> bool:
    """Whether every thread of a process is stopped.

    The first one alone says little: the thread that waits for the child stops only when it is
    scheduled, and looks for dead children once more before it does.
    """
    return all(letter(task) == "T" for task in Path(f"/proc/{pid}/task").glob("*/stat"))


def claimed_pid(site: Site) -> int | None:
    """The number in the pid file."""
    server = claimed(site.cluster)
    return server.pid if server else None


def dict_of(url: str) -> dict[str, Any]:
    """The parts of a connection string."""
    return dict(conninfo_to_dict(url))


def stopped_startup_process(place: Path) -> int:
    """Wait for the process that recovers, stop it, and return its number."""
    found: list[int] = []

    def stopped() -> bool:
        for pid in pids_below(place):
            with suppress(OSError):
                title = Path(f"/proc/{pid}/cmdline").read_bytes()
                if title.startswith(b"postgres: startup"):
                    os.kill(pid, signal.SIGSTOP)
                    found.append(pid)
                    return True
        return False

    deadline = time.monotonic() + 20
    while not stopped():
        assert time.monotonic() < deadline
    return found[0]


@contextmanager
def recycled_pid(site: Site) -> Iterator[int]:
    """Run another program of the server's own user: the kind that fools PostgreSQL itself."""
    owner = site.cluster.stat()
    account = pwd.getpwuid(owner.st_uid)
    with subprocess.Popen(["sleep", "120"], **as_account(account)) as program:
        try:
            yield program.pid
        finally:
            program.kill()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a file system of that size for a block."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "t", folder], check=True)
    try:
        yield
    finally:
        end_servers_in(folder)
        subprocess.run(["umount", "-l", folder], check=True)
