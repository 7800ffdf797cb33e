"""One method a question; frozen rows out. Nothing here writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.declaration import Declaration
from domain.errors import MonitoringError, NotOnRecordError
from domain.executed import Paid, executed_fiscal
from domain.money import ZERO
from domain.monitoring_round import MonitoringRound
from domain.planned import fiscal_lines, plan_curve
from domain.policy_terms import PolicyTerms
from domain.standing import UnitStanding, plan_of
from services.clock import SHANGHAI
from services.readmodel.documents import from_document
from services.readmodel.judged import (
    JudgedTarget,
    JudgedYear,
    judge_one,
    judge_year,
    unclaimed_by_unit,
)
from services.readmodel.pictures import (
    Moment,
    PolicyInForce,
    complete_to,
    policy_in_force,
    rounds_of,
)
from services.readmodel.rows import (
    AlertRow,
    AlertStep,
    Counts,
    DayAmount,
    EvaluationRow,
    HistoryLine,
    ImportRow,
    PaymentRow,
    Readings,
    TargetDetail,
    TargetRow,
)
from services.sql import named_statements

SQL = named_statements("services.readmodel", "queries.sql")

Row = TypeVar("Row")

WAIT_S = 2.0
FOR_EVER = 2**62

Inputs = tuple[tuple[str, str], ...]


class NotReadYetError(MonitoringError):
    """The read tables have not reached the position that was asked for."""

    code = "not_read_yet"

    def __init__(self, wanted: int, reached: int) -> None:
        super().__init__(f"所要求的记录（{wanted}）尚在处理，目前到{reached}。请稍后重试。")


class YearNotOnRecordError(MonitoringError):
    """No target of that fiscal year is on record."""

    code = "year_not_on_record"

    def __init__(self, year: int) -> None:
        super().__init__(f"没有{year}年度的绩效目标。请先导入申报表。")


@dataclass(frozen=True, slots=True)
class _Cached:
    key: tuple[Moment, int]
    judged: JudgedYear


class ReadModel:
    """Questions about targets, money, lights, alerts and history, at (`as_of`, `known_at`).

    ``url`` is a web process's address; the pool opens on first use.
    """

    def __init__(self, url: str, pool_size: int = 8) -> None:
        self._pool: ConnectionPool[Connection[TupleRow]] = ConnectionPool(
            url,
            connection_class=Connection[TupleRow],
            kwargs={"autocommit": True, "connect_timeout": 5},
            min_size=1,
            max_size=pool_size,
            open=False,
            configure=_configure,
            check=ConnectionPool.check_connection,
            timeout=5.0,
        )
        self._last: _Cached | None = None

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection[TupleRow]]:
        """One consistent picture: all questions of a block see the same rows."""
        self._pool.open()
        with self._pool.connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection

    # Where the tables stand.

    def readings(self) -> Readings:
        """How far the tables have read, and what is incomplete."""
        with self._connection() as connection:
            return _readings(connection)

    def position(self) -> int:
        """How far the tables have read."""
        return self.readings().position

    def wait_for(self, min_position: int) -> None:
        """Wait up to two seconds for a position.

        Raises:
            NotReadYetError: it was not reached.
        """
        deadline = time.monotonic() + WAIT_S
        while (reached := self.position()) < min_position:
            if time.monotonic() > deadline:
                raise NotReadYetError(min_position, reached)
            time.sleep(0.02)

    def position_at(self, known_at: datetime | date | int | None) -> int:
        """Turn a time into a position: a day means its end in Shanghai, None means now."""
        if known_at is None:
            return self.position()
        if isinstance(known_at, int):
            return known_at
        if not isinstance(known_at, datetime):
            known_at = datetime.combine(known_at, clock_time.max, SHANGHAI)
        with self._connection() as connection:
            row = connection.execute(SQL["position_at"], {"moment": known_at}).fetchone()
        return int(row[0]) if row else 0

    def moment(
        self, fiscal_year: int, as_of: date, known_at: datetime | date | int | None = None
    ) -> Moment:
        """A pair of clocks for the questions below."""
        return Moment(fiscal_year, as_of, self.position_at(known_at))

    def fiscal_years(self) -> list[int]:
        """Years that have targets, newest first."""
        with self._connection() as connection:
            return [int(row[0]) for row in connection.execute(SQL["fiscal_years"])]

    def complete_to(self, moment: Moment) -> date | None:
        """支付数据截至日, as known."""
        with self._connection() as connection:
            return complete_to(connection, moment)

    def policy(self, as_of: date, known_at: int = FOR_EVER) -> PolicyInForce:
        """The terms a day is judged under."""
        with self._connection() as connection:
            return policy_in_force(connection, as_of, known_at)

    def rounds(self, moment: Moment) -> tuple[MonitoringRound, ...]:
        """The monitoring rounds of a year, in the order they were opened."""
        with self._connection() as connection:
            return rounds_of(connection, moment)

    def unclaimed(self, moment: Moment) -> dict[str, Decimal]:
        """What was paid and nobody claimed yet (未认领), in yuan by unit code, "" for none."""
        with self._connection() as connection:
            terms = policy_in_force(connection, moment.as_of, moment.known_at).terms
            complete = complete_to(connection, moment)
            return unclaimed_by_unit(connection, moment, complete, terms)

    # Lights.

    def judged_year(self, moment: Moment) -> JudgedYear:
        """All targets of a year with their lights, worst first.

        Read from the standing rows where an evaluation or a month end stored this very pair,
        else computed by the same rules, and kept until something new is recorded.
        """
        with self._connection() as connection:
            moment = _stored_moment(connection, moment)
            stored = _stored(connection, moment)
            if stored is not None:
                return stored
            position = _readings(connection).position
            cached = self._last
            if cached is not None and cached.key == (moment, position):
                return cached.judged
            judged = judge_year(connection, moment)
        self._last = _Cached((moment, position), judged)
        return judged

    def judged_target(self, target_id: UUID, moment: Moment) -> JudgedTarget:
        """One target at any pair of clocks, computed at once.

        Raises:
            NotOnRecordError: there is none, or it did not count on that day.
        """
        with self._connection() as connection:
            judged = judge_one(connection, moment, target_id)
        if judged is None:
            raise NotOnRecordError(f"绩效目标 {target_id}")
        return judged

    def detail(self, target_id: UUID, moment: Moment) -> TargetDetail:
        """Everything a target's page shows.

        Raises:
            NotOnRecordError: there is none, or it did not count on that day.
        """
        with self._connection() as connection:
            judged = judge_one(connection, moment, target_id)
            if judged is None:
                raise NotOnRecordError(f"绩效目标 {target_id}")
            policy = policy_in_force(connection, moment.as_of, moment.known_at)
            lines = fiscal_lines(judged.picture.fund_lines)
            year_end = date(moment.fiscal_year, 12, 31)
            clocks = _clocks(moment) | {"target_id": target_id}
            return TargetDetail(
                judged=judged,
                declaration=_declaration(connection, clocks),
                policy=policy,
                plan=plan_curve(plan_of(judged.picture, policy.terms), lines, year_end),
                spending=_spending(connection, clocks, policy.terms),
                alerts=tuple(_alerts(connection, clocks)),
                alert_steps=tuple(_steps(connection, clocks | {"alert_id": None})),
                history=tuple(_rows(connection, HistoryLine, "history", clocks | {"limit": 500})),
                payments=tuple(
                    _rows(connection, PaymentRow, "target_payments", clocks | {"limit": 1000})
                ),
            )

    # Lists.

    def targets(
        self,
        *,
        fiscal_year: int | None = None,
        unit: str | None = None,
        after: int = 0,
        limit: int = 50,
        known_at: int = FOR_EVER,
    ) -> list[TargetRow]:
        """Targets in the order of their declaration; ``after`` is the last one's position."""
        values = {
            "fiscal_year": fiscal_year,
            "unit": unit,
            "after": after,
            "limit": limit,
            "known_at": known_at,
        }
        with self._connection() as connection:
            return _rows(connection, TargetRow, "targets_page", values)

    def target(self, target_id: UUID) -> TargetRow:
        """One target as it is looked up; NotOnRecordError."""
        with self._connection() as connection:
            found = _rows(connection, TargetRow, "target", {"target_id": target_id})
        if not found:
            raise NotOnRecordError(f"绩效目标 {target_id}")
        return found[0]

    def alerts(self, moment: Moment, target_id: UUID | None = None) -> list[AlertRow]:
        """Alerts as they stood at a moment, worst and longest first."""
        with self._connection() as connection:
            return _alerts(connection, _clocks(moment) | {"target_id": target_id})

    def alert(self, alert_id: UUID) -> AlertRow:
        """One alert as it stands now; NotOnRecordError."""
        with self._connection() as connection:
            found = _rows(connection, AlertRow, "alert", {"alert_id": alert_id})
        if not found:
            raise NotOnRecordError(f"预警 {alert_id}")
        return found[0]

    def alert_steps(self, alert_id: UUID, known_at: int = FOR_EVER) -> list[AlertStep]:
        """An alert's history with the inputs of each judgement."""
        values = {"alert_id": alert_id, "target_id": None, "known_at": known_at}
        with self._connection() as connection:
            return _steps(connection, values)

    def history(
        self, target_id: UUID, *, known_at: int = FOR_EVER, limit: int = 500
    ) -> list[HistoryLine]:
        """What happened to a target, newest first."""
        values = {"target_id": target_id, "known_at": known_at, "limit": limit}
        with self._connection() as connection:
            return _rows(connection, HistoryLine, "history", values)

    def payments(
        self,
        *,
        target_id: UUID | None = None,
        fiscal_year: int | None = None,
        standing: str | None = None,
        after: tuple[int, str] | None = None,
        limit: int = 50,
        known_at: int = FOR_EVER,
    ) -> list[PaymentRow]:
        """Voucher lines in the order of the log; ``standing`` e.g. ``unclaimed``."""
        values = {
            "target_id": target_id,
            "fiscal_year": fiscal_year,
            "standing": standing,
            "after": after[0] if after else None,
            "after_key": after[1] if after else None,
            "limit": limit,
            "known_at": known_at,
        }
        with self._connection() as connection:
            return _rows(connection, PaymentRow, "payments", values)

    def evaluations(
        self, fiscal_year: int, *, known_at: int = FOR_EVER, limit: int = 400
    ) -> list[EvaluationRow]:
        """Evaluations of a year, newest first."""
        values = {"fiscal_year": fiscal_year, "known_at": known_at, "limit": limit}
        with self._connection() as connection:
            return _rows(connection, EvaluationRow, "evaluations", values)

    def imports(
        self, fiscal_year: int | None = None, limit: int = 100, known_at: int = FOR_EVER
    ) -> list[ImportRow]:
        """Files brought in, newest first; those begun not after a position, as they stand now."""
        values = {"fiscal_year": fiscal_year, "limit": limit, "known_at": known_at}
        with self._connection() as connection:
            return _rows(connection, ImportRow, "imports", values)

    def counts(self) -> Counts:
        """How much there is of everything."""
        with self._connection() as connection:
            return _rows(connection, Counts, "counts", {})[0]


