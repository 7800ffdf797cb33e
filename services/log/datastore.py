"""Connections of the log: a pool of our settings under the library's datastore."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.postgres import ConnectionPool, PostgresDatastore
from psycopg import Connection, Cursor, InterfaceError, IsolationLevel, OperationalError
from psycopg.rows import DictRow, TupleRow, dict_row, tuple_row

from services.log.errors import LogUnreachableError

# The library silences the pool; a connection that cannot be made is worth a line.
logging.getLogger("psycopg.pool").setLevel(logging.NOTSET)
logging.getLogger("psycopg").setLevel(logging.NOTSET)

WAIT_FOR_CONNECTION_S = 3.0

_CONNECTION = {
    "row_factory": dict_row,  # the library's reads want rows by name
    "connect_timeout": 5,
    # A peer that vanished without a word is noticed after 10 s, not after hours.
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}


class LogDatastore(PostgresDatastore):
    """The library's datastore on a connection string; opens on first use.

    ``pool_size`` bounds the connections of this process.
    """

    def __init__(self, conninfo: str, *, schema: str = "log", pool_size: int = 8) -> None:
        super().__init__("", "", "", "", "", schema=schema)
        self.pool: ConnectionPool[Connection[DictRow]] = ConnectionPool(
            conninfo,
            connection_class=Connection[DictRow],
            kwargs=_CONNECTION,
            min_size=1,
            max_size=pool_size,
            open=False,
            configure=self._configure,
            timeout=WAIT_FOR_CONNECTION_S,
        )

    @contextmanager
    def connection(self) -> Iterator[Connection[DictRow]]:
        """Lend a connection that answers; psycopg's errors come through as they are."""
        self.pool.open()
        connection = self._living()
        try:
            yield connection
        finally:
            self.pool.putconn(connection)

    def _living(self) -> Connection[DictRow]:
        """Take connections until one answers: after a restart all that lie there are dead.

        The pool could check by itself, but sleeps a second and more after each dead one.
        """
        for _ in range(self.pool.max_size):
            connection = self.pool.getconn()
            try:
                self.pool.check_connection(connection)
            except (OperationalError, InterfaceError):
                self.pool.putconn(connection)
            except BaseException:
                self.pool.putconn(connection)
                raise
            else:
                return connection
        return self.pool.getconn()

    @contextmanager
    def reading(self) -> Iterator[Cursor[TupleRow]]:
        """Lend a cursor for a look; LogUnreachableError when the database does not answer."""
        try:
            with (
                self.connection() as connection,
                connection.cursor(binary=True, row_factory=tuple_row) as cursor,
            ):
                yield cursor
        except (OperationalError, InterfaceError) as problem:
            raise LogUnreachableError from problem

    def register_type_adapters(self) -> None:
        """Do nothing: rows go by COPY, so the library's composite type is not needed."""

    @staticmethod
    def _configure(connection: Connection[DictRow]) -> None:
        connection.autocommit = True
        connection.execute("SET TIME ZONE 'UTC'; SET idle_in_transaction_session_timeout = '10s'")
        # Whatever the server's default: a look after the lock must see the last commit.
        connection.isolation_level = IsolationLevel.READ_COMMITTED
