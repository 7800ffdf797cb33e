"""What a list of units wants of each unit: found on record by its codes, or put there.

What is wanted follows from the list and from who is who; a list that is gone on with wants the
same again, whatever of it is on record already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.identity import normalised_name
from domain.unit import Unit, UnitEntry
from domain.unit_tree import KnownUnit, UnitTree
from services.intake.row_reader import problem_at
from services.intake.tables.table import RowProblem
from services.intake.units import PersonRow, UnitRow
from services.keeping_units import free_local_code


@dataclass(frozen=True, slots=True)
class WantedUnit:
    """A unit as a list has it.

    ``entry`` is how it is registered where it is not on record. ``placed``: the list says
    whom it stands under, so that another parent on record is a move. ``changed_on`` is from
    when changes of what is on record count.
    """

    unit_id: UUID
    entry: UnitEntry
    since: date
    placed: bool
    changed_on: date
    code: str | None = None
    document_no: str | None = None
    persons: tuple[PersonRow, ...] = ()


@dataclass(slots=True)
class UnitPlan:
    """What a whole list wants, and the rows that cannot be taken."""

    wanted: list[WantedUnit] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    implied: int = 0
    numbered: int = 0


class _RowError(Exception):
    """A row cannot be taken; ``field`` is the one to look at."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Days:
    """From when a unit counts that does not say it, and from when a change does."""

    since: date
    today: date


def plan_units(rows: Sequence[UnitRow], tree: UnitTree, region: str, days: Days) -> UnitPlan:
    """Say what a list wants of each unit."""
    return _Planner(tree, region, days).plan(rows)


