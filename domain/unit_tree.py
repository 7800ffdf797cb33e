"""The units of a region on a day, as a tree of segments (rules §1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.access.place import Place
from domain.identity import normalised_name
from domain.unit import UnitUnderItselfError


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What was recorded of a unit, from a day on; None is what it says nothing of.

    ``registered`` is the first of a unit; ``moved`` says that ``parent`` counts, None included.
    """

    unit_id: UUID
    on: date
    position: int
    code: str | None = None
    name: str | None = None
    parent: UUID | None = None
    registered: bool = False
    moved: bool = False
    is_local: bool = False
    merged_into: UUID | None = None


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as it stands on a day.

    ``segment`` is the code it was registered under, by which places name it for ever; ``code``
    the one in use, ``codes`` all of them. ``parent`` is None for a department.
    """

    unit_id: UUID
    segment: str
    code: str
    codes: tuple[str, ...]
    name: str
    parent: UUID | None
    since: date
    is_local: bool = False
    merged_into: UUID | None = None
    merged_on: date | None = None


def units_on(changes: Iterable[UnitChange], day: date) -> UnitTree:
    """The tree on a day: of each unit the latest change not after it counts."""
    units: dict[UUID, KnownUnit] = {}
    for change in sorted(changes, key=lambda one: (one.on, one.position)):
        if change.on > day:
            break
        known = units.get(change.unit_id)
        if change.registered:
            units[change.unit_id] = _registered(change)
        elif known is not None:
            units[change.unit_id] = _changed(known, change)
    return UnitTree(units.values())


def _registered(change: UnitChange) -> KnownUnit:
    code = change.code or ""
    return KnownUnit(
        change.unit_id,
        code,
        code,
        (code,),
        change.name or code,
        change.parent,
        change.on,
        change.is_local,
    )


def _changed(known: KnownUnit, change: UnitChange) -> KnownUnit:
    if change.code is not None:
        # A unit that the county numbered itself has its real code now.
        codes = (*known.codes, change.code)
        return replace(known, code=change.code, codes=codes, is_local=False)
    if change.name is not None:
        return replace(known, name=change.name)
    if change.moved:
        return replace(known, parent=change.parent)
    return replace(known, merged_into=change.merged_into, merged_on=change.on)


class UnitTree:
    """Units by code, by name and by place; a place is a path of whole segments."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self.units = {unit.unit_id: unit for unit in units}
        self._by_code: dict[str, KnownUnit] = {}
        self._by_name: dict[str, list[KnownUnit]] = defaultdict(list)
        self._below: dict[UUID | None, list[KnownUnit]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=lambda one: one.segment):
            for code in unit.codes:
                self._by_code.setdefault(code, unit)
            self._by_name[normalised_name(unit.name)].append(unit)
            self._below[unit.parent if unit.parent in self.units else None].append(unit)

    def coded(self, code: str) -> KnownUnit | None:
        """The unit that has or had a code; 450001 is not 4500010."""
        return self._by_code.get(code)

    def named(self, name: str) -> list[KnownUnit]:
        """Units of a name, brackets and white space set aside."""
        return list(self._by_name.get(normalised_name(name), ()))

    def below(self, unit_id: UUID | None) -> list[KnownUnit]:
        """The units directly under another one, by code; None: the departments."""
        return list(self._below.get(unit_id, ()))

    def successor(self, unit_id: UUID) -> KnownUnit | None:
        """The unit that stands for another one: itself, or what it was merged into."""
        seen: set[UUID] = set()
        unit = self.units.get(unit_id)
        while unit is not None and unit.merged_into in self.units and unit.unit_id not in seen:
            seen.add(unit.unit_id)
            unit = self.units[unit.merged_into]
        return unit

    def place(self, unit_id: UUID) -> Place | None:
        """Where a unit stands, by segments from the region down; a merged one where it went."""
        unit = self.successor(unit_id)
        if unit is None:
            return None
        return tuple(one.segment for one in reversed(list(self._upwards(unit))))

    def place_of(self, code: str) -> Place | None:
        """Where the unit of a code stands; None where no unit has it."""
        unit = self.coded(code)
        return None if unit is None else self.place(unit.unit_id)

    def walk(self) -> Iterator[tuple[int, KnownUnit]]:
        """All units from the top down, each with its depth: 0 a department."""
        seen: set[UUID] = set()
        waiting = [(0, unit) for unit in reversed(self.below(None))]
        while waiting:
            depth, unit = waiting.pop()
            seen.add(unit.unit_id)
            yield depth, unit
            under = reversed(self.below(unit.unit_id))
            waiting.extend((depth + 1, one) for one in under)
        # Two moves at the same time can close a ring, which hangs under nothing.
        yield from ((0, unit) for unit in self.units.values() if unit.unit_id not in seen)

    def only(self, kept: Callable[[KnownUnit], bool]) -> UnitTree:
        """The tree of some units and of those that stand above them."""
        found = {
            above.unit_id: above
            for unit in self.units.values()
            if kept(unit)
            for above in self._upwards(unit)
        }
        return UnitTree(found.values())

    def require_outside(self, unit_id: UUID, parent: UUID | None) -> None:
        """Refuse to put a unit under itself, or under a unit that stands below it.

        Raises:
            UnitUnderItselfError: the parent is the unit, or below it.
        """
        above = self.units.get(parent) if parent else None
        if above is not None and any(one.unit_id == unit_id for one in self._upwards(above)):
            raise UnitUnderItselfError(self.units[unit_id].name)

    def _upwards(self, unit: KnownUnit) -> Iterator[KnownUnit]:
        """A unit and those above it; two moves at the same time could close a ring."""
        seen: set[UUID] = set()
        above: KnownUnit | None = unit
        while above is not None and above.unit_id not in seen:
            seen.add(above.unit_id)
            yield above
            above = self.units.get(above.parent) if above.parent else None
