"""Files that prove what was reported: attached, listed, handed out, withdrawn, destroyed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel

from domain.evidence import Proves
from services.api.clocks import ClocksAsked
from services.api.door.sign_in_page import At
from services.api.downloads import download
from services.api.parts import PartsNeeded, ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.evidence import AttachedReply, EndingShape, EvidenceReply
from services.api.shapes.values import Day
from services.api.writes import Write, WriteAsked, Written, at
from services.attaching import End, EvidenceUpload, attach, hand_out, redact, withdraw

router = APIRouter(
    prefix="/api/v1",
    tags=["佐证材料"],
    responses=documented(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)


class EvidenceList(BaseModel):
    """All files of a target, in the order they came in."""

    items: list[EvidenceReply]
    position: int


@router.get("/targets/{target_id}/evidence", summary="佐证材料")
def list_evidence(
    target_id: UUID, read_model: ReadModelNeeded, clocks: ClocksAsked
) -> EvidenceList:
    """一个项目及其各完成值的佐证材料；已撤回、已销毁的也列出。"""
    read_model.target(target_id)
    rows = read_model.evidence_files.of_target(target_id, clocks.known_at)
    return EvidenceList(
        items=[EvidenceReply.model_validate(row) for row in rows], position=clocks.position
    )


@router.post("/targets/{target_id}/evidence", response_model=AttachedReply, summary="上传佐证材料")
def attach_evidence(  # the fields of a form
    target_id: UUID,
    file: Annotated[UploadFile, File(description="任何类型，不超过20MB")],
    write: WriteAsked,
    indicator_id: Annotated[UUID | None, Form(description="证明哪个指标；不填为整个项目")] = None,
    part: Annotated[int, Form(ge=0, description="一格两数时第几个，从0起")] = 0,
    reported_on: Annotated[Day | None, Form(description="证明截至哪天的完成值")] = None,
) -> Response:
    """同一文件再传不重复；撤回的文件再传即恢复。"""

    def act() -> AttachedReply:
        upload = EvidenceUpload(
            Proves(target_id, indicator_id, part, reported_on),
            file.filename or "",
            file.file.read(),
            write.today,
        )
        done = attach(write.parts.services.evidence_desk, upload, meta=write.meta)
        return AttachedReply.model_validate(done)

    return write.once(act)


@router.get(
    "/evidence/{evidence_id}/content",
    summary="下载佐证材料",
    response_class=Response,
    responses={
        200: {
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
            "description": "原文件",
        }
    },
)
def download_evidence(evidence_id: UUID, parts: PartsNeeded, visitor: At) -> Response:
    """原样取回；谁在何时取走会留下记录。"""
    found = hand_out(parts.services.evidence_desk, evidence_id, visitor)
    return download(found.content, found.name)


@router.post("/evidence/{evidence_id}/withdrawal", response_model=Written, summary="撤回佐证材料")
def withdraw_evidence(evidence_id: UUID, body: EndingShape, write: WriteAsked) -> Response:
    """撤回后不再作为佐证，仍可查；再上传同一文件即恢复。"""
    return _ended(withdraw, evidence_id, body, write)


@router.post("/evidence/{evidence_id}/redaction", response_model=Written, summary="销毁佐证材料")
def redact_evidence(evidence_id: UUID, body: EndingShape, write: WriteAsked) -> Response:
    """含不宜留存的个人信息时使用：密钥销毁后任何人都不能再读，只留校验值；不能撤销。"""
    return _ended(redact, evidence_id, body, write)


def _ended(end: End, evidence_id: UUID, body: EndingShape, write: Write) -> Response:
    desk = write.parts.services.evidence_desk

    def act() -> Written:
        day, meta, command = body.on, write.meta, write.command
        return at(end(desk, evidence_id, body.reason, on=day, meta=meta, command=command))

    return write.once(act)