class _Planner:
    """Goes through a list once; what it registers is known to the rows that follow."""

    def __init__(self, tree: UnitTree, region: str, days: Days) -> None:
        self.tree = tree
        self.region = region
        self.days = days
        self.result = UnitPlan()
        self.by_code: dict[str, WantedUnit] = {}
        self.by_name: dict[tuple[UUID | None, str], WantedUnit] = {}
        self.rows_by_code: dict[str, UnitRow] = {}
        self.departments: dict[str, UnitRow] = {}

    def plan(self, rows: Sequence[UnitRow]) -> UnitPlan:
        """Want each row, those above it first."""
        self.rows_by_code = {row.code: row for row in rows if row.code}
        self.departments = {normalised_name(row.name): row for row in rows if _is_department(row)}
        waiting: set[str] = set()
        for row in rows:
            try:
                self._want(row, waiting)
            except _RowError as problem:
                self.result.problems.append(problem_at(row.places, problem.field, str(problem)))
        return self.result

    def _want(self, row: UnitRow, waiting: set[str]) -> WantedUnit:
        """Want a unit, after the one it stands under; ``waiting`` are those being wanted above."""
        if row.code and row.code in self.by_code:
            return self._again(row, self.by_code[row.code])
        key = row.code or row.name
        if key in waiting:
            raise _RowError(
                "parent_code", f"“{row.name}”的上级单位绕回了自己。请核对上级单位编码。"
            )
        placed, parent = self._parent(row, waiting | {key})
        wanted = self.by_name.get((parent, normalised_name(row.name)))
        if wanted is not None and not (row.code or row.local_code):
            return wanted
        known = self._known(row, parent)
        wanted = self._wanted(row, known, parent, placed=placed)
        self._keep(wanted, row)
        return wanted

    def _again(self, row: UnitRow, wanted: WantedUnit) -> WantedUnit:
        """The same unit was wanted before, by its own row or by one below it."""
        if normalised_name(wanted.entry.name) != normalised_name(row.name):
            raise _RowError("code", f"编码{row.code}在名单里出现了两次，名称不同。请只留一行。")
        return wanted

    def _parent(self, row: UnitRow, waiting: set[str]) -> tuple[bool, UUID | None]:
        """Whom a row says it stands under, and whether it says so at all."""
        code = row.parent_code or row.department_code
        if code is not None:
            return True, None if code in {row.code, row.local_code} else self._above(row, waiting)
        if row.department is None or normalised_name(row.department) == normalised_name(row.name):
            return row.department is not None, None
        return True, self._department(row.department, None, waiting).unit_id

    def _above(self, row: UnitRow, waiting: set[str]) -> UUID:
        """The unit of the code that a row gives for the one above it."""
        code = row.parent_code or row.department_code or ""
        if (wanted := self.by_code.get(code)) is not None:
            return wanted.unit_id
        own_row = self.rows_by_code.get(code)
        if own_row is not None:
            return self._want(own_row, waiting).unit_id
        if row.parent_code is None and row.department:
            return self._department(row.department, code, waiting).unit_id
        if (known := self.tree.coded(code)) is not None:
            return known.unit_id
        name = "parent_code" if row.parent_code else "department_code"
        raise _RowError(name, f"名单里和记录里都没有编码为{code}的单位。请先登记，或补上它的名称。")

    def _department(self, name: str, code: str | None, waiting: set[str]) -> WantedUnit:
        """A department that rows below it name: wanted once, whether it is on record or not.

        What a list wants must not depend on what of it is on record: chunks that were counted
        when a list broke off would be others when it goes on.
        """
        wanted = self.by_code.get(code) if code else self.by_name.get((None, normalised_name(name)))
        if wanted is not None:
            return wanted
        own_row = self.departments.get(normalised_name(name))
        if own_row is not None and code is None:
            return self._want(own_row, waiting)
        known = self._known_department(name, code)
        if known is None:
            segment, self.result.implied = code or self._number(), self.result.implied + 1
            entry = UnitEntry(self.region, segment, name, None, is_local=code is None)
        else:
            entry = UnitEntry(
                self.region, known.segment, known.name, known.parent, is_local=known.is_local
            )
        wanted = WantedUnit(
            known.unit_id if known else Unit.create_id(entry),
            entry,
            self.days.since,
            placed=False,
            changed_on=self.days.today,
            code=code,
        )
        self._keep(wanted, None)
        self.by_name[None, normalised_name(name)] = wanted
        return wanted

    def _known_department(self, name: str, code: str | None) -> KnownUnit | None:
        """The unit on record that a department's code, or else its name, means."""
        if code is not None:
            return self.tree.coded(code)
        found = [unit for unit in self.tree.named(name) if unit.parent is None]
        return found[0] if len(found) == 1 else None

    def _known(self, row: UnitRow, parent: UUID | None) -> KnownUnit | None:
        """The unit on record that a row means: by a code, or without one by name and parent."""
        by_code = self.tree.coded(row.code) if row.code else None
        by_number = self.tree.coded(row.local_code) if row.local_code else None
        if by_code and by_number and by_code.unit_id != by_number.unit_id:
            message = f"{row.code}和{row.local_code}是两个单位。要合并请办单位合并。"
            raise _RowError("local_code", message)
        if by_code or by_number:
            return by_code or by_number
        named = [unit for unit in self.tree.named(row.name) if unit.parent == parent]
        if row.code is None and row.local_code is None:
            return named[0] if len(named) == 1 else None
        if any(unit.is_local for unit in named):
            message = (
                f"已有同名单位{named[0].code}（县编号）。是同一单位的，请在“县编号”列填{named[0].code}；"
                "不是的，请改用不同名称。"
            )
            raise _RowError("code", message)
        return None

    def _wanted(
        self, row: UnitRow, known: KnownUnit | None, parent: UUID | None, *, placed: bool
    ) -> WantedUnit:
        given = row.local_code or row.code
        if known is not None:
            code = known.segment
        elif given is not None:
            code = given
        else:
            code = self._number()
        entry = UnitEntry(
            self.region, code, row.name, parent, is_local=row.code is None or row.code != code
        )
        return WantedUnit(
            known.unit_id if known else Unit.create_id(entry),
            entry,
            row.since or self.days.since,
            placed,
            row.changed_on or self.days.today,
            row.code,
            row.document_no,
            row.persons,
        )

    def _keep(self, wanted: WantedUnit, row: UnitRow | None) -> None:
        self.result.wanted.append(wanted)
        self.by_name[wanted.entry.parent, normalised_name(wanted.entry.name)] = wanted
        for code in (wanted.entry.code, wanted.code, row.code if row else None):
            if code:
                self.by_code[code] = wanted

    def _number(self) -> str:
        self.result.numbered += 1
        return free_local_code(self.tree, frozenset(self.by_code))


def _is_department(row: UnitRow) -> bool:
    """Whether a row says of itself that it stands under nobody."""
    if row.parent_code or (row.department_code and row.department_code != row.code):
        return False
    return row.department is None or normalised_name(row.department) == normalised_name(row.name)
