"""A database by URL: prepared by an administrator once, checked by everybody else."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from services.database import migrations, roles
from services.database.connect import Database, init_database, open_database
from services.database.errors import (
    AdminTooWeakError,
    DatabaseUnreachableError,
    EncodingNotUtf8Error,
    MigrationsPendingError,
    NotInitialisedError,
    ProgramOutdatedError,
    RoleTooPowerfulError,
    RoleTooWeakError,
    ServerTooOldError,
    UrlMissingError,
)
from services.database.migrations import Migration
from services.database.status import status
from tests.servers import RunningServer, free_port, short_folder, silent

NOWHERE = Path("/nonexistent/data")  # a database by URL leaves the data folder alone
ADMIN = "tests_administrator"


@pytest.fixture
def empty(any_server: RunningServer) -> Iterator[str]:
    """The name of a database that is not there yet."""
    dbname = f"u_{uuid4().hex[:12]}"
    yield dbname
    any_server.drop(dbname)


def test_a_prepared_database_opens_and_the_data_folder_is_not_touched(
    any_database: Database,
) -> None:
    with opened(any_database) as database:
        assert database == any_database
    assert not NOWHERE.exists()


def test_debians_postgresql_opens_by_tcp(debian_tcp_database: Database) -> None:
    with opened(debian_tcp_database) as database, psycopg.connect(database.worker_url) as worker:
        worker.execute("SET ROLE app_owner")
        assert worker.info.server_version // 10000 == 15


def test_an_address_as_uri_works_as_well(debian_server: RunningServer) -> None:
    with debian_server.fresh(tcp=True) as fresh:
        uris = Database(uri(fresh.web_url), uri(fresh.worker_url))
        assert uris.web_url.startswith("postgresql://app_rw:")
        with opened(uris) as database:
            assert database == uris


def test_an_administrator_who_is_no_superuser_can_prepare_a_new_database(
    any_server: RunningServer, empty: str
) -> None:
    with administrator(any_server, "CREATEDB CREATEROLE") as admin_url:
        url = make_conninfo(admin_url, dbname=empty)
        assert roles.missing_logins(admin_url) == (roles.WEB, roles.WORKER)
        assert init_database(url, any_server.passwords, silent) == len(migrations.released())
        assert roles.missing_logins(admin_url) == ()
        assert init_database(url, {}, silent) == 0
        with opened(any_server.database(empty)):
            pass


def test_an_administrator_without_the_rights_is_told_which(
    any_server: RunningServer, empty: str
) -> None:
    with (
        administrator(any_server, "") as admin_url,
        pytest.raises(AdminTooWeakError, match="CREATEDB 和 CREATEROLE"),
    ):
        init_database(make_conninfo(admin_url, dbname=empty), {}, silent)


def test_a_password_that_is_given_anew_holds_from_then_on(any_server: RunningServer) -> None:
    with any_server.fresh() as database:
        try:
            init_database(admin_url_of(any_server, database), {roles.WEB: "another"}, silent)
            with pytest.raises(DatabaseUnreachableError, match="口令"), opened(database):
                pass
            changed = make_conninfo(database.web_url, password="another")
            with opened(Database(changed, database.worker_url)):
                pass
        finally:
            init_database(admin_url_of(any_server, database), any_server.passwords, silent)


def test_a_database_without_tables_asks_for_db_init(any_server: RunningServer, empty: str) -> None:
    roles.prepare(any_server.admin_conninfo, empty, any_server.passwords)
    with (
        pytest.raises(NotInitialisedError, match="jixiao db init"),
        opened(any_server.database(empty)),
    ):
        pass


def test_a_database_that_lacks_a_migration_asks_for_db_init(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Migration(len(migrations.released()) + 1, "9001_later", b"SELECT 1")
    more = (*migrations.released(), later)
    monkeypatch.setattr(migrations, "released", lambda: more)
    with (
        pytest.raises(MigrationsPendingError, match="9001_later"),
        opened(any_database),
    ):
        pass


def test_a_database_of_a_later_release_asks_for_a_newer_program(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = migrations.released()[:-1]
    monkeypatch.setattr(migrations, "released", lambda: fewer)
    with pytest.raises(ProgramOutdatedError, match="升级"), opened(any_database):
        pass


def test_a_superuser_is_refused_as_web_and_as_worker(
    any_server: RunningServer, any_database: Database
) -> None:
    admin_url = admin_url_of(any_server, any_database)
    with (
        pytest.raises(RoleTooPowerfulError, match="JIXIAO_DATABASE_URL"),
        opened(Database(admin_url, any_database.worker_url)),
    ):
        pass
    with (
        pytest.raises(RoleTooPowerfulError, match="JIXIAO_WORKER_DATABASE_URL"),
        opened(Database(any_database.web_url, admin_url)),
    ):
        pass


def test_the_web_role_is_refused_as_worker(any_database: Database) -> None:
    with (
        pytest.raises(RoleTooWeakError, match="JIXIAO_WORKER_DATABASE_URL"),
        opened(Database(any_database.web_url, any_database.web_url)),
    ):
        pass


def test_one_address_without_the_other_names_the_missing_one(any_database: Database) -> None:
    with (
        pytest.raises(UrlMissingError, match="JIXIAO_WORKER_DATABASE_URL"),
        open_database(NOWHERE, any_database.web_url, None, silent),
    ):
        pass
    with (
        pytest.raises(UrlMissingError, match="JIXIAO_DATABASE_URL"),
        open_database(NOWHERE, None, any_database.worker_url, silent),
    ):
        pass


def test_a_web_only_process_needs_no_workers_address(any_database: Database) -> None:
    with open_database(NOWHERE, any_database.web_url, None, silent, web_only=True) as database:
        assert database.web_url == any_database.web_url
        with (
            psycopg.connect(database.worker_url) as connection,
            pytest.raises(RoleTooWeakError),
        ):
            roles.check_worker_role(connection)


def test_nobody_at_the_address_is_said_without_the_password() -> None:
    url = f"postgresql://app_rw:secret-word@127.0.0.1:{free_port()}/jixiao"
    with pytest.raises(DatabaseUnreachableError) as refused, opened(Database(url, url)):
        pass
    assert "127.0.0.1" in str(refused.value)
    assert "secret-word" not in str(refused.value)


def test_a_database_in_another_encoding_is_refused(debian_server: RunningServer) -> None:
    dbname = f"ascii_{uuid4().hex[:8]}"
    with debian_server.admin() as admin:
        admin.execute(
            SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'").format(
                Identifier(dbname)
            )
        )
    try:
        with pytest.raises(EncodingNotUtf8Error, match="UTF8"):
            init_database(debian_server.admin_url(dbname), debian_server.passwords, silent)
    finally:
        debian_server.drop(dbname)


def test_a_server_that_says_it_is_version_14_is_refused() -> None:
    with old_server("14.12") as url:
        with pytest.raises(ServerTooOldError, match=r"14\.12"), opened(Database(url, url)):
            pass
        with pytest.raises(ServerTooOldError, match="15"):
            init_database(url, {}, silent)


def test_the_status_of_a_prepared_database_has_no_problem(
    any_server: RunningServer, any_database: Database
) -> None:
    found = status(NOWHERE, any_database.web_url, any_database.worker_url)
    assert found.problem is None
    assert found.running
    assert not found.embedded
    assert found.applied == tuple(migration.name for migration in migrations.released())
    assert found.pending == ()
    assert (found.size_bytes or 0) > 1_000_000
    assert (found.server_version or "").startswith(("15", "18"))
    assert any_server.passwords[roles.WEB] not in found.place


def test_the_status_of_a_database_without_tables_says_what_to_run(
    any_server: RunningServer, empty: str
) -> None:
    roles.prepare(any_server.admin_conninfo, empty, any_server.passwords)
    database = any_server.database(empty)
    found = status(NOWHERE, database.web_url, database.worker_url)
    assert found.pending == tuple(migration.name for migration in migrations.released())
    assert "jixiao db init" in (found.problem or "")


def test_the_status_of_an_address_where_nobody_is_says_so() -> None:
    found = status(NOWHERE, f"host=127.0.0.1 port={free_port()} user=app_rw", None)
    assert not found.running
    assert "无法连接" in (found.problem or "")


def test_the_status_of_the_embedded_server_starts_nothing() -> None:
    with short_folder() as folder:
        data_dir = folder / "data"
        nothing = status(data_dir, None, None)
        assert not nothing.running
        assert nothing.embedded
        assert not data_dir.exists()
        with open_database(data_dir, None, None, silent):
            found = status(data_dir, None, None)
    assert found.running
    assert found.problem is None


# -- what the tests need -------------------------------------------------------------------


@contextmanager
def opened(database: Database) -> Iterator[Database]:
    """Open a database by its two addresses."""
    with open_database(NOWHERE, database.web_url, database.worker_url, silent) as found:
        yield found


def admin_url_of(server: RunningServer, database: Database) -> str:
    """The superuser's address of a test's database."""
    return server.admin_url(str(conninfo_to_dict(database.web_url)["dbname"]))


def uri(conninfo: str) -> str:
    """The same address, written as administrators write it."""
    parts: dict[str, Any] = dict(conninfo_to_dict(conninfo))
    login = f"{parts['user']}:{parts['password']}"
    return f"postgresql://{login}@{parts['host']}:{parts['port']}/{parts['dbname']}"


@contextmanager
def administrator(server: RunningServer, attributes: str) -> Iterator[str]:
    """An administrator for a block, on a server that has none of our roles before or after."""
    with server.admin() as admin, roles_set_aside(server):
        admin.execute(
            SQL("CREATE ROLE {} LOGIN PASSWORD 'of-the-administrator' {}").format(
                Identifier(ADMIN), SQL(attributes)
            )
        )
        try:
            yield make_conninfo(
                server.admin_conninfo,
                user=ADMIN,
                password="of-the-administrator",
                dbname="postgres",
            )
        finally:
            drop_what_the_administrator_made(admin)


@contextmanager
def roles_set_aside(server: RunningServer) -> Iterator[None]:
    """Rename the roles of the other tests for a block: roles are the whole server's."""
    names = (roles.OWNER, roles.WEB, roles.WORKER)
    with server.admin() as admin:
        for name in names:
            rename(admin, name, f"{name}_aside")
        try:
            yield
        finally:
            for name in names:
                rename(admin, f"{name}_aside", name)
            init_database(server.admin_url("jixiao_template"), server.passwords, silent)


