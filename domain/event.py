"""What all aggregates and events of the domain share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from eventsourcing.domain import Aggregate

UNTIMED = datetime(1970, 1, 1, tzinfo=UTC)
"""The library asks every event for a timestamp; ours carry none of their own.

When something became known is written by the log, in the transaction of the append
(rules §1, `known_at`); a business date is a field of the event.
"""


class DomainAggregate(Aggregate):
    """A stream of the log. Public methods decide; methods marked ``@event`` only assign."""

    class Event(Aggregate.Event):
        """Anything recorded about an aggregate; each class that is stored has a topic."""

        TOPIC: ClassVar[str]

        @staticmethod
        def create_timestamp() -> datetime:
            """Answer the constant: nothing in the domain asks the time."""
            return UNTIMED
