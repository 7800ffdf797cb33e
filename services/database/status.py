"""What state the database is in, for ``jixiao db status``; nothing is started or changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection
from psycopg.conninfo import make_conninfo

from domain.errors import MonitoringError
from services.database import migrations, postmaster, roles
from services.database.connect import DATABASE, address, check_web, check_worker, connect
from services.database.passwords import password
from services.database.places import PORT, known_places


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """One look at the database."""

    embedded: bool
    """Whether it is the data folder's own server, not one by URL."""
    place: str
    """The folder of the cluster, or the address without its password."""
    running: bool
    """Whether it answers; a server of our own runs only while somebody uses it."""
    server_version: str | None = None
    size_bytes: int | None = None
    applied: tuple[str, ...] = ()
    """Names of the migrations the database has."""
    pending: tuple[str, ...] = ()
    """Names of those it lacks."""
    problem: str | None = None
    """Why the service would refuse it, and the next step, in Chinese."""


def status(
    data_dir: Path, database_url: str | None, worker_database_url: str | None
) -> DatabaseStatus:
    """Look at the database by URL, or at the data folder's own."""
    if database_url is None:
        return _embedded(data_dir)
    return _look(database_url, worker_database_url, embedded=False, place=address(database_url))


def _embedded(data_dir: Path) -> DatabaseStatus:
    places = known_places(data_dir)
    if places is None:
        return DatabaseStatus(embedded=True, place=str(data_dir), running=False)
    server = postmaster.running(places.cluster)
    place = str(places.cluster)
    if server is None or not server.is_ready:
        return DatabaseStatus(embedded=True, place=place, running=False)
    web_url, worker_url = (
        make_conninfo(
            host=str(server.socket_dir),
            port=PORT,
            user=role,
            password=password(places.passwords, role),
            dbname=DATABASE,
        )
        for role in (roles.WEB, roles.WORKER)
    )
    return _look(web_url, worker_url, embedded=True, place=place)


def _look(web_url: str, worker_url: str | None, *, embedded: bool, place: str) -> DatabaseStatus:
    try:
        with connect(web_url) as connection:
            version, size = _facts(connection)
            applied, pending, problem = _migrations(connection)
    except MonitoringError as refused:
        return DatabaseStatus(embedded, place, running=False, problem=str(refused))
    return DatabaseStatus(
        embedded=embedded,
        place=place,
        running=True,
        server_version=version,
        size_bytes=size,
        applied=applied,
        pending=pending,
        problem=problem or _refusal(web_url, worker_url),
    )


def _facts(connection: Connection) -> tuple[str, int]:
    row = connection.execute(
        "SELECT current_setting('server_version'), pg_database_size(current_database())"
    ).fetchone()
    if row is None:
        raise LookupError("A SELECT without FROM answers one row")
    return row[0], row[1]


def _migrations(
    connection: Connection,
) -> tuple[tuple[str, ...], tuple[str, ...], str | None]:
    """Return names applied, names pending, and what is wrong with them."""
    released = migrations.released()
    try:
        applied = migrations.applied(connection)
    except MonitoringError as refused:
        return (), tuple(migration.name for migration in released), str(refused)
    try:
        missing = migrations.pending(applied, released)
    except MonitoringError as refused:
        return tuple(sorted(applied)), (), str(refused)
    return tuple(sorted(applied)), tuple(migration.name for migration in missing), None


def _refusal(web_url: str, worker_url: str | None) -> str | None:
    """Return what the service would say if it were started now."""
    try:
        check_web(web_url)
        if worker_url is not None:
            check_worker(worker_url)
    except MonitoringError as refused:
        return str(refused)
    return None
