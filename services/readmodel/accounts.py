"""Who can sign in and what they may do, as last known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts are asked for, by login name from ``after`` on.

    ``words`` are in the login or the name; ``role`` and ``place`` are those of a right that is not
    over on ``day``, the place with all below it.
    """

    day: date
    words: str | None = None
    role: str | None = None
    place: tuple[str, ...] = ()
    is_disabled: bool | None = None
    after: str = ""
    limit: int = 50


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

    def search(self, wanted: Wanted) -> list[AccountRow]:
        """Accounts that fit, by login name."""
        words = normalised_name(wanted.words or "") or None
        values = asdict(wanted) | {"place": list(wanted.place), "words": words}
        return self._accounts("search", values)

    def by_ids(self, account_ids: Iterable[UUID]) -> dict[UUID, AccountRow]:
        """Some accounts by id."""
        found = self._accounts("by_ids", {"account_ids": list(account_ids)})
        return {row.account_id: row for row in found}

    def grants_of(self, account_ids: Iterable[UUID]) -> list[GrantRow]:
        """The rights of some accounts, oldest first; ended ones too."""
        return self._grants("grants_of", {"account_ids": list(account_ids)})

    def lent_by(self, lender: UUID, day: date) -> list[GrantRow]:
        """What somebody lent to others that is not over on a day."""
        return self._grants("lent_by", {"lender": lender, "day": day})

    def _accounts(self, statement: str, values: dict[str, object]) -> list[AccountRow]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(AccountRow)) as cursor,
        ):
            return cursor.execute(SQL[statement], values).fetchall()

    def _grants(self, statement: str, values: dict[str, object]) -> list[GrantRow]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(GrantRow)) as cursor,
        ):
            return cursor.execute(SQL[statement], values).fetchall()
