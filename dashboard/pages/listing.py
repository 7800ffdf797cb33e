"""What the overview lists: targets by unit and light, in an order, and their sums. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from dashboard.address import UNREPORTED, Address
from dashboard.texts import terms
from domain.light import Light, worst
from domain.money import ZERO
from domain.money_light import MoneyStanding, judge_unit_money
from services.readmodel.judged import JudgedTarget, JudgedYear
from services.readmodel.rows import AlertRow

ROWS_A_PAGE = 100
"""What a page of paper and a browser take without effort."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as it is chosen: its key, and the name people know."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A year narrowed to a unit, and of that what a light and a page leave.

    ``of_unit`` are all targets of the unit (or all), ``filtered`` those the light leaves,
    ``shown`` those of the page. ``open_alerts`` counts by target what is not over (未销号).
    """

    year: JudgedYear
    of_unit: tuple[JudgedTarget, ...]
    filtered: tuple[JudgedTarget, ...]
    shown: tuple[JudgedTarget, ...]
    units: tuple[UnitName, ...]
    pages: int
    open_alerts: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def money(self) -> MoneyStanding:
        """The money of the unit, or of all, by sums."""
        return self.sums(self.of_unit)

    def sums(self, targets: Iterable[JudgedTarget]) -> MoneyStanding:
        """The money of some targets, by sums."""
        return judge_unit_money(
            self.year.moment.fiscal_year,
            (one.standing.money for one in targets),
            self.year.policy.terms.money,
        )

    @property
    def alerts(self) -> int:
        """Alerts of the unit, or of all, that are not over."""
        return sum(self.open_alerts.get(one.picture.target_id, 0) for one in self.of_unit)

    def count(self, light: str | None) -> int:
        """How many targets of the unit a light leaves."""
        return sum(shows(one, light) for one in self.of_unit)


def listing(
    year: JudgedYear, alerts: Iterable[AlertRow], address: Address, rows: int = ROWS_A_PAGE
) -> Listing:
    """Narrow a year to what an address asks for."""
    of_unit = tuple(one for one in year.targets if address.unit in (None, one.unit))
    filtered = tuple(sorted_by(address.sort, [one for one in of_unit if shows(one, address.light)]))
    pages = max(1, -(-len(filtered) // rows))
    page = min(max(address.rows, 1), pages)
    shown = filtered if address.rows == 0 else filtered[(page - 1) * rows : page * rows]
    open_alerts = Counter(row.target_id for row in alerts if row.state != "resolved")
    return Listing(year, of_unit, filtered, shown, unit_names(year.targets), pages, open_alerts)


def unit_names(targets: Iterable[JudgedTarget]) -> tuple[UnitName, ...]:
    """The units of targets, by key; a unit has the name of its first target."""
    names: dict[str, str] = {}
    for one in targets:
        names.setdefault(one.unit, one.picture.unit_name)
    return tuple(UnitName(key, name) for key, name in sorted(names.items()))


def shows(one: JudgedTarget, light: str | None) -> bool:
    """Whether a filter leaves a target.

    Red and yellow leave it for either light, green and none by the worse of the two.
    """
    standing = one.standing
    lights = (standing.money.light, standing.goals.light)
    if light is None:
        return True
    if light == UNREPORTED:
        return standing.goals.not_reported > 0
    if light in (Light.GREEN, Light.NONE):
        return worst(lights) == light
    return light in lights


def sorted_by(order: str | None, targets: Sequence[JudgedTarget]) -> list[JudgedTarget]:
    """Order targets; without an order they stay worst first, as they were judged."""
    match order:
        case "unit":
            return sorted(targets, key=lambda one: one.unit)
        case "budget":
            return sorted(targets, key=lambda one: -one.standing.money.budget)
        case "rate":
            return sorted(targets, key=lambda one: _or_last(one.standing.money.execution_rate))
        case "gap":
            return sorted(targets, key=lambda one: -(one.standing.money.gap_share or ZERO))
        case _:
            return list(targets)


def _or_last(share: Decimal | None) -> Decimal:
    return Decimal(10**6) if share is None else share


def light_counts(lights: Iterable[Light]) -> dict[Light, int]:
    """How many of each light."""
    counts = Counter(lights)
    return {light: counts[light] for light in Light}


def why(one: JudgedTarget) -> str:
    """The sentence behind the worse of the two lights; of goals, the worst indicator's."""
    standing = one.standing
    if standing.money.light.rank <= standing.goals.light.rank:
        return standing.money.reason
    for indicator, known in zip(standing.goals.indicators, one.picture.indicators, strict=False):
        if indicator.light is standing.goals.light:
            return terms.reason_of(known.indicator.name, indicator.reason)
    return standing.money.reason
