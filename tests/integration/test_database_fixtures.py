"""The fixtures that the other tests stand on."""

from __future__ import annotations

import psycopg
import pytest

from services.database import migrations, roles
from services.database.connect import Database
from tests.servers import RunningServer


def test_a_fresh_database_is_migrated_and_has_no_events(any_database: Database) -> None:
    with psycopg.connect(any_database.web_url) as connection:
        migrations.check(connection)
        assert connection.execute("SELECT count(*) FROM log.events").fetchone() == (0,)


def test_both_roles_pass_their_checks(any_database: Database) -> None:
    with psycopg.connect(any_database.web_url) as connection:
        roles.check_web_role(connection)
    with psycopg.connect(any_database.worker_url) as connection:
        roles.check_worker_role(connection)


def test_two_fresh_databases_know_nothing_of_each_other(embedded_server: RunningServer) -> None:
    with embedded_server.fresh() as one, embedded_server.fresh() as other:
        with psycopg.connect(one.worker_url) as connection:
            connection.execute("SET ROLE app_owner")
            connection.execute("CREATE TABLE read.only_here (n int)")
        with (
            psycopg.connect(other.web_url) as connection,
            pytest.raises(psycopg.errors.UndefinedTable),
        ):
            connection.execute("SELECT * FROM read.only_here")


def test_debians_server_answers_on_tcp(debian_tcp_database: Database) -> None:
    with psycopg.connect(debian_tcp_database.web_url) as connection:
        assert connection.info.host == "127.0.0.1"
        assert connection.info.server_version < 160000
