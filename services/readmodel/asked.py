"""What people are asked about the targets of a year, as the record stands now (待核实)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row

from domain.baseline import Baseline
from domain.confirmation.asked import AskedTarget, Beside
from domain.confirmation.sharing import Holder, find_alike
from domain.indicator import Achievement
from domain.money import TEN_THOUSAND
from services.readmodel.documents import from_document
from services.readmodel.moment import Moment
from services.readmodel.versions import DeclaredAt, declared_at
from services.sql import named_statements

SQL = named_statements("services.readmodel", "asked.sql")

Connecting = Callable[[], AbstractContextManager[Connection[TupleRow]]]

_EVERYTHING = 2**62


@dataclass(frozen=True, slots=True)
class _Row:
    target_id: UUID
    project_code: str | None
    project_name: str
    unit_code: str | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A target with what its questions rest on, and whose it is."""

    asked: AskedTarget
    project_code: str | None
    unit_code: str | None
    unit_name: str

    @property
    def unit(self) -> str:
        """The unit it belongs to: its code, else its name."""
        return self.unit_code or self.unit_name


class AskedTargets:
    """Asks through connections it is lent."""

    def __init__(self, connecting: Connecting) -> None:
        self._connecting = connecting

    def of_year(
        self, fiscal_year: int, *, unit: str | None = None, target_id: UUID | None = None
    ) -> list[AskedRow]:
        """The targets of a year, of a unit (its code or name), or one; by unit.

        A target whose life is over is asked about no more.
        """
        wanted = {"fiscal_year": fiscal_year, "unit": unit, "target_id": target_id}
        with self._connecting() as connection:
            with connection.cursor(row_factory=class_row(_Row)) as cursor:
                rows = cursor.execute(SQL["targets"], wanted).fetchall()
            reader = _Reader.of(connection, fiscal_year, [row.target_id for row in rows])
        return [
            AskedRow(reader.asked(row), row.project_code, row.unit_code, row.unit_name)
            for row in rows
        ]

    def beside(self, targets: Collection[UUID]) -> Beside:
        """What the record knows besides some targets: the year before, and their neighbours."""
        with self._connecting() as connection:
            return _beside(connection, list(targets))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Rows of some targets."""

    declared: dict[UUID, DeclaredAt]
    kinds_seen: frozenset[UUID]
    plans_set: frozenset[UUID]
    decided: frozenset[UUID]
    known: Beside

    @classmethod
    def of(cls, connection: Connection[TupleRow], year: int, targets: list[UUID]) -> _Reader:
        now = Moment(year, date.max, _EVERYTHING)
        wanted = {"targets": targets}
        return cls(
            declared_at(connection, now, targets),
            frozenset(row[0] for row in connection.execute(SQL["kinds_seen"], wanted)),
            frozenset(row[0] for row in connection.execute(SQL["plans_set"], wanted)),
            frozenset(row[0] for row in connection.execute(SQL["sharing_decided"], wanted)),
            _beside(connection, targets),
        )

    def asked(self, row: _Row) -> AskedTarget:
        declared = self.declared[row.target_id]
        declaration = declared.declaration
        budget = sum((line.amount for line in declaration.fund_lines), Decimal(0))
        return AskedTarget(
            row.target_id,
            declaration.fiscal_year,
            declaration.project_name,
            budget / TEN_THOUSAND,
            declared.indicators,
            self.kinds_seen,
            None if row.target_id in self.plans_set else declaration.shape,
            self.known.last_year,
            {one: like for one, like in self.known.alike.items() if one not in self.decided},
        )


def _beside(connection: Connection[TupleRow], targets: list[UUID]) -> Beside:
    return Beside(_last_year(connection, targets), find_alike(_holders(connection, targets)))


def _holders(connection: Connection[TupleRow], targets: list[UUID]) -> list[Holder]:
    """The targets of the units of some, with the indicators that are in force now."""
    rows = connection.execute(SQL["neighbours"], {"targets": targets}).fetchall()
    years: dict[int, list[UUID]] = {}
    for target_id, _, year, *_ in rows:
        years.setdefault(year, []).append(target_id)
    declared = {
        target_id: known
        for year, ids in years.items()
        for target_id, known in declared_at(
            connection, Moment(year, date.max, _EVERYTHING), ids
        ).items()
    }
    return [
        Holder(target_id, project, region, year, unit, declared[target_id].indicators)
        for target_id, region, year, unit, project, _ in rows
    ]


def _last_year(connection: Connection[TupleRow], targets: list[UUID]) -> dict[UUID, Baseline]:
    found = {}
    for indicator_id, on, document in connection.execute(SQL["last_year"], {"targets": targets}):
        told = from_document(Achievement, document)
        if told.number is not None:
            source = f"上年项目{on:%Y-%m-%d}报送"
            text = told.text or f"{told.number:f}{told.unit or ''}"
            found[indicator_id] = Baseline(
                indicator_id, text, told.number, told.unit, on.year, source
            )
    return found
