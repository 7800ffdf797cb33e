"""Tries to sign in, counted by login name as typed and by address.

A try counts as failed before its password is looked at, and is taken back when it was right:
of a thousand at the same moment only the first few are hashed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.identity import normalised_name
from services.access.keys import digest
from services.access.limits import ADDRESS_FACTOR, FORGOTTEN_AFTER, Failures
from services.sql import named_statements

SQL = named_statements("services.access", "tries.sql")


class Tries:
    """The table ``operational.sign_in_tries``; a name is kept as its digest only."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def begin(self, login: str, address: str, now: datetime) -> None:
        """Count a try, unless name or address failed too often just now.

        Raises:
            WaitError: they did; nothing is counted.
        """
        age = {"forgotten_before": now - FORGOTTEN_AFTER}
        with self._pool.connection() as connection, connection.transaction():
            for key, factor in _keys(login, address):
                values = {"key": key, "now": now, **age}
                known = _find(connection, values)
                if known is not None:
                    known.require_open(now, factor)
                connection.execute(SQL["count"], values)

    def succeeded(self, login: str, address: str, now: datetime) -> None:
        """Begin anew for the name; take this try back from the address."""
        (name, _), (place, _) = _keys(login, address)
        with self._pool.connection() as connection:
            connection.execute(SQL["forget"], {"key": name})
            connection.execute(SQL["take_back"], {"key": place})
            connection.execute(SQL["tidy"], {"forgotten_before": now - FORGOTTEN_AFTER})


def _find(connection: Connection[TupleRow], values: dict[str, Any]) -> Failures | None:
    with connection.cursor(row_factory=class_row(Failures)) as cursor:
        return cursor.execute(SQL["find"], values).fetchone()


def _keys(login: str, address: str) -> tuple[tuple[bytes, int], tuple[bytes, int]]:
    """The two that are counted, and how many times more often each may fail."""
    return (
        (digest(f"login/{normalised_name(login)}"), 1),
        (digest(f"address/{address}"), ADDRESS_FACTOR),
    )
