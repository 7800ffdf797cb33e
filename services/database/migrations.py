"""Numbered files of SQL, each applied once and recorded with its digest.

Only the log's and the operational tables are migrated; read tables are rebuilt
(architecture §5). A file that was released is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import Connection

from services.database.errors import (
    MigrationChangedError,
    MigrationsPendingError,
    NotInitialisedError,
    ProgramOutdatedError,
)

FOLDER = Path(__file__).parent / "migrations"
FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
LOCK = 0x6A_78_0001  # of this service, in the database that is migrated

RECORD = b"""
CREATE TABLE IF NOT EXISTS operational.migrations (
    number int PRIMARY KEY,
    name text NOT NULL UNIQUE,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
REVOKE INSERT, UPDATE, DELETE ON operational.migrations FROM app_rw, app_worker;
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, its name and what it does."""

    number: int
    name: str
    statements: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        return sha256(self.statements).hexdigest()


@cache
def released() -> tuple[Migration, ...]:
    """Return the migrations of this program, in order."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> tuple[Migration, ...]:
    """Read the migrations of a folder; their numbers go up by one from 1.

    Raises:
        ValueError: a file has another kind of name, or a number is missing or used twice.
    """
    found = []
    for file in sorted(folder.glob("*.sql")):
        match = FILE_NAME.fullmatch(file.name)
        if match is None:
            raise ValueError(f"{file.name} is not named like 0001_some_words.sql")
        found.append(Migration(int(match[1]), file.stem, file.read_bytes()))
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"The migrations in {folder} are not numbered 1, 2, 3 and so on")
    return tuple(found)


def pending(applied: Mapping[str, str], migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Compare what a database has (name to digest) with what the program brings.

    Raises:
        MigrationChangedError: an applied one is not the file it was.
        ProgramOutdatedError: the database has some that the program does not know.
    """
    for migration in migrations:
        if applied.get(migration.name, migration.digest) != migration.digest:
            raise MigrationChangedError(migration.name)
    if unknown := sorted(set(applied) - {migration.name for migration in migrations}):
        raise ProgramOutdatedError(unknown)
    return tuple(migration for migration in migrations if migration.name not in applied)


def applied(connection: Connection) -> dict[str, str]:
    """Return what the database has, name to digest.

    Raises:
        NotInitialisedError: the database has none of our tables.
    """
    try:
        rows = connection.execute("SELECT name, digest FROM operational.migrations").fetchall()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        raise NotInitialisedError(connection.info.dbname) from None
    return dict(rows)


def check(connection: Connection) -> None:
    """Refuse a database whose tables are not this program's.

    Raises:
        NotInitialisedError, MigrationsPendingError, MigrationChangedError,
        ProgramOutdatedError: each says what to run.
    """
    if missing := pending(applied(connection), released()):
        raise MigrationsPendingError([migration.name for migration in missing])


def migrate(connection: Connection, progress: Callable[[str], None]) -> int:
    """Apply what is missing, as the owner, under a lock; answer how many that were.

    The roles and schemas exist (``roles.prepare``). The connection is an administrator's in
    autocommit mode; each file is a transaction of its own, together with its record.
    """
    connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE app_owner")
            connection.execute(RECORD)
        missing = pending(applied(connection), released())
        for migration in missing:
            progress(f"正在升级数据库结构：{migration.name}")
            _apply(connection, migration)
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return len(missing)


def _apply(connection: Connection, migration: Migration) -> None:
    with connection.transaction():
        connection.execute("SET LOCAL ROLE app_owner")
        connection.execute(migration.statements)
        connection.execute(
            "INSERT INTO operational.migrations (number, name, digest) VALUES (%s, %s, %s)",
            [migration.number, migration.name, migration.digest],
        )
