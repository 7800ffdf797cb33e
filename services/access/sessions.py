"""Sessions on the server: a random key in the browser, its digest here, and an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from services.access.keys import digest, new_key
from services.sql import named_statements

SQL = named_statements("services.access", "sessions.sql")

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
_NOTED_EVERY = timedelta(minutes=1)
_AGENT_SIGNS = 200


class Way(StrEnum):
    """By what somebody showed who he is."""

    PASSWORD = "password"  # noqa: S105  # a way, no password
    PROVIDER = "oidc"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's sign-in."""

    session_id: UUID
    account_id: UUID
    opened_at: datetime
    seen_at: datetime
    address: str
    agent: str
    way: Way = Way.PASSWORD
    filler_id: UUID | None = None

    def __post_init__(self) -> None:
        """Take the way as the table has it."""
        object.__setattr__(self, "way", Way(self.way))


class Sessions:
    """The table ``operational.sessions``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def open(
        self,
        account_id: UUID,
        *,
        address: str,
        agent: str,
        now: datetime,
        way: Way = Way.PASSWORD,
    ) -> str:
        """Open one and answer its key, a new one each time (no fixation)."""
        key = new_key()
        values = {
            "digest": digest(key),
            "session_id": uuid4(),
            "account_id": account_id,
            "address": address,
            "agent": agent[:_AGENT_SIGNS],
            "now": now,
            "way": way,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["tidy"], _limits(now))
            connection.execute(SQL["open"], values)
        return key

    def find(self, key: str, now: datetime) -> Session | None:
        """The session of a key while it lasts, noted as seen."""
        values = {"digest": digest(key), **_limits(now)}
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Session)) as cursor,
        ):
            session = cursor.execute(SQL["find"], values).fetchone()
            if session is not None and now - session.seen_at >= _NOTED_EVERY:
                connection.execute(SQL["seen"], {"session_id": session.session_id, "now": now})
        return session

    def fill_in(self, session_id: UUID, filler_id: UUID) -> None:
        """Say who fills in with a shared account, from now on."""
        with self._pool.connection() as connection:
            values = {"session_id": session_id, "filler_id": filler_id}
            connection.execute(SQL["fill_in"], values)

    def of_account(self, account_id: UUID, now: datetime) -> list[Session]:
        """Those that last, the one last used first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Session)) as cursor,
        ):
            values = {"account_id": account_id, **_limits(now)}
            return cursor.execute(SQL["of_account"], values).fetchall()

    def end(self, session_id: UUID, account_id: UUID) -> bool:
        """End one of an account's; whether there was such a one."""
        values = {"session_id": session_id, "account_id": account_id}
        with self._pool.connection() as connection:
            return connection.execute(SQL["end"], values).rowcount > 0

    def end_key(self, key: str) -> None:
        """End the one of a key, if there is such a one."""
        with self._pool.connection() as connection:
            connection.execute(SQL["end_key"], {"digest": digest(key)})

    def end_all(self, account_id: UUID, but: UUID | None = None) -> int:
        """End all of an account's, but perhaps the one that asks; how many."""
        with self._pool.connection() as connection:
            values = {"account_id": account_id, "but": but}
            return connection.execute(SQL["end_all"], values).rowcount


def _limits(now: datetime) -> dict[str, Any]:
    return {"idle_since": now - IDLE, "opened_since": now - ABSOLUTE}
