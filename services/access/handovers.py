"""The lists of what went from one person to another, as they were printed (交接清单)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from domain.errors import NotOnRecordError
from services.sql import named_statements

SQL = named_statements("services.access", "handovers.sql")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a list: its rows under their headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: from whom, to whom, why, and what."""

    giver: str
    taker: str
    reason: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list as it is kept."""

    handover_id: UUID
    from_account: UUID
    to_account: UUID
    on_day: date
    recorded_at: datetime
    recorded_by: str
    listed: Listed


class HandOverLists:
    """The table ``operational.handovers``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def keep(self, kept: KeptList) -> None:
        """Keep a list."""
        values = {name: getattr(kept, name) for name in KeptList.__slots__ if name != "listed"}
        values["document"] = Jsonb(asdict(kept.listed))
        with self._pool.connection() as connection:
            connection.execute(SQL["keep"], values)

    def one(self, handover_id: UUID) -> KeptList:
        """One list; NotOnRecordError."""
        found = self._rows("one", {"handover_id": handover_id})
        if not found:
            raise NotOnRecordError(f"交接清单 {handover_id}")
        return found[0]

    def of_account(self, account_id: UUID) -> list[KeptList]:
        """The lists of what somebody gave or took, newest first."""
        return self._rows("of_account", {"account_id": account_id})

    def _rows(self, statement: str, values: dict[str, object]) -> list[KeptList]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            return [_kept(row) for row in cursor.execute(SQL[statement], values)]


def _kept(row: dict[str, Any]) -> KeptList:
    document = row.pop("document")
    sections = tuple(
        Section(one["title"], tuple(one["headings"]), tuple(map(tuple, one["rows"])))
        for one in document.pop("sections")
    )
    return KeptList(**row, listed=Listed(**document, sections=sections))
