"""The review of declaration forms: the catalogue of checks, and a form checked against it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile

from domain.review.catalogue import CATALOGUE
from services.annotating import check_file
from services.api.clocks import ClocksAsked
from services.api.problems import documented
from services.api.routes.imports import PastedText, content_of
from services.api.shapes.review import CheckReply, ChecksReply, FormReviewReply
from services.api.writes import WriteAsked
from services.review_answers import check_answer, file_answer

router = APIRouter(
    prefix="/api/v1/review",
    tags=["绩效目标审核"],
    responses=documented(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY),
)


@router.get("/checks", summary="审核规则")
def list_checks(clocks: ClocksAsked) -> ChecksReply:
    """全部审核规则：编号、级别、为什么、例子；级别为 error 的未改正前不能批复。"""
    items = tuple(CheckReply.model_validate(check_answer(check)) for check in CATALOGUE)
    return ChecksReply(items=items, position=clocks.position)


@router.post("/forms", response_model=FormReviewReply, summary="审核申报表")
def check_form(
    write: WriteAsked,
    file: Annotated[UploadFile | None, File(description="申报表文件，不超过20MB")] = None,
    text: PastedText = None,
) -> Response:
    """只审核，不入库；读不出的文件也是一条意见。"""
    content, name = content_of(file, text)

    def act() -> FormReviewReply:
        answer = file_answer(name, check_file(content, name).review)
        return FormReviewReply.model_validate(answer | {"position": write.log.head()})

    return write.once(act)
