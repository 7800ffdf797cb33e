"""What the service does not start with: each refusal one sentence, a next step, exit code 2."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from ops.cli.context import USAGE
from ops.cli.main import run
from services.access.samples import SAMPLE_PASSWORD
from services.database.connect import Database
from services.database.embedded import EmbeddedServer
from services.database.errors import OpenToOthersError
from tests.servers import PASSWORDS, RunningServer, short_folder, silent

PASSWORD = "kept-by-nobody-else-2f81"
NOT_TOLD = (PASSWORD, *PASSWORDS.values())


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine with a prepared database; what a row of the table changes on it."""

    server: RunningServer
    database: Database
    folder: Path
    env: Callable[[str, str], None]

    def url(self, **changed: str | None) -> None:
        """Say another address for the web processes."""
        self.env("JIXIAO_DATABASE_URL", make_conninfo(self.database.web_url, **changed))

    def login(self, attributes: str, *, setting: str = "JIXIAO_DATABASE_URL") -> str:
        """Make a login, and run as it."""
        name = f"refused_{uuid4().hex[:8]}"
        with self.server.admin() as admin:
            create = SQL("CREATE ROLE {} LOGIN PASSWORD {} ").format(Identifier(name), PASSWORD)
            admin.execute(create + SQL(attributes))
            into = (Identifier(self.dbname), Identifier(name))
            admin.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*into))
        self.env(setting, make_conninfo(self.database.web_url, user=name, password=PASSWORD))
        return name

    def owner(self) -> None:
        """Run as a login that owns a schema of ours."""
        name = self.login("")
        with self.server.admin(self.dbname) as admin:
            admin.execute(SQL("ALTER SCHEMA read OWNER TO {}").format(Identifier(name)))

    def editor(self) -> None:
        """Run as a login that may take events away."""
        name = self.login("")
        with self.server.admin(self.dbname) as admin:
            admin.execute(SQL("GRANT DELETE ON log.events TO {}").format(Identifier(name)))

    def made(self, name: str, mode: int) -> Path:
        """Make a folder below the data folder, which is closed itself unless it is meant."""
        path = self.folder / "data" / name
        path.mkdir(exist_ok=True, parents=True)
        for folder in (path, *path.parents):
            if folder.is_relative_to(self.folder / "data"):
                folder.chmod(0o700)
        path.chmod(mode)
        return path

    def secret_file(self, text: str, mode: int) -> None:
        """Say the address in a file."""
        file = self.folder / "url"
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)
        self.env("JIXIAO_DATABASE_URL_FILE", str(file))

    @property
    def dbname(self) -> str:
        """The name of the database."""
        return str(conninfo_to_dict(self.database.web_url)["dbname"])


@pytest.fixture
def machine(
    embedded_server: RunningServer,
    database: Database,
    terminal: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Machine]:
    """A machine on which the service would start."""
    monkeypatch.setenv("JIXIAO_PORT", "0")
    machine = Machine(embedded_server, database, terminal, monkeypatch.setenv)
    yield machine
    for name in logins(embedded_server):
        with embedded_server.admin(machine.dbname) as admin:
            admin.execute(SQL("DROP OWNED BY {} CASCADE").format(Identifier(name)))
            admin.execute(SQL("DROP ROLE {}").format(Identifier(name)))


