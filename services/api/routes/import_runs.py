"""Imports that go on after the answer: begun, looked at, stopped, gone on with."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query
from starlette.responses import JSONResponse, Response

from domain.importing import ImportKind
from services.api.parts import Parts, PartsNeeded
from services.api.problems import documented
from services.api.shapes.values import Reply
from services.api.writes import Write, WriteAsked
from services.drafting import DraftDesk
from services.intake.runs import RunState
from services.running import Standing, cancel_run, standing_of, standings
from services.storing_beside import start_import, start_resuming

router = APIRouter(
    prefix="/api/v1/imports",
    tags=["数据导入"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)


class RunReply(Reply):
    """How an import goes: ``chunks_done`` of ``chunks``, ``rows_done`` of ``rows`` lines.

    ``rows`` is null before anything is on record. Counts are those of the record: what was stored
    before a stop stays.
    """

    import_id: UUID
    kind: ImportKind
    name: str
    actor: str
    state: RunState
    said: str
    chunks_done: int
    chunks: int
    rows_done: int
    rows: int | None
    stored: int
    known: int
    conflicts: int
    refused: int
    cancel_asked_by: str | None
    started_at: datetime
    heard_at: datetime

    @classmethod
    def of(cls, standing: Standing) -> RunReply:
        """Read it from how the run stands."""
        run = standing.run
        return cls.model_validate(
            {
                "import_id": run.import_id,
                "kind": run.kind,
                "name": run.name,
                "actor": run.actor,
                "state": run.state,
                "said": run.said,
                "chunks_done": run.done,
                "chunks": run.total,
                "rows_done": standing.rows_done,
                "rows": standing.rows,
                "stored": standing.stored,
                "known": standing.known,
                "conflicts": standing.conflicts,
                "refused": standing.refused,
                "cancel_asked_by": run.cancel_asked_by,
                "started_at": run.started_at,
                "heard_at": run.heard_at,
            }
        )


class RunsReply(Reply):
    """Runs, the latest first."""

    items: tuple[RunReply, ...]


@router.get("/runs", summary="入库进度一览")
def list_runs(
    parts: PartsNeeded,
    unfinished: Annotated[bool, Query(description="只列未完成的")] = False,  # noqa: FBT002
) -> RunsReply:
    """最近的在前，最多100条；只见本人有权查看的。"""
    found = standings(parts.services.log, parts.lookups, unfinished=unfinished)
    return RunsReply(items=tuple(map(RunReply.of, found)))


@router.get("/{import_id}", summary="入库进度")
def show_run(import_id: UUID, parts: PartsNeeded) -> RunReply:
    """进行中、已取消、中断或已完成；行数以已入库的记录为准。"""
    return RunReply.of(standing_of(parts.services.log, parts.lookups, import_id))


@router.post("/{draft_id}/commit", response_model=RunReply, summary="待核对的表格入库")
def commit(
    draft_id: UUID,
    write: WriteAsked,
    version: Annotated[int, Body(embed=True, ge=1, description="预览时的版本号")],
) -> Response:
    """两秒内完成的答复200，否则答复202，用导入编号查询进度；重复提交不重复入库。"""
    import_id = start_import(write.parts.services.background, _desk(write), draft_id, version)
    return _told(write.parts, import_id)


@router.post("/{import_id}/cancel", response_model=RunReply, summary="取消入库")
def cancel(import_id: UUID, write: WriteAsked) -> Response:
    """当前一批入库后停止；已入库的行保留，可以继续。"""
    cancel_run(write.log, write.parts.lookups, import_id)
    return _told(write.parts, import_id)


@router.post("/{import_id}/resume", response_model=RunReply, summary="继续入库")
def resume(import_id: UUID, write: WriteAsked) -> Response:
    """接着取消或中断的地方进行；已入库的行不重复。"""
    start_resuming(write.parts.services.background, _desk(write), import_id)
    return _told(write.parts, import_id)


def _told(parts: Parts, import_id: UUID) -> Response:
    """How it stands: 202 while it goes on."""
    standing = standing_of(parts.services.log, parts.lookups, import_id)
    status = HTTPStatus.ACCEPTED if standing.under_way else HTTPStatus.OK
    return JSONResponse(RunReply.of(standing).model_dump(mode="json"), status)


def _desk(write: Write) -> DraftDesk:
    services = write.parts.services
    meta = services.meta(write.source, write.meta.actor)
    return DraftDesk(write.log, write.parts.lookups, write.region, meta, services.clock())
