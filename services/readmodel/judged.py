"""Pictures and standings together: what was known at a moment, judged by the domain's rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.access.unit_key import unit_key
from domain.executed import Paid, is_executed
from domain.money import ZERO
from domain.picture import TargetPicture
from domain.policy_terms import PolicyTerms
from domain.standing import TargetStanding, UnitStanding, judge_target, judge_unit
from services.readmodel.moment import Moment
from services.readmodel.pictures import (
    SQL,
    PolicyInForce,
    Rows,
    complete_to,
    pictures,
    policy_in_force,
)


@dataclass(frozen=True, slots=True)
class JudgedTarget:
    """A target as known, and where it stands."""

    picture: TargetPicture
    standing: TargetStanding

    @property
    def unit(self) -> str:
        """The unit it belongs to: its code, else its name."""
        return self.picture.unit_code or self.picture.unit_name

    @property
    def unit_key(self) -> str:
        """What it is shown or hidden by."""
        return unit_key(self.picture.unit_code, self.picture.unit_name)


@dataclass(frozen=True, slots=True)
class JudgedYear:
    """All targets of a year at a moment, worst first, under the policy of the day."""

    moment: Moment
    policy: PolicyInForce
    complete_to: date | None
    targets: tuple[JudgedTarget, ...]
    units: dict[str, UnitStanding]

    @property
    def judged_on(self) -> date | None:
        """The day money is judged at."""
        return None if self.complete_to is None else min(self.moment.as_of, self.complete_to)


def year_is_judged(fiscal_year: int, day: date, terms: PolicyTerms) -> bool:
    """Whether a year is judged on a day: from its first, until its accounts are settled."""
    return date(fiscal_year, 1, 1) <= day <= terms.settled_by.of(fiscal_year + 1)


def judge_one(
    connection: Rows, moment: Moment, target_id: UUID, terms: PolicyTerms
) -> JudgedTarget | None:
    """Judge one target at any moment; None where it does not count on that day."""
    found = pictures(connection, moment, terms, [target_id])
    picture = found.get(target_id)
    return None if picture is None else _judged(picture, terms, moment.as_of)


def judge_year(connection: Rows, moment: Moment) -> JudgedYear:
    """Judge all targets of a year at any moment, in sets."""
    policy = policy_in_force(connection, moment.as_of, moment.known_at)
    found = pictures(connection, moment, policy.terms)
    targets = [_judged(picture, policy.terms, moment.as_of) for picture in found.values()]
    targets.sort(key=lambda one: (*one.standing.sort_key, str(one.picture.target_id)))
    day = complete_to(connection, moment)
    unclaimed = unclaimed_by_unit(connection, moment, day, policy.terms)
    units = _units(targets, moment.fiscal_year, policy.terms, unclaimed)
    return JudgedYear(moment, policy, day, tuple(targets), units)


def unclaimed_by_unit(
    connection: Rows, moment: Moment, complete: date | None, terms: PolicyTerms
) -> dict[str, Decimal]:
    """What was paid and nobody claimed yet, in yuan by unit code (未认领); no unit without any."""
    if complete is None:
        return {}
    parameters = {
        "fiscal_year": moment.fiscal_year,
        "known_at": moment.known_at,
        "judged_on": min(moment.as_of, complete),
    }
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for unit, *paid in connection.execute(SQL["unclaimed"], parameters):
        entry = Paid(*paid)
        if is_executed(entry, terms.payments):
            sums[unit or ""] += entry.amount
    return {unit: amount for unit, amount in sums.items() if amount}


def _judged(picture: TargetPicture, terms: PolicyTerms, as_of: date) -> JudgedTarget:
    return JudgedTarget(picture, judge_target(picture, terms, as_of))


def _units(
    targets: Sequence[JudgedTarget],
    fiscal_year: int,
    terms: PolicyTerms,
    unclaimed: dict[str, Decimal],
) -> dict[str, UnitStanding]:
    by_unit: dict[str, list[TargetStanding]] = defaultdict(list)
    for one in targets:
        by_unit[one.unit].append(one.standing)
    return {
        unit: judge_unit(fiscal_year, standings, terms, unclaimed.get(unit, ZERO))
        for unit, standings in sorted(by_unit.items())
    }