def rename(admin: psycopg.Connection, old: str, new: str) -> None:
    """Give a role another name."""
    admin.execute(SQL("ALTER ROLE {} RENAME TO {}").format(Identifier(old), Identifier(new)))


def drop_what_the_administrator_made(admin: psycopg.Connection) -> None:
    """Drop the administrator with his databases and roles."""
    owned = admin.execute(
        "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = %s", [ADMIN]
    ).fetchall()
    for (dbname,) in owned:
        admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(dbname)))
    for name in (roles.WORKER, roles.WEB, roles.OWNER, ADMIN):
        admin.execute(SQL("DROP ROLE IF EXISTS {}").format(Identifier(name)))


@contextmanager
def old_server(version: str) -> Iterator[str]:
    """A server that speaks just enough of the protocol to say how old it is."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=greet, args=[listener, version], daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        plain = "sslmode=disable gssencmode=disable"
        yield f"host=127.0.0.1 port={port} user=app_rw dbname=jixiao {plain}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=10)


def greet(listener: socket.socket, version: str) -> None:
    """Answer each client: you are in, this is my version, I am ready."""
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with client:
            client.recv(4096)
            client.sendall(message(b"R", struct.pack("!i", 0)))
            for name, value in (("server_version", version), ("server_encoding", "UTF8")):
                client.sendall(message(b"S", f"{name}\0{value}\0".encode()))
            client.sendall(message(b"Z", b"I"))
            client.recv(4096)


def message(kind: bytes, body: bytes) -> bytes:
    """One message of the protocol."""
    return kind + struct.pack("!i", len(body) + 4) + body
