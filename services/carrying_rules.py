"""Claim rules of the year before go on in the next, where they still make sense (rules §2).

Rules are of one budget year, since targets are; nothing goes on by itself. Somebody asks for it,
sees which go on, and why the others do not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.claim_rule import ClaimRule
from domain.claim_rules import ClaimRules, RuleConflictError
from domain.target import Target
from services.access.permitting import permit
from services.claiming_by_rule import RulePlace, rules_of
from services.intake.matching import NamedProject, UnmatchedError
from services.log.appending import Appended, Command, JsonValue
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.lookups import Lookups, TargetBook
from services.retrying import once

OF_ITS_YEAR = "条件里有文号，文号只用于当年。"


@dataclass(frozen=True, slots=True)
class CarriedRule:
    """A rule of the year before: its number then and now, or why it does not go on.

    ``known``: the year has the same rule already.
    """

    before: int
    number: int | None = None
    known: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Carrying:
    """What becomes of the rules of the year before; ``position`` None where nothing is recorded."""

    rules: tuple[CarriedRule, ...]
    position: int | None = None

    @property
    def carried(self) -> int:
        """How many go on that did not yet."""
        return sum(one.number is not None and not one.known for one in self.rules)


def preview_carrying(log: Log, lookups: Lookups, place: RulePlace) -> Carrying:
    """Say which rules of the year before would go on in a year; nothing is recorded."""
    permit(Action.CLAIM_PAYMENT)
    book = lookups.targets(place.region, place.fiscal_year)
    return Carrying(_carried(log, book, place, rules_of(log, place), "试算"))


def carry_rules(
    log: Log, lookups: Lookups, place: RulePlace, *, meta: Meta, command: Command | None = None
) -> Carrying:
    """Set the rules of the year before in a year, from its first day on; asked twice, once.

    What belonged to a target belongs to that of the same code, else of the same name and unit.
    """
    permit(Action.CLAIM_PAYMENT)
    asked = command or Command(uuid4(), b"")
    book = lookups.targets(place.region, place.fiscal_year)

    def decide() -> Appended:
        rules = rules_of(log, place)
        carried = _carried(log, book, place, rules, f"沿用{place.fiscal_year - 1}年规则")
        changed = [rules] if Carrying(carried).carried else []
        return log.save(*changed, meta=meta, command=replace(asked, answer=_answer(carried)))

    done = once(log, command, decide)
    return Carrying(_told(done.answer), done.last_position)


def _carried(
    log: Log, book: TargetBook, place: RulePlace, rules: ClaimRules, reason: str
) -> tuple[CarriedRule, ...]:
    """Set them in ``rules``; the caller saves them, or does not."""
    before = rules_of(log, replace(place, fiscal_year=place.fiscal_year - 1))
    last_day = date(place.fiscal_year - 1, 12, 31)
    in_force = [rule for rule in before.rules.values() if rule.in_force(last_day)]
    owners = log.get_many(Target, [one.target_id for one in in_force if one.target_id is not None])
    carried = []
    for rule in in_force:
        try:
            owner = _owner(rule, owners, book)
            known = len(rules.rules)
            number = rules.add(
                rule.pattern,
                owner,
                from_on=date(place.fiscal_year, 1, 1),
                reason=f"{reason}{rule.number}",
            )
        except (UnmatchedError, RuleConflictError, _OfItsYearError) as problem:
            carried.append(CarriedRule(rule.number, why=str(problem)))
        else:
            carried.append(CarriedRule(rule.number, number, known=number <= known))
    return tuple(carried)


class _OfItsYearError(Exception):
    """A rule asks for what only its own year prints."""


def _owner(rule: ClaimRule, owners: dict[UUID, Target], book: TargetBook) -> UUID | None:
    """The target of the year that goes on with the one of the year before."""
    if rule.pattern.document_no is not None:
        raise _OfItsYearError(OF_ITS_YEAR)
    if rule.target_id is None:
        return None
    said = owners[rule.target_id].declaration
    if said.project_code in book.by_code:
        return book.by_code[said.project_code].target_id
    return NamedProject(None, said.project_name, said.unit_name).find(book).target_id


def _answer(carried: tuple[CarriedRule, ...]) -> JsonValue:
    return [[one.before, one.number, one.known, one.why] for one in carried]


def _told(answer: JsonValue) -> tuple[CarriedRule, ...]:
    if not isinstance(answer, list):
        raise TypeError(answer)
    return tuple(CarriedRule(*one) for one in answer)  # type: ignore[misc]  # as above
