"""A declaration is submitted, returned, approved; and what the review says of it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from domain.target import Target
from services.api.clocks import ClocksAsked
from services.api.parts import PartsNeeded
from services.api.problems import documented
from services.api.shapes.approval import (
    ReturnShape,
    ReviewReply,
    SubmissionShape,
    TargetApprovalShape,
)
from services.api.writes import Write, WriteAsked, Written, at
from services.approving import ApprovalDesk, approve, give_back, review_target, submit

router = APIRouter(
    prefix="/api/v1/targets/{target_id}",
    tags=["绩效目标"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


@router.get("/review", summary="审核情况")
def show_review(target_id: UUID, parts: PartsNeeded, clocks: ClocksAsked) -> ReviewReply:
    """申报所处阶段、经过，以及现在的审核意见；严重程度为 error 的未改正前不能批复。"""
    read_model = parts.services.read_model
    target = parts.services.log.get(Target, target_id)
    steps = read_model.stages(target_id, clocks.as_of, clocks.known_at)
    found = review_target(read_model, target).findings
    return ReviewReply.of(target, found, steps, clocks.position)


@router.post("/submission", response_model=Written, summary="送审")
def submit_declaration(target_id: UUID, body: SubmissionShape, write: WriteAsked) -> Response:
    """草稿或退回后修改的绩效目标送财政审核。"""
    return write.once(
        lambda: at(
            submit(
                _desk(write),
                target_id,
                body.submitted_on or write.today,
                meta=write.meta,
                command=write.command,
            )
        )
    )


@router.post("/return", response_model=Written, summary="退回")
def return_declaration(target_id: UUID, body: ReturnShape, write: WriteAsked) -> Response:
    """附理由和审核意见，退申报单位修改。"""
    return write.once(
        lambda: at(
            give_back(
                _desk(write),
                target_id,
                body.to_return(write.today),
                meta=write.meta,
                command=write.command,
            )
        )
    )


@router.post("/approval", response_model=Written, summary="批复")
def approve_declaration(target_id: UUID, body: TargetApprovalShape, write: WriteAsked) -> Response:
    """审核还有错误时不能批复；指标经核实的视为已改正。"""
    return write.once(
        lambda: at(
            approve(
                _desk(write),
                target_id,
                body.to_approval(write.today),
                meta=write.meta,
                command=write.command,
            )
        )
    )


def _desk(write: Write) -> ApprovalDesk:
    return ApprovalDesk(write.log, write.parts.services.read_model, write.today)
