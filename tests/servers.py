"""PostgreSQL servers for the tests, and a fresh database for each test.

Registered by ``tests/conftest.py``, so that every folder of tests has the fixtures:

- ``database``: a new, migrated ``Database`` on the embedded server; dropped afterwards;
- ``debian_database``: the same on Debian's PostgreSQL 15, by socket;
- ``debian_tcp_database``: the same by TCP;
- ``any_database``: runs the test twice, on both servers;
- ``embedded_server``, ``debian_server``: the servers themselves, one a session.

A server lives in ``/tmp/jxt-<pid>-…`` and ends with the session; those of a session that
was killed are ended by the next one.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from services.database import postmaster, roles
from services.database.connect import Database, init_database
from services.database.embedded import EmbeddedServer
from services.database.places import NOTE

SHORT = Path("/tmp")  # noqa: S108  # socket paths have to be short
PREFIX = "jxt-"
TEMPLATE = "jixiao_template"
DEBIAN = Path("/usr/lib/postgresql/15/bin")
PASSWORDS = {roles.WEB: "web-of-the-tests", roles.WORKER: "worker-of-the-tests"}


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that takes connections, with a migrated template to clone."""

    admin_conninfo: str
    passwords: dict[str, str]
    data_dir: Path
    tcp_port: int | None = None

    def admin(self, dbname: str = "postgres") -> psycopg.Connection:
        """Connect as the superuser, in autocommit mode."""
        return psycopg.connect(self.admin_url(dbname), autocommit=True)

    def admin_url(self, dbname: str) -> str:
        """The superuser's address of a database."""
        return make_conninfo(self.admin_conninfo, dbname=dbname)

    def url(self, role: str, dbname: str, *, tcp: bool = False) -> str:
        """A role's address of a database."""
        return make_conninfo(
            self._by_tcp() if tcp else self.admin_conninfo,
            user=role,
            password=self.passwords[role],
            dbname=dbname,
        )

    def database(self, dbname: str, *, tcp: bool = False) -> Database:
        """Both roles' addresses of a database."""
        return Database(
            web_url=self.url(roles.WEB, dbname, tcp=tcp),
            worker_url=self.url(roles.WORKER, dbname, tcp=tcp),
        )

    @contextmanager
    def fresh(self, *, tcp: bool = False) -> Iterator[Database]:
        """Clone the template for the length of a block."""
        dbname = f"t_{secrets.token_hex(6)}"
        self.clone(dbname)
        try:
            yield self.database(dbname, tcp=tcp)
        finally:
            self.drop(dbname)

    def clone(self, dbname: str) -> None:
        """Make a database from the template, and the rights that a clone does not inherit."""
        with self.admin() as connection:
            connection.execute(
                SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    Identifier(dbname), Identifier(TEMPLATE)
                )
            )
        with self.admin(dbname) as connection:
            roles.grant(connection)

    def drop(self, dbname: str) -> None:
        """Drop a database, whoever is still connected."""
        with self.admin() as connection:
            connection.execute(
                SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(dbname))
            )

    def _by_tcp(self) -> str:
        if self.tcp_port is None:
            raise LookupError("This server listens on its socket only")
        return make_conninfo(self.admin_conninfo, host="127.0.0.1", port=self.tcp_port)


@contextmanager
def short_folder() -> Iterator[Path]:
    """Return a folder with a short path that everybody may pass through, for a block."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=SHORT))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        remove_with_servers(folder)


def remove_with_servers(folder: Path) -> None:
    """End every server of a folder and delete it, with clusters that were put elsewhere."""
    notes = list(folder.rglob(NOTE))
    elsewhere = [Path(note.read_text(encoding="utf-8").strip()) for note in notes]
    for place in [folder, *elsewhere]:
        end_servers_in(place)
        shutil.rmtree(place, ignore_errors=True)


def end_servers_in(folder: Path) -> None:
    """Kill every server whose cluster lies below a folder, as if the power had gone."""
    for pid in pids_below(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not pids_below(folder), "the servers are gone")


def pids_below(folder: Path) -> list[int]:
    """The live processes that work in a folder: a server and its sessions."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                inside = (entry / "cwd").readlink().is_relative_to(folder)
                if inside and postmaster.is_alive(int(entry.name)):
                    found.append(int(entry.name))
    return found


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Wait for a condition, and fail with its name when it does not come."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    raise TimeoutError(f"Not within {seconds} s: {what}")


