"""Files brought in: payments, achievements, declaration forms; looked at first, or stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, File, Form, Response, UploadFile

from domain.importing import ImportKind
from domain.payment import VoucherKind
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.payment import ImportedReply
from services.api.shapes.values import Day, Reply, Year
from services.api.writes import Write, WriteAsked, Written
from services.declaring import DeclaredAs
from services.importing_declarations import (
    DeclarationsReport,
    import_declarations,
    preview_declarations,
)
from services.recording import ImportReport, Upload
from services.recording_achievements import import_achievements, preview_achievements
from services.recording_payments import import_payments, preview_payments

router = APIRouter(
    prefix="/api/v1/imports",
    tags=["数据导入"],
    responses=documented(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class Mode(StrEnum):
    """Look first, or store; both run the same code."""

    PREVIEW = "preview"
    COMMIT = "commit"


class ImportPlace(msgspec.Struct):
    """Where the list goes on."""

    before: int


class DeclaredTargetReply(Reply):
    """What a form does to one target."""

    target_id: UUID
    project_name: str
    outcome: DeclaredAs


class FileReply(ImportedReply, Written):
    """What became of a file; ``targets`` for a declaration form."""

    position: int
    targets: tuple[DeclaredTargetReply, ...] = ()

    @classmethod
    def of(cls, report: ImportReport | DeclarationsReport, head: int) -> FileReply:
        """Read it from a report; a preview shows what is on record up to the head."""
        if isinstance(report, DeclarationsReport):
            summary = cls.of(report.summary, head)
            targets = tuple(map(DeclaredTargetReply.model_validate, report.targets))
            return summary.model_copy(update={"targets": targets})
        imported = ImportedReply.model_validate(report)
        values = {name: getattr(imported, name) for name in ImportedReply.model_fields}
        return cls(**values | {"position": report.position or head})


class ImportRowReply(Reply):
    """A file that was brought in; ``completed_position`` is null while it is not done."""

    import_id: UUID
    position: int
    recorded_at: datetime
    fiscal_year: int
    kind: ImportKind
    name: str
    sha256: str
    actor: str
    rows: int
    refused: int
    stored: int
    known: int
    conflicts: int
    complete_to: Day | None
    completed_position: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """The parts of an upload besides the file."""

    kind: ImportKind
    year: int
    mode: Mode
    complete_to: date | None
    cut_off: date | None
    allocation: bool
    accept_bad_lines: bool


def sent(  # noqa: PLR0913, PLR0917  # the fields of a form
    kind: Annotated[ImportKind, Form(description="payments、achievements 或 declarations")],
    year: Annotated[Year, Form(description="预算年度")],
    mode: Annotated[Mode, Form(description="preview 只看不存，commit 入库")] = Mode.PREVIEW,
    complete_to: Annotated[Day | None, Form(description="支付数据截至日")] = None,
    cut_off: Annotated[Day | None, Form(description="指标数据截至日，文件没有该列时")] = None,
    allocation: Annotated[bool, Form(description="支付文件为拨款凭证")] = False,  # noqa: FBT002
    accept_bad_lines: Annotated[bool, Form(description="不能读取的行略去")] = False,  # noqa: FBT002
) -> Sent:
    """Gather the fields of the form."""
    return Sent(kind, year, mode, complete_to, cut_off, allocation, accept_bad_lines)


@router.post("", response_model=FileReply, summary="导入文件")
def bring_in(
    file: Annotated[UploadFile, File(description="xlsx、csv 或申报表文件，不超过20MB")],
    said: Annotated[Sent, Depends(sent)],
    write: WriteAsked,
) -> Response:
    """预览与入库同一套读法；同一文件再来不重复入库；矛盾的行列出，不覆盖。"""
    content = file.file.read()

    def act() -> FileReply:
        upload = Upload(
            content,
            _name_of(file),
            write.region,
            said.year,
            said.complete_to,
            said.accept_bad_lines,
            VoucherKind.ALLOCATION if said.allocation else None,
            said.cut_off,
        )
        report = _WORK[said.kind, said.mode](write, upload)
        return FileReply.of(report, write.log.head())

    return write.once(act)


@router.get("", summary="导入记录")
def list_imports(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year | None = None,
) -> Page[ImportRowReply]:
    """最近的在前。"""
    place = paging.place(ImportPlace)
    known_at = place.before - 1 if place else clocks.known_at
    page, last = cut(read_model.imports(year, paging.limit + 1, known_at), paging.limit)
    return Page(
        items=[ImportRowReply.model_validate(row) for row in page],
        next_cursor=cursor_of(ImportPlace(last.position)) if last else None,
        position=clocks.position,
    )


def _name_of(file: UploadFile) -> str:
    """The file's own name, of which only what can be shown and kept."""
    return "".join(c for c in file.filename or "" if c.isprintable())[:200]


Report = ImportReport | DeclarationsReport


def _look_at_payments(write: Write, upload: Upload) -> Report:
    return preview_payments(write.log, write.parts.lookups, upload, today=write.today)


def _store_payments(write: Write, upload: Upload) -> Report:
    return import_payments(
        write.log, write.parts.lookups, upload, meta=write.meta, today=write.today
    )


def _look_at_achievements(write: Write, upload: Upload) -> Report:
    return preview_achievements(write.log, write.parts.lookups, upload, today=write.today)


def _store_achievements(write: Write, upload: Upload) -> Report:
    return import_achievements(
        write.log, write.parts.lookups, upload, meta=write.meta, today=write.today
    )


def _look_at_declarations(write: Write, upload: Upload) -> Report:
    return preview_declarations(write.log, upload, today=write.today)


def _store_declarations(write: Write, upload: Upload) -> Report:
    return import_declarations(write.log, upload, meta=write.meta, today=write.today)


_WORK: dict[tuple[ImportKind, Mode], Callable[[Write, Upload], Report]] = {
    (ImportKind.PAYMENTS, Mode.PREVIEW): _look_at_payments,
    (ImportKind.PAYMENTS, Mode.COMMIT): _store_payments,
    (ImportKind.ACHIEVEMENTS, Mode.PREVIEW): _look_at_achievements,
    (ImportKind.ACHIEVEMENTS, Mode.COMMIT): _store_achievements,
    (ImportKind.DECLARATIONS, Mode.PREVIEW): _look_at_declarations,
    (ImportKind.DECLARATIONS, Mode.COMMIT): _store_declarations,
}
