"""The roles of the database (architecture §7) and the refusal of any with more rights.

``app_owner`` owns schemas and tables and never logs in. ``app_rw`` is the web processes':
it reads everything, adds to the log, and works on the operational tables. ``app_worker``
has the same rights, and becomes the owner (``SET ROLE app_owner``) to write read tables
and to rebuild them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import class_row
from psycopg.sql import SQL, Identifier, Literal

from services.database.errors import RoleTooPowerfulError, RoleTooWeakError

OWNER = "app_owner"
WEB = "app_rw"
WORKER = "app_worker"
MAINTENANCE = "postgres"  # the database that every cluster has
LOCK = 0x6A_78_0002  # roles and databases, in the maintenance database
RIGHTS_LOCK = 0x6A_78_0003  # schemas and rights, in the database itself
BUILTIN_LOCALE_SINCE = 170000


def prepare(admin_conninfo: str, dbname: str, passwords: Mapping[str, str]) -> None:
    """Make roles, database, schemas and rights; what is there already stays as it is.

    Args:
        admin_conninfo: a superuser's, or that of a role with CREATEDB and CREATEROLE.
        dbname: the database; made in UTF-8 if missing.
        passwords: role to password; a role that is not named keeps the one it has.
    """
    with _connect(admin_conninfo, MAINTENANCE) as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        connection.execute(_script("roles.sql"))
        for role, password in passwords.items():
            _set_password(connection, role, password)
    with _connect(admin_conninfo, MAINTENANCE) as connection:
        # CREATE DATABASE cannot be part of a transaction: the lock is the session's.
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _create_database(connection, dbname)
    with _connect(admin_conninfo, dbname) as connection:
        grant(connection)


def missing_logins(admin_conninfo: str) -> tuple[str, ...]:
    """Return the roles that log in and are not there yet: each will need a password."""
    with _connect(admin_conninfo, MAINTENANCE) as connection:
        rows = connection.execute("SELECT rolname FROM pg_roles").fetchall()
    there = {name for (name,) in rows}
    return tuple(role for role in (WEB, WORKER) if role not in there)


def grant(connection: Connection) -> None:
    """Make the schemas and give the rights in the connection's database, as its administrator."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [RIGHTS_LOCK])
        connection.execute(_script("database_rights.sql"))
        connection.execute("SET LOCAL ROLE app_owner")
        connection.execute(_script("schemas.sql"))


@dataclass(frozen=True, slots=True)
class Powers:
    """What the role of a connection may do."""

    role: str
    superuser: bool
    bypasses_row_security: bool
    owner: bool
    changes_log: bool


POWERS = """
SELECT session_user::text AS role,
       bool_or(r.rolsuper) AS superuser,
       bool_or(r.rolbypassrls) AS bypasses_row_security,
       bool_or(r.rolname = 'app_owner' OR r.oid = d.datdba OR EXISTS (
           SELECT FROM pg_namespace n
           WHERE n.nspowner = r.oid AND n.nspname IN ('log', 'read', 'operational')
       )) AS owner,
       EXISTS (
           SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'log' AND c.relkind = 'r'
             AND has_table_privilege(session_user, c.oid, 'UPDATE, DELETE, TRUNCATE')
       ) AS changes_log
FROM pg_roles r CROSS JOIN pg_database d
WHERE pg_has_role(session_user, r.oid, 'MEMBER') AND d.datname = current_database()
"""


def powers(connection: Connection) -> Powers:
    """Ask what a connection's role may do, through every role it is a member of."""
    with connection.cursor(row_factory=class_row(Powers)) as cursor:
        found = cursor.execute(POWERS).fetchone()
    if found is None:
        raise LookupError("A session without a role")
    return found


def check_web_role(connection: Connection) -> None:
    """Refuse to serve people with a role that could do more than a web process needs.

    Raises:
        RoleTooPowerfulError: superuser, bypass of row security, owner, or able to change the log.
    """
    has = powers(connection)
    for excess, reason in (
        (has.superuser, "是超级用户"),
        (has.bypasses_row_security, "可以绕过行级权限（BYPASSRLS）"),
        (has.owner, "是数据表的所有者"),
        (has.changes_log, "可以修改或删除日志"),
    ):
        if excess:
            raise RoleTooPowerfulError(has.role, reason, "JIXIAO_DATABASE_URL")


def check_worker_role(connection: Connection) -> None:
    """Refuse to work as a superuser, or with a role that cannot become the owner.

    Raises:
        RoleTooPowerfulError: superuser.
        RoleTooWeakError: not a member of ``app_owner``.
    """
    has = powers(connection)
    if has.superuser:
        raise RoleTooPowerfulError(has.role, "是超级用户", "JIXIAO_WORKER_DATABASE_URL")
    if not has.owner:
        raise RoleTooWeakError(has.role, f"不是 {OWNER} 的成员", "JIXIAO_WORKER_DATABASE_URL")


def _connect(conninfo: str, dbname: str) -> Connection:
    return psycopg.connect(make_conninfo(conninfo, dbname=dbname), autocommit=True)


def _set_password(connection: Connection, role: str, password: str) -> None:
    """Send the verifier, not the password: statements can end up in the server's log."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()
    connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(role), Literal(verifier)))


def _create_database(connection: Connection, dbname: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname])
    if known.fetchone() is not None:
        return
    if connection.info.server_version >= BUILTIN_LOCALE_SINCE:
        locale = SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    else:
        locale = SQL("LOCALE 'C'")
    connection.execute(
        SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
            Identifier(dbname), locale
        )
    )


@cache
def _script(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()
