"""What a projection is handed: a window of decoded events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.event import DomainAggregate
from services.log.reading import LoggedEvent

EventClass = type[DomainAggregate.Event]


@dataclass(frozen=True, slots=True)
class Window:
    """Events in the order of the log, up to ``stop``; ``stop`` may lie after the last of them."""

    entries: Sequence[LoggedEvent]
    stop: int

    def of(self, *kinds: EventClass) -> Iterator[LoggedEvent]:
        """Only the events of some classes."""
        return (entry for entry in self.entries if isinstance(entry.event, kinds))

    def after(self, position: int) -> Window:
        """The part of the window that a family has not read yet."""
        if not self.entries or self.entries[0].position > position:
            return self
        return Window([e for e in self.entries if e.position > position], self.stop)


class Family(Protocol):
    """Read tables that move together.

    ``halts``: tables of money stop at their last good position when an event cannot be read;
    others go on without it and say that they are incomplete.
    """

    name: str
    halts: bool

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a window of events as sets; the runner moves the position and commits."""
