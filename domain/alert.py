"""One lag from first sight to end (预警, rules §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.errors import MonitoringError
from domain.event import DomainAggregate
from domain.identity import derived_id


class Rule(StrEnum):
    """The kind of lag; never a colour, a threshold or a policy version."""

    MONEY_BEHIND_PLAN = "money_behind_plan"
    MONEY_OVER_BUDGET = "money_over_budget"
    INDICATOR_BEHIND = "indicator_behind"


class Severity(StrEnum):
    """How bad a lag is, in the colours people know."""

    YELLOW = "yellow"
    RED = "red"


class AlertState(StrEnum):
    """Where an alert stands; people see fewer words (rules §6)."""

    FIRING = "firing"
    EXPLAINED = "explained"
    RECOVERED = "recovered_unexplained"
    RESOLVED = "resolved"


class AlertChange(StrEnum):
    """What an evaluation did to an alert."""

    NONE = "none"
    RAISED = "raised"
    WORSENED = "worsened"
    EASED = "eased"
    REOPENED = "reopened"
    FELL_DUE = "fell_due"
    RECOVERED = "recovered"
    RESOLVED = "resolved"


class Cause(StrEnum):
    """The five causes of the official sheet."""

    FUNDING = "经费保障"
    INSTITUTIONAL = "制度保障"
    STAFFING = "人员保障"
    FACILITIES = "硬件条件保障"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an evaluation saw: enough to draw the very picture again.

    ``known_at`` is the log position judged at; ``inputs`` are the figures behind the sentence,
    as (name, text) pairs.
    """

    severity: Severity
    as_of: date
    known_at: int
    policy_version: int
    sentence: str
    inputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose lag: a target (and one indicator of it, else its money)."""

    rule: Rule
    target_id: UUID
    fiscal_year: int
    indicator_id: UUID | None = None
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the unit says (原因说明): cause, what really happened, and what it promises."""

    cause: Cause
    text: str
    detail: str | None = None
    promised_on: date | None = None
    forecast: str | None = None


class NothingToExplainError(MonitoringError):
    """The alert is over."""

    code = "nothing_to_explain"

    def __init__(self) -> None:
        super().__init__("该预警已销号，无需再填报原因说明。")


class Alert(DomainAggregate):
    """The same lag is one alert all year, with its history."""

    TOPIC = "alert"

    class Event(DomainAggregate.Event):
        """Anything recorded about an alert."""

    class Raised(Event, DomainAggregate.Created):
        """预警已发出."""

        TOPIC = "alert.raised"
        scope: Scope
        judgement: Judgement

    Created = Raised

    class Worsened(Event):
        """预警已加重."""

        TOPIC = "alert.worsened"
        judgement: Judgement

    class Eased(Event):
        """预警已减轻."""

        TOPIC = "alert.eased"
        judgement: Judgement

    class Reopened(Event):
        """预警已重新发出."""

        TOPIC = "alert.reopened"
        judgement: Judgement

    class FellDue(Event):
        """黄灯已满规定天数，应报原因说明."""

        TOPIC = "alert.fell_due"
        as_of: date
        known_at: int

    class Recovered(Event):
        """已恢复、待说明."""

        TOPIC = "alert.recovered"
        as_of: date
        known_at: int
        sentence: str

    class Resolved(Event):
        """预警已自动解除."""

        TOPIC = "alert.resolved"
        as_of: date
        known_at: int | None
        sentence: str

    class Explained(Event):
        """已填报原因说明."""

        TOPIC = "alert.explained"
        explanation: Explanation
        explained_on: date

    @event(Raised)
    def __init__(self, scope: Scope, judgement: Judgement) -> None:
        self.scope = scope
        self.raised_on = judgement.as_of
        self._fire(judgement)

    @staticmethod
    def create_id(scope: Scope) -> UUID:
        """Derive the id: rule, scope, subject and year, so that alerting twice collides."""
        subject = scope.indicator_id or "money"
        return derived_id("alert", scope.rule, scope.target_id, subject, scope.fiscal_year)

    def _fire(self, judgement: Judgement) -> None:
        self.severity = judgement.severity
        self.since = judgement.as_of
        self.state = AlertState.FIRING
        self.explanation_owed = judgement.severity is Severity.RED

    def see(self, judgement: Judgement, *, long_yellow: bool) -> AlertChange:
        """Take an evaluation's sight of the lag; answers what changed.

        ``long_yellow``: it has been yellow for as long as the policy lets it be without an
        explanation (rules §6).
        """
        if self.state in (AlertState.RESOLVED, AlertState.RECOVERED):
            self._reopen(judgement)
            return AlertChange.REOPENED
        if judgement.severity is not self.severity:
            worse = judgement.severity is Severity.RED
            (self._worsen if worse else self._ease)(judgement)
            return AlertChange.WORSENED if worse else AlertChange.EASED
        if long_yellow and self.state is AlertState.FIRING and not self.explanation_owed:
            self._fall_due(judgement.as_of, judgement.known_at)
            return AlertChange.FELL_DUE
        return AlertChange.NONE

    @event(FellDue)
    def _fall_due(self, as_of: date, known_at: int) -> None:  # noqa: ARG002
        self.explanation_owed = True

    @event(Worsened)
    def _worsen(self, judgement: Judgement) -> None:
        self._fire(judgement)

    @event(Reopened)
    def _reopen(self, judgement: Judgement) -> None:
        self._fire(judgement)

    @event(Eased)
    def _ease(self, judgement: Judgement) -> None:
        self.severity = judgement.severity
        self.since = judgement.as_of

    def see_gone(self, as_of: date, known_at: int, sentence: str) -> AlertChange:
        """The lag is gone: resolve by data, or wait for the explanation owed (rules §6)."""
        if self.state in (AlertState.RESOLVED, AlertState.RECOVERED):
            return AlertChange.NONE
        if self.explanation_owed:
            self._recover(as_of, known_at, sentence)
            return AlertChange.RECOVERED
        self._resolve(as_of, known_at, sentence)
        return AlertChange.RESOLVED

    @event(Recovered)
    def _recover(self, as_of: date, known_at: int, sentence: str) -> None:  # noqa: ARG002
        self.state = AlertState.RECOVERED

    @event(Resolved)
    def _resolve(self, as_of: date, known_at: int | None, sentence: str) -> None:  # noqa: ARG002
        self.state = AlertState.RESOLVED
        self.explanation_owed = False

    def explain(self, explanation: Explanation, explained_on: date) -> None:
        """Take the unit's explanation; an alert that only waited for it is resolved by it.

        Raises:
            NothingToExplainError: the alert is over.
        """
        if self.state is AlertState.RESOLVED:
            raise NothingToExplainError
        gone = self.state is AlertState.RECOVERED
        self._explain(explanation, explained_on)
        if gone:
            self._resolve(explained_on, None, "已补填原因说明，预警解除。")

    @event(Explained)
    def _explain(self, explanation: Explanation, explained_on: date) -> None:
        self.explanation = explanation
        self.explained_on = explained_on
        self.state = AlertState.EXPLAINED
        self.explanation_owed = False
