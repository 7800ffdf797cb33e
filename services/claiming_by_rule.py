"""Standing rules for unclaimed lines are tried, set and ended (认领规则, rules §2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.claim_rule import LinePattern, RuleBook
from domain.claim_rules import ClaimRules
from domain.money import ZERO
from domain.target import Target
from services.access.permitting import permit
from services.claiming import TargetElsewhereError, place_of
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.readmodel import ReadModel
from services.readmodel.unclaimed_rows import LooseLine
from services.retrying import once

SHOWN = 50
"""Lines of a preview; its sums are over all."""

TRIAL = "试算"
"""The reason of a rule that is only tried."""


@dataclass(frozen=True, slots=True)
class RulePlace:
    """Whose rules: a region's, for the vouchers of one budget year."""

    region: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class NewRule:
    """What a rule is to say, and why; without a target: basic expenditure (基本支出)."""

    pattern: LinePattern
    target_id: UUID | None
    from_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RuleEnd:
    """A rule that is to stop: lines paid on ``stops_on`` or later are not meant any more."""

    number: int
    stops_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class RuleReport:
    """A rule's number; ``changed``: whether anything was recorded now."""

    number: int
    position: int
    changed: bool


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What a rule would take, as things stand; yuan.

    ``of_rules`` counts among ``lines`` those that another rule holds now, by its number;
    ``left`` are lines it means that stay with a rule of higher rank. ``units`` counts and sums
    by the lines' unit, ``shown`` are the first of the lines.
    """

    lines: int
    amount: Decimal
    units: tuple[tuple[str, int, Decimal], ...]
    of_rules: tuple[tuple[int, int], ...]
    left: int
    shown: tuple[LooseLine, ...]


def set_rule(
    log: Log, place: RulePlace, new: NewRule, *, meta: Meta, command: Command | None = None
) -> RuleReport:
    """Set a rule; it takes the lines it means, those on record and those to come.

    Raises:
        RuleAsksNothingError: it has no condition, or a blank one.
        RuleConflictError: a rule in force gives the same lines to another owner.
        NotOnRecordError: there is no such target.
        TargetElsewhereError: the target is of another region or year.
    """
    permit(Action.CLAIM_PAYMENT)
    asked = command or Command(uuid4(), b"")

    def decide() -> Appended:
        _require_target(log, place, new.target_id)
        rules = rules_of(log, place)
        known = len(rules.rules)
        number = rules.add(new.pattern, new.target_id, from_on=new.from_on, reason=new.reason)
        return log.save(rules, meta=meta, command=replace(asked, answer=[number, number > known]))

    return _report(once(log, command, decide))


def end_rule(
    log: Log, place: RulePlace, end: RuleEnd, *, meta: Meta, command: Command | None = None
) -> RuleReport:
    """Let a rule stop on a day; what it held from then on is asked of the others, or open.

    Raises:
        NotOnRecordError: there is no such rule.
    """
    permit(Action.CLAIM_PAYMENT)
    asked = command or Command(uuid4(), b"")

    def decide() -> Appended:
        rules = rules_of(log, place)
        changed = rules.end(end.number, stops_on=end.stops_on, reason=end.reason)
        return log.save(rules, meta=meta, command=replace(asked, answer=[end.number, changed]))

    return _report(once(log, command, decide))


def preview_rule(log: Log, read_model: ReadModel, place: RulePlace, new: NewRule) -> RulePreview:
    """Say what a rule would take if it were set now; nothing is recorded.

    Raises:
        RuleAsksNothingError: it has no condition, or a blank one.
        RuleConflictError: a rule in force gives the same lines to another owner.
        NotOnRecordError: there is no such target.
        TargetElsewhereError: the target is of another region or year.
    """
    permit(Action.CLAIM_PAYMENT)
    _require_target(log, place, new.target_id)
    trial = rules_of(log, place)
    known = dict(trial.rules)
    number = trial.add(new.pattern, new.target_id, from_on=new.from_on, reason=TRIAL)
    given = trial.rules[number]
    alone = RuleBook([given])
    meant = [
        line
        for line in read_model.unclaimed_lines.loose(place.region, place.fiscal_year)
        if line.rule != number and alone.best(line.printed) is not None
    ]
    taken = [line for line in meant if line.rule is None or known[line.rule].rank < given.rank]
    return _preview(taken, len(meant) - len(taken))


def _preview(taken: list[LooseLine], left: int) -> RulePreview:
    counts: Counter[str] = Counter()
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in taken:
        unit = line.printed.unit_name or line.printed.unit_code or ""
        counts[unit] += 1
        sums[unit] += line.printed.amount
    held = Counter(line.rule for line in taken if line.rule is not None)
    return RulePreview(
        len(taken),
        sum(sums.values(), ZERO),
        tuple((unit, count, sums[unit]) for unit, count in counts.most_common()),
        tuple(sorted(held.items())),
        left,
        tuple(taken[:SHOWN]),
    )


def rules_of(log: Log, place: RulePlace) -> ClaimRules:
    """The rules of a place as they stand; a fresh one where nobody set any."""
    stream = ClaimRules.create_id(place.region, place.fiscal_year)
    known = log.get_many(ClaimRules, [stream]).get(stream)
    return known or ClaimRules(place.region, place.fiscal_year)


def _require_target(log: Log, place: RulePlace, target_id: UUID | None) -> None:
    if target_id is None:
        return
    target = log.get(Target, target_id)
    if place_of(target) != (place.region, place.fiscal_year):
        raise TargetElsewhereError(f"{place.fiscal_year}年度的认领规则", target)


def _report(done: Appended) -> RuleReport:
    if not isinstance(done.answer, list):
        raise TypeError(done.answer)
    number, changed = done.answer
    return RuleReport(int(str(number)), done.last_position, changed is True)
