"""Standing rules for unclaimed lines: tried, set, listed, ended."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response

from services.api.clocks import ClocksAsked
from services.api.pages import Page
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.claim import (
    CarryReply,
    CarryShape,
    RuleEndShape,
    RulePreviewReply,
    RuleReply,
    RuleSetReply,
    RuleShape,
    RuleTrialShape,
)
from services.api.shapes.values import Year
from services.api.writes import WriteAsked
from services.carrying_rules import carry_rules, preview_carrying
from services.claiming_by_rule import RulePlace, RulePreview, end_rule, preview_rule, set_rule

router = APIRouter(
    prefix="/api/v1/claim-rules",
    tags=["支付"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


@router.get("", summary="认领规则")
def list_rules(read_model: ReadModelNeeded, clocks: ClocksAsked, year: Year) -> Page[RuleReply]:
    """一年的规则，新的在前，连同各自归集的行数和金额；一页即全部。"""
    rules = read_model.unclaimed_lines.rules(clocks.of_year(year))
    return Page(
        items=[RuleReply.model_validate(one) for one in rules],
        next_cursor=None,
        position=clocks.position,
    )


@router.post("/preview", response_model=RulePreviewReply, summary="试算一条规则")
def preview(body: RuleTrialShape, write: WriteAsked) -> Response:
    """按现有记录会归集哪些行；不作记录。"""

    def act() -> RulePreviewReply:
        read_model = write.parts.services.read_model
        place = RulePlace(write.region, body.fiscal_year)
        seen = preview_rule(write.log, read_model, place, body.to_domain())
        return _told(seen, read_model.position())

    return write.once(act)


@router.post("", response_model=RuleSetReply, summary="设立认领规则")
def set_(body: RuleShape, write: WriteAsked) -> Response:
    """已有的和以后的行都适用；项目编码、文号对得上的和人工认领的不受影响。"""

    def act() -> RuleSetReply:
        place = RulePlace(write.region, body.fiscal_year)
        done = set_rule(write.log, place, body.to_domain(), meta=write.meta, command=write.command)
        return RuleSetReply.model_validate(done)

    return write.once(act)


@router.post("/{year}/carry", response_model=CarryReply, summary="沿用上年的认领规则")
def carry(year: Year, body: CarryShape, write: WriteAsked) -> Response:
    """自本年1月1日起，归入本年同编码或同名同单位的项目；不能沿用的说明原因，再次执行不重复。"""

    def act() -> CarryReply:
        place, lookups = RulePlace(write.region, year), write.parts.lookups
        if body.preview:
            seen = preview_carrying(write.log, lookups, place)
        else:
            seen = carry_rules(write.log, lookups, place, meta=write.meta, command=write.command)
        return CarryReply.of(seen, write.log.head())

    return write.once(act)


@router.post("/{year}/{number}/end", response_model=RuleSetReply, summary="停用认领规则")
def end(year: Year, number: int, body: RuleEndShape, write: WriteAsked) -> Response:
    """自某日起支付的不再适用；自规则首日停用即从头作废。原规则留在记录里。"""

    def act() -> RuleSetReply:
        done = end_rule(
            write.log,
            RulePlace(write.region, year),
            body.to_domain(number),
            meta=write.meta,
            command=write.command,
        )
        return RuleSetReply.model_validate(done)

    return write.once(act)


def _told(seen: RulePreview, position: int) -> RulePreviewReply:
    return RulePreviewReply.model_validate(
        {
            "position": position,
            "lines": seen.lines,
            "amount": seen.amount,
            "units": [
                {"unit": unit, "lines": lines, "amount": amount}
                for unit, lines, amount in seen.units
            ],
            "of_rules": {str(number): count for number, count in seen.of_rules},
            "left": seen.left,
            "items": [
                {
                    "voucher_id": line.voucher_id,
                    "voucher_no": line.voucher_no,
                    "line_key": line.printed.line_key,
                    "amount": line.printed.amount,
                    "paid_on": line.printed.paid_on,
                    "unit_name": line.printed.unit_name or line.printed.unit_code,
                    "project_name": line.printed.project_name,
                    "summary": line.printed.summary,
                    "rule": line.rule,
                }
                for line in seen.shown
            ],
        }
    )
