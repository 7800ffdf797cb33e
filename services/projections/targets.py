"""Rows about targets: versions, plans, fund lines, confirmations, reports, life."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.access.unit_key import unit_key
from domain.approval import Stage
from domain.declaration import Declaration
from domain.funds import FundLine
from domain.indicator import Achievement, Indicator
from domain.target import Target
from services.log.reading import LoggedEvent
from services.projections.window import EventClass, Window
from services.readmodel.documents import as_document
from services.readmodel.plans import PlanInForce
from services.sql import named_statements

SQL = named_statements("services.projections", "targets.sql")

Row = tuple[str, dict[str, Any]]

_ENDS = frozenset({"fund_line_ended"})
"""Statements that change rows which others of the same window write."""


def _moment(entry: LoggedEvent) -> dict[str, Any]:
    return {
        "target_id": entry.event.originator_id,
        "position": entry.position,
        "recorded_at": entry.recorded_at,
    }


def _version(entry: LoggedEvent, declaration: Declaration) -> Iterator[Row]:
    moment = _moment(entry)
    yield (
        "target_version",
        moment
        | {
            "effective_on": declaration.effective_on,
            "fiscal_year": declaration.fiscal_year,
            "document": as_document(declaration),
        },
    )
    yield (
        "target",
        moment
        | {
            "region": declaration.region,
            "fiscal_year": declaration.fiscal_year,
            "project_code": declaration.project_code,
            "project_name": declaration.project_name,
            "unit_code": declaration.unit_code,
            "unit_name": declaration.unit_name,
            "unit_key": unit_key(declaration.unit_code, declaration.unit_name),
            "department": declaration.supervising_department,
        },
    )
    for indicator in declaration.indicators:
        yield (
            "indicator",
            {
                "indicator_id": indicator.indicator_id,
                "target_id": entry.event.originator_id,
                "indicator_class": indicator.indicator_class,
                "category": indicator.category,
                "name": indicator.name,
            },
        )
    plan = PlanInForce(declaration.plan, declaration.shape, declaration.window, "申报")
    yield (
        "target_plan",
        moment
        | {
            "effective_on": declaration.effective_on,
            "declared": True,
            "document": as_document(plan),
        },
    )


def _line(entry: LoggedEvent, line: FundLine) -> Row:
    return (
        "fund_line",
        _moment(entry)
        | {
            "line_no": line.line_no,
            "arrived_on": line.arrived_on,
            "source": line.source,
            "amount": line.amount,
            "original": line.original,
            "document": as_document(line),
        },
    )


def _declared(entry: LoggedEvent, event: Target.Declared) -> Iterator[Row]:
    yield from _version(entry, event.declaration)
    for line in event.declaration.fund_lines:
        yield _line(entry, line)


def _revised(entry: LoggedEvent, event: Target.RevisionApproved) -> Iterator[Row]:
    yield from _version(entry, event.declaration)


def _stage(
    entry: LoggedEvent,
    stage: Stage,
    on_day: date,
    **more: Any,  # noqa: ANN401  # what only some steps have
) -> Iterator[Row]:
    moment = _moment(entry)
    nothing = {"reason": None, "document_no": None, "outside": False}
    objections = as_document(more.pop("objections", ()))
    step = {"on_day": on_day, "stage": stage, "actor": entry.meta.actor, "objections": objections}
    yield "stage", moment | step | nothing | more
    yield "stage_now", moment | {"stage": stage}


def _submitted(entry: LoggedEvent, event: Target.Submitted) -> Iterator[Row]:
    yield from _stage(entry, Stage.SUBMITTED, event.submitted_on)


def _returned(entry: LoggedEvent, event: Target.Returned) -> Iterator[Row]:
    told = {"reason": event.reason, "objections": event.objections}
    yield from _stage(entry, Stage.RETURNED, event.returned_on, **told)


def _approved(entry: LoggedEvent, event: Target.Approved) -> Iterator[Row]:
    told = {"document_no": event.document_no, "outside": event.outside}
    yield from _stage(entry, Stage.APPROVED, event.approved_on, **told)


def _code_added(entry: LoggedEvent, event: Target.CodeAdded) -> Iterator[Row]:
    yield "code_added", _moment(entry) | {"project_code": event.project_code}


def _plan_set(entry: LoggedEvent, event: Target.PlanSet) -> Iterator[Row]:
    plan = PlanInForce(event.plan, event.shape, event.window, event.reason)
    yield (
        "target_plan",
        _moment(entry)
        | {"effective_on": event.effective_on, "declared": False, "document": as_document(plan)},
    )


def _line_arrived(entry: LoggedEvent, event: Target.FundLineArrived) -> Iterator[Row]:
    yield _line(entry, event.line)


def _funds_detailed(entry: LoggedEvent, event: Target.FundsDetailed) -> Iterator[Row]:
    for line_no in event.superseded:
        yield "fund_line_ended", _moment(entry) | {"line_no": line_no}
    for line in event.remainder:
        yield _line(entry, line)


def _settled(entry: LoggedEvent, indicator: Indicator, on: date, *, kind_seen: bool = False) -> Row:
    return (
        "confirmed_indicator",
        _moment(entry)
        | {
            "indicator_id": indicator.indicator_id,
            "confirmed_on": on,
            "kind_seen": kind_seen,
            "document": as_document(indicator),
        },
    )


def _confirmed(entry: LoggedEvent, event: Target.ReadingConfirmed) -> Iterator[Row]:
    yield _settled(entry, event.indicator, event.confirmed_on, kind_seen=True)


def _kind_chosen(entry: LoggedEvent, event: Target.KindChosen) -> Iterator[Row]:
    yield _settled(entry, event.indicator, event.chosen_on, kind_seen=True)


def _weighed(entry: LoggedEvent, event: Target.WeightsConfirmed) -> Iterator[Row]:
    for indicator in event.indicators:
        yield _settled(entry, indicator, event.confirmed_on)


def _baseline(entry: LoggedEvent, event: Target.BaselineSet) -> Iterator[Row]:
    yield _settled(entry, event.indicator, event.set_on)


def _shared(entry: LoggedEvent, event: Target.IndicatorShared) -> Iterator[Row]:
    yield (
        "shared_indicator",
        _moment(entry)
        | {
            "indicator_id": event.indicator_id,
            "confirmed_on": event.confirmed_on,
            "group_id": event.group_id,
        },
    )


def _report(entry: LoggedEvent, achievement: Achievement, *, corrected: bool) -> Row:
    return (
        "report",
        _moment(entry)
        | {
            "indicator_id": achievement.indicator_id,
            "part": achievement.part,
            "reported_on": achievement.reported_on,
            "corrected": corrected,
            "document": as_document(achievement),
        },
    )


def _reported(entry: LoggedEvent, event: Target.AchievementReported) -> Iterator[Row]:
    yield _report(entry, event.achievement, corrected=False)


def _corrected(entry: LoggedEvent, event: Target.AchievementCorrected) -> Iterator[Row]:
    yield _report(entry, event.achievement, corrected=True)


def _over_budget(entry: LoggedEvent, event: Target.OverBudgetConfirmed) -> Iterator[Row]:
    yield "over_budget", _moment(entry) | {"confirmed_on": event.confirmed_on}


def _ended(entry: LoggedEvent, event: Target.Ended) -> Iterator[Row]:
    yield "life", _moment(entry) | {"effective_on": event.ended_on, "life": event.life}


ROWS: dict[EventClass, Callable[[LoggedEvent, Any], Iterable[Row]]] = {
    Target.Declared: _declared,
    Target.Submitted: _submitted,
    Target.Returned: _returned,
    Target.Approved: _approved,
    Target.RevisionApproved: _revised,
    Target.CodeAdded: _code_added,
    Target.PlanSet: _plan_set,
    Target.FundLineArrived: _line_arrived,
    Target.FundsDetailed: _funds_detailed,
    Target.ReadingConfirmed: _confirmed,
    Target.KindChosen: _kind_chosen,
    Target.WeightsConfirmed: _weighed,
    Target.BaselineSet: _baseline,
    Target.IndicatorShared: _shared,
    Target.AchievementReported: _reported,
    Target.AchievementCorrected: _corrected,
    Target.OverBudgetConfirmed: _over_budget,
    Target.Ended: _ended,
}


class TargetRows:
    """What is declared, granted, planned, reported and settled."""

    name = "targets"
    halts = True

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Collect the window's rows by statement and write each set in one go.

        Sets keep the order of the log, so a later version of the same key wins.
        """
        sets: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for entry in window.entries:
            rows = ROWS.get(type(entry.event))
            if rows is not None:
                for statement, row in rows(entry, entry.event):
                    sets[statement].append(row)
        # A line may come and end in one window.
        for statement in sorted(sets, key=_ENDS.__contains__):
            cursor.executemany(SQL[statement], sets[statement])
