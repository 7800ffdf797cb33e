"""Files brought in: payments, achievements, declaration forms; looked at first, or stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, File, Form, Response, UploadFile
from pydantic import Json

from domain.approval import GivenApproval
from domain.importing import ImportKind
from domain.payment import VoucherKind
from services.api.clocks import ClocksAsked
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.payment import ImportedReply
from services.api.shapes.values import Day, Name, Reply, Year
from services.api.writes import WriteAsked, Written
from services.declaring import DeclaredAs
from services.helping import mapping_of
from services.incoming import FileReport, import_file, preview_file
from services.intake.readers.grid import UnreadableFileError
from services.recording import Door, Upload

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
    """What became of a file; ``kind_guessed``: it was read from the file's headings.

    ``targets`` for a declaration form.
    """

    position: int
    kind: ImportKind
    kind_guessed: bool
    targets: tuple[DeclaredTargetReply, ...] = ()

    @classmethod
    def of(cls, report: FileReport, head: int) -> FileReply:
        """Read it from a report; a preview shows what is on record up to the head."""
        imported = ImportedReply.model_validate(report.summary)
        values = {name: getattr(imported, name) for name in ImportedReply.model_fields}
        return cls(
            **values
            | {
                "position": report.summary.position or head,
                "kind": report.kind,
                "kind_guessed": report.guessed,
                "targets": tuple(map(DeclaredTargetReply.model_validate, report.targets)),
            }
        )


class ImportRowReply(Reply):
    """A file that was brought in; ``completed_position`` is null while it is not done.

    ``corrections`` counts what a person replaced in it before.
    """

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
    corrections: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The parts of an upload besides the file."""

    kind: ImportKind | None
    year: int
    mode: Mode
    complete_to: date | None
    cut_off: date | None
    allocation: bool
    accept_bad_lines: bool
    approval: GivenApproval | None
    columns: Mapping[str, str]

    def mapping(self) -> dict[str, str]:
        """What columns are.

        Raises:
            UnreadableFileError: nobody says of which kind of table.
            NoSuchColumnError: that kind has no such field.
        """
        if not self.columns:
            return {}
        if self.kind is None or self.kind is ImportKind.DECLARATIONS:
            raise UnreadableFileError("指定各列（columns）时，请同时用 kind 指定是哪一类表格。")
        return mapping_of(self.kind, self.columns)


def sent(  # noqa: PLR0913, PLR0917  # the fields of a form
    year: Annotated[Year, Form(description="预算年度")],
    kind: Annotated[ImportKind | None, Form(description="文件类别；不填则按表头判断")] = None,
    mode: Annotated[Mode, Form(description="preview 只看不存，commit 入库")] = Mode.PREVIEW,
    complete_to: Annotated[Day | None, Form(description="支付数据截至日")] = None,
    cut_off: Annotated[Day | None, Form(description="指标数据截至日，文件没有该列时")] = None,
    allocation: Annotated[bool, Form(description="支付文件为拨款凭证")] = False,  # noqa: FBT002
    accept_bad_lines: Annotated[bool, Form(description="不能读取的行略去")] = False,  # noqa: FBT002
    approved_on: Annotated[
        Day | None, Form(description="申报表已由财政批复的：批复日期；不填入库后为草稿")
    ] = None,
    document_no: Annotated[Name | None, Form(description="批复文号")] = None,
    columns: Annotated[
        Json[dict[str, str]] | None,
        Form(
            description='各列是什么，JSON 对象，如 {"金额": "支付金额"}；"-" 略去该列；'
            "须同时给出 kind。同样表头的文件下次照此读取"
        ),
    ] = None,
) -> Sent:
    """Gather the fields of the form."""
    approval = GivenApproval(approved_on, document_no) if approved_on else None
    return Sent(
        kind,
        year,
        mode,
        complete_to,
        cut_off,
        allocation,
        accept_bad_lines,
        approval,
        columns or {},
    )


PastedText = Annotated[str | None, Form(description="粘贴的文字，代替文件；超过1MB的请存成文件")]


@router.post("", response_model=FileReply, summary="导入文件")
def bring_in(
    said: Annotated[Sent, Depends(sent)],
    write: WriteAsked,
    file: Annotated[
        UploadFile | None, File(description="xlsx、csv 或申报表文件，不超过20MB")
    ] = None,
    text: PastedText = None,
) -> Response:
    """预览与入库同一套读法；同一文件再来不重复入库；矛盾的行列出，不覆盖。"""
    content, name = content_of(file, text)

    def act() -> FileReply:
        upload = Upload(
            content,
            name,
            write.region,
            said.year,
            said.complete_to,
            said.accept_bad_lines,
            VoucherKind.ALLOCATION if said.allocation else None,
            said.cut_off,
            said.approval,
            said.mapping(),
        )
        door = Door(write.log, write.parts.lookups, write.today)
        if said.mode is Mode.PREVIEW:
            report = preview_file(door, upload, said.kind)
        else:
            report = import_file(door, upload, said.kind, meta=write.meta)
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


def content_of(file: UploadFile | None, text: str | None) -> tuple[bytes, str]:
    """What was sent, and its name: a file, or pasted text in its place.

    Raises:
        UnreadableFileError: neither was, or both.
    """
    if (file is None) == (text is None):
        raise UnreadableFileError("请附上文件（file）或粘贴的文字（text），二者取一。")
    if file is None:
        return (text or "").encode(), "粘贴的文字"
    return file.file.read(), name_of(file)


def name_of(file: UploadFile) -> str:
    """The file's own name, of which only what can be shown and kept."""
    return "".join(c for c in file.filename or "" if c.isprintable())[:200]