def _configure(connection: Connection[TupleRow]) -> None:
    connection.execute("SET search_path = read, operational")
    connection.execute("SET TIME ZONE 'UTC'")


def _clocks(moment: Moment) -> dict[str, Any]:
    return {
        "fiscal_year": moment.fiscal_year,
        "as_of": moment.as_of,
        "known_at": moment.known_at,
    }


def _rows(
    connection: Connection[TupleRow], kind: type[Row], statement: str, values: dict[str, Any]
) -> list[Row]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(SQL[statement], values).fetchall()


def _readings(connection: Connection[TupleRow]) -> Readings:
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


def _stored_moment(connection: Connection[TupleRow], moment: Moment) -> Moment:
    """If the last thing recorded is an evaluation of this day, look where that one looked."""
    row = connection.execute(SQL["evaluation_ending_at"], {"position": moment.known_at}).fetchone()
    if row is None or row[0] != moment.as_of:
        return moment
    return Moment(moment.fiscal_year, moment.as_of, row[1])


def _stored(connection: Connection[TupleRow], moment: Moment) -> JudgedYear | None:
    targets = connection.execute(SQL["stored_standings"], _clocks(moment)).fetchall()
    if not targets:
        return None
    units = connection.execute(SQL["stored_units"], _clocks(moment)).fetchall()
    return JudgedYear(
        moment,
        policy_in_force(connection, moment.as_of, moment.known_at),
        complete_to(connection, moment),
        tuple(from_document(JudgedTarget, row[0]) for row in targets),
        {unit: from_document(UnitStanding, document) for unit, document in units},
    )


def _declaration(connection: Connection[TupleRow], clocks: dict[str, Any]) -> Declaration:
    row = connection.execute(SQL["declaration"], clocks).fetchone()
    if row is None:
        raise NotOnRecordError(clocks["target_id"])
    return from_document(Declaration, row[0])


def _spending(
    connection: Connection[TupleRow], clocks: dict[str, Any], terms: PolicyTerms
) -> tuple[DayAmount, ...]:
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


def _alerts(connection: Connection[TupleRow], clocks: dict[str, Any]) -> list[AlertRow]:
    found = _rows(connection, AlertRow, "alerts", clocks)
    return sorted(
        found, key=lambda a: (a.state == "resolved", a.severity, a.raised_on, str(a.alert_id))
    )


def _steps(connection: Connection[TupleRow], values: dict[str, Any]) -> list[AlertStep]:
    return [
        replace(step, inputs=from_document(Inputs, str(step.inputs)))
        for step in _rows(connection, AlertStep, "alert_steps", values)
    ]
