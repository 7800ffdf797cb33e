"""Keys for programs and for the command line: hashed, scoped, with an end and a last use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.access.action import Action
from domain.errors import MonitoringError
from services.access.keys import digest, new_key
from services.sql import named_statements

SQL = named_statements("services.access", "tokens.sql")

PREFIX = "jx_"
LONGEST = timedelta(days=366)
_NOTED_EVERY = timedelta(minutes=1)


class TokenTooLongError(MonitoringError):
    """A key would be good for too long, or is past already."""

    code = "token_too_long"

    def __init__(self) -> None:
        super().__init__(f"令牌的有效期须在今后{LONGEST.days}天以内。请另设到期日。")


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a key; ``actions`` narrows what it may do, None leaves its account's."""

    token_id: UUID
    account_id: UUID
    label: str
    actions: list[str] | None
    issued_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def allows(self, action: Action) -> bool:
        """Whether its scope takes in an action."""
        return self.actions is None or action.value in self.actions


@dataclass(frozen=True, slots=True)
class Issue:
    """What is asked of a new key."""

    account_id: UUID
    label: str
    expires_at: datetime
    actions: frozenset[Action] | None = None


class Tokens:
    """The table ``operational.tokens``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def issue(self, asked: Issue, *, now: datetime) -> tuple[UUID, str]:
        """Make one: its id, and the key, which is shown once and never again.

        Raises:
            TokenTooLongError: its end is past, or more than a year away.
        """
        if not now < asked.expires_at <= now + LONGEST:
            raise TokenTooLongError
        token_id, key = uuid4(), new_key(PREFIX)
        values = {
            "token_id": token_id,
            "digest": digest(key),
            "account_id": asked.account_id,
            "label": asked.label,
            "actions": _names(asked.actions),
            "now": now,
            "expires_at": asked.expires_at,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["issue"], values)
        return token_id, key

    def find(self, key: str, now: datetime) -> Token | None:
        """The token of a key while it is good, noted as used."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Token)) as cursor,
        ):
            values = {"digest": digest(key), "now": now}
            token = cursor.execute(SQL["find"], values).fetchone()
            if token is not None and _is_stale(token.last_used_at, now):
                connection.execute(SQL["used"], {"token_id": token.token_id, "now": now})
        return token

    def of_account(self, account_id: UUID) -> list[Token]:
        """All of an account's, newest first, ended ones too."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Token)) as cursor,
        ):
            return cursor.execute(SQL["of_account"], {"account_id": account_id}).fetchall()

    def revoke(self, token_id: UUID, account_id: UUID, *, now: datetime) -> bool:
        """End one of an account's; whether there was one to end."""
        values = {"token_id": token_id, "account_id": account_id, "now": now}
        with self._pool.connection() as connection:
            return connection.execute(SQL["revoke"], values).rowcount > 0


def _names(actions: Iterable[Action] | None) -> list[str] | None:
    return None if actions is None else sorted(action.value for action in actions)


def _is_stale(noted: datetime | None, now: datetime) -> bool:
    return noted is None or now - noted >= _NOTED_EVERY
