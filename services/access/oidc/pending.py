"""Sign-ins that were begun: bound to the browser that began them, and good for one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from services.access.keys import digest, new_key
from services.access.oidc.errors import NotOurSignInError, TooManyPendingError
from services.sql import named_statements

SQL = named_statements("services.access.oidc", "tables.sql")

LASTS = timedelta(minutes=10)
AT_MOST = 200
"""From one address: a whole bureau may share one, and nobody is to fill the table."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What goes to the provider, and the key that stays in the browser."""

    state: str
    nonce: str
    verifier: str
    browser: str


@dataclass(frozen=True, slots=True)
class Pending:
    """What was kept of a sign-in that was begun."""

    nonce: str
    verifier: str
    wanted: str
    invitation: bytes | None


class PendingSignIns:
    """The table ``operational.pending_sign_ins``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def begin(self, wanted: str, invitation: bytes | None, address: str, now: datetime) -> Begun:
        """Begin one, towards an address of ours or with an invitation's digest.

        Raises:
            TooManyPendingError: too many of this address are not finished.
        """
        begun = Begun(new_key(), new_key(), new_key(), new_key())
        values = {
            "state": digest(begun.state),
            "browser": digest(begun.browser),
            "nonce": begun.nonce,
            "verifier": begun.verifier,
            "wanted": wanted,
            "invitation": invitation,
            "address": address,
            "now": now,
            "expires_at": now + LASTS,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["tidy"], values)
            waiting = connection.execute(SQL["waiting"], values).fetchone()
            if waiting is not None and waiting[0] >= AT_MOST:
                raise TooManyPendingError
            connection.execute(SQL["begin"], values)
        return begun

    def take(self, state: str, browser: str, now: datetime) -> Pending:
        """Use one up: of two answers at once one gets it.

        Raises:
            NotOurSignInError: this browser began none of that state, too long ago, or got its
                answer already.
        """
        values = {"state": digest(state), "browser": digest(browser), "now": now}
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Pending)) as cursor,
        ):
            taken = cursor.execute(SQL["take"], values).fetchone()
        if taken is None:
            raise NotOurSignInError
        return taken
