"""The standing rules for unclaimed lines, of one region and budget year, as they were set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from eventsourcing.domain import event

from domain.claim_rule import ClaimRule, LinePattern
from domain.errors import MonitoringError, NotOnRecordError, said_reason
from domain.event import DomainAggregate
from domain.identity import derived_id


class RuleAsksNothingError(MonitoringError):
    """A rule names no condition, or a blank one: it would take every line."""

    code = "rule_asks_nothing"

    def __init__(self) -> None:
        super().__init__("规则没有条件，或有的条件是空白。请至少填一项条件，不用的条件不填。")


class RuleConflictError(MonitoringError):
    """A rule of the same conditions gives the same lines to somebody else."""

    code = "rule_conflict"

    def __init__(self, known: ClaimRule) -> None:
        super().__init__(
            f"规则{known.number}的条件相同而归属不同（自{known.from_on}起）。请先停用规则{known.number}。"
        )
        self.known = known


class ClaimRules(DomainAggregate):
    """All rules of a region and budget year; a rule is numbered once and for ever."""

    TOPIC = "claim_rule"

    class Event(DomainAggregate.Event):
        """Anything recorded about rules."""

    class Opened(Event, DomainAggregate.Created):
        """认领规则已建立."""

        TOPIC = "claim_rule.opened"
        region: str
        fiscal_year: int

    Created = Opened

    class RuleAdded(Event):
        """认领规则已设立."""

        TOPIC = "claim_rule.added"
        region: str
        fiscal_year: int
        rule: ClaimRule
        reason: str

    class RuleEnded(Event):
        """认领规则已停用: lines paid from that day on are not meant any more."""

        TOPIC = "claim_rule.ended"
        region: str
        fiscal_year: int
        number: int
        stops_on: date
        reason: str

    @event(Opened)
    def __init__(self, region: str, fiscal_year: int) -> None:
        self.region = region
        self.fiscal_year = fiscal_year
        self.rules: dict[int, ClaimRule] = {}

    @staticmethod
    def create_id(region: str, fiscal_year: int) -> UUID:
        """One stream a region and budget year."""
        return derived_id("claim_rules", region, fiscal_year)

    def add(
        self, pattern: LinePattern, target_id: UUID | None, *, from_on: date, reason: str
    ) -> int:
        """Set a rule and answer its number; the same one again sets nothing.

        Raises:
            RuleAsksNothingError: there is no condition, or a blank one.
            RuleConflictError: a rule in force gives the same lines to another owner.
            ReasonMissingError: nobody says why.
        """
        if not pattern.asks_sense:
            raise RuleAsksNothingError
        for known in self.rules.values():
            if known.pattern == pattern and known.overlaps(from_on):
                if known.target_id != target_id:
                    raise RuleConflictError(known)
                if known.from_on <= from_on and known.stops_on is None:
                    return known.number
        rule = ClaimRule(len(self.rules) + 1, pattern, target_id, from_on)
        self._add(self.region, self.fiscal_year, rule, said_reason(reason))
        return rule.number

    @event(RuleAdded)
    def _add(self, region: str, fiscal_year: int, rule: ClaimRule, reason: str) -> None:  # noqa: ARG002
        self.rules[rule.number] = rule

    def end(self, number: int, *, stops_on: date, reason: str) -> bool:
        """Let a rule stop on a day, earlier or later than it did; answer whether that is new.

        Raises:
            NotOnRecordError: there is no such rule.
            ReasonMissingError: nobody says why.
        """
        known = self.rules.get(number)
        if known is None:
            raise NotOnRecordError(f"{self.fiscal_year}年认领规则{number}")
        if known.stops_on == stops_on:
            return False
        self._end(self.region, self.fiscal_year, number, stops_on, said_reason(reason))
        return True

    @event(RuleEnded)
    def _end(
        self,
        region: str,  # noqa: ARG002
        fiscal_year: int,  # noqa: ARG002
        number: int,
        stops_on: date,
        reason: str,  # noqa: ARG002
    ) -> None:
        self.rules[number] = replace(self.rules[number], stops_on=stops_on)
