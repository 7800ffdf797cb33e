"""Who did what, refused or not, from where: a table that only grows (网络安全法: 6 months).

Rows are removed by age alone, by the owner of the table, after 190 days at the earliest.
No password, key or personal number stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.access.place import Place
from domain.errors import MonitoringError
from services.access.acts import note_own_line
from services.sql import named_statements

SQL = named_statements("services.access", "audit.sql")

KEPT = timedelta(days=190)
LAST = 2**62
_CHUNK = 2_000


class AuditAwayError(MonitoringError):
    """What was asked cannot be put on record, and so is not answered."""

    code = "audit_away"

    def __init__(self) -> None:
        super().__init__(
            "审计记录暂时写不进去，因此不予答复。刚才若是提交，请稍后刷新核对，再决定是否重发；"
            "仍不行时请联系运维。"
        )


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``what`` is an action or a way of signing in, ``subject`` what it was about.

    ``place`` is where the unit stands that it concerned, () the region or none.
    """

    at: datetime
    actor: str
    account_id: UUID | None
    what: str
    subject: str
    outcome: Outcome
    address: str
    request_id: str
    detail: str = ""
    place: Place = ()

    def __post_init__(self) -> None:
        """Take the place as the table has it."""
        object.__setattr__(self, "place", tuple(self.place))


@dataclass(frozen=True, slots=True)
class Numbered(Entry):
    """A line as it was written."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for; ``before`` is the number of the last one seen.

    ``what`` is an action, or the noun of several (``target.``); ``place`` a unit with all below.
    """

    actor: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    place: Place = ()
    outcome: Outcome | None = None
    before: int = LAST
    limit: int = 100


class AuditTrail:
    """The table ``log.audit``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def note(self, entry: Entry) -> None:
        """Write a line, by whoever knows best what it says; the request needs no other."""
        self.note_all([entry])
        note_own_line()

    def note_all(self, entries: Sequence[Entry]) -> None:
        """Write lines, all of them or none."""
        if not entries:
            return
        rows = [_row(entry) for entry in entries]
        with self._pool.connection() as connection, connection.transaction():
            for row in rows:
                connection.execute(SQL["note"], row)

    def page(self, asked: Asked) -> list[Numbered]:
        """Lines, newest first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Numbered)) as cursor,
        ):
            values = asdict(asked) | {"place": list(asked.place)}
            return cursor.execute(SQL["page"], values).fetchall()

    def all(self, asked: Asked) -> Iterator[Numbered]:
        """Every line, newest first, read piece by piece."""
        while page := self.page(replace(asked, limit=_CHUNK)):
            yield from page
            asked = replace(asked, before=page[-1].number)


def _row(entry: Entry) -> dict[str, Any]:
    """A line as the table takes it: signs that no text holds must not keep it from record."""
    row = {name: _storable(value) for name, value in asdict(entry).items()}
    return row | {"place": [_storable(segment) for segment in entry.place]}


def _storable(value: object) -> object:
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def forget_old(worker_url: str, now: datetime) -> int:
    """Remove what is older than is kept, as the owner; how many lines."""
    with psycopg.connect(worker_url, autocommit=True, connect_timeout=5) as connection:
        connection.execute("SET ROLE app_owner")
        return connection.execute(SQL["forget"], {"before": now - KEPT}).rowcount
