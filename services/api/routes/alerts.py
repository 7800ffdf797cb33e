"""Alerts: listed at a pair of clocks, shown with their history, explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from domain.alert import AlertState, Severity
from services.alerting import explain
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.alert import AlertReply, AlertWhole, ExplanationShape, StepReply
from services.api.shapes.values import Year
from services.api.writes import WriteAsked, Written, at
from services.readmodel.moment import Moment

router = APIRouter(
    prefix="/api/v1/alerts",
    tags=["预警"],
    responses=documented(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class AlertPlace(msgspec.Struct):
    """Where the list goes on, at the moment at which it began."""

    as_of: date
    known_at: int
    start: int


@dataclass(frozen=True, slots=True)
class Only:
    """Which alerts of a year are asked for."""

    state: AlertState | None
    severity: Severity | None
    target_id: UUID | None


def only_those(
    state: AlertState | None = None,
    severity: Severity | None = None,
    target_id: UUID | None = None,
) -> Only:
    """Take the filters from the address."""
    return Only(state, severity, target_id)


@router.get("", summary="预警清单")
def list_alerts(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year,
    only: Annotated[Only, Depends(only_those)],
) -> Page[AlertReply]:
    """每条预警在该时点的状态；未销号的在前，红灯在前，久的在前。"""
    place = paging.place(AlertPlace) or AlertPlace(clocks.as_of, clocks.known_at, 0)
    moment = Moment(year, place.as_of, place.known_at)
    chosen = [
        row
        for row in read_model.alerts(moment, only.target_id)
        if only.state in (None, row.state) and only.severity in (None, row.severity)
    ]
    end = place.start + paging.limit
    following = AlertPlace(place.as_of, place.known_at, end)
    return Page(
        items=[AlertReply.model_validate(row) for row in chosen[place.start : end]],
        next_cursor=cursor_of(following) if end < len(chosen) else None,
        position=clocks.position,
    )


@router.get("/{alert_id}", summary="一条预警")
def show_alert(alert_id: UUID, read_model: ReadModelNeeded, clocks: ClocksAsked) -> AlertWhole:
    """现在的状态，和截至 known_at 的经过：每次评判的依据和说明。"""
    row = read_model.alert(alert_id)
    return AlertWhole(
        alert=AlertReply.model_validate(row),
        history=tuple(
            map(StepReply.model_validate, read_model.alert_steps(alert_id, clocks.known_at))
        ),
        position=clocks.position,
    )


@router.post("/{alert_id}/explanations", response_model=Written, summary="填报原因说明")
def explain_alert(alert_id: UUID, body: ExplanationShape, write: WriteAsked) -> Response:
    """已恢复、只欠说明的预警，说明后即销号。"""
    return write.once(
        lambda: at(
            explain(
                write.log,
                alert_id,
                body.to_domain(),
                on=write.today,
                meta=write.meta,
                command=write.command,
            )
        )
    )
