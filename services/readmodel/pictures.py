"""What is known about targets at (`as_of`, `known_at`), read in sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.approval import Stage
from domain.executed import Paid, executed_fiscal, executed_other
from domain.funds import FundLine
from domain.indicator import Achievement, Indicator
from domain.monitoring_round import MonitoringRound
from domain.picture import KnownIndicator, Reading, TargetPicture
from domain.policy_terms import PolicyTerms
from domain.target import Life
from services.readmodel.documents import from_document
from services.readmodel.moment import Moment
from services.readmodel.plans import PlanInForce
from services.readmodel.versions import DeclaredAt, declared_at
from services.sql import named_statements

SQL = named_statements("services.readmodel", "pictures.sql")

Rows = Connection[TupleRow]


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The terms a day is judged under; version 0 are the defaults, before any was set."""

    version: int
    terms: PolicyTerms


def policy_in_force(connection: Rows, as_of: date, known_at: int) -> PolicyInForce:
    """The latest terms in force not after a day, among what was known."""
    row = connection.execute(SQL["policy"], {"as_of": as_of, "known_at": known_at}).fetchone()
    if row is None:
        return PolicyInForce(0, PolicyTerms())
    return PolicyInForce(row[0], from_document(PolicyTerms, row[1]))


def complete_to(connection: Rows, moment: Moment) -> date | None:
    """The day payment data are said to be complete to (支付数据截至日)."""
    parameters = {"fiscal_year": moment.fiscal_year, "known_at": moment.known_at}
    row = connection.execute(SQL["complete_to"], parameters).fetchone()
    return row[0] if row else None


def rounds_of(connection: Rows, moment: Moment) -> tuple[MonitoringRound, ...]:
    """The monitoring rounds of the year, in the order they were opened."""
    parameters = {"fiscal_year": moment.fiscal_year, "known_at": moment.known_at}
    rows = connection.execute(SQL["rounds"], parameters)
    return tuple(from_document(MonitoringRound, row[0]) for row in rows)


def pictures(
    connection: Rows,
    moment: Moment,
    terms: PolicyTerms,
    targets: Sequence[UUID] | None = None,
) -> dict[UUID, TargetPicture]:
    """All targets of a year, or some, as known at a moment; one query a table.

    A target that did not count yet on the day is not among them.
    """
    declared = declared_at(connection, moment, targets)
    if not declared:
        return {}
    reader = _Reader(connection, moment)
    reader.load(list(declared))
    return {
        target_id: reader.picture(target_id, known, terms) for target_id, known in declared.items()
    }


@dataclass(slots=True)
class _Reader:
    """Rows of one moment, by target."""

    connection: Rows
    moment: Moment
    complete_to: date | None = None
    rounds: tuple[MonitoringRound, ...] = ()
    plans: dict[UUID, PlanInForce] = field(default_factory=dict)
    lines: dict[UUID, list[FundLine]] = field(default_factory=lambda: defaultdict(list))
    readings: dict[UUID, list[Achievement]] = field(default_factory=lambda: defaultdict(list))
    paid: dict[UUID, list[Paid]] = field(default_factory=lambda: defaultdict(list))
    over_budget: set[UUID] = field(default_factory=set)
    life: dict[UUID, tuple[Life, date]] = field(default_factory=dict)
    stages: dict[UUID, Stage] = field(default_factory=dict)

    def load(self, targets: list[UUID]) -> None:
        self.complete_to = complete_to(self.connection, self.moment)
        self.rounds = rounds_of(self.connection, self.moment)
        for target_id, document in self._rows("plans", targets=targets):
            self.plans[target_id] = from_document(PlanInForce, document)
        for target_id, document in self._rows("fund_lines", targets=targets):
            self.lines[target_id].append(from_document(FundLine, document))
        for indicator_id, document in self._rows("readings", targets=targets):
            self.readings[indicator_id].append(from_document(Achievement, document))
        self._load_paid(targets)
        self.over_budget = {row[0] for row in self._rows("over_budget", targets=targets)}
        for target_id, life, since in self._rows("life", targets=targets):
            self.life[target_id] = (Life(life), since)
        for target_id, stage in self._rows("stages", targets=targets):
            self.stages[target_id] = Stage(stage)

    def _load_paid(self, targets: list[UUID]) -> None:
        if self.complete_to is None:
            return
        judged_on = min(self.moment.as_of, self.complete_to)
        for target_id, *paid in self._rows("executed", targets=targets, judged_on=judged_on):
            self.paid[target_id].append(Paid(*paid))

    def _rows(self, statement: str, **parameters: object) -> Iterator[tuple[Any, ...]]:
        clocks = {
            "fiscal_year": self.moment.fiscal_year,
            "as_of": self.moment.as_of,
            "known_at": self.moment.known_at,
        }
        yield from self.connection.execute(SQL[statement], clocks | parameters)

    def picture(self, target_id: UUID, declared: DeclaredAt, terms: PolicyTerms) -> TargetPicture:
        declaration = declared.declaration
        plan = self.plans[target_id]
        life, ended_on = self.life.get(target_id, (Life.NORMAL, None))
        paid = self.paid[target_id]
        return TargetPicture(
            target_id=target_id,
            project_name=declaration.project_name,
            unit_name=declaration.unit_name,
            fiscal_year=declaration.fiscal_year,
            fund_lines=tuple(self.lines[target_id]),
            indicators=tuple(self._indicators(declared)),
            executed=executed_fiscal(paid, terms.payments),
            complete_to=self.complete_to,
            executed_other=executed_other(paid, terms.payments),
            project_code=declaration.project_code,
            unit_code=declaration.unit_code,
            plan=plan.plan,
            shape=plan.shape,
            window=plan.window,
            rounds=self.rounds,
            life=life,
            ended_on=ended_on,
            over_budget_confirmed=target_id in self.over_budget,
            last_paid_on=max((p.last_paid_on for p in paid), default=None),
            stage=self.stages.get(target_id, Stage.DRAFT),
        )

    def _indicators(self, declared: DeclaredAt) -> Iterator[KnownIndicator]:
        for current in declared.indicators:
            readings = tuple(
                Reading(report, _against(report, declared, current))
                for report in self.readings[current.indicator_id]
            )
            yield KnownIndicator(current, readings)


def _against(report: Achievement, declared: DeclaredAt, current: Indicator) -> Indicator | None:
    """The indicator of the reading's own day, where a revision since has changed it."""
    then = declared.indicator_on(report.reported_on, current.indicator_id)
    return then if then != current else None
