"""Policy as dated data per region: in force from a date, with who and why (rules, preamble)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from eventsourcing.domain import event

from domain.event import DomainAggregate
from domain.identity import derived_id
from domain.policy_terms import PolicyTerms


class Policy(DomainAggregate):
    """All terms a region ever set, in the order they were set."""

    TOPIC = "policy"

    class Event(DomainAggregate.Event):
        """Anything recorded about a policy."""

    class Opened(Event, DomainAggregate.Created):
        """预警参数已建立."""

        TOPIC = "policy.opened"
        region: str

    Created = Opened

    class TermsSet(Event):
        """预警参数已设定."""

        TOPIC = "policy.terms_set"
        region: str
        number: int
        terms: PolicyTerms
        in_force_from: date
        reason: str

    @event(Opened)
    def __init__(self, region: str) -> None:
        self.region = region
        self.number = 0
        self.terms: tuple[tuple[date, PolicyTerms], ...] = ()

    @staticmethod
    def create_id(region: str) -> UUID:
        """One policy a region."""
        return derived_id("policy", region)

    def set_terms(self, terms: PolicyTerms, *, in_force_from: date, reason: str) -> None:
        """Set the terms from a day on; what was judged before is never judged again."""
        self._set_terms(self.region, self.number + 1, terms, in_force_from, reason)

    @event(TermsSet)
    def _set_terms(
        self,
        region: str,  # noqa: ARG002  # stored with the event
        number: int,
        terms: PolicyTerms,
        in_force_from: date,
        reason: str,  # noqa: ARG002
    ) -> None:
        self.number = number
        self.terms = (*self.terms, (in_force_from, terms))
