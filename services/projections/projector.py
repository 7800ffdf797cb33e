"""The projections as the rest of the service sees them: caught up, rebuilt, or reported on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

from domain.errors import MonitoringError
from services.leading import PROJECTOR, REBUILDER, Leadership
from services.log.application import Log
from services.projections import tables
from services.projections.accounts import AccountRows
from services.projections.ahead import ReadAhead
from services.projections.alerts import AlertRows
from services.projections.evidence import EvidenceRows
from services.projections.history import HistoryRows
from services.projections.imports import ImportRows
from services.projections.payments import PaymentRows
from services.projections.reading import LogEvents
from services.projections.runner import SQL, WINDOW, Runner
from services.projections.standings import StandingRows
from services.projections.targets import TargetRows
from services.projections.units import UnitRows
from services.projections.window import Family

Progress = Callable[[str], None]

POLL_S = 0.02


def families() -> tuple[Family, ...]:
    """All families, in the order in which they read a window: standings look at the others."""
    return (
        TargetRows(),
        PaymentRows(),
        ImportRows(),
        AccountRows(),
        AlertRows(),
        EvidenceRows(),
        HistoryRows(),
        UnitRows(),
        StandingRows(),
    )


class ReadingsBehindError(MonitoringError):
    """The read tables did not catch up in time."""

    code = "readings_behind"

    def __init__(self, wanted: int, reached: int) -> None:
        super().__init__(
            f"读数还未更新到最新记录（{reached}/{wanted}）。请稍后重试，或在“系统状态”查看原因。"
        )


class RebuildRunningError(MonitoringError):
    """Another process is rebuilding."""

    code = "rebuild_running"

    def __init__(self) -> None:
        super().__init__("另一个进程正在重建读数表，请等它完成。")


@dataclass(frozen=True, slots=True)
class FamilyStatus:
    """How far one family has read, and why it stands still if it does."""

    family: str
    position: int
    halted_by: str | None


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event that a family could not take; ``skipped``: somebody let it pass, with a reason."""

    family: str
    position: int
    topic: str
    error: str
    attempts: int
    parked_at: datetime
    skipped: bool


class Projector:
    """Keeps the read tables of one log; any number of processes may hold one, one leads.

    ``may_lead``: False in a web process, whose role may not write read tables; it waits.
    """

    def __init__(
        self,
        log: Log,
        worker_url: str,
        parts: Sequence[Family] | None = None,
        *,
        may_lead: bool = True,
    ) -> None:
        self._log = log
        self._worker_url = worker_url
        self._may_lead = may_lead
        self.families = tuple(parts or families())

    @property
    def worker_url(self) -> str:
        """Where the tables' owner connects."""
        return self._worker_url

    @contextmanager
    def runner(self, connection: tables.Rows, window: int = WINDOW) -> Iterator[Runner]:
        """A runner over the tables that the connection has entered, for a block."""
        with ReadAhead(LogEvents(self._log)) as reader:
            yield Runner(connection, reader, self.families, window)

    def prepare(self, progress: Progress) -> None:
        """Make the read tables, or rebuild them when this code makes others.

        To be called by who leads.
        """
        with tables.owner_connection(self._worker_url) as connection:
            made_from = tables.made_from(connection, tables.LIVE)
            if made_from is None:
                tables.make(connection, tables.LIVE, self.families)
        if made_from is not None and made_from != tables.digest():
            progress("读数表结构有变化，正在由事件重建……")
            self.rebuild(progress)

    def prepare_if_alone(self, progress: Progress) -> None:
        """Make or rebuild the tables at a start, so that screens have something to read."""
        with Leadership(self._worker_url, PROJECTOR) as leadership:
            if self._may_lead and leadership.try_lead():
                self.prepare(progress)

    def catch_up(self, timeout: float = 30.0) -> int:
        """Bring the tables to the log's head as it stands now; answer that position.

        Projects by itself when nobody leads, else waits for who does.

        Raises:
            ReadingsBehindError: they did not get there in time.
        """
        head = self._log.head()
        deadline = time.monotonic() + timeout
        with Leadership(self._worker_url, PROJECTOR) as leadership:
            while self.position() < head:
                if self._may_lead and leadership.try_lead():
                    self._lead_once(head)
                elif time.monotonic() > deadline:
                    raise ReadingsBehindError(head, self.position())
                else:
                    time.sleep(POLL_S)
                if time.monotonic() > deadline:
                    raise ReadingsBehindError(head, self.position())
        return head

    def _lead_once(self, head: int) -> None:
        self.prepare(lambda _: None)
        with (
            tables.owner_connection(self._worker_url) as connection,
            self.runner(connection) as runner,
        ):
            runner.run(head)

    def position(self) -> int:
        """How far the family that is furthest behind has read; halted ones are left out."""
        return min((s.position for s in self.status() if s.halted_by is None), default=0)

    def status(self) -> list[FamilyStatus]:
        """How far each family has read; empty before the tables are made."""
        with tables.connection(self._worker_url) as connection:
            if tables.made_from(connection, tables.LIVE) is None:
                return []
            with connection.cursor(row_factory=class_row(FamilyStatus)) as cursor:
                return cursor.execute(SQL["lag"]).fetchall()

    def parked(self) -> list[ParkedEvent]:
        """Events that a family could not take, in order."""
        with (
            tables.connection(self._worker_url) as connection,
            connection.cursor(row_factory=class_row(ParkedEvent)) as cursor,
        ):
            return cursor.execute(SQL["parked"]).fetchall()

    def resume(self, family: str) -> None:
        """Let a halted family try again: after a mended program, or a skip that was recorded."""
        with tables.owner_connection(self._worker_url) as connection, connection.transaction():
            connection.execute(SQL["unpark"], {"family": family})
            connection.execute(SQL["resume"], {"family": family})

    def rebuild(self, progress: Progress, before_switch: Callable[[], None] | None = None) -> int:
        """Build the tables anew beside the live ones, then switch; answer the position reached.

        Screens read the old tables meanwhile. ``before_switch`` is for those who want to look
        at both.

        Raises:
            RebuildRunningError: another process is at it.
        """
        with Leadership(self._worker_url, REBUILDER) as leadership:
            if not leadership.try_lead():
                raise RebuildRunningError
            with tables.owner_connection(self._worker_url) as connection:
                began = _database_time(connection)
                tables.drop(connection, tables.NEXT)
                tables.make(connection, tables.NEXT, self.families)
                with self.runner(connection) as runner:
                    head = self._log.head()
                    while runner.advance():
                        progress(f"重建读数表：{runner.position()}/{head}")
                    if before_switch is not None:
                        before_switch()
                    runner.run()
                tables.switch(connection)
                connection.execute(SQL["unpark_before"], {"began": began})
                return runner_position(connection)


def _database_time(connection: tables.Rows) -> datetime:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    if row is None:
        raise LookupError("the database did not tell the time")
    moment: datetime = row[0]
    return moment


def runner_position(connection: tables.Rows) -> int:
    """The position of the live tables."""
    tables.enter(connection, tables.LIVE)
    rows = connection.execute(SQL["running"]).fetchall()
    return min((row[1] for row in rows), default=0)


def is_gone(problem: Exception) -> bool:
    """Whether the database is away, and not the program wrong."""
    return isinstance(problem, psycopg.OperationalError | psycopg.InterfaceError)
