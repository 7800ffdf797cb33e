"""Questions about files that prove something (佐证材料)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row

from services.sql import named_statements

SQL = named_statements("services.readmodel", "evidence.sql")

Connecting = Callable[[], AbstractContextManager[Connection[TupleRow]]]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file as it stands; ``name`` is None where it was destroyed.

    ``actor`` and ``reason`` are of the last step, ``size`` is in bytes, digests in hexadecimal.
    """

    evidence_id: UUID
    position: int
    recorded_at: datetime
    actor: str
    target_id: UUID
    indicator_id: UUID | None
    part: int
    reported_on: date | None
    stage: str
    on_day: date
    media_type: str
    size: int
    sha256: str
    sealed_sha256: str
    reason: str | None
    name: str | None


class EvidenceFiles:
    """The steps of files; the last one known counts."""

    def __init__(self, connecting: Connecting) -> None:
        self._connecting = connecting

    def of_target(self, target_id: UUID, known_at: int) -> list[EvidenceRow]:
        """Files of a target and of its reported values, in the order they came in."""
        values = {"target_id": target_id, "known_at": known_at}
        with (
            self._connecting() as connection,
            connection.cursor(row_factory=class_row(EvidenceRow)) as cursor,
        ):
            return cursor.execute(SQL["of_target"], values).fetchall()

    def destroyed(self) -> set[UUID]:
        """Files of which nothing may be left that opens them."""
        with self._connecting() as connection:
            return {row[0] for row in connection.execute(SQL["destroyed"])}
