"""That a day was judged: where the log stood, under which policy (rules §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eventsourcing.domain import event

from domain.event import DomainAggregate
from domain.identity import derived_id


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an evaluation changed, counted."""

    targets: int
    raised: int
    worsened: int
    eased: int
    resolved: int


class Evaluations(DomainAggregate):
    """The evaluations of one region and fiscal year; they move forward only."""

    TOPIC = "evaluation"

    class Event(DomainAggregate.Event):
        """Anything recorded about evaluations."""

    class Opened(Event, DomainAggregate.Created):
        """年度评判已建立."""

        TOPIC = "evaluation.opened"
        region: str
        fiscal_year: int

    Created = Opened

    class Evaluated(Event):
        """已评判."""

        TOPIC = "evaluation.evaluated"
        region: str
        fiscal_year: int
        as_of: date
        known_at: int
        policy_version: int
        outcome: Outcome

    @event(Opened)
    def __init__(self, region: str, fiscal_year: int) -> None:
        self.region = region
        self.fiscal_year = fiscal_year
        self.last_as_of: date | None = None
        self.last_known_at = 0

    @staticmethod
    def create_id(region: str, fiscal_year: int) -> UUID:
        """One stream a region and year."""
        return derived_id("evaluation", region, fiscal_year)

    def record(self, as_of: date, known_at: int, policy_version: int, outcome: Outcome) -> None:
        """Note that a day was judged at a position."""
        self._record(self.region, self.fiscal_year, as_of, known_at, policy_version, outcome)

    @event(Evaluated)
    def _record(
        self,
        region: str,  # noqa: ARG002  # stored with the event
        fiscal_year: int,  # noqa: ARG002
        as_of: date,
        known_at: int,
        policy_version: int,  # noqa: ARG002
        outcome: Outcome,  # noqa: ARG002
    ) -> None:
        self.last_as_of = as_of
        self.last_known_at = known_at
