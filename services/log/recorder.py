"""The recorder: how rows get into the log (architecture §4).

Every append takes a transaction-level advisory lock first, so that commits happen in the
order of positions and a follower that reads by position misses nothing. No pipeline: the
library's hangs on large batches (facts §1). Rows go by ``COPY``, and the same transaction
writes one row of ``appends``: positions, recorded time, and the command with its answer.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import SystemRandom
from time import monotonic, sleep
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Cursor, InterfaceError, OperationalError, errors
from psycopg.rows import TupleRow, tuple_row
from psycopg_pool import PoolClosed

from services.log.appending import Appended, Command, NewAppended, require_fitting
from services.log.datastore import LogDatastore
from services.log.errors import (
    ConcurrencyError,
    LogBusyError,
    LogUnreachableError,
    NaiveTimeError,
)
from services.log.statements import AppendStatements

Clock = Callable[[], datetime]
"""Answers the present moment, with a time zone."""

Result = TypeVar("Result")

ATTEMPTS = 5
PATIENCE_S = 8.0
"""No further try begins after this."""

logger = logging.getLogger(__name__)

_PLACE = re.compile(r"=\(([0-9a-f-]{36}), (\d+)\)")
_jitter = SystemRandom()


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class LogRecorder(PostgresApplicationRecorder):
    """Appends to and reads from one table of events and its table of appends.

    ``clock`` times what comes in through the library's own interface, ``insert_events``.
    """

    datastore: LogDatastore

    def __init__(
        self,
        datastore: LogDatastore,
        *,
        events_table_name: str = "events",
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self._clock = clock
        self.statements = AppendStatements.on(
            datastore.schema, events_table_name, self.channel_name
        )

    def append(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        recorded_at: datetime,
        command: Command | None = None,
    ) -> Appended:
        """Write events as one transaction, once however often the command comes.

        Raises AppendTooLargeError, CommandReusedError, ConcurrencyError, LogBusyError after
        2 s behind somebody's lock, and LogUnreachableError when the connection stays lost.
        """
        require_fitting(stored_events)
        require_zone(recorded_at)
        identified = command or _unnamed()

        def work(cursor: Cursor[TupleRow]) -> Appended:
            done = self.statements.find_command(cursor, identified)
            return done or self._write(cursor, stored_events, recorded_at, identified)

        return self._insist(work)

    def append_new(
        self,
        streams: Sequence[Sequence[StoredEvent]],
        *,
        recorded_at: datetime,
        command: Command | None = None,
    ) -> NewAppended:
        """Write those streams that are not on record yet, as one transaction.

        Which are known is looked up once, under the lock; of a stream given twice the first
        is written and the second counts as known. Errors as of ``append``.
        """
        require_fitting([stored for stream in streams for stored in stream])
        require_zone(recorded_at)
        identified = command or _unnamed()
        by_id, twice = _by_stream(streams)

        def work(cursor: Cursor[TupleRow]) -> NewAppended:
            done = self.statements.find_command(cursor, identified)
            known = self.statements.known_streams(cursor, list(by_id), besides=done)
            if done is None:
                rows = [row for key, rows in by_id.items() if key not in known for row in rows]
                done = self._write(cursor, rows, recorded_at, identified)
            return NewAppended(done, known | twice)

        return self._insist(work)

    def find(self, command: Command) -> Appended | None:
        """What a command wrote, None if it is not on record; CommandReusedError."""
        with self.datastore.reading() as cursor:
            return self.statements.find_command(cursor, command)

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        **_: Any,  # noqa: ANN401  # the library's signature
    ) -> Sequence[int] | None:
        """Write events for the library's own code."""
        if not stored_events:
            return None
        appended = self.append(stored_events, recorded_at=self._clock())
        return list(range(appended.first_position, appended.last_position + 1))

    def _write(
        self,
        cursor: Cursor[TupleRow],
        stored_events: Sequence[StoredEvent],
        recorded_at: datetime,
        command: Command,
    ) -> Appended:
        if not stored_events:
            return self.statements.nothing_written(cursor, recorded_at, command)
        self.statements.write(cursor, stored_events)
        return self.statements.record_append(cursor, len(stored_events), recorded_at, command)

    def _insist(self, work: Callable[[Cursor[TupleRow]], Result]) -> Result:
        """Do the work under the lock, again when the connection is lost.

        When an acknowledgement is lost nobody knows whether the commit happened, so each
        try looks for its own command id before it writes.
        """
        deadline = monotonic() + PATIENCE_S
        for attempt in range(ATTEMPTS):
            try:
                return self._locked(work)
            except PoolClosed:
                raise
            except errors.LockNotAvailable as problem:
                raise LogBusyError from problem
            except errors.UniqueViolation as problem:
                raise _concurrency_error(problem) from problem
            except (OperationalError, InterfaceError) as problem:
                lost = problem
            if monotonic() > deadline:
                break
            logger.warning("An append lost its connection and tries again", extra={"try": attempt})
            sleep(_jitter.uniform(0.02, 0.1) * 2**attempt)
        raise LogUnreachableError from lost

    def _locked(self, work: Callable[[Cursor[TupleRow]], Result]) -> Result:
        with (
            self.datastore.connection() as connection,
            connection.transaction(),
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            self.statements.take_lock(cursor)
            return work(cursor)


def require_zone(moment: datetime) -> None:
    """Refuse a moment without a time zone with NaiveTimeError."""
    if moment.tzinfo is None:
        raise NaiveTimeError(moment)


def _unnamed() -> Command:
    """Name an append nobody named, so that its own retry can find it."""
    return Command(uuid4(), b"")


def _by_stream(
    streams: Sequence[Sequence[StoredEvent]],
) -> tuple[dict[UUID, Sequence[StoredEvent]], frozenset[UUID]]:
    """Streams by id, the first of each, and the ids that came more than once."""
    by_id: dict[UUID, Sequence[StoredEvent]] = {}
    twice = set()
    for stream in streams:
        stream_id = cast("UUID", stream[0].originator_id)
        if stream_id in by_id:
            twice.add(stream_id)
        else:
            by_id[stream_id] = stream
    return by_id, frozenset(twice)


def _concurrency_error(violation: errors.UniqueViolation) -> ConcurrencyError:
    place = _PLACE.search(violation.diag.message_detail or "")
    if place is None:
        return ConcurrencyError(None, None)
    return ConcurrencyError(UUID(place[1]), int(place[2]))
