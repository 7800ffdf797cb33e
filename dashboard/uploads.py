"""Files sent by the page: a plain multipart form, with a script or without (ui §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, File, Form, Request, UploadFile
from starlette.responses import HTMLResponse, JSONResponse, Response

from dashboard.address import ANNOTATED, IMPORT, IMPORTS, SAMPLES, Address
from dashboard.pages.imports.desk import desk_of
from dashboard.texts import imports as text
from domain.errors import MonitoringError, NotOnRecordError
from domain.importing import ImportKind
from services.annotating import annotated_file, check_file
from services.attachment import attachment
from services.bootstrap import Services
from services.drafting import Sent, receive, require_form
from services.intake.file_name import shown_name
from services.sampling import SAMPLED, sample_name, sample_of

FILES = f"{IMPORTS}/files"
PLAIN = f"{IMPORTS}/plain"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGE = Template((Path(__file__).parent / "plain_upload.html").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one file: a draft to look at, or a refusal."""

    name: str
    href: str | None = None
    kind: str | None = None
    known: bool = False
    refused: str | None = None


def add_routes(api: FastAPI, services: Services) -> None:
    """Add the door for files, and a page for browsers without scripts."""

    def take(
        request: Request,
        file: Annotated[list[UploadFile], File()],
        kind: Annotated[str, Form()] = "",
    ) -> Response:
        answered = [_take(services, one, kind) for one in file]
        if "text/html" in request.headers.get("accept", ""):
            return plain_page(answered)
        return _as_json(answered)

    def plain() -> Response:
        return plain_page([])

    def annotated(draft_id: UUID) -> Response:
        return _annotated(services, draft_id)

    def sample(kind: str) -> Response:
        return _sample(kind)

    api.add_api_route(FILES, take, methods=["POST"], include_in_schema=False)
    api.add_api_route(PLAIN, plain, methods=["GET"], include_in_schema=False)
    api.add_api_route(f"{SAMPLES}{{kind}}", sample, methods=["GET"], include_in_schema=False)
    place = f"{IMPORT}{{draft_id:uuid}}{ANNOTATED}"
    api.add_api_route(place, annotated, methods=["GET"], include_in_schema=False)


def _take(services: Services, file: UploadFile, kind: str) -> Answered:
    """Keep one file; another one of the same form may still be taken when this is refused."""
    name = shown_name(file.filename)
    known_kind = ImportKind(kind) if kind in set(ImportKind) else None
    try:
        received = receive(desk_of(services), Sent(name, file.file.read(), known_kind))
    except MonitoringError as refused:
        return Answered(name, refused=str(refused))
    draft = received.draft
    return Answered(
        draft.name,
        Address().to_import(draft.draft_id).href,
        text.KINDS[draft.kind],
        received.known,
    )


def _annotated(services: Services, draft_id: UUID) -> Response:
    """The file as it was sent, with marks at its cells; corrections are no part of it."""
    desk = desk_of(services)
    draft = desk.drafts.load(draft_id, desk.now)
    require_form(draft)
    content = annotated_file(check_file(draft.content, draft.name))
    return _workbook(content, text.annotated_name(draft.name), "annotated.xlsx")


def _sample(kind: str) -> Response:
    """The template of a kind of table."""
    if kind not in set(SAMPLED):
        raise NotOnRecordError(text.no_sample(kind))
    named = ImportKind(kind)
    return _workbook(sample_of(named), sample_name(named), "template.xlsx")


def _workbook(content: bytes, name: str, plain: str) -> Response:
    return Response(content, media_type=_WORKBOOK, headers=attachment(name, plain))


def _as_json(answered: Sequence[Answered]) -> Response:
    files: list[dict[str, Any]] = [
        {
            "name": one.name,
            "href": one.href,
            "kind": one.kind,
            "known": one.known,
            "refused": one.refused,
        }
        for one in answered
    ]
    taken = any(one.href for one in answered)
    return JSONResponse({"files": files}, HTTPStatus.CREATED if taken else HTTPStatus.OK)


def plain_page(answered: Sequence[Answered]) -> Response:
    """A form that needs no script, and below it what became of the files sent with it."""
    options = [("", text.RECOGNISE), *((kind.value, text.KINDS[kind]) for kind in ImportKind)]
    page = _PAGE.substitute(
        title=text.PLAIN_TITLE,
        secrets=text.NO_SECRETS,
        formats=text.PLAIN_FORMATS,
        action=FILES,
        kind=text.KIND_TO_READ_AS,
        options="".join(
            f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in options
        ),
        choose=text.CHOOSE_FILES,
        send=text.UPLOAD,
        list=IMPORTS,
        back=text.BACK_TO_LIST,
        answered="".join(f"<li>{_line(one)}</li>" for one in answered),
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def _line(one: Answered) -> str:
    name = escape(one.name)
    if one.refused is not None:
        return f"{name}：<strong>{escape(one.refused)}</strong>"
    said = escape(text.received(one.kind or "", known=one.known))
    return f'<a href="{escape(one.href or IMPORTS)}">{name}</a>：{said}'
