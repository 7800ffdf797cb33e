"""Evaluations: a day judged, and the list of those on record."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Response
from pydantic import Field

from domain.alert import AlertChange, Rule, Severity
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.values import Body, Day, Reply, Year
from services.api.writes import WriteAsked, Written
from services.evaluating import EvaluationReport

router = APIRouter(
    prefix="/api/v1/evaluations",
    tags=["监控"],
    responses=documented(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE),
)


class EvaluationPlace(msgspec.Struct):
    """Where the list goes on."""

    before: int


class EvaluationShape(Body):
    """Which day to judge."""

    as_of: Day
    year: Annotated[Year | None, Field(description="预算年度；缺省为该日所在年")] = None


class FoundReply(Reply):
    """A lag as found, and what the evaluation did with it."""

    alert_id: UUID
    rule: Rule
    target_id: UUID
    indicator_id: UUID | None
    severity: Severity
    change: AlertChange
    sentence: str
    inputs: dict[str, str]


class EvaluationReply(Written):
    """What judging a day found and changed.

    ``recorded`` is false for a day before the last one judged, and where nothing was recorded
    since the same day was judged.
    """

    fiscal_year: int
    as_of: Day
    known_at: int
    recorded: bool
    targets: int
    changes: dict[AlertChange, int]
    found: list[FoundReply]

    @classmethod
    def of(cls, report: EvaluationReport) -> EvaluationReply:
        """Read it from a report."""
        return cls(
            position=report.position or report.known_at,
            fiscal_year=report.fiscal_year,
            as_of=report.as_of,
            known_at=report.known_at,
            recorded=report.recorded,
            targets=report.targets,
            changes=report.changes,
            found=[
                FoundReply(
                    alert_id=one.alert_id,
                    rule=one.lag.scope.rule,
                    target_id=one.lag.scope.target_id,
                    indicator_id=one.lag.scope.indicator_id,
                    severity=one.lag.severity,
                    change=one.change,
                    sentence=one.lag.sentence,
                    inputs=dict(one.lag.inputs),
                )
                for one in report.found
            ],
        )


class EvaluatedReply(Reply):
    """That a day was judged."""

    position: int
    recorded_at: datetime
    fiscal_year: int
    as_of: Day
    known_at: int
    policy_version: int
    targets: int
    raised: int
    worsened: int
    eased: int
    resolved: int


@router.post("", response_model=EvaluationReply, summary="评判一天")
def evaluate(body: EvaluationShape, write: WriteAsked) -> Response:
    """记录预警的变化；重复评判不改变记录，早于最近一次的只列出所见。"""

    def act() -> EvaluationReply:
        evaluator = write.parts.services.evaluator(write.region)
        year = body.year or body.as_of.year
        report = evaluator.evaluate(year, body.as_of, today=write.today, meta=write.meta)
        return EvaluationReply.of(report)

    return write.once(act)


@router.get("", summary="历次评判")
def list_evaluations(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year,
) -> Page[EvaluatedReply]:
    """最近的在前。"""
    place = paging.place(EvaluationPlace)
    known_at = place.before - 1 if place else clocks.known_at
    rows = read_model.evaluations(year, known_at=known_at, limit=paging.limit + 1)
    page, last = cut(rows, paging.limit)
    return Page(
        items=[EvaluatedReply.model_validate(row) for row in page],
        next_cursor=cursor_of(EvaluationPlace(last.position)) if last else None,
        position=clocks.position,
    )
