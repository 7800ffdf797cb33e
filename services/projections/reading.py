"""What the runner needs of the log."""

from __future__ import annotations

from typing import Protocol

from services.log.application import Log
from services.log.errors import UnreadableEventError
from services.log.reading import LoggedEvent


class EventReader(Protocol):
    """Events in the order of their positions."""

    def read(self, after: int, limit: int) -> list[LoggedEvent]:
        """Up to ``limit`` events behind a position; UnreadableEventError names its position."""

    def read_before(self, poison: int, after: int) -> list[LoggedEvent]:
        """Events behind a position, all of them before the unreadable one at ``poison``."""


class LogEvents:
    """The log itself."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def read(self, after: int, limit: int) -> list[LoggedEvent]:
        """Up to ``limit`` events behind a position."""
        return self._log.read(after, limit)

    def read_before(self, poison: int, after: int) -> list[LoggedEvent]:
        """As many as can be read; positions have gaps, so the right number is found by halving."""
        limit = poison - after - 1
        while limit > 0:
            try:
                entries = self._log.read(after, limit)
            except UnreadableEventError:
                limit //= 2
            else:
                return [entry for entry in entries if entry.position < poison]
        return []