REFUSED: dict[str, tuple[Callable[[Machine], object], str, str]] = {
    "superuser": (lambda m: m.login("SUPERUSER"), "serve --web-only", "超级用户"),
    "bypass of row security": (lambda m: m.login("BYPASSRLS"), "serve --web-only", "BYPASSRLS"),
    "member of the owner": (lambda m: m.login("IN ROLE app_owner"), "serve", "所有者"),
    "table owner": (lambda m: m.owner(), "serve --web-only", "所有者"),
    "editor of the log": (lambda m: m.editor(), "serve --web-only", "修改或删除日志"),
    "worker as superuser": (
        lambda m: m.login("SUPERUSER", setting="JIXIAO_WORKER_DATABASE_URL"),
        "worker",
        "超级用户",
    ),
    "a command as superuser": (lambda m: m.login("SUPERUSER"), "alert list", "超级用户"),
    "no password": (lambda m: m.url(host="db.invalid", password=""), "serve", "没有口令"),
    "a database elsewhere in the clear": (
        lambda m: m.url(host="db.invalid", password=PASSWORD),
        "serve",
        "sslmode=verify-full",
    ),
    "a database elsewhere that need not prove its name": (
        lambda m: m.url(host="127.0.0.1,10.0.0.7", password=PASSWORD, sslmode="require"),
        "worker",
        "sslmode=verify-full",
    ),
    "example password": (lambda m: m.url(password="changeme"), "serve", "示例口令"),
    "common password": (lambda m: m.url(password="1qaz2wsx3edc"), "serve", "常见口令"),
    "walk along the alphabet": (lambda m: m.url(password="zyxwvutsrqponm"), "serve", "常见口令"),
    "short password": (lambda m: m.url(password="x9Kq2f"), "serve", "过短"),
    "password of the sample year": (lambda m: m.url(password=SAMPLE_PASSWORD), "serve", "示例口令"),
    "password like the name": (
        lambda m: m.url(user="jixiao_service", password="jixiao_service"),
        "serve",
        "常见口令",
    ),
    "password left blank": (lambda m: m.url(password="<口令写在这里的地方>"), "serve", "示例口令"),
    "worker's example password": (
        lambda m: m.env(
            "JIXIAO_WORKER_DATABASE_URL", make_conninfo(m.database.worker_url, password="postgres")
        ),
        "worker",
        "JIXIAO_WORKER_DATABASE_URL",
    ),
    "no address": (
        lambda m: m.env("JIXIAO_DATABASE_URL", f"app_rw {PASSWORD}"),
        "serve",
        "不是有效的连接串",
    ),
    "empty secret": (lambda m: m.secret_file("\n", 0o600), "serve", "是空的"),
    "open secret": (
        lambda m: m.secret_file(m.database.web_url, 0o644),
        "serve",
        "对本机其他用户开放",
    ),
    "open data folder": (lambda m: m.made("", 0o755), "serve", "chmod 711"),
    "writable data folder": (lambda m: m.made("", 0o770), "worker", "chmod 710"),
    "open evidence": (lambda m: m.made("evidence", 0o750), "serve", "evidence"),
    "open passwords": (lambda m: m.made("database/passwords", 0o755), "serve", "passwords"),
    "everywhere in the clear": (
        lambda m: m.env("JIXIAO_HOST", ".".join("0000")),
        "serve --web-only",
        "https://",
    ),
    "the sample year everywhere": (
        lambda m: m.env("JIXIAO_HOST", ".".join("0000")),
        "demo",
        "示例账户的密码是公开的",
    ),
    "everywhere with a proxy of everybody": (
        lambda m: m.env("JIXIAO_PROXIES", "*"),
        "serve",
        "反向代理",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_the_service_does_not_start(
    machine: Machine,
    fault: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change, command, reason = REFUSED[fault]
    change(machine)
    code = told_to(command, monkeypatch)
    printed = capsys.readouterr()
    lines = printed.err.strip().splitlines()
    assert code == USAGE, printed
    assert len(lines) == 1, lines
    assert reason in lines[0]
    assert "请" in lines[0]
    assert lines[0].endswith("。")
    assert not any(secret in lines[0] for secret in NOT_TOLD)
    assert printed.out == ""


def test_the_same_machine_starts_without_the_fault(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.made("evidence", 0o700)
    assert told_to("alert list", monkeypatch) == 0, capsys.readouterr()


@pytest.mark.parametrize("opened", ["run", "run/.s.PGSQL.5432", "cluster"])
def test_an_embedded_server_that_others_can_reach_is_not_joined(opened: str) -> None:
    with short_folder() as folder, EmbeddedServer.open(folder / "data", silent) as server:
        with psycopg.connect(server.admin_conninfo):
            pass
        path = server.places.base / opened
        with (
            widened(path),
            pytest.raises(OpenToOthersError, match="权限 777"),
            EmbeddedServer.open(folder / "data", silent),
        ):
            pass
        with (
            EmbeddedServer.open(folder / "data", silent),
            psycopg.connect(server.admin_conninfo) as connection,
        ):
            assert connection.execute("SELECT 1").fetchone() == (1,)


# -- what the tests ask --------------------------------------------------------------------


@contextmanager
def widened(path: Path) -> Iterator[None]:
    """Open a file or folder to everybody for a block."""
    before = path.stat().st_mode
    path.chmod(0o777)
    try:
        yield
    finally:
        path.chmod(before)


def told_to(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run ``jixiao`` as it is installed, and answer its exit code."""
    monkeypatch.setattr(sys, "argv", ["jixiao", *command.split()])
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit) as end:
            run()
    finally:
        signal.signal(signal.SIGTERM, before)
    return int(end.value.code or 0)


def logins(server: RunningServer) -> set[str]:
    """The logins that tests made."""
    with server.admin() as admin:
        rows = admin.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'refused%'")
        return {name for (name,) in rows}
