"""Payments: recorded, listed, corrected, claimed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from http import HTTPStatus
from uuid import UUID

import msgspec
from fastapi import APIRouter, Response

from domain.payment import Payment
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.payment import (
    ClaimShape,
    CorrectionShape,
    ImportedReply,
    PaymentReply,
    PaymentsShape,
)
from services.api.shapes.values import Year
from services.api.writes import WriteAsked, Written
from services.claiming import LineClaim, LineRef, claim_line
from services.readmodel.rows import PaymentRow
from services.recording_payments import (
    LineCorrection,
    PaymentBatch,
    correct_payment,
    record_payments,
)

router = APIRouter(
    prefix="/api/v1/payments",
    tags=["支付"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


class PaymentPlace(msgspec.Struct):
    """Where a list of voucher lines goes on."""

    after: tuple[int, str]


class LineStanding(StrEnum):
    """Where a line stands: matched to a target, unclaimed, basic expenditure, split."""

    MATCHED = "matched"
    UNCLAIMED = "unclaimed"
    BASIC = "basic"
    SPLIT = "split"


class PaymentsReply(ImportedReply, Written):
    """What became of the vouchers of a request."""

    position: int


@router.post("", response_model=PaymentsReply, summary="录入支付")
def record(body: PaymentsShape, write: WriteAsked) -> Response:
    """一张或多张凭证。同一行再来不重复；金额或日期不同的列为冲突，不覆盖。"""

    def act() -> PaymentsReply:
        region = write.region
        batch = PaymentBatch(
            region,
            body.fiscal_year,
            tuple(voucher.to_domain(region) for voucher in body.vouchers),
            body.complete_to,
        )
        done = record_payments(write.log, batch, meta=write.meta, today=write.today)
        return PaymentsReply.model_validate(done)

    return write.once(act)


@router.get("", summary="支付明细")
def list_payments(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year | None = None,
    standing: LineStanding | None = None,
) -> Page[PaymentReply]:
    """按入库先后；standing=unclaimed 为未认领。"""
    place = paging.place(PaymentPlace)
    rows = read_model.payments(
        fiscal_year=year,
        standing=standing,
        after=place.after if place else None,
        limit=paging.limit + 1,
        known_at=clocks.known_at,
    )
    return page_of_payments(rows, paging.limit, clocks.position)


@router.post("/{voucher_id}/corrections", response_model=Written, summary="更正支付")
def correct(voucher_id: UUID, body: CorrectionShape, write: WriteAsked) -> Response:
    """录错的改正，按原支付日计；原记录保留。"""

    def act() -> Written:
        correction = LineCorrection(
            write.log.get(Payment, voucher_id).voucher,
            body.line_key,
            body.reason,
            body.amount.amount if body.amount else None,
            body.paid_on,
            body.project_code,
            body.document_no,
            body.fund_nature,
        )
        done = correct_payment(
            write.log, correction, meta=write.meta, today=write.today, command=write.command
        )
        return Written.model_validate(done)

    return write.once(act)


@router.post("/{voucher_id}/claims", response_model=Written, summary="认领支付")
def claim(voucher_id: UUID, body: ClaimShape, write: WriteAsked) -> Response:
    """认领、拆分，或标为基本支出；各部分合计须等于该行金额。"""

    def act() -> Written:
        shares = tuple(share.to_domain() for share in body.shares)
        claimed = LineClaim(LineRef(voucher_id, body.line_key), shares, body.reason)
        done = claim_line(write.log, claimed, meta=write.meta, command=write.command)
        return Written.model_validate(done)

    return write.once(act)


def page_of_payments(rows: Sequence[PaymentRow], limit: int, position: int) -> Page[PaymentReply]:
    """Make a page of what was asked for with one more."""
    page, last = cut(rows, limit)
    return Page(
        items=[PaymentReply.model_validate(row) for row in page],
        next_cursor=cursor_of(PaymentPlace((last.position, last.line_key))) if last else None,
        position=position,
    )
