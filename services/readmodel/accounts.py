"""Who can sign in and what they may do, as last known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.errors import NotOnRecordError
from domain.identity import normalised_name
from services.sql import named_statements

SQL = named_statements("services.readmodel", "accounts.sql")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account."""

    account_id: UUID
    region: str
    login: str
    name: str
    kind: str
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A right; ``place`` are the segments of a path of units, none for the region."""

    account_id: UUID
    grant_id: UUID
    role: str
    place: list[str]
    starts_on: date
    ends_on: date | None
    lent_by: UUID | None
    reason: str

    def is_over(self, day: date) -> bool:
        """Whether it ended before a day."""
        return self.ends_on is not None and self.ends_on < day


class AccountList:
    """Questions about accounts; ``pool`` sees the read tables."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def all(self) -> list[AccountRow]:
        """All accounts, by login name."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(AccountRow)) as cursor,
        ):
            return cursor.execute(SQL["accounts"]).fetchall()

    def by_login(self, login: str) -> AccountRow:
        """The account of a login name; NotOnRecordError."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(AccountRow)) as cursor,
        ):
            values = {"login": normalised_name(login)}
            found = cursor.execute(SQL["by_login"], values).fetchone()
        if found is None:
            raise NotOnRecordError(f"账户“{login}”")
        return found

    def grants(self, account_id: UUID | None = None) -> list[GrantRow]:
        """The rights of one account, or of all, oldest first; ended ones too."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(GrantRow)) as cursor,
        ):
            return cursor.execute(SQL["grants"], {"account_id": account_id}).fetchall()
