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
from domain.confirmation.asked import AskedTarget
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

    def last_year(self, targets: Collection[UUID]) -> dict[UUID, Baseline]:
        """What the record knows of the year before, by indicator."""
        with self._connecting() as connection:
            return _last_year(connection, list(targets))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Rows of some targets."""

    declared: dict[UUID, DeclaredAt]
    kinds_seen: frozenset[UUID]
    plans_set: frozenset[UUID]
    last_year: dict[UUID, Baseline]

    @classmethod
    def of(cls, connection: Connection[TupleRow], year: int, targets: list[UUID]) -> _Reader:
        now = Moment(year, date.max, _EVERYTHING)
        wanted = {"targets": targets}
        return cls(
            declared_at(connection, now, targets),
            frozenset(row[0] for row in connection.execute(SQL["kinds_seen"], wanted)),
            frozenset(row[0] for row in connection.execute(SQL["plans_set"], wanted)),
            _last_year(connection, targets),
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
            self.last_year,
        )


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
