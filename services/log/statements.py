"""The SQL of an append, on the tables of one schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from psycopg import Cursor
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Composed, Identifier, Literal
from psycopg.types.json import Jsonb

from services.log.appending import Appended, Command
from services.log.errors import CommandReusedError

LOCK_TIMEOUT = "2s"
"""How long an append waits behind others (architecture §4)."""

_COPY = SQL(
    "COPY {events} (originator_id, originator_version, topic, state) FROM STDIN (FORMAT BINARY)"
)
_COLUMN_TYPES = ["uuid", "int8", "text", "bytea"]

# Under the lock nobody else draws from the sequence, so the rows just copied end at lastval().
_RECORD = SQL("""
WITH recorded AS (
    INSERT INTO {appends}
        (first_position, last_position, recorded_at, command_id, digest, answer)
    SELECT lastval() - %(count)s::bigint + 1, lastval(),
           greatest(%(recorded_at)s::timestamptz, (
               SELECT recorded_at FROM {appends} ORDER BY first_position DESC LIMIT 1)),
           %(command_id)s, %(digest)s, %(answer)s
    RETURNING first_position, last_position, recorded_at, answer)
SELECT first_position, last_position, recorded_at, answer, pg_notify({channel}, '')
FROM recorded
""")
_FIND = SQL("""
SELECT first_position, last_position, recorded_at, answer, digest
FROM {appends} WHERE command_id = %s
""")
_HEAD = SQL("""
SELECT last_position, recorded_at FROM {appends} ORDER BY first_position DESC LIMIT 1
""")
_KNOWN = SQL("""
SELECT originator_id FROM {events}
WHERE originator_id = ANY(%(ids)b) AND originator_version = 1
  AND notification_id NOT BETWEEN %(first)s AND %(last)s
""")


@dataclass(frozen=True, slots=True)
class AppendStatements:
    """Statements of an append; each method is one of them, on a cursor that holds the lock."""

    lock: Composed
    copy: Composed
    record: Composed
    find: Composed
    head: Composed
    known: Composed

    @classmethod
    def on(cls, schema: str, events_table: str, channel: str) -> AppendStatements:
        """Write the statements for the tables of a schema."""
        events = Identifier(schema, events_table)
        appends = Identifier(schema, "appends")
        return cls(
            lock=SQL("SET LOCAL lock_timeout = {}; SELECT pg_advisory_xact_lock({})").format(
                Literal(LOCK_TIMEOUT), Literal(lock_key(schema, events_table))
            ),
            copy=_COPY.format(events=events),
            record=_RECORD.format(appends=appends, channel=Literal(channel)),
            find=_FIND.format(appends=appends),
            head=_HEAD.format(appends=appends),
            known=_KNOWN.format(events=events),
        )

    def take_lock(self, cursor: Cursor[TupleRow]) -> None:
        """Wait for the log's lock, which the end of the transaction gives back."""
        cursor.execute(self.lock, prepare=False)

    def write(self, cursor: Cursor[TupleRow], stored_events: Sequence[StoredEvent]) -> None:
        """Copy the rows in."""
        with cursor.copy(self.copy) as copy:
            copy.set_types(_COLUMN_TYPES)
            for stored in stored_events:
                copy.write_row(
                    (
                        stored.originator_id,
                        stored.originator_version,
                        stored.topic,
                        stored.state,
                    )
                )

    def record_append(
        self, cursor: Cursor[TupleRow], count: int, recorded_at: datetime, command: Command
    ) -> Appended:
        """Record that ``count`` rows were just copied, tell followers, and answer."""
        values = {
            "count": count,
            "recorded_at": recorded_at,
            "command_id": command.command_id,
            "digest": command.digest,
            "answer": Jsonb(command.answer),
        }
        row = cursor.execute(self.record, values).fetchone()
        if row is None:
            raise AssertionError
        return Appended(*row[:4])

    def find_command(self, cursor: Cursor[TupleRow], command: Command) -> Appended | None:
        """Find what a command wrote; CommandReusedError if it was another request."""
        row = cursor.execute(self.find, (command.command_id,)).fetchone()
        if row is None:
            return None
        first, last, recorded_at, answer, digest = row
        if digest != command.digest:
            raise CommandReusedError(command.command_id)
        return Appended(first, last, recorded_at, answer, repeated=True)

    def nothing_written(
        self, cursor: Cursor[TupleRow], recorded_at: datetime, command: Command
    ) -> Appended:
        """Answer for an append without events: an empty span behind the head."""
        row = cursor.execute(self.head).fetchone()
        head, moment = row or (0, recorded_at)
        return Appended(head + 1, head, max(moment, recorded_at), command.answer)

    def known_streams(
        self, cursor: Cursor[TupleRow], ids: Sequence[UUID], besides: Appended | None = None
    ) -> frozenset[UUID]:
        """Which of the streams are on record, not counting those of one append."""
        first, last = (besides.first_position, besides.last_position) if besides else (0, -1)
        values = {"ids": list(ids), "first": first, "last": last}
        return frozenset(row[0] for row in cursor.execute(self.known, values, binary=True))


def lock_key(schema: str, events_table: str) -> int:
    """The advisory lock of a log, the same in every process."""
    name = f"jixiao.log:{schema}.{events_table}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), signed=True)
