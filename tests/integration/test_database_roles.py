"""Each role may do what it has to and nothing more, on PostgreSQL 15 and 18."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from services.database import roles
from services.database.connect import Database
from services.database.errors import RoleTooPowerfulError, RoleTooWeakError
from tests.servers import RunningServer

APPEND = """
INSERT INTO log.events (originator_id, originator_version, topic, state)
VALUES (%s, 1, 'target.declared', '{}') RETURNING notification_id
"""


def test_the_web_role_adds_to_the_log_and_reads_it(any_database: Database) -> None:
    with psycopg.connect(any_database.web_url) as connection:
        row = connection.execute(APPEND, [uuid4()]).fetchone()
        connection.execute(
            "INSERT INTO log.appends (first_position, last_position, recorded_at)"
            " VALUES (1, 1, now())"
        )
        assert row == (1,)
        assert connection.execute("SELECT count(*) FROM log.appends").fetchone() == (1,)


@pytest.mark.parametrize("role", ["web", "worker"])
@pytest.mark.parametrize("table", ["log.events", "log.appends"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} ADD COLUMN more int",
    ],
)
def test_nobody_who_logs_in_changes_the_log(
    any_database: Database, role: str, table: str, statement: str
) -> None:
    column = "topic" if table == "log.events" else "answer"
    url = any_database.web_url if role == "web" else any_database.worker_url
    names = [SQL(table), SQL(column), SQL(column)]
    with (
        psycopg.connect(url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(SQL(statement).format(*names))


def test_both_roles_work_on_operational_tables(any_database: Database) -> None:
    for url in (any_database.web_url, any_database.worker_url):
        with psycopg.connect(url) as connection:
            connection.execute(
                "INSERT INTO operational.parked_events VALUES ('money', 7, 't', 'e', 1, now())"
            )
            connection.execute("UPDATE operational.parked_events SET attempts = 2")
            connection.execute("DELETE FROM operational.parked_events")


def test_nobody_who_logs_in_changes_the_record_of_migrations(any_database: Database) -> None:
    for url in (any_database.web_url, any_database.worker_url):
        with (
            psycopg.connect(url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("DELETE FROM operational.migrations")


def test_the_worker_writes_read_tables_as_the_owner_and_the_web_reads_them(
    any_database: Database,
) -> None:
    with psycopg.connect(any_database.worker_url) as worker:
        worker.execute("SET ROLE app_owner")
        worker.execute("CREATE TABLE read.totals (n int)")
        worker.execute("INSERT INTO read.totals VALUES (7)")
    with psycopg.connect(any_database.web_url) as web:
        assert web.execute("SELECT n FROM read.totals").fetchone() == (7,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("INSERT INTO read.totals VALUES (8)")


def test_a_schema_built_beside_and_switched_can_be_read_at_once(any_database: Database) -> None:
    with psycopg.connect(any_database.worker_url) as worker:
        worker.execute("SET ROLE app_owner")
        worker.execute("CREATE SCHEMA read_next")
        worker.execute("CREATE TABLE read_next.totals (n int)")
        worker.execute("INSERT INTO read_next.totals VALUES (9)")
        worker.execute("ALTER SCHEMA read RENAME TO read_old")
        worker.execute("ALTER SCHEMA read_next RENAME TO read")
    with psycopg.connect(any_database.web_url) as web:
        assert web.execute("SELECT n FROM read.totals").fetchone() == (9,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("INSERT INTO read.totals VALUES (8)")


def test_row_security_holds_for_the_web_role(any_database: Database) -> None:
    with psycopg.connect(any_database.worker_url) as worker:
        worker.execute("SET ROLE app_owner")
        worker.execute("CREATE TABLE read.of_units (unit text)")
        worker.execute("INSERT INTO read.of_units VALUES ('a'), ('b')")
        worker.execute("ALTER TABLE read.of_units ENABLE ROW LEVEL SECURITY")
        worker.execute(
            "CREATE POLICY own_unit ON read.of_units"
            " USING (unit = current_setting('app.unit', true))"
        )
    with psycopg.connect(any_database.web_url) as web:
        assert web.execute("SELECT * FROM read.of_units").fetchall() == []
        web.execute("SELECT set_config('app.unit', 'a', true)")
        assert web.execute("SELECT * FROM read.of_units").fetchall() == [("a",)]


def test_the_web_role_does_not_become_the_owner_or_make_tables(any_database: Database) -> None:
    for statement in (
        "SET ROLE app_owner",
        "SET ROLE app_worker",
        "CREATE TABLE read.mine (n int)",
        "CREATE TABLE public.mine (n int)",
        "CREATE SCHEMA mine",
    ):
        with (
            psycopg.connect(any_database.web_url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)


def test_the_owner_does_not_log_in(any_server: RunningServer) -> None:
    with any_server.admin() as admin:
        row = admin.execute(
            "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
            " FROM pg_roles WHERE rolname = 'app_owner'"
        ).fetchone()
    assert row == (False, False, False, False, False)


def test_everything_of_ours_belongs_to_the_owner(
    any_server: RunningServer, any_database: Database
) -> None:
    with any_server.admin(dbname(any_database)) as admin:
        owners = admin.execute(
            "SELECT DISTINCT pg_get_userbyid(c.relowner) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('log', 'read', 'operational')"
            " UNION SELECT pg_get_userbyid(nspowner) FROM pg_namespace"
            " WHERE nspname IN ('log', 'read', 'operational')"
        ).fetchall()
    assert owners == [("app_owner",)]


def test_another_login_of_the_server_does_not_get_in(
    any_server: RunningServer, any_database: Database
) -> None:
    with (
        login(any_server, "stranger") as name,
        pytest.raises(psycopg.OperationalError, match="permission denied for database"),
    ):
        psycopg.connect(as_role(any_database.web_url, name))


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [("SUPERUSER", "超级用户"), ("BYPASSRLS", "BYPASSRLS"), ("IN ROLE app_owner", "所有者")],
)
def test_a_web_process_refuses_to_run_with_too_many_rights(
    any_server: RunningServer, any_database: Database, attributes: str, reason: str
) -> None:
    with (
        login(any_server, "mighty", attributes, any_database) as name,
        psycopg.connect(as_role(any_database.web_url, name)) as connection,
        pytest.raises(RoleTooPowerfulError, match=reason),
    ):
        roles.check_web_role(connection)


def test_a_web_process_refuses_rights_that_come_through_another_role(
    any_server: RunningServer, any_database: Database
) -> None:
    with (
        login(any_server, "middle", "SUPERUSER") as middle,
        login(any_server, "indirect", f"NOINHERIT IN ROLE {middle}", any_database) as name,
        psycopg.connect(as_role(any_database.web_url, name)) as connection,
        pytest.raises(RoleTooPowerfulError, match="超级用户"),
    ):
        roles.check_web_role(connection)


def test_a_web_process_refuses_a_role_that_may_change_the_log(
    any_server: RunningServer, any_database: Database
) -> None:
    with login(any_server, "editor", "", any_database) as name:
        with any_server.admin(dbname(any_database)) as admin:
            admin.execute(SQL("GRANT DELETE ON log.events TO {}").format(Identifier(name)))
        with (
            psycopg.connect(as_role(any_database.web_url, name)) as connection,
            pytest.raises(RoleTooPowerfulError, match="修改或删除日志"),
        ):
            roles.check_web_role(connection)


def test_a_web_process_refuses_the_workers_role(any_database: Database) -> None:
    with (
        psycopg.connect(any_database.worker_url) as connection,
        pytest.raises(RoleTooPowerfulError, match="JIXIAO_DATABASE_URL"),
    ):
        roles.check_web_role(connection)


def test_a_worker_refuses_to_run_as_superuser(
    any_server: RunningServer, any_database: Database
) -> None:
    with (
        any_server.admin(dbname(any_database)) as connection,
        pytest.raises(RoleTooPowerfulError, match="JIXIAO_WORKER_DATABASE_URL"),
    ):
        roles.check_worker_role(connection)


def test_a_worker_refuses_a_role_that_cannot_become_the_owner(any_database: Database) -> None:
    with (
        psycopg.connect(any_database.web_url) as connection,
        pytest.raises(RoleTooWeakError, match="app_owner"),
    ):
        roles.check_worker_role(connection)


def test_preparing_twice_changes_nothing(any_server: RunningServer) -> None:
    with any_server.fresh() as database:
        before = rights(any_server, database)
        roles.prepare(any_server.admin_conninfo, dbname(database), any_server.passwords)
        assert rights(any_server, database) == before


@contextmanager
def login(
    server: RunningServer, name: str, attributes: str = "", database: Database | None = None
) -> Iterator[str]:
    """Make a login for a block, with the tests' web password, and let it into a database."""
    with server.admin() as admin:
        create = SQL("CREATE ROLE {} LOGIN PASSWORD {} ").format(
            Identifier(name), server.passwords[roles.WEB]
        )
        admin.execute(create + SQL(attributes))
        try:
            if database is not None:
                into = (Identifier(dbname(database)), Identifier(name))
                admin.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*into))
            yield name
        finally:
            if database is not None:
                with server.admin(dbname(database)) as inside:
                    inside.execute(SQL("DROP OWNED BY {}").format(Identifier(name)))
            admin.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def as_role(url: str, name: str) -> str:
    """The same database as another role."""
    return make_conninfo(url, user=name)


def dbname(database: Database) -> str:
    """The name of a test's database."""
    return str(psycopg.conninfo.conninfo_to_dict(database.web_url)["dbname"])


def rights(server: RunningServer, database: Database) -> list[tuple[object, ...]]:
    """Everything the catalogue says about our roles, schemas and tables."""
    with server.admin(dbname(database)) as admin:
        return admin.execute(
            "SELECT 'role', rolname::text, rolcanlogin::text || rolinherit::text, NULL"
            " FROM pg_roles WHERE rolname LIKE 'app%'"
            " UNION ALL SELECT 'schema', nspname, nspacl::text, NULL FROM pg_namespace"
            " UNION ALL SELECT 'table', oid::regclass::text, relacl::text, NULL FROM pg_class"
            " UNION ALL SELECT 'default', defaclnamespace::text, defaclacl::text,"
            "   defaclobjtype::text FROM pg_default_acl"
            " UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text, NULL"
            "   FROM pg_auth_members"
            " UNION ALL SELECT 'database', datname, datacl::text, NULL FROM pg_database"
            "   WHERE datname = current_database()"
            " ORDER BY 1, 2, 3, 4"
        ).fetchall()
