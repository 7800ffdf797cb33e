"""One indicator that several projects of a unit name: reported once, read by all (rules §4)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.identity import derived_id, normalised_name
from domain.indicator import Indicator, Kind, open_questions
from domain.units import unit_named

_TOLD_BY_PEOPLE = (Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING, Kind.QUALITATIVE)


@dataclass(frozen=True, slots=True)
class Holder:
    """A target with the indicators it names, and whose it is."""

    target_id: UUID
    project_name: str
    region: str
    fiscal_year: int
    unit: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """An indicator that other projects of its unit name, too: the group, and those projects."""

    group_id: UUID
    projects: tuple[str, ...]


def find_alike(holders: Iterable[Holder]) -> dict[UUID, Alike]:
    """Find indicators of one unit, name and definition in several projects, by indicator.

    The definition is what the form describes, the unit of measure and the kind; what has an
    open question, comes from payments, or stands for a day is not shared.
    """
    groups: dict[tuple[Hashable, ...], list[tuple[Holder, UUID]]] = {}
    for holder in holders:
        for indicator in holder.indicators:
            if _can_be_shared(indicator):
                places = groups.setdefault(_key(holder, indicator), [])
                places.append((holder, indicator.indicator_id))
    return dict(_named(groups))


def _named(
    groups: dict[tuple[Hashable, ...], list[tuple[Holder, UUID]]],
) -> Iterator[tuple[UUID, Alike]]:
    for key, places in groups.items():
        if len({holder.target_id for holder, _ in places}) < 2:
            continue
        group_id = derived_id("shared indicator", *map(str, key))
        for holder, indicator_id in places:
            others = dict.fromkeys(
                other.project_name for other, _ in places if other.target_id != holder.target_id
            )
            yield indicator_id, Alike(group_id, tuple(others))


def _can_be_shared(indicator: Indicator) -> bool:
    plain = indicator.kind in _TOLD_BY_PEOPLE and not indicator.parts
    return plain and not indicator.from_payments and not open_questions(indicator)


def _key(holder: Holder, indicator: Indicator) -> tuple[Hashable, ...]:
    return (
        *(holder.region, holder.fiscal_year, holder.unit),
        normalised_name(indicator.name),
        normalised_name(indicator.description or ""),
        unit_named(indicator.value.unit or "").base,
        indicator.kind is Kind.QUALITATIVE,
    )
