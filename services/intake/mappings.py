"""What people said of the columns of a source, remembered for its next file (对应关系)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from domain.errors import NotOnRecordError
from domain.importing import ImportKind
from services.intake.choice import Mapped
from services.sql import named_statements

SQL = named_statements("services.intake", "mappings.sql")


@dataclass(frozen=True, slots=True)
class Remembered:
    """One mapping: of which kind of file with which headings, said by whom and when."""

    kind: str
    fingerprint: str
    headings: list[str]
    mapping: Mapped
    file_name: str
    actor: str
    remembered_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A mapping as it is to be remembered."""

    kind: ImportKind
    fingerprint: str
    headings: tuple[str, ...]
    mapping: Mapped
    file_name: str
    actor: str


class Mappings:
    """The table ``operational.column_mappings``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def remember(self, said: Said) -> None:
        """Remember a mapping; another one for the same headings replaces it."""
        values = {
            "kind": said.kind,
            "fingerprint": said.fingerprint,
            "headings": list(said.headings),
            "mapping": Jsonb(dict(said.mapping)),
            "file_name": said.file_name,
            "actor": said.actor,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["remember"], values)

    def of_kind(self, kind: ImportKind) -> Mapping[str, Mapped]:
        """All mappings of a kind of file, by fingerprint."""
        with self._pool.connection() as connection:
            return dict(connection.execute(SQL["of_kind"], {"kind": kind}).fetchall())

    def all(self) -> list[Remembered]:
        """All that is remembered, the latest first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Remembered)) as cursor,
        ):
            return cursor.execute(SQL["all"]).fetchall()

    def forget(self, kind: ImportKind, fingerprint: str) -> None:
        """Forget a mapping; NotOnRecordError where there is none."""
        values = {"kind": kind, "fingerprint": fingerprint}
        with self._pool.connection() as connection:
            if connection.execute(SQL["forget"], values).rowcount == 0:
                raise NotOnRecordError(f"对应关系{fingerprint}")
