"""Answers kept by their Idempotency-Key, so that the same request again is told the same."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from services.log.appending import Command
from services.log.errors import CommandReusedError
from services.sql import named_statements

SQL = named_statements("services.api", "answers.sql")


class Answers:
    """The table ``operational.api_requests``.

    It answers for requests of every kind; that a command is carried out once, also when its
    answer never got here, is the log's own doing.
    """

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def claim(self, command: Command) -> str | None:
        """Take a key, or answer what it was told; None while nothing was.

        Raises:
            CommandReusedError: the key came before with another content.
        """
        values = {"key": command.command_id, "digest": command.digest}
        self._pool.open()
        with self._pool.connection() as connection:
            connection.execute(SQL["claim"], values)
            row = connection.execute(SQL["find"], values).fetchone()
        if row is not None and row[0] != command.digest:
            raise CommandReusedError(command.command_id)
        return row[1] if row else None

    def keep(self, key: UUID, body: str) -> None:
        """Keep what was answered; the first answer stays."""
        with self._pool.connection() as connection:
            connection.execute(SQL["keep"], {"key": key, "body": body})
