"""What was declared of targets, and how people settled it, as known at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.declaration import Declaration
from domain.indicator import Indicator
from domain.settled import SettledRow
from services.readmodel.documents import from_document
from services.readmodel.moment import Moment
from services.sql import named_statements

SQL = named_statements("services.readmodel", "versions.sql")


@dataclass(frozen=True, slots=True)
class Version:
    """One declaration of a target, from the day it counts."""

    position: int
    effective_on: date
    declaration: Declaration

    def row(self, indicator_id: UUID) -> Indicator | None:
        """An indicator as this version declares it."""
        rows = self.declaration.indicators
        return next((row for row in rows if row.indicator_id == indicator_id), None)


@dataclass(frozen=True, slots=True)
class SettledAt:
    """The last thing that people settled about an indicator, and where it stands in the log."""

    position: int
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class DeclaredAt:
    """All versions of a target in the order in which they count, and what was settled.

    ``in_force`` are those that count by the day looked at, one at least; the last is in force.
    """

    versions: tuple[Version, ...]
    in_force: tuple[Version, ...]
    settled: Mapping[UUID, SettledAt]

    @property
    def declaration(self) -> Declaration:
        """The declaration in force, as declared."""
        return self.in_force[-1].declaration

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in force, as people settled them."""
        return tuple(map(self._settled, self.declaration.indicators))

    def indicator_on(self, day: date, indicator_id: UUID) -> Indicator | None:
        """An indicator as it was in force on a day, at the earliest as first declared."""
        by_then = [one for one in self.in_force if one.effective_on <= day] or self.in_force[:1]
        row = by_then[-1].row(indicator_id)
        return None if row is None else self._settled(row)

    def _settled(self, row: Indicator) -> Indicator:
        """A row as a person settled it, as far as that still fits what is printed."""
        known = self.settled.get(row.indicator_id)
        if known is None:
            return row
        declared = self._row_before(known.position, row.indicator_id)
        return SettledRow(declared or row, known.indicator).onto(row)

    def _row_before(self, position: int, indicator_id: UUID) -> Indicator | None:
        """The indicator as it was declared when something was recorded about it."""
        before = [one for one in self.versions if one.position < position]
        latest = max(before, key=lambda one: one.position, default=None)
        return None if latest is None else latest.row(indicator_id)


def declared_at(
    connection: Connection[TupleRow], moment: Moment, targets: Sequence[UUID] | None = None
) -> dict[UUID, DeclaredAt]:
    """All targets of a year, or some, that count by the day looked at."""
    clocks = {
        "fiscal_year": moment.fiscal_year,
        "known_at": moment.known_at,
        "targets": None if targets is None else list(targets),
    }
    versions: dict[UUID, list[Version]] = {}
    for target_id, position, effective_on, document in connection.execute(SQL["versions"], clocks):
        version = Version(position, effective_on, from_document(Declaration, document))
        versions.setdefault(target_id, []).append(version)
    counting = {
        target_id: tuple(one for one in known if one.effective_on <= moment.as_of)
        for target_id, known in versions.items()
    }
    wanted = [target_id for target_id, in_force in counting.items() if in_force]
    settled = _settled(connection, clocks | {"targets": wanted}) if wanted else {}
    return {
        target_id: DeclaredAt(tuple(versions[target_id]), counting[target_id], settled)
        for target_id in wanted
    }


def _settled(
    connection: Connection[TupleRow], clocks: Mapping[str, object]
) -> dict[UUID, SettledAt]:
    return {
        indicator_id: SettledAt(position, from_document(Indicator, document))
        for indicator_id, position, document in connection.execute(SQL["settled"], clocks)
    }
