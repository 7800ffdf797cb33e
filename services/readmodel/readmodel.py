"""One method a question; frozen rows out. Nothing here writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from domain.access.unit_key import unit_key
from domain.declaration import Declaration
from domain.errors import MonitoringError, NotOnRecordError
from domain.indicator import Achievement
from domain.monitoring_round import MonitoringRound
from domain.planned import fiscal_lines, plan_curve
from domain.standing import plan_of
from domain.unit_tree import UnitTree
from services.clock import SHANGHAI
from services.readmodel import asking
from services.readmodel.asked import AskedTargets
from services.readmodel.asking import SQL
from services.readmodel.documents import from_document
from services.readmodel.evidence import EvidenceFiles
from services.readmodel.judged import (
    JudgedTarget,
    JudgedYear,
    judge_year,
    unclaimed_by_unit,
)
from services.readmodel.moment import Moment
from services.readmodel.pictures import (
    PolicyInForce,
    complete_to,
    policy_in_force,
    rounds_of,
)
from services.readmodel.rows import (
    AlertRow,
    AlertStep,
    Counts,
    EvaluationRow,
    HistoryLine,
    ImportedTarget,
    ImportRow,
    PaymentRow,
    Readings,
    StageStep,
    TargetDetail,
    TargetRow,
)
from services.readmodel.sight import EVERYTHING, Sight
from services.readmodel.unclaimed import UnclaimedLines
from services.readmodel.units import unit_tree

WAIT_S = 2.0

PAGE_ROWS = 1_000
"""Lines of history, and of payments, on one page at the most."""

FOR_EVER = 2**62


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


def _key(code: str) -> str:
    return unit_key(code, None)


@dataclass(slots=True)
class _Kept:
    """The last year judged, for all who see the same rows; shared by all views of the tables."""

    key: tuple[Moment, int, frozenset[str] | None] | None = None
    judged: JudgedYear | None = None


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
            configure=asking.configure,
            check=ConnectionPool.check_connection,
            timeout=5.0,
        )
        self._sight = EVERYTHING
        self._kept = _Kept()

    def seen_by(self, sight: Sight) -> ReadModel:
        """The same tables as somebody else sees them, on the same connections."""
        seen = copy(self)
        seen._sight = sight  # noqa: SLF001  # our own, just made
        return seen

    @property
    def unclaimed_lines(self) -> UnclaimedLines:
        """Questions about lines that nobody claimed yet."""
        return UnclaimedLines(self._connection)

    @property
    def asked_targets(self) -> AskedTargets:
        """Questions about what needs a person."""
        return AskedTargets(self._connection)

    @property
    def evidence_files(self) -> EvidenceFiles:
        """Questions about files that prove something."""
        return EvidenceFiles(self._connection)

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection[TupleRow]]:
        """One consistent picture: all questions of a block see the same rows."""
        self._pool.open()
        with self._pool.connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._sight.impose(connection)
            yield connection

    def _require_seen(self, connection: Connection[TupleRow], target_id: UUID) -> None:
        """NotOnRecordError where a target is not shown, as where there is none."""
        row = connection.execute(SQL["unit_key"], {"target_id": target_id}).fetchone()
        if row is None or not self._sight.sees(row[0]):
            raise NotOnRecordError(f"绩效目标 {target_id}")

    # Where the tables stand.

    def readings(self) -> Readings:
        """How far the tables have read, and what is incomplete."""
        with self._connection() as connection:
            return asking.readings(connection)

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
            found = unclaimed_by_unit(connection, moment, complete, terms)
        return {
            unit: sum_ for unit, sum_ in found.items() if self._sight.sees(unit_key(unit, None))
        }

    # Lights.

    def judged_year(self, moment: Moment) -> JudgedYear:
        """All targets of a year with their lights, worst first.

        Read from the standing rows where an evaluation or a month end stored this very pair,
        else computed by the same rules, and kept until something new is recorded.
        """
        with self._connection() as connection:
            moment = asking.stored_moment(connection, moment)
            stored = asking.stored_standings(connection, moment)
            if stored is not None:
                return self._shown(stored)
            key = (moment, asking.readings(connection).position, self._sight.keys)
            if self._kept.key == key and self._kept.judged is not None:
                return self._kept.judged
            judged = self._shown(judge_year(connection, moment))
        self._kept.key, self._kept.judged = key, judged
        return judged

    def _shown(self, judged: JudgedYear) -> JudgedYear:
        """What somebody sees of a year: his units' targets, and his units."""
        if self._sight.is_whole:
            return judged
        targets = tuple(one for one in judged.targets if self._sight.sees(one.unit_key))
        units = {one.unit for one in targets}
        seen = {unit: standing for unit, standing in judged.units.items() if unit in units}
        return replace(judged, targets=targets, units=seen)

    def judged_target(self, target_id: UUID, moment: Moment) -> JudgedTarget:
        """One target at any pair of clocks, computed at once.

        Raises:
            NotOnRecordError: there is none, or it did not count on that day.
        """
        with self._connection() as connection:
            self._require_seen(connection, target_id)
            policy = policy_in_force(connection, moment.as_of, moment.known_at)
            return asking.judged_target(connection, moment, target_id, policy.terms)

    def detail(self, target_id: UUID, moment: Moment) -> TargetDetail:
        """Everything a target's page shows.

        Raises:
            NotOnRecordError: there is none, or it did not count on that day.
        """
        with self._connection() as connection:
            self._require_seen(connection, target_id)
            policy = policy_in_force(connection, moment.as_of, moment.known_at)
            judged = asking.judged_target(connection, moment, target_id, policy.terms)
            lines = fiscal_lines(judged.picture.fund_lines)
            year_end = date(moment.fiscal_year, 12, 31)
            clocks = asking.clocks_of(moment) | {"target_id": target_id} | self._sight.parameters
            latest = clocks | {"limit": PAGE_ROWS}
            return TargetDetail(
                judged=judged,
                declaration=asking.declaration(connection, clocks),
                stages=tuple(asking.stages(connection, clocks)),
                policy=policy,
                plan=plan_curve(plan_of(judged.picture, policy.terms), lines, year_end),
                spending=asking.spending(connection, clocks, policy.terms),
                alerts=tuple(asking.alerts(connection, clocks)),
                alert_steps=tuple(asking.alert_steps(connection, clocks | {"alert_id": None})),
                history=tuple(asking.rows_of(connection, HistoryLine, "history", latest)),
                payments=tuple(asking.rows_of(connection, PaymentRow, "target_payments", latest)),
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
            **self._sight.parameters,
        }
        with self._connection() as connection:
            return asking.rows_of(connection, TargetRow, "targets_page", values)

    def target(self, target_id: UUID) -> TargetRow:
        """One target as it is looked up; NotOnRecordError."""
        with self._connection() as connection:
            self._require_seen(connection, target_id)
            found = asking.rows_of(connection, TargetRow, "target", {"target_id": target_id})
        if not found:
            raise NotOnRecordError(f"绩效目标 {target_id}")
        return found[0]

    def declared_beside(self, target_id: UUID) -> list[Declaration]:
        """The latest declarations of the other targets of its year, unit and department."""
        with self._connection() as connection:
            rows = connection.execute(SQL["declared_beside"], {"target_id": target_id}).fetchall()
        return [from_document(Declaration, row[0]) for row in rows]

    def year_before(self, target_id: UUID) -> tuple[Declaration, list[Achievement]] | None:
        """What the same project declared the year before, and reported last of each indicator."""
        with self._connection() as connection:
            found = connection.execute(SQL["year_before"], {"target_id": target_id}).fetchone()
            if found is None:
                return None
            reports = connection.execute(SQL["latest_reports"], {"target_id": found[0]}).fetchall()
        achieved = [from_document(Achievement, row[0]) for row in reports]
        return from_document(Declaration, found[1]), achieved

    def stages(
        self, target_id: UUID, as_of: date, known_at: int = FOR_EVER
    ) -> tuple[StageStep, ...]:
        """The steps of a target's declaration towards its approval, in their order."""
        values = {"target_id": target_id, "as_of": as_of, "known_at": known_at}
        with self._connection() as connection:
            return tuple(asking.stages(connection, values))

    def alerts(self, moment: Moment, target_id: UUID | None = None) -> list[AlertRow]:
        """Alerts as they stood at a moment, worst and longest first."""
        values = asking.clocks_of(moment) | {"target_id": target_id} | self._sight.parameters
        with self._connection() as connection:
            return asking.alerts(connection, values)

    def alert(self, alert_id: UUID) -> AlertRow:
        """One alert as it stands now; NotOnRecordError."""
        with self._connection() as connection:
            return self._alert(connection, alert_id)

    def _alert(self, connection: Connection[TupleRow], alert_id: UUID) -> AlertRow:
        """NotOnRecordError where it is not shown, as where there is none."""
        values = {"alert_id": alert_id} | self._sight.parameters
        found = asking.rows_of(connection, AlertRow, "alert", values)
        if not found:
            raise NotOnRecordError(f"预警 {alert_id}")
        return found[0]

    def alert_steps(self, alert_id: UUID, known_at: int = FOR_EVER) -> list[AlertStep]:
        """An alert's history with the inputs of each judgement."""
        values = {"alert_id": alert_id, "target_id": None, "known_at": known_at}
        with self._connection() as connection:
            self._alert(connection, alert_id)
            return asking.alert_steps(connection, values)

    def history(
        self, target_id: UUID, *, known_at: int = FOR_EVER, limit: int = 500
    ) -> list[HistoryLine]:
        """What happened to a target, newest first."""
        values = {"target_id": target_id, "known_at": known_at, "limit": limit}
        with self._connection() as connection:
            self._require_seen(connection, target_id)
            return asking.rows_of(connection, HistoryLine, "history", values)

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
            **self._sight.parameters,
        }
        with self._connection() as connection:
            return asking.rows_of(connection, PaymentRow, "payments", values)

    def evaluations(
        self, fiscal_year: int, *, known_at: int = FOR_EVER, limit: int = 400
    ) -> list[EvaluationRow]:
        """Evaluations of a year, newest first."""
        values = {"fiscal_year": fiscal_year, "known_at": known_at, "limit": limit}
        with self._connection() as connection:
            return asking.rows_of(connection, EvaluationRow, "evaluations", values)

    def imports(
        self, fiscal_year: int | None = None, limit: int = 100, known_at: int = FOR_EVER
    ) -> list[ImportRow]:
        """Files brought in, newest first; those begun not after a position, as they stand now."""
        values = {"fiscal_year": fiscal_year, "limit": limit, "known_at": known_at}
        with self._connection() as connection:
            return asking.rows_of(connection, ImportRow, "imports", values | self._sight.parameters)

    def units(self, region: str, as_of: date, known_at: int = FOR_EVER) -> UnitTree:
        """The units of a region on a day: those whose rows are seen, and those above them."""
        with self._connection() as connection:
            tree = unit_tree(connection, region, as_of, known_at)
        if self._sight.is_whole:
            return tree
        return tree.only(lambda unit: any(map(self._sight.sees, map(_key, unit.codes))))

    def import_(self, import_id: UUID) -> ImportRow:
        """A file that was brought in.

        Raises:
            NotOnRecordError: there is no such import, or it is not read yet.
        """
        with self._connection() as connection:
            found = asking.rows_of(connection, ImportRow, "import", {"import_id": import_id})
        if not found:
            raise NotOnRecordError(f"导入 {import_id}")
        return found[0]

    def import_targets(self, import_id: UUID) -> list[ImportedTarget]:
        """What a form did to targets, in the order of the form."""
        with self._connection() as connection:
            values = {"import_id": import_id}
            return asking.rows_of(connection, ImportedTarget, "import_targets", values)

    def counts(self) -> Counts:
        """How much there is of everything."""
        with self._connection() as connection:
            return asking.rows_of(connection, Counts, "counts", {})[0]
