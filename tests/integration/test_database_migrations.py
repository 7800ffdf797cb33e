"""Migrations are applied once, recorded, and fit what the event library expects."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from services.database import migrations
from services.database.connect import init_database
from services.database.errors import MigrationChangedError
from services.database.migrations import Migration
from tests.servers import RunningServer, silent

COLUMNS = """
SELECT column_name, data_type, ordinal_position
FROM information_schema.columns WHERE table_schema = %s AND table_name = 'events'
ORDER BY column_name
"""
INDEXES = """
SELECT replace(indexdef, schemaname || '.', '') FROM pg_indexes
WHERE schemaname = %s AND tablename = 'events' ORDER BY 1
"""
COMPOSITE = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnum
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_attribute a ON a.attrelid = t.typrelid
WHERE n.nspname = %s AND t.typname = 'stored_event_uuid' ORDER BY a.attnum
"""


@pytest.fixture
def empty(any_server: RunningServer) -> Iterator[str]:
    """The name of a database that is not there yet."""
    dbname = f"e_{uuid4().hex[:12]}"
    yield dbname
    any_server.drop(dbname)


def test_a_new_database_gets_every_migration_once_with_its_digest(
    any_server: RunningServer, empty: str
) -> None:
    url = any_server.admin_url(empty)
    assert init_database(url, any_server.passwords, silent) == len(migrations.released())
    assert init_database(url, any_server.passwords, silent) == 0
    with psycopg.connect(url) as connection:
        assert migrations.applied(connection) == {
            migration.name: migration.digest for migration in migrations.released()
        }


def test_ten_who_migrate_at_once_apply_each_file_once(
    any_server: RunningServer, empty: str
) -> None:
    url = any_server.admin_url(empty)
    with ThreadPoolExecutor(10) as pool:
        counts = list(
            pool.map(lambda _: init_database(url, any_server.passwords, silent), range(10))
        )
    assert sum(counts) == len(migrations.released())


def test_a_migration_that_fails_leaves_nothing_of_itself(
    any_server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Migration(len(migrations.released()) + 1, "9001_good", b"CREATE TABLE log.good ()")
    bad = Migration(good.number + 1, "9002_bad", b"CREATE TABLE log.half (); SELECT 1 / 0")
    more = (*migrations.released(), good, bad)
    monkeypatch.setattr(migrations, "released", lambda: more)
    with any_server.fresh() as database, admin_of(any_server, database.web_url) as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            migrations.migrate(connection, silent)
        assert "9001_good" in migrations.applied(connection)
        assert "9002_bad" not in migrations.applied(connection)
        found = connection.execute("SELECT to_regclass('log.good'), to_regclass('log.half')")
        assert found.fetchone() == ("log.good", None)


def test_an_edited_migration_is_noticed(any_server: RunningServer) -> None:
    with any_server.fresh() as database, admin_of(any_server, database.web_url) as connection:
        connection.execute("UPDATE operational.migrations SET digest = 'x' WHERE number = 1")
        with pytest.raises(MigrationChangedError, match="0001_log"):
            migrations.check(connection)
        with pytest.raises(MigrationChangedError, match="0001_log"):
            migrations.migrate(connection, silent)


def test_the_log_has_the_shape_that_the_library_makes(any_server: RunningServer) -> None:
    with any_server.fresh() as database, admin_of(any_server, database.web_url) as connection:
        connection.execute("CREATE SCHEMA library")
        with datastore(any_server, database.web_url, "library") as store:
            PostgresApplicationRecorder(store, events_table_name="events").create_table()
        for question in (COLUMNS, INDEXES, COMPOSITE):
            ours = connection.execute(question, ["log"]).fetchall()
            theirs = connection.execute(question, ["library"]).fetchall()
            assert ours == theirs
            assert ours


def test_the_librarys_own_recorder_works_on_the_log(any_server: RunningServer) -> None:
    event = StoredEvent(uuid4(), 1, "target.declared", b'{"a": "b"}')
    with (
        any_server.fresh() as database,
        datastore(any_server, database.web_url, "log") as store,
    ):
        recorder = PostgresApplicationRecorder(store, events_table_name="events")
        assert recorder.insert_events([event]) == [1]
        assert recorder.select_events(event.originator_id) == [event]
        assert recorder.max_notification_id() == 1


@contextmanager
def admin_of(server: RunningServer, url: str) -> Iterator[psycopg.Connection]:
    """The superuser's connection to a test's database."""
    with server.admin(str(conninfo_to_dict(url)["dbname"])) as connection:
        yield connection


@contextmanager
def datastore(server: RunningServer, url: str, schema: str) -> Iterator[PostgresDatastore]:
    """The library's own connections, as superuser, because the stock recorder locks tables."""
    admin: dict[str, Any] = dict(conninfo_to_dict(server.admin_conninfo))
    with PostgresDatastore(
        dbname=str(conninfo_to_dict(url)["dbname"]),
        host=admin["host"],
        port=admin["port"],
        user=admin["user"],
        password=admin["password"],
        schema=schema,
    ) as store:
        yield store
