"""Imports as they run: who, what, how far, and whether somebody wants them stopped.

What is stored is in the log; a row here says how the storing goes, in whatever process. Whoever
runs an import holds a lock of the database that ends with its process, so that a run that was
killed is told from one that goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.errors import LockNotAvailable
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from domain.errors import MonitoringError, NotOnRecordError
from domain.importing import ImportKind
from services.intake.drafts import Draft
from services.sql import named_statements

SQL = named_statements("services.intake", "runs.sql")

_LOCK = 0x6A_78_03  # of this service's runs, beside the id's own hash
_PATIENCE = "2s"
"""Longer than a look at whether somebody holds the lock, shorter than any run."""


class RunState(StrEnum):
    """How a run is."""

    RUNNING = "running"
    CANCELLED = "cancelled"
    BROKEN = "broken"
    DONE = "done"


STOPPED = frozenset({RunState.CANCELLED, RunState.BROKEN})


class AlreadyRunningError(MonitoringError):
    """Somebody else brings the same file in at this moment."""

    code = "import_running"

    def __init__(self) -> None:
        super().__init__("同一份文件正在入库。请在“数据导入”中查看进度，不必重复操作。")


@dataclass(frozen=True, slots=True)
class Run:
    """One import's run: ``done`` of ``total`` chunks, ``report`` what it did once it is done."""

    import_id: UUID
    kind: ImportKind
    name: str
    actor: str
    state: RunState
    draft_id: UUID | None = None
    said: str = ""
    done: int = 0
    total: int = 0
    report: Mapping[str, Any] | None = None
    cancel_asked_by: str | None = None
    started_at: datetime | None = None
    heard_at: datetime | None = None


class ImportRuns:
    """The table ``operational.import_runs``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    @contextmanager
    def held(self, import_id: UUID) -> Iterator[None]:
        """Hold a run for the length of a block, on a connection of its own.

        Raises:
            AlreadyRunningError: somebody else holds it.
        """
        url = self._pool.conninfo
        given = url() if callable(url) else url
        with psycopg.connect(given, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"SET lock_timeout = '{_PATIENCE}'")
            try:
                connection.execute(SQL["hold"], {"lock": _LOCK, "import_id": str(import_id)})
            except LockNotAvailable:
                raise AlreadyRunningError from None
            yield

    def is_held(self, import_id: UUID) -> bool:
        """Whether somebody stores it at this moment."""
        values = {"lock": _LOCK, "import_id": str(import_id)}
        with self._pool.connection() as connection:
            row = connection.execute(SQL["is_free"], values).fetchone()
        return row is not None and not row[0]

    def start(self, run: Run) -> None:
        """Say that a run is under way, for the first time or again."""
        values = {
            "import_id": run.import_id,
            "kind": run.kind,
            "name": run.name,
            "actor": run.actor,
            "draft_id": run.draft_id,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["start"], values)

    def look(self, draft: Draft) -> None:
        """Say that a preview of a draft is made; it is told of under the draft's own id."""
        values = {
            "import_id": draft.draft_id,
            "kind": draft.kind,
            "name": draft.name,
            "actor": draft.sent_by,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["look"], values)

    def seen(self, draft_id: UUID, actor: str) -> tuple[str, int, int] | None:
        """What a preview says, and how many of how many it has done; None where none is made."""
        values = {"import_id": draft_id, "actor": actor}
        with self._pool.connection() as connection:
            return connection.execute(SQL["seen"], values).fetchone()

    def hear(self, import_id: UUID, said: str, done: int, total: int) -> str | None:
        """Note how far a run is; answers who asked that it stop, None where nobody did."""
        values = {"import_id": import_id, "said": said, "done": done, "total": total}
        with self._pool.connection() as connection:
            row = connection.execute(SQL["hear"], values).fetchone()
        return row[0] if row else None

    def end(
        self,
        import_id: UUID,
        state: RunState,
        said: str,
        report: Mapping[str, Any] | None = None,
    ) -> None:
        """Note how a run ended, in a sentence, and what it did."""
        values = {
            "import_id": import_id,
            "state": state,
            "said": said,
            "report": None if report is None else Jsonb(dict(report)),
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["end"], values)

    def ask_to_stop(self, import_id: UUID, by: str) -> bool:
        """Ask a run to stop after its present chunk; whether it was under way."""
        values = {"import_id": import_id, "by": by}
        with self._pool.connection() as connection:
            return connection.execute(SQL["ask_to_stop"], values).rowcount > 0

    def forget(self, import_id: UUID) -> None:
        """Forget a run that did nothing."""
        with self._pool.connection() as connection:
            connection.execute(SQL["forget"], {"import_id": import_id})

    def load(self, import_id: UUID, actor: str | None = None) -> Run:
        """A run, of ``actor`` alone where one is given; NotOnRecordError."""
        values = {"import_id": import_id, "actor": actor, "lock": _LOCK}
        with self._pool.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
            row = rows.execute(SQL["load"], values).fetchone()
        if row is None:
            raise NotOnRecordError(f"导入 {import_id}")
        return _run(row)

    def listed(
        self, actor: str | None = None, *, unfinished: bool = False, limit: int = 100
    ) -> list[Run]:
        """Runs, the latest first: of ``actor`` alone where one is given, or those not done."""
        values = {"actor": actor, "all": not unfinished, "limit": limit, "lock": _LOCK}
        with self._pool.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
            return [_run(row) for row in rows.execute(SQL["listed"], values)]

    def of_draft(self, draft_id: UUID) -> UUID | None:
        """The latest run of a file that was looked at, by the import's id."""
        with self._pool.connection() as connection:
            row = connection.execute(SQL["of_draft"], {"draft_id": draft_id}).fetchone()
        return row[0] if row else None


def _run(row: dict[str, Any]) -> Run:
    return Run(kind=ImportKind(row.pop("kind")), state=RunState(row.pop("state")), **row)
