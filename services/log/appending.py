"""What goes into an append and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from services.log.errors import AppendTooLargeError

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"
"""What an answer may be: it is kept as JSON."""

MAX_EVENTS = 5_000
MAX_BYTES = 4_000_000
"""Limits of one append; a single event may be larger (architecture §4)."""


@dataclass(frozen=True, slots=True)
class Command:
    """A request that may be sent again.

    ``digest`` tells whether a second request under the same id is the same request, and
    ``answer`` is what its caller is told, now and on every repetition.
    """

    command_id: UUID
    digest: bytes
    answer: JsonValue = None


@dataclass(frozen=True, slots=True)
class Appended:
    """What one append wrote: positions ``first_position`` … ``last_position``.

    Where nothing was to be written, the first is one past the last, which is then the head.
    ``repeated``: the command was on record already and nothing was written now.
    """

    first_position: int
    last_position: int
    recorded_at: datetime
    answer: JsonValue = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NewAppended:
    """What an append of new streams did; ``known`` were on record already and left alone."""

    appended: Appended
    known: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class FactsAppended:
    """What a long append of facts did.

    ``written`` counts the events on record by this command, now or in an earlier try;
    ``known`` are the ids that were on record before it; ``last_position`` is at or behind
    every fact of the batch that this command wrote.
    """

    written: int
    known: frozenset[UUID]
    last_position: int


def size_of(stored_events: Sequence[StoredEvent]) -> int:
    """Bytes of state."""
    return sum(len(stored.state) for stored in stored_events)


def require_fitting(stored_events: Sequence[StoredEvent]) -> None:
    """Refuse with AppendTooLargeError what is more than one append may hold."""
    size = size_of(stored_events)
    if len(stored_events) > MAX_EVENTS or (size > MAX_BYTES and len(stored_events) > 1):
        raise AppendTooLargeError(len(stored_events), size)
