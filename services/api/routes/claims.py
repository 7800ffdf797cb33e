"""Unclaimed lines: listed with proposals, claimed and withdrawn many at once, summed."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from domain.money import ZERO
from domain.proposal import Proposer
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.claim import (
    ChangedReply,
    ClaimsShape,
    ClaimStepReply,
    SumReply,
    SumsReply,
    UnclaimedPage,
    UnclaimedReply,
    WithdrawalsShape,
)
from services.api.shapes.values import Amount, Code, Text, Year
from services.api.writes import WriteAsked
from services.claiming import claim_lines, withdraw_claims
from services.readmodel.moment import Moment
from services.readmodel.unclaimed_rows import LineFilter, Order

router = APIRouter(
    prefix="/api/v1/payments",
    tags=["支付"],
    responses=documented(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)


class UnclaimedPlace(msgspec.Struct):
    """Where the list goes on, at the moment at which it began."""

    as_of: date
    known_at: int
    start: int


def wanted_lines(
    unit: Annotated[
        Text | None,
        Query(max_length=300, description="单位编码，没有编码的为名称；空串为未注明单位"),
    ] = None,
    month: Annotated[
        str | None, Query(pattern=r"^20\d{2}-(0[1-9]|1[0-2])$", description="支付月份，如 2025-06")
    ] = None,
    least: Annotated[Amount | None, Query(description="金额不低于（元，冲销按绝对值）")] = None,
    most: Annotated[Amount | None, Query(description="金额不高于（元，冲销按绝对值）")] = None,
    text: Annotated[
        Text | None,
        Query(max_length=100, description="所印内容里的文字：凭证号、单位、项目、摘要……"),
    ] = None,
) -> LineFilter:
    """Take the filter from the address."""
    of_month = date.fromisoformat(f"{month}-01") if month else None
    return LineFilter(unit, of_month, least, most, text or None)


WantedLines = Annotated[LineFilter, Depends(wanted_lines)]


@router.get("/unclaimed", summary="未认领支付")
def list_unclaimed(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    wanted: WantedLines,
    year: Year,
    order: Order = Order.UNIT,
) -> UnclaimedPage:
    """拆分待重做的在前；每行附建议归属，建议不等于认领。翻页时保持首页的时点。"""
    place = paging.place(UnclaimedPlace) or UnclaimedPlace(clocks.as_of, clocks.known_at, 0)
    moment = Moment(year, place.as_of, place.known_at)
    questions = read_model.unclaimed_lines
    page = questions.page(moment, wanted, order=order, start=place.start, limit=paging.limit)
    proposer = Proposer(questions.candidates(year))
    end = page.start + len(page.rows)
    following = UnclaimedPlace(place.as_of, place.known_at, end)
    return UnclaimedPage.model_validate(
        {
            "items": [UnclaimedReply.of(row, proposer.propose(row.printed())) for row in page.rows],
            "next_cursor": cursor_of(following) if end < page.lines else None,
            "lines": page.lines,
            "amount": page.amount,
            "position": clocks.position,
        }
    )


@router.get("/sums", summary="已录入支付合计")
def sums(read_model: ReadModelNeeded, clocks: ClocksAsked, year: Year) -> SumsReply:
    """按支付月份和去向；国库月报支出 = 已归项目 + 基本支出 + 未认领 + 未录入。"""
    found = read_model.unclaimed_lines.sums(clocks.of_year(year))
    standings = {
        standing: sum((one.amount for one in found if one.standing == standing), ZERO)
        for standing in ("matched", "basic", "unclaimed")
    }
    return SumsReply.model_validate(
        {
            "fiscal_year": year,
            "items": [SumReply.model_validate(one) for one in found],
            **standings,
            "entered": sum(standings.values(), ZERO),
            "position": clocks.position,
        }
    )


@router.get("/{voucher_id}/claims", summary="一行的认领经过")
def list_claims(
    voucher_id: UUID,
    line_key: Annotated[Code, Query(description="该凭证的哪一行")],
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
) -> Page[ClaimStepReply]:
    """按先后；没有 shares 的一步是撤销。"""
    steps = read_model.unclaimed_lines.steps(voucher_id, line_key, clocks.known_at)
    items = [ClaimStepReply.model_validate(step) for step in steps]
    return Page(items=items, next_cursor=None, position=clocks.position)


@router.post("/claims", response_model=ChangedReply, summary="认领多笔支付")
def claim_many(body: ClaimsShape, write: WriteAsked) -> Response:
    """整行归入一个项目，或都标为基本支出；全部成功或全部不动。"""

    def act() -> ChangedReply:
        done = claim_lines(write.log, body.to_domain(), meta=write.meta, command=write.command)
        return ChangedReply.model_validate(done)

    return write.once(act)


@router.post("/claim-withdrawals", response_model=ChangedReply, summary="撤销认领")
def withdraw_many(body: WithdrawalsShape, write: WriteAsked) -> Response:
    """撤销后按编码、文号和规则归集，都没有的回到未认领；原认领留在经过里。"""

    def act() -> ChangedReply:
        done = withdraw_claims(write.log, body.to_domain(), meta=write.meta, command=write.command)
        return ChangedReply.model_validate(done)

    return write.once(act)
