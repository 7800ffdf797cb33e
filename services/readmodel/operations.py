"""How the service itself is: what health checks and metrics ask (architecture §5)."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from services.readmodel.sight import EVERYTHING
from services.sql import named_statements

SQL = named_statements("services.readmodel", "operations.sql")

PATIENCE_S = 2.0
"""Who asks whether the service is well does not wait longer for a database that is away."""


@dataclass(frozen=True, slots=True)
class StateOfReading:
    """Where log and read tables stand.

    ``halted`` names the families that stand still at an event they cannot take, ``parked``
    counts such events, those of families that went on included.
    """

    log_position: int
    read_position: int
    halted: list[str]
    parked: int

    @property
    def behind(self) -> int:
        """Events not read yet."""
        return max(0, self.log_position - self.read_position)


@dataclass(frozen=True, slots=True)
class AlertCount:
    """How many alerts are in a state and of a severity."""

    state: str
    severity: str
    count: int


class Operations:
    """Questions about the running service; ``pool`` sees read and operational tables."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def state(self) -> StateOfReading:
        """Where log and read tables stand."""
        self._pool.open()
        with (
            self._pool.connection(PATIENCE_S) as connection,
            connection.cursor(row_factory=class_row(StateOfReading)) as cursor,
        ):
            return cursor.execute(SQL["state"]).fetchall()[0]

    def alerts(self) -> list[AlertCount]:
        """How many alerts there are, by state and severity."""
        self._pool.open()
        with (
            self._pool.connection(PATIENCE_S) as connection,
            connection.transaction(),
            connection.cursor(row_factory=class_row(AlertCount)) as cursor,
        ):
            EVERYTHING.impose(connection)
            return cursor.execute(SQL["alerts"]).fetchall()
