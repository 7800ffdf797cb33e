"""Standing rows: what each evaluation saw, and each month end it passed (architecture §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.evaluation import Evaluations
from domain.plan import month_end
from services.projections.window import Window
from services.readmodel.documents import as_document
from services.readmodel.judged import JudgedTarget, JudgedYear, judge_year
from services.readmodel.moment import Moment
from services.sql import named_statements

SQL = named_statements("services.projections", "standings.sql")


class StandingRows:
    """Judges again what an evaluation judged: a pure function of the facts up to its position.

    Facts of a later position are filtered away, so it does not matter that the window's other
    rows are written already.
    """

    name = "standings"
    halts = True

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write the standings of every evaluation of the window."""
        for entry in window.of(Evaluations.Evaluated):
            event = entry.event
            if not isinstance(event, Evaluations.Evaluated):
                continue
            for day in self._days(event, entry.position, cursor):
                moment = Moment(event.fiscal_year, day, event.known_at)
                write(judge_year(cursor.connection, moment), cursor)

    def _days(
        self, event: Evaluations.Evaluated, position: int, cursor: Cursor[TupleRow]
    ) -> Iterator[date]:
        """The month ends since the last evaluation that none was made for, and the day itself."""
        cursor.execute(
            SQL["evaluated_before"], {"fiscal_year": event.fiscal_year, "position": position}
        )
        row = cursor.fetchone()
        last = row[0] if row else None
        day = month_end((last or date(event.fiscal_year - 1, 12, 31)) + timedelta(days=1))
        while day < event.as_of:
            yield day
            day = month_end(day + timedelta(days=1))
        yield event.as_of


def write(judged: JudgedYear, cursor: Cursor[TupleRow]) -> None:
    """Write one row a target, an indicator and a unit."""
    moment = {
        "fiscal_year": judged.moment.fiscal_year,
        "as_of": judged.moment.as_of,
        "known_at": judged.moment.known_at,
    }
    cursor.executemany(SQL["target"], [moment | _target(one) for one in judged.targets])
    cursor.executemany(
        SQL["indicator"], [moment | row for one in judged.targets for row in _indicators(one)]
    )
    cursor.executemany(
        SQL["unit"],
        [
            moment
            | {"unit": unit, "light": standing.money.light, "document": as_document(standing)}
            for unit, standing in judged.units.items()
        ],
    )


def _target(one: JudgedTarget) -> dict[str, Any]:
    money = one.standing.money
    return {
        "target_id": one.picture.target_id,
        "unit": one.unit,
        "money_light": money.light,
        "goals_light": one.standing.goals.light,
        "worst": one.standing.sort_key[0],
        "missing": money.gap,
        "budget": money.budget,
        "executed": money.executed,
        "document": as_document(one),
    }


def _indicators(one: JudgedTarget) -> Iterator[dict[str, Any]]:
    for standing in one.standing.goals.indicators:
        yield {
            "target_id": one.picture.target_id,
            "indicator_id": standing.indicator_id,
            "light": standing.light,
            "not_reported": standing.not_reported,
            "reading_on": standing.read_on,
        }
