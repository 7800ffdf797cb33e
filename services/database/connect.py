"""Opening the database: the embedded one, or any PostgreSQL 15 or later by URL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.errors import MonitoringError
from services.database import migrations, roles
from services.database.embedded import EmbeddedServer
from services.database.errors import (
    AdminTooWeakError,
    DatabaseUnreachableError,
    EncodingNotUtf8Error,
    ServerTooOldError,
    UrlMissingError,
)

Progress = Callable[[str], None]

DATABASE = "jixiao"  # the embedded server's
OLDEST = 150000  # server_version_num of PostgreSQL 15
CONNECT_TIMEOUT = 10  # seconds


@dataclass(frozen=True, slots=True)
class Database:
    """Where a prepared database is reached, as libpq connection strings."""

    web_url: str = field(repr=False)
    """For web processes: the role app_rw."""
    worker_url: str = field(repr=False)
    """For the worker: the role app_worker, who may SET ROLE app_owner."""


@contextmanager
def open_database(
    data_dir: Path,
    database_url: str | None,
    worker_database_url: str | None,
    progress: Progress,
    *,
    web_only: bool = False,
) -> Iterator[Database]:
    """Open the database for the length of a block.

    Without URLs the embedded server of the data folder is started or joined, and prepared
    when something is missing. With URLs nothing is changed: the database is only checked.

    Args:
        data_dir: the data folder of the embedded server.
        database_url: app_rw's address, or None for the embedded server.
        worker_database_url: app_worker's address.
        progress: hears, in Chinese, what takes time.
        web_only: whether the process does no worker's work and so needs no worker's address;
            ``worker_url`` is then the web role's, which is refused a worker's rights.

    Raises:
        MonitoringError: it cannot be used; the sentence says the next step.
    """
    if database_url is None and worker_database_url is None:
        with EmbeddedServer.open(data_dir, progress) as server:
            yield _prepared(server, progress)
    else:
        yield _checked(database_url, worker_database_url, web_only=web_only)


def init_database(admin_url: str, passwords: Mapping[str, str], progress: Progress) -> int:
    """Make roles, database and tables with an administrator's address, or bring them up to date.

    Args:
        admin_url: a superuser's address, or that of a role with CREATEDB and CREATEROLE;
            its database is the one that is prepared.
        passwords: role to password, for app_rw and app_worker; a role that is not named keeps
            the one it has.
        progress: hears, in Chinese, what is done.

    Returns:
        How many migrations were applied.

    Raises:
        MonitoringError: the server is too old, not reached, not in UTF-8, or the
            administrator may not make what is missing.
    """
    dbname = _dbname(admin_url)
    with connect(make_conninfo(admin_url, dbname=roles.MAINTENANCE)) as connection:
        _check_version(connection)
    progress("正在准备数据库用户和权限……")
    try:
        roles.prepare(admin_url, dbname, passwords)
        with connect(make_conninfo(admin_url, dbname=dbname)) as connection:
            _check_encoding(connection)
            return migrations.migrate(connection, progress)
    except psycopg.errors.InsufficientPrivilege as problem:
        raise AdminTooWeakError(reason(problem)) from problem


def connect(conninfo: str) -> Connection:
    """Connect in autocommit mode.

    Raises:
        DatabaseUnreachableError: nobody answers, or the login is refused.
    """
    try:
        return psycopg.connect(
            make_conninfo(conninfo, connect_timeout=CONNECT_TIMEOUT), autocommit=True
        )
    except psycopg.Error as problem:
        raise DatabaseUnreachableError(address(conninfo), reason(problem)) from problem


def check_web(web_url: str) -> None:
    """Refuse a database that is too old, not ours, not up to date, or a role too powerful."""
    with connect(web_url) as connection:
        _check_version(connection)
        _check_encoding(connection)
        roles.check_web_role(connection)
        migrations.check(connection)


def check_worker(worker_url: str) -> None:
    """Refuse a superuser, and a role that cannot become the owner."""
    with connect(worker_url) as connection:
        roles.check_worker_role(connection)


def refuse_old(number: int, name: str) -> None:
    """Refuse a server below the oldest we are tested on.

    Args:
        number: as the server reports it, such as 150004.
        name: the same for people, such as 15.4.

    Raises:
        ServerTooOldError: below PostgreSQL 15.
    """
    if number < OLDEST:
        raise ServerTooOldError(name)


def _prepared(server: EmbeddedServer, progress: Progress) -> Database:
    passwords = {role: server.password(role) for role in (roles.WEB, roles.WORKER)}
    database = Database(
        web_url=server.conninfo(roles.WEB, passwords[roles.WEB], DATABASE),
        worker_url=server.conninfo(roles.WORKER, passwords[roles.WORKER], DATABASE),
    )
    if not _is_prepared(database):
        admin_url = make_conninfo(server.admin_conninfo, dbname=DATABASE)
        init_database(admin_url, passwords, progress)
        _check(database)
    return database


def _is_prepared(database: Database) -> bool:
    """Whether there is nothing to do; what is wrong comes out when doing it."""
    try:
        _check(database)
    except MonitoringError:
        return False
    return True


def _check(database: Database) -> None:
    check_web(database.web_url)
    check_worker(database.worker_url)


def _checked(web_url: str | None, worker_url: str | None, *, web_only: bool) -> Database:
    if web_url is None:
        raise UrlMissingError("JIXIAO_DATABASE_URL")
    if worker_url is None and not web_only:
        raise UrlMissingError("JIXIAO_WORKER_DATABASE_URL")
    check_web(web_url)
    if worker_url is None:
        return Database(web_url, web_url)
    check_worker(worker_url)
    return Database(web_url, worker_url)


def _check_version(connection: Connection) -> None:
    version = connection.info.parameter_status("server_version") or "?"
    refuse_old(connection.info.server_version, version)


def _check_encoding(connection: Connection) -> None:
    encoding = connection.info.parameter_status("server_encoding") or "?"
    if encoding != "UTF8":
        raise EncodingNotUtf8Error(encoding)


def _dbname(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname") or DATABASE)


def address(conninfo: str) -> str:
    """Return where it points, without the password."""
    parts = conninfo_to_dict(conninfo)
    where = f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}"
    return f"{where}/{parts.get('dbname', '')}（用户 {parts.get('user', '')}）"


def reason(problem: psycopg.Error) -> str:
    """Return what the server or libpq said, on one line."""
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return problem.diag.message_primary or lines[-1].strip()
