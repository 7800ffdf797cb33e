"""Who did what, refused or not, from where: a table that only grows (网络安全法: 6 months).

Rows are removed by age alone, by the owner of the table, after 190 days at the earliest.
No password, key or personal number stands here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from services.sql import named_statements

SQL = named_statements("services.access", "audit.sql")

KEPT = timedelta(days=190)
LAST = 2**62


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``what`` is an action or a way of signing in, ``subject`` what it was about."""

    at: datetime
    actor: str
    account_id: UUID | None
    what: str
    subject: str
    outcome: Outcome
    address: str
    request_id: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Numbered(Entry):
    """A line as it was written."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for; ``before`` is the number of the last one seen."""

    actor: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int = LAST
    limit: int = 100


class AuditTrail:
    """The table ``log.audit``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def note(self, entry: Entry) -> None:
        """Write a line."""
        with self._pool.connection() as connection:
            connection.execute(SQL["note"], asdict(entry))

    def page(self, asked: Asked) -> list[Numbered]:
        """Lines, newest first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Numbered)) as cursor,
        ):
            return cursor.execute(SQL["page"], asdict(asked)).fetchall()


def forget_old(worker_url: str, now: datetime) -> int:
    """Remove what is older than is kept, as the owner; how many lines."""
    with psycopg.connect(worker_url, autocommit=True, connect_timeout=5) as connection:
        connection.execute("SET ROLE app_owner")
        return connection.execute(SQL["forget"], {"before": now - KEPT}).rowcount
