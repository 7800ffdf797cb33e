"""Reading the log: windows by position, single streams, moments to positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

from domain.event import DomainAggregate
from services.log.codec import EventMapper
from services.log.datastore import LogDatastore
from services.log.errors import UnreadableEventError
from services.log.meta import Meta

_WINDOW = SQL("""
SELECT notification_id, originator_id, originator_version, topic, state
FROM {events} WHERE notification_id > %s ORDER BY notification_id LIMIT %s
""")
_STREAM = SQL("""
SELECT notification_id, originator_id, originator_version, topic, state
FROM {events} WHERE originator_id = %s ORDER BY originator_version
""")
_TIMES = SQL("""
SELECT last_position, recorded_at FROM {appends}
WHERE last_position >= %s AND first_position <= %s ORDER BY first_position
""")
_TIMES_OF = SQL("""
SELECT position, recorded_at FROM unnest(%s::bigint[]) AS asked (position)
CROSS JOIN LATERAL (
    SELECT recorded_at FROM {appends}
    WHERE first_position <= asked.position ORDER BY first_position DESC LIMIT 1) AS append
""")
_HEAD = SQL("SELECT coalesce(max(last_position), 0) FROM {appends}")
_AT = SQL("SELECT coalesce(max(last_position), 0) FROM {appends} WHERE recorded_at <= %s")
_KNOWN = SQL("""
SELECT originator_id FROM {events} WHERE originator_id = ANY(%b) AND originator_version = 1
""")


class LoggedEvent(NamedTuple):
    """An event with its place in the log, its metadata, and when it became known."""

    position: int
    event: DomainAggregate.Event
    meta: Meta
    recorded_at: datetime


class LogReader:
    """Answers from the log in decoded events.

    Every method raises LogUnreachableError when the database does not answer.
    """

    def __init__(self, datastore: LogDatastore, mapper: EventMapper, events_table: str) -> None:
        self._datastore = datastore
        self._mapper = mapper
        self._tables = {
            "events": Identifier(datastore.schema, events_table),
            "appends": Identifier(datastore.schema, "appends"),
        }

    def window(self, after: int, limit: int) -> list[LoggedEvent]:
        """Up to ``limit`` events behind a position, in order; UnreadableEventError names its."""
        rows = self._rows(_WINDOW, (after, limit))
        if not rows:
            return []
        times = self._rows(_TIMES, (rows[0][0], rows[-1][0]))
        return self._logged(rows, times)

    def stream(self, stream_id: UUID) -> list[LoggedEvent]:
        """All events of one stream; empty where there is none."""
        rows = self._rows(_STREAM, (stream_id,))
        times = self._rows(_TIMES_OF, ([row[0] for row in rows],))
        return self._logged(rows, times)

    def head(self) -> int:
        """Position of the last event, 0 in an empty log."""
        return int(self._rows(_HEAD, ())[0][0])

    def position_at(self, moment: datetime) -> int:
        """Position of the last event recorded not after a moment, 0 before the first."""
        return int(self._rows(_AT, (moment,))[0][0])

    def known(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Which of the streams exist."""
        return frozenset(row[0] for row in self._rows(_KNOWN, (list(ids),)))

    def _rows(self, statement: SQL, values: Sequence[Any]) -> list[TupleRow]:
        query = statement.format(**self._tables)
        with self._datastore.reading() as cursor:
            return cursor.execute(query, values).fetchall()

    def _logged(self, rows: list[TupleRow], times: list[TupleRow]) -> list[LoggedEvent]:
        """Put rows and the times of their appends together; both are in order of position."""
        decode = self._mapper.decode_columns
        upcoming = iter(times)
        last, recorded_at = next(upcoming, (0, None))
        logged = []
        for position, *columns in rows:
            while position > last:
                last, recorded_at = next(upcoming)
            try:
                event, meta = decode(*columns)
            except UnreadableEventError as problem:
                problem.position = position
                raise
            logged.append(LoggedEvent(position, event, meta, recorded_at))
        return logged
