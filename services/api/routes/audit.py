"""The audit, for auditors."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query

from services.access.audit import LAST, Outcome
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import PartsNeeded
from services.api.problems import documented
from services.api.shapes.account import AuditReply
from services.api.shapes.values import Day
from services.auditing import AuditQuery, read_audit

router = APIRouter(
    prefix="/api/v1/audit",
    tags=["审计"],
    responses=documented(
        HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


class AuditPlace(msgspec.Struct):
    """Before which line the list goes on."""

    number: int


def asked(  # one for each parameter of the address
    since: Annotated[Day | None, Query(description="自某日")] = None,
    until: Annotated[Day | None, Query(description="至某日，含该日")] = None,
    actor: Annotated[str | None, Query(max_length=100, description="登录名")] = None,
    what: Annotated[
        str | None, Query(max_length=100, description="事项，如 target.declare；以点结尾为一类")
    ] = None,
    outcome: Annotated[Outcome | None, Query(description="结果")] = None,
    unit: Annotated[str | None, Query(max_length=100, description="单位，含下属单位")] = None,
) -> AuditQuery:
    """Take the filters from the address."""
    return AuditQuery(since, until, actor, what, outcome, unit)


@router.get("", summary="审计记录")
def list_lines(
    parts: PartsNeeded, paging: PagingAsked, query: Annotated[AuditQuery, Depends(asked)]
) -> Page[AuditReply]:
    """新的在前；每次查看本身也记入。"""
    place = paging.place(AuditPlace)
    lines = read_audit(
        parts.desk.audit,
        replace(query, before=place.number if place else LAST),
        parts.services.units_today(),
        paging.limit + 1,
    )
    found, last = cut(lines, paging.limit)
    return Page(
        items=[AuditReply.model_validate(line) for line in found],
        next_cursor=cursor_of(AuditPlace(last.number)) if last else None,
        position=parts.services.read_model.position(),
    )