def sweep() -> None:
    """End what an earlier session of tests left behind because it was killed."""
    for folder in SHORT.glob(f"{PREFIX}*"):
        match = re.match(rf"{PREFIX}(\d+)-", folder.name)
        if match and not Path(f"/proc/{match[1]}").exists():
            remove_with_servers(folder)


def silent(_: str) -> None:
    """Hear of progress and say nothing."""


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[RunningServer]:
    """The embedded server, one a session, with its template migrated."""
    sweep()
    with short_folder() as folder, EmbeddedServer.open(folder / "data", silent) as server:
        yield with_template(
            RunningServer(server.admin_conninfo, PASSWORDS, data_dir=folder / "data")
        )


@pytest.fixture(scope="session")
def debian_server() -> Iterator[RunningServer]:
    """Debian's PostgreSQL 15, started by us, by socket and TCP."""
    sweep()
    if not DEBIAN.is_dir():
        pytest.fail(f"{DEBIAN} is missing: apt-get install postgresql")
    with short_folder() as folder, run_debian(folder) as server:
        yield with_template(server)


@pytest.fixture
def database(embedded_server: RunningServer) -> Iterator[Database]:
    """A fresh database on the embedded server."""
    with embedded_server.fresh() as fresh:
        yield fresh


@pytest.fixture
def debian_database(debian_server: RunningServer) -> Iterator[Database]:
    """A fresh database on PostgreSQL 15, by socket."""
    with debian_server.fresh() as fresh:
        yield fresh


@pytest.fixture
def debian_tcp_database(debian_server: RunningServer) -> Iterator[Database]:
    """A fresh database on PostgreSQL 15, by TCP."""
    with debian_server.fresh(tcp=True) as fresh:
        yield fresh


@pytest.fixture(params=["embedded_server", "debian_server"])
def any_server(request: pytest.FixtureRequest) -> RunningServer:
    """Each of the two servers in turn."""
    server: RunningServer = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def any_database(any_server: RunningServer) -> Iterator[Database]:
    """A fresh database on each of the two servers in turn."""
    with any_server.fresh() as fresh:
        yield fresh


def with_template(server: RunningServer) -> RunningServer:
    """Prepare the database that the tests' ones are cloned from.

    A server that only lives for the tests need not wait for the disk: nothing here outlives a
    crash. What has to is proved in ``tests/fault``, on servers with their own settings.
    """
    with server.admin() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    init_database(server.admin_url(TEMPLATE), server.passwords, silent)
    return server


@contextmanager
def run_debian(folder: Path) -> Iterator[RunningServer]:
    """Make and run a PostgreSQL 15 for a block, as an ordinary user also when we are root."""
    cluster, secret = folder / "cluster", folder / "password"
    port = free_port()
    cluster.mkdir(mode=0o700)
    secret.write_text("admin-of-the-tests", encoding="ascii")
    for path in (folder, cluster, secret):
        _hand_over(path)
    rules = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    initdb = [str(DEBIAN / "initdb"), "-D", str(cluster), "-U", "admin", f"--pwfile={secret}"]
    _as_ordinary_user([*initdb, *rules])
    settings = f"-h 127.0.0.1 -p {port} -k {folder} -c max_connections=200"
    control = [str(DEBIAN / "pg_ctl"), "-D", str(cluster), "-w", "-l", str(folder / "log")]
    _as_ordinary_user([*control, "-o", settings, "start"])
    try:
        conninfo = make_conninfo(
            host=str(folder), port=port, user="admin", password="admin-of-the-tests"
        )
        yield RunningServer(conninfo, PASSWORDS, data_dir=folder, tcp_port=port)
    finally:
        _as_ordinary_user([*control, "-m", "immediate", "stop"])


def free_port() -> int:
    """A TCP port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ordinary_user() -> pwd.struct_passwd:
    """An account without rights: ourselves, or as root the one of Debian's package."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _hand_over(path: Path) -> None:
    user = ordinary_user()
    os.chown(path, user.pw_uid, user.pw_gid)


def _as_ordinary_user(command: list[str]) -> None:
    user = ordinary_user() if os.geteuid() == 0 else None
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
    )
