"""Skipping an event that a family of read tables could not take, with a reason."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import event

from domain.event import DomainAggregate
from domain.identity import derived_id


class Skips(DomainAggregate):
    """What was skipped, and why."""

    TOPIC = "projection"

    class Event(DomainAggregate.Event):
        """Anything recorded about skipping."""

    class Opened(Event, DomainAggregate.Created):
        """跳过记录已建立."""

        TOPIC = "projection.opened"
        family: str

    Created = Opened

    class Skipped(Event):
        """已跳过一条无法处理的事件."""

        TOPIC = "projection.skipped"
        family: str
        position: int
        reason: str

    @event(Opened)
    def __init__(self, family: str) -> None:
        self.family = family
        self.skipped: tuple[int, ...] = ()

    @staticmethod
    def create_id(family: str) -> UUID:
        """One stream a family of read tables."""
        return derived_id("projection", family)

    def skip(self, position: int, reason: str) -> None:
        """Let the family pass an event; again changes nothing."""
        if position not in self.skipped:
            self._skip(self.family, position, reason)

    @event(Skipped)
    def _skip(self, family: str, position: int, reason: str) -> None:  # noqa: ARG002
        self.skipped = (*self.skipped, position)
