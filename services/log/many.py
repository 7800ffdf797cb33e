"""Loading many streams with one statement: an import compares a file with what is on record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from psycopg.sql import SQL

from domain.event import DomainAggregate
from services.log.reading import LogReader

_STREAMS = SQL("""
SELECT originator_id, originator_version, topic, state
FROM {events} WHERE originator_id = ANY(%b) ORDER BY originator_id, originator_version
""")


class ManyReader(LogReader):
    """A reader that also replays aggregates, thousands at a time."""

    def aggregates(self, ids: Iterable[UUID]) -> dict[UUID, DomainAggregate]:
        """Load those of the streams that exist, by id; LogUnreachableError."""
        found: dict[UUID, DomainAggregate] = {}
        for columns in self._rows(_STREAMS, (list(ids),)):
            event, _ = self._mapper.decode_columns(*columns)
            mutated = event.mutate(found.get(columns[0]))
            found[columns[0]] = cast("DomainAggregate", mutated)
        return found
