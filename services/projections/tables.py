"""The read tables themselves: made from schema.sql, found in one PostgreSQL schema or another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from services.projections.window import Family

LIVE = "read"
NEXT = "read_next"

Rows = Connection[TupleRow]


def schema_text() -> str:
    """The statements that make the read tables."""
    return (files("services.readmodel") / "schema.sql").read_text(encoding="utf-8")


def digest() -> str:
    """Tells whether tables were made from this text and by this code's families."""
    return sha256(schema_text().encode()).hexdigest()


@contextmanager
def connection(conninfo: str) -> Iterator[Rows]:
    """A connection that reads the live tables, in whatever role it comes."""
    with psycopg.connect(conninfo, autocommit=True, connect_timeout=5) as opened:
        enter(opened, LIVE)
        yield opened


@contextmanager
def owner_connection(conninfo: str, schema: str = LIVE) -> Iterator[Rows]:
    """A worker's connection as the owner of the tables, working in one schema of read tables.

    Commits are not waited for: rows and position are lost together, and read from the log again.
    """
    with psycopg.connect(conninfo, autocommit=True, connect_timeout=5) as connection:
        connection.execute("SET ROLE app_owner; SET TIME ZONE 'UTC'; SET synchronous_commit = off")
        enter(connection, schema)
        yield connection


def enter(connection: Rows, schema: str) -> None:
    """Let unqualified names mean the tables of this schema, and the operational ones."""
    path = sql.SQL("SET search_path = {}, operational").format(sql.Identifier(schema))
    connection.execute(path)


def make(connection: Rows, schema: str, families: Sequence[Family]) -> None:
    """Make empty tables in a schema that has none, in one transaction."""
    with connection.transaction():
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        enter(connection, schema)
        connection.execute(schema_text())
        connection.execute("INSERT INTO made_from (digest) VALUES (%s)", (digest(),))
        for family in families:
            connection.execute(
                "INSERT INTO tracking (family, position) VALUES (%s, 0)", (family.name,)
            )


def drop(connection: Rows, schema: str) -> None:
    """Remove a schema of read tables."""
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def made_from(connection: Rows, schema: str) -> str | None:
    """The digest of the text that a schema's tables were made from; None if it has none."""
    row = connection.execute("SELECT to_regclass(%s)", (f"{schema}.made_from",)).fetchone()
    if row is None or row[0] is None:
        return None
    found = connection.execute(
        sql.SQL("SELECT digest FROM {}.made_from").format(sql.Identifier(schema))
    ).fetchone()
    return str(found[0]) if found else None


def switch(connection: Rows) -> None:
    """Let the rebuilt tables be the live ones, in one transaction."""
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '10s'")
        connection.execute("DROP SCHEMA IF EXISTS read_old CASCADE")
        connection.execute("ALTER SCHEMA read RENAME TO read_old")
        connection.execute("ALTER SCHEMA read_next RENAME TO read")
        connection.execute("DROP SCHEMA read_old CASCADE")
