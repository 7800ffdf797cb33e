"""Whose account somebody's identity at the provider is: by issuer and subject, and only so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from services.access.oidc.errors import IdentityTakenError
from services.sql import named_statements

SQL = named_statements("services.access.oidc", "tables.sql")


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as one provider knows him."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Linked(Identity):
    """The account of an identity."""

    account_id: UUID
    linked_at: datetime
    last_used_at: datetime | None


class Identities:
    """The table ``operational.identities``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def find(self, identity: Identity) -> Linked | None:
        """The account of an identity."""
        values = {"issuer": identity.issuer, "subject": identity.subject}
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Linked)) as cursor,
        ):
            return cursor.execute(SQL["find"], values).fetchone()

    def of_account(self, account_id: UUID) -> list[Linked]:
        """The identities of an account, the first linked first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Linked)) as cursor,
        ):
            return cursor.execute(SQL["of_account"], {"account_id": account_id}).fetchall()

    def link(self, identity: Identity, account_id: UUID, now: datetime) -> None:
        """Link an identity to an account; the same again changes nothing.

        Raises:
            IdentityTakenError: it is another account's.
        """
        values = {
            "issuer": identity.issuer,
            "subject": identity.subject,
            "account_id": account_id,
            "now": now,
        }
        with self._pool.connection() as connection:
            if connection.execute(SQL["link"], values).rowcount:
                return
        known = self.find(identity)
        if known is None or known.account_id != account_id:
            raise IdentityTakenError

    def used(self, identity: Identity, now: datetime) -> None:
        """Note that somebody signed in by it."""
        values = {"issuer": identity.issuer, "subject": identity.subject, "now": now}
        with self._pool.connection() as connection:
            connection.execute(SQL["used"], values)

    def unlink(self, account_id: UUID) -> int:
        """Take all identities from an account; how many there were."""
        with self._pool.connection() as connection:
            return connection.execute(SQL["unlink"], {"account_id": account_id}).rowcount
