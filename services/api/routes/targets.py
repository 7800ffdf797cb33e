"""Targets: declared, listed, read at a pair of clocks."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.routes.payments import PaymentPlace, page_of_payments
from services.api.shapes.approval import NewTargetShape
from services.api.shapes.payment import PaymentReply
from services.api.shapes.target import CurveReply, HistoryReply, TargetReply, TargetWhole
from services.api.shapes.values import Year
from services.api.writes import WriteAsked, Written
from services.declaring import DeclaredAs, declare

router = APIRouter(
    prefix="/api/v1/targets",
    tags=["绩效目标"],
    responses=documented(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class TargetPlace(msgspec.Struct):
    """Where a list of targets goes on."""

    after: int


class DeclaredReply(Written):
    """What declaring did; ``revision_proposed`` waits for approval."""

    target_id: UUID
    outcome: DeclaredAs


@router.post("", response_model=DeclaredReply, summary="申报绩效目标")
def declare_target(body: NewTargetShape, write: WriteAsked) -> Response:
    """同一项目再次申报：内容相同则不变，内容不同则成为待批准的目标调整。"""

    def act() -> DeclaredReply:
        declaration = body.to_domain(write.region)
        done = declare(
            write.log,
            declaration,
            on=write.today,
            approval=body.given_approval(),
            meta=write.meta,
            command=write.command,
        )
        return DeclaredReply.model_validate(done)

    return write.once(act)


@router.get("", summary="项目台账")
def list_targets(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year | None = None,
    unit: Annotated[str | None, Query(max_length=300, description="单位编码或名称")] = None,
) -> Page[TargetReply]:
    """按申报先后列出。"""
    place = paging.place(TargetPlace) or TargetPlace(0)
    rows = read_model.targets(
        fiscal_year=year,
        unit=unit,
        after=place.after,
        limit=paging.limit + 1,
        known_at=clocks.known_at,
    )
    page, last = cut(rows, paging.limit)
    return Page(
        items=[TargetReply.model_validate(row) for row in page],
        next_cursor=cursor_of(TargetPlace(last.first_position)) if last else None,
        position=clocks.position,
    )


@router.get("/{target_id}", summary="一个项目")
def show_target(target_id: UUID, read_model: ReadModelNeeded, clocks: ClocksAsked) -> TargetWhole:
    """某日（as_of）、按当时所知（known_at）的绩效目标和两盏灯。"""
    row = read_model.target(target_id)
    detail = read_model.detail(target_id, clocks.of_year(row.fiscal_year))
    return TargetWhole.of(row, detail, clocks.known_at, clocks.position)


@router.get("/{target_id}/history", summary="历史记录")
def target_history(
    target_id: UUID,
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
) -> Page[HistoryReply]:
    """最近的在前。"""
    read_model.target(target_id)
    place = paging.place(TargetPlace)
    known_at = clocks.known_at if place is None else place.after - 1
    rows = read_model.history(target_id, known_at=known_at, limit=paging.limit + 1)
    page, last = cut(rows, paging.limit)
    return Page(
        items=[HistoryReply.model_validate(row) for row in page],
        next_cursor=cursor_of(TargetPlace(last.position)) if last else None,
        position=clocks.position,
    )


@router.get("/{target_id}/payments", summary="支付明细")
def target_payments(
    target_id: UUID,
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
) -> Page[PaymentReply]:
    """归到该项目的凭证行，按入库先后。"""
    read_model.target(target_id)
    place = paging.place(PaymentPlace)
    rows = read_model.payments(
        target_id=target_id,
        after=place.after if place else None,
        limit=paging.limit + 1,
        known_at=clocks.known_at,
    )
    return page_of_payments(rows, paging.limit, clocks.position)


@router.get("/{target_id}/curve", summary="支出进度曲线")
def target_curve(target_id: UUID, read_model: ReadModelNeeded, clocks: ClocksAsked) -> CurveReply:
    """计划（直线、阶梯、节点）与实际支出，财政资金，元。"""
    row = read_model.target(target_id)
    detail = read_model.detail(target_id, clocks.of_year(row.fiscal_year))
    return CurveReply.of(detail, clocks.as_of, clocks.known_at, clocks.position)
