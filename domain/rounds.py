"""The monitoring rounds (监控任务) of one region and fiscal year, as they were opened."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import event

from domain.errors import MonitoringError
from domain.event import DomainAggregate
from domain.identity import derived_id
from domain.monitoring_round import MonitoringRound


class RoundConflictError(MonitoringError):
    """A round of that name is open with other dates."""

    code = "round_conflict"

    def __init__(self, known: MonitoringRound) -> None:
        super().__init__(f"监控任务“{known.name}”已经下达，日期与本次不同。请换一个名称。")


class MonitoringRounds(DomainAggregate):
    """Who owes reports by when."""

    TOPIC = "round"

    class Event(DomainAggregate.Event):
        """Anything recorded about rounds."""

    class Opened(Event, DomainAggregate.Created):
        """年度监控任务已建立."""

        TOPIC = "round.year_opened"
        region: str
        fiscal_year: int

    Created = Opened

    class RoundOpened(Event):
        """监控任务已下达."""

        TOPIC = "round.opened"
        region: str
        round: MonitoringRound

    @event(Opened)
    def __init__(self, region: str, fiscal_year: int) -> None:
        self.region = region
        self.fiscal_year = fiscal_year
        self.rounds: dict[str, MonitoringRound] = {}

    @staticmethod
    def create_id(region: str, fiscal_year: int) -> UUID:
        """One stream a region and year."""
        return derived_id("rounds", region, fiscal_year)

    def open(self, opened: MonitoringRound) -> None:
        """Open a round; the same one again opens nothing.

        Raises:
            RoundConflictError: a round of that name is open with other dates.
        """
        known = self.rounds.get(opened.name)
        if known == opened:
            return
        if known is not None:
            raise RoundConflictError(known)
        self._open(self.region, opened)

    @event(RoundOpened)
    def _open(self, region: str, round: MonitoringRound) -> None:  # noqa: A002, ARG002
        self.rounds[round.name] = round
