"""What happens to a target after it was declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID, uuid5

from fastapi import APIRouter, Response

from domain.errors import FutureDateError, MonitoringError, NotOnRecordError
from domain.indicator import Achievement, Indicator, Kind
from domain.target import Life, Target
from services.api.problems import BadInputError, documented
from services.api.shapes.changes import (
    AchievementShape,
    ApprovalShape,
    ConfirmationShape,
    EndShape,
    PlanShape,
    RevisionShape,
)
from services.api.shapes.declaration import FundLineShape
from services.api.writes import Write, WriteAsked, Written, at
from services.declaring import (
    add_fund_line,
    approve_revision,
    confirm_over_budget,
    confirm_reading,
    end_target,
    set_plan,
)
from services.intake.achieved_value import achievements_of
from services.intake.cells import CellError
from services.log.application import Log
from services.recording_achievements import AchievementReport, report_achievement
from services.revising import NewRevision, propose_revision

router = APIRouter(
    prefix="/api/v1/targets/{target_id}",
    tags=["绩效目标"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


class ProposedReply(Written):
    """A proposed revision; ``number`` is null where the values are those on record."""

    number: int | None


@router.post("/achievements", response_model=Written, summary="报送指标完成值")
def report(target_id: UUID, body: AchievementShape, write: WriteAsked) -> Response:
    """同一截至日期再报为更正；单位不能换算的不受理。"""
    return write.once(lambda: _report(target_id, body, write))


@router.post("/fund-lines", response_model=Written, summary="下达或调整资金")
def fund(target_id: UUID, body: FundLineShape, write: WriteAsked) -> Response:
    """追减为负数，另起一行；同一行再来不重复。"""
    return write.once(
        lambda: at(
            add_fund_line(
                write.log,
                target_id,
                body.to_domain(),
                meta=write.meta,
                command=write.command,
            )
        )
    )


@router.post("/plan", response_model=Written, summary="设定资金支出计划")
def plan(target_id: UUID, body: PlanShape, write: WriteAsked) -> Response:
    """自某日起按新的计划。"""
    return write.once(
        lambda: at(
            set_plan(write.log, target_id, body.to_domain(), meta=write.meta, command=write.command)
        )
    )


@router.post("/confirmations", response_model=Written, summary="核实指标")
def confirm(target_id: UUID, body: ConfirmationShape, write: WriteAsked) -> Response:
    """待核实的指标按核实后的读法评判。"""

    def act() -> Written:
        indicator = _indicator(write.log, target_id, body.indicator_id)
        done = confirm_reading(
            write.log,
            target_id,
            body.reading.settle(indicator),
            confirmed_on=body.confirmed_on or write.today,
            reason=body.reason,
            meta=write.meta,
            command=write.command,
        )
        return at(done)

    return write.once(act)


@router.post("/over-budget-confirmations", response_model=Written, summary="核实支出大于预算")
def confirm_over(target_id: UUID, write: WriteAsked) -> Response:
    """已核对没有漏录的追加。"""
    return write.once(
        lambda: at(
            confirm_over_budget(
                write.log, target_id, on=write.today, meta=write.meta, command=write.command
            )
        )
    )


@router.post("/revisions", response_model=ProposedReply, summary="提出目标调整")
def propose(target_id: UUID, body: RevisionShape, write: WriteAsked) -> Response:
    """全部内容，不是差异；自财政批复之日起算。"""

    def act() -> ProposedReply:
        revision = NewRevision(
            body.declaration.to_domain(write.region, target_id),
            body.reason,
            body.document_no,
            body.proposed_on or write.today,
        )
        done = propose_revision(
            write.log, target_id, revision, meta=write.meta, command=write.command
        )
        return ProposedReply.model_validate(done)

    return write.once(act)


@router.post("/revisions/{number}/approval", response_model=Written, summary="批准目标调整")
def approve(target_id: UUID, number: int, body: ApprovalShape, write: WriteAsked) -> Response:
    """批复日以前仍按原目标评判。"""

    def act() -> Written:
        approved_on = body.approved_on or write.today
        if approved_on > write.today:
            raise FutureDateError(approved_on, write.today)
        done = approve_revision(
            write.log,
            target_id,
            number,
            approved_on=approved_on,
            meta=write.meta,
            command=write.command,
        )
        return at(done)

    return write.once(act)


@router.post("/end", response_model=Written, summary="终止、合并、划转或调减为零")
def end(target_id: UUID, body: EndShape, write: WriteAsked) -> Response:
    """自该日起不再亮灯、不再报送。"""
    if body.life is Life.NORMAL:
        raise BadInputError("须为终止、合并、划转或调减为零之一", pointer="#/life")
    return write.once(
        lambda: at(
            end_target(
                write.log,
                target_id,
                body.life,
                ended_on=body.ended_on,
                document_no=body.document_no,
                meta=write.meta,
                command=write.command,
            )
        )
    )


def _report(target_id: UUID, body: AchievementShape, write: Write) -> Written:
    """Record the parts of a report, each under a command of its own."""
    position = 0
    for part, achievement in _read(_indicator(write.log, target_id, body.indicator_id), body):
        command_id = uuid5(write.command.command_id, str(part))
        done = report_achievement(
            write.log,
            AchievementReport(target_id, achievement, body.reason),
            meta=write.meta,
            today=write.today,
            command=replace(write.command, command_id=command_id),
        )
        position = max(position, done.position)
    return Written(position=position)


def _read(indicator: Indicator, body: AchievementShape) -> Iterator[tuple[int, Achievement]]:
    """Read what was said for its indicator, as a file's rows are read.

    Raises:
        BadInputError: it does not fit the indicator, or nobody reports on it.
        UnitDoesNotConvertError: the unit of measure does not fit the target's.
    """
    if indicator.kind is Kind.NOT_APPLICABLE:
        raise BadInputError("不适用的指标，无须填报", pointer="#/indicator_id")
    if indicator.from_payments:
        raise BadInputError("该成本指标取自支付数据，无须填报", pointer="#/indicator_id")
    said = body.said()
    if said.is_blank:
        raise BadInputError("完成值、全年预计、完成可能性至少填一项", pointer="#/text")
    try:
        yield from enumerate(achievements_of(indicator, said))
    except CellError as problem:
        if isinstance(problem.__context__, MonitoringError):  # its code says more
            raise problem.__context__ from None
        raise BadInputError(str(problem).removesuffix("。"), pointer="#/text") from problem


def _indicator(log: Log, target_id: UUID, indicator_id: UUID) -> Indicator:
    """The indicator as it is in force; NotOnRecordError."""
    found = log.get(Target, target_id).indicators.get(indicator_id)
    if found is None:
        raise NotOnRecordError(f"绩效指标 {indicator_id}")
    return found
