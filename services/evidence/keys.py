"""The key and the name of each evidence file: outside the log, so that they can be destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from services.evidence.vault import Sealed
from services.sql import named_statements

SQL = named_statements("services.evidence", "keys.sql")


@dataclass(frozen=True, slots=True)
class EvidenceKey:
    """What opens a stored file, and how its sender called it."""

    evidence_id: UUID
    sealed: Sealed
    name: str


class EvidenceKeys:
    """The table ``operational.evidence_keys``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def keep(self, key: EvidenceKey) -> None:
        """Keep a key; there may be several of one file until it is on record which was stored."""
        values = {
            "evidence_id": key.evidence_id,
            "digest": key.sealed.digest,
            "key": key.sealed.key,
            "name": key.name,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["keep"], values)

    def find(self, evidence_id: UUID, digest: str) -> EvidenceKey | None:
        """The key of a stored file; None where it was destroyed."""
        values = {"evidence_id": evidence_id, "digest": digest}
        with self._pool.connection() as connection:
            row = connection.execute(SQL["find"], values).fetchone()
        return EvidenceKey(evidence_id, Sealed(digest, bytes(row[0])), row[1]) if row else None

    def destroy(self, evidence_id: UUID) -> None:
        """Destroy every key of a file, and its name."""
        with self._pool.connection() as connection:
            connection.execute(SQL["destroy"], {"evidence_id": evidence_id})

    def of(self, ids: Iterable[UUID]) -> set[UUID]:
        """Which of these files have a key."""
        with self._pool.connection() as connection:
            rows = connection.execute(SQL["of"], {"ids": list(ids)}).fetchall()
        return {row[0] for row in rows}

    def kept_between(self, since: datetime, until: datetime) -> list[tuple[UUID, str]]:
        """Files and digests whose keys were kept in a time."""
        values = {"since": since, "until": until}
        with self._pool.connection() as connection:
            rows = connection.execute(SQL["kept_between"], values).fetchall()
        return [(row[0], row[1]) for row in rows]

    def forget(self, digest: str) -> None:
        """Let go of the key of one stored file."""
        with self._pool.connection() as connection:
            connection.execute(SQL["forget"], {"digest": digest})
