"""Questions to the read tables on one connection; one consistent picture a block."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row

from domain.approval import Objection, Stage
from domain.declaration import Declaration
from domain.errors import NotOnRecordError
from domain.executed import Paid, executed_fiscal
from domain.money import ZERO
from domain.policy_terms import PolicyTerms
from domain.standing import UnitStanding
from services.readmodel.documents import from_document
from services.readmodel.judged import JudgedTarget, JudgedYear, judge_one
from services.readmodel.moment import Moment
from services.readmodel.pictures import complete_to, policy_in_force
from services.readmodel.rows import AlertRow, AlertStep, DayAmount, Readings, StageStep
from services.sql import named_statements

SQL = named_statements("services.readmodel", "queries.sql")

Row = TypeVar("Row")

Inputs = tuple[tuple[str, str], ...]
Objections = tuple[Objection, ...]


def configure(connection: Connection[TupleRow]) -> None:
    """Let unqualified names mean the live read tables."""
    connection.execute("SET search_path = read, operational")
    connection.execute("SET TIME ZONE 'UTC'")


def clocks_of(moment: Moment) -> dict[str, Any]:
    """A moment as parameters."""
    return {
        "fiscal_year": moment.fiscal_year,
        "as_of": moment.as_of,
        "known_at": moment.known_at,
    }


def rows_of(
    connection: Connection[TupleRow], kind: type[Row], statement: str, values: dict[str, Any]
) -> list[Row]:
    """The rows of a named statement, each as a frozen value."""
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(SQL[statement], values).fetchall()


def readings(connection: Connection[TupleRow]) -> Readings:
    """How far the tables have read, and what is incomplete."""
    families = connection.execute(SQL["status"]).fetchall()
    head = connection.execute(SQL["log_head"]).fetchone()
    parked = [row[0] for row in connection.execute(SQL["parked_families"])]
    position = min((row[1] for row in families if row[2] is None), default=0)
    halted = [row[0] for row in families if row[2] is not None]
    return Readings(
        position=position,
        behind=max(0, (head[0] if head else 0) - position),
        incomplete=tuple(sorted({*halted, *parked})),
    )


def stored_moment(connection: Connection[TupleRow], moment: Moment) -> Moment:
    """If the last thing recorded is an evaluation of this day, look where that one looked."""
    row = connection.execute(SQL["evaluation_ending_at"], {"position": moment.known_at}).fetchone()
    if row is None or row[0] != moment.as_of:
        return moment
    return Moment(moment.fiscal_year, moment.as_of, row[1])


def stored_standings(connection: Connection[TupleRow], moment: Moment) -> JudgedYear | None:
    """What an evaluation or a month end stored for this very pair; None where none did."""
    targets = connection.execute(SQL["stored_standings"], clocks_of(moment)).fetchall()
    if not targets:
        return None
    units = connection.execute(SQL["stored_units"], clocks_of(moment)).fetchall()
    return JudgedYear(
        moment,
        policy_in_force(connection, moment.as_of, moment.known_at),
        complete_to(connection, moment),
        tuple(from_document(JudgedTarget, row[0]) for row in targets),
        {unit: from_document(UnitStanding, document) for unit, document in units},
    )


def judged_target(
    connection: Connection[TupleRow], moment: Moment, target_id: UUID, terms: PolicyTerms
) -> JudgedTarget:
    """One target as judged; NotOnRecordError where it is not, or does not count on that day."""
    judged = judge_one(connection, moment, target_id, terms)
    if judged is None:
        raise NotOnRecordError(f"绩效目标 {target_id}")
    return judged


def declaration(connection: Connection[TupleRow], clocks: dict[str, Any]) -> Declaration:
    """The declaration in force; NotOnRecordError."""
    row = connection.execute(SQL["declaration"], clocks).fetchone()
    if row is None:
        raise NotOnRecordError(clocks["target_id"])
    return from_document(Declaration, row[0])


def stages(connection: Connection[TupleRow], clocks: dict[str, Any]) -> list[StageStep]:
    """The steps of a target's declaration towards its approval, in their order."""
    return [
        replace(
            step,
            stage=Stage(step.stage),
            objections=from_document(Objections, str(step.objections)),
        )
        for step in rows_of(connection, StageStep, "stages", clocks)
    ]


def spending(
    connection: Connection[TupleRow], clocks: dict[str, Any], terms: PolicyTerms
) -> tuple[DayAmount, ...]:
    """Executed fiscal money of a target, cumulated by payment day."""
    by_day: dict[date, list[Paid]] = {}
    for paid_on, kind, nature, account, amount in connection.execute(SQL["spending"], clocks):
        by_day.setdefault(paid_on, []).append(Paid(kind, nature, account, amount, paid_on))
    points: list[DayAmount] = []
    total = ZERO
    for day, paid in by_day.items():
        change = executed_fiscal(paid, terms.payments)
        total += change
        if change:
            points.append(DayAmount(day, Decimal(total)))
    return tuple(points)


def alerts(connection: Connection[TupleRow], clocks: dict[str, Any]) -> list[AlertRow]:
    """Alerts as they stood, open ones first, red before yellow, the longest first."""
    found = rows_of(connection, AlertRow, "alerts", clocks)
    return sorted(
        found, key=lambda a: (a.state == "resolved", a.severity, a.raised_on, str(a.alert_id))
    )


def alert_steps(connection: Connection[TupleRow], values: dict[str, Any]) -> list[AlertStep]:
    """The history of one alert, or of all of a target."""
    return [
        replace(step, inputs=from_document(Inputs, str(step.inputs)))
        for step in rows_of(connection, AlertStep, "alert_steps", values)
    ]
