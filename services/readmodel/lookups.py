"""Finding targets by what files print: a code, a former code, a name (rules §1, §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.claim_rule import RuleBook
from domain.identity import normalised_name
from domain.picture import TargetPicture
from domain.unit_tree import UnitTree
from services.readmodel.claim_rules import rule_books
from services.readmodel.moment import Moment
from services.readmodel.pictures import pictures, policy_in_force
from services.readmodel.sight import EVERYTHING, Sight
from services.readmodel.units import unit_tree
from services.sql import named_statements

SQL = named_statements("services.readmodel", "lookups.sql")

_EVERYTHING = 2**62
"""A position behind all there is."""


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """A target as lists name it."""

    target_id: UUID
    project_code: str | None
    project_name: str
    unit_code: str | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class TargetBook:
    """The targets of one region and year, by code and by normalised name."""

    by_code: dict[str, FoundTarget] = field(default_factory=dict)
    by_name: dict[str, list[FoundTarget]] = field(default_factory=dict)

    def find(self, code: str | None, name: str | None, unit: str | None) -> list[FoundTarget]:
        """Targets that fit: one by its code; else those of the name, of the unit where given."""
        if code:
            return [self.by_code[code]] if code in self.by_code else []
        named = self.by_name.get(normalised_name(name or ""), [])
        if unit is None or len(named) < 2:
            return list(named)
        wanted = normalised_name(unit)
        return [
            target
            for target in named
            if wanted
            in {normalised_name(target.unit_name), normalised_name(target.unit_code or "")}
        ]


def connection_pool(url: str, size: int = 4) -> ConnectionPool[Connection[TupleRow]]:
    """A pool of a web process's connections that see read and operational tables."""
    return ConnectionPool(
        url,
        kwargs={"autocommit": True, "connect_timeout": 5},
        min_size=1,
        max_size=size,
        configure=_configure,
        check=ConnectionPool.check_connection,
        timeout=5.0,
        open=False,
    )


def _configure(connection: Connection[TupleRow]) -> None:
    connection.execute("SET search_path = read, operational")


class Lookups:
    """Questions that intake asks; opens on first use."""

    def __init__(self, url: str) -> None:
        self._pool = connection_pool(url)
        self._sight = EVERYTHING

    def seen_by(self, sight: Sight) -> Lookups:
        """The same tables as somebody else sees them, on the same connections."""
        seen = copy(self)
        seen._sight = sight  # noqa: SLF001  # our own, just made
        return seen

    @contextmanager
    def _looking(self) -> Iterator[Connection[TupleRow]]:
        with self.pool.connection() as connection, connection.transaction():
            self._sight.impose(connection)
            yield connection

    @property
    def pool(self) -> ConnectionPool[Connection[TupleRow]]:
        """The connections, opened by now."""
        self._pool.open()
        return self._pool

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()

    def targets(self, region: str, fiscal_year: int) -> TargetBook:
        """All targets of a region and year."""
        values = {"region": region, "fiscal_year": fiscal_year}
        with (
            self._looking() as connection,
            connection.cursor(row_factory=class_row(FoundTarget)) as cursor,
        ):
            found = cursor.execute(SQL["targets"], values).fetchall()
            codes = connection.execute(SQL["codes"], values).fetchall()
        by_id = {target.target_id: target for target in found}
        by_name: dict[str, list[FoundTarget]] = defaultdict(list)
        for target in found:
            by_name[normalised_name(target.project_name)].append(target)
        by_code = {code: by_id[target_id] for code, target_id in codes if target_id in by_id}
        return TargetBook(by_code, dict(by_name))

    def pictures(
        self, fiscal_year: int, as_of: date, targets: Sequence[UUID]
    ) -> dict[UUID, TargetPicture]:
        """What is known by now about targets at the end of a day; see ``pictures``."""
        moment = Moment(fiscal_year, as_of, _EVERYTHING)
        with self._looking() as connection:
            terms = policy_in_force(connection, as_of, _EVERYTHING).terms
            return pictures(connection, moment, terms, targets)

    def matched(
        self, region: str, codes: Iterable[tuple[int, str, str]]
    ) -> set[tuple[int, str, str]]:
        """Which codes payments can be matched by: (year, kind, text), kind project or document."""
        asked = set(codes)
        values = {"region": region, "texts": list({text for _, _, text in asked})}
        with self._looking() as connection:
            return asked & set(connection.execute(SQL["matched"], values).fetchall())

    def rules(self, region: str) -> dict[int, RuleBook]:
        """The standing rules of a region, by budget year."""
        with self._looking() as connection, connection.cursor() as cursor:
            books = rule_books(cursor)
        return {year: book for (of_region, year), book in books.items() if of_region == region}

    def codes(self, region: str) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of units, and those of projects, that are on record in a region."""
        values = {"region": region}
        with self.pool.connection() as connection:
            units = connection.execute(SQL["unit_codes"], values).fetchall()
            projects = connection.execute(SQL["project_codes"], values).fetchall()
        return frozenset(row[0] for row in units), frozenset(row[0] for row in projects)

    def units(self, region: str, on: date) -> UnitTree:
        """The units of a region on a day, as known now."""
        with self._looking() as connection:
            return unit_tree(connection, region, on, _EVERYTHING)
