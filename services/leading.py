"""Who leads: a session-level advisory lock on a connection of its own (architecture §5, §7)."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import psycopg

PROJECTOR = 7_041_001
SCHEDULER = 7_041_002
REBUILDER = 7_041_003


class Leadership:
    """Try to lead; held until the connection is closed or lost."""

    def __init__(self, conninfo: str, key: int) -> None:
        self._conninfo = conninfo
        self._key = key
        self._connection: psycopg.Connection | None = None

    def try_lead(self) -> bool:
        """Whether this process leads now; safe to ask again and again.

        Raises:
            psycopg.OperationalError: the database does not answer.
        """
        if self._connection is not None and self._still_held():
            return True
        self.leave()
        connection = psycopg.connect(self._conninfo, autocommit=True, connect_timeout=5)
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (self._key,)).fetchone()
        if row is None or not row[0]:
            connection.close()
            return False
        self._connection = connection
        return True

    def _still_held(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def leave(self) -> None:
        """Let another process lead."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()
