"""What needs a person: one list, answered one by one or together (待核实)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from domain.confirmation.question import Topic
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.confirmation import (
    AnswersShape,
    ConfirmedReply,
    KindShape,
    QuestionReply,
)
from services.api.shapes.values import Year
from services.api.writes import WriteAsked, Written, at
from services.confirming import ConfirmationDesk, choose_kind, confirm, open_questions

router = APIRouter(
    prefix="/api/v1",
    tags=["待核实"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


class QuestionPlace(msgspec.Struct):
    """Where the list goes on."""

    start: int


@router.get("/confirmations", summary="待核实问题")
def list_questions(  # noqa: PLR0913, PLR0917  # what the list can be narrowed by
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year,
    unit: Annotated[str | None, Query(max_length=300, description="单位编码或名称")] = None,
    target_id: UUID | None = None,
    topic: Topic | None = None,
    blocking: Annotated[
        bool | None, Query(description="true 只列核实前不亮灯的，false 只列已按建议评判、可改的")
    ] = None,
) -> Page[QuestionReply]:
    """按单位、项目和申报表的顺序，以现在的记录为准；as_of、known_at 在此无意义。"""
    place = paging.place(QuestionPlace) or QuestionPlace(0)
    rows = read_model.asked_targets.of_year(year, unit=unit, target_id=target_id)
    found = [
        one
        for one in open_questions(rows, blocking=blocking)
        if topic in (None, one.question.topic)
    ]
    end = place.start + paging.limit
    return Page(
        items=[QuestionReply.of(one) for one in found[place.start : end]],
        next_cursor=cursor_of(QuestionPlace(end)) if end < len(found) else None,
        position=clocks.position,
    )


@router.post("/confirmations", response_model=ConfirmedReply, summary="核实")
def answer_questions(body: AnswersShape, write: WriteAsked) -> Response:
    """一次可核实多项，要么全部入库，要么都不入库；不填 choice 和 typed 即采纳建议。"""

    def act() -> ConfirmedReply:
        desk = ConfirmationDesk(write.log, write.parts.services.read_model, write.today)
        done = confirm(
            desk,
            [one.to_answer() for one in body.answers],
            confirmed_on=body.confirmed_on or write.today,
            meta=write.meta,
            command=write.command,
        )
        return ConfirmedReply.model_validate(done)

    return write.once(act)


@router.post(
    "/targets/{target_id}/indicators/{indicator_id}/kind",
    response_model=Written,
    summary="改指标的评判方式",
)
def change_kind(
    target_id: UUID, indicator_id: UUID, body: KindShape, write: WriteAsked
) -> Response:
    """随时可改，须写明理由；再改一次即为撤销。"""
    return write.once(
        lambda: at(
            choose_kind(
                write.log,
                target_id,
                body.to_choice(indicator_id),
                chosen_on=body.chosen_on or write.today,
                meta=write.meta,
                command=write.command,
            )
        )
    )
