"""The auditors' page: who did and read what, and the same lines as a file."""

from __future__ import annotations

import tempfile
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse

from domain.errors import MonitoringError
from services.access.audit import LAST, Outcome
from services.access.audit_words import ACTIONS, OTHERS, OUTCOMES
from services.access.offices import AUDIT
from services.api.door.sign_in_page import At, Desk
from services.api.office.frame import office_page
from services.api.parts import PartsNeeded
from services.api.problems import fault_of
from services.auditing import HEADINGS, PAGE, AuditQuery, export_audit, printed, read_audit
from services.clock import SHANGHAI
from services.sheets.plain_table import write_text, write_workbook

router = APIRouter(include_in_schema=False)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

COLUMNS = (
    "number",
    "at",
    "actor",
    "what",
    "ended",
    "subject",
    "unit",
    "address",
    "request",
    "request_id",
)
"""What the page calls the columns of the export."""

Typed = Annotated[str, Query(max_length=200)]


def _query(  # noqa: PLR0913, PLR0917  # one for each control of the page
    since: Typed = "",
    until: Typed = "",
    actor: Typed = "",
    what: Typed = "",
    outcome: Typed = "",
    unit: Typed = "",
    before: Annotated[int, Query(ge=1, le=LAST)] = LAST,
) -> AuditQuery:
    """What the controls say; what cannot be understood is left out."""
    return AuditQuery(
        _day(since),
        _day(until),
        actor.strip() or None,
        what or None,
        Outcome(outcome) if outcome in set(Outcome) else None,
        unit.strip() or None,
        before,
    )


Asking = Annotated[AuditQuery, Depends(_query)]


@router.get(AUDIT.path)
def audit_page(parts: PartsNeeded, desk: Desk, query: Asking) -> HTMLResponse:
    """The newest lines that fit."""
    tree = parts.services.units_today()
    names = {unit.segment: unit.name for unit in tree.units.values()}
    try:
        lines = read_audit(desk.audit, query, tree)
    except MonitoringError as refusal:
        return _page(query, problem=str(refusal), status=fault_of(refusal).status)
    rows = [
        dict(zip(COLUMNS, printed(line, names), strict=True)) | {"outcome": line.outcome}
        for line in lines
    ]
    older = _address(query, before=lines[-1].number) if len(lines) == PAGE else None
    return _page(query, rows=rows, older=older)


@router.get(f"{AUDIT.path}/export")
def export(
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    query: Asking,
    kind: Annotated[Literal["xlsx", "csv"], Query(alias="as")] = "xlsx",
) -> FileResponse:
    """All lines that fit, as a file; that it was taken is on record before it goes out."""
    rows = export_audit(desk.audit, query, parts.services.units_today())
    with tempfile.NamedTemporaryFile(suffix=f".{kind}", delete=False) as file:
        path = Path(file.name)
    try:
        if kind == "xlsx":
            write_workbook(path, AUDIT.name, HEADINGS, rows)
        else:
            write_text(path, HEADINGS, rows)
    except BaseException:
        path.unlink()
        raise
    return FileResponse(
        path,
        media_type=XLSX if kind == "xlsx" else CSV,
        filename=f"{AUDIT.name}{visitor.now.astimezone(SHANGHAI):%Y%m%d%H%M}.{kind}",
        headers={"Cache-Control": "no-store"},
        background=BackgroundTask(path.unlink),
    )


def _page(
    query: AuditQuery,
    *,
    rows: list[dict[str, str]] | None = None,
    older: str | None = None,
    problem: str | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    return office_page(
        "audit",
        AUDIT.name,
        status=status,
        problem=problem,
        query=query,
        rows=rows or [],
        older=older,
        newest=_address(query, before=LAST) if query.before != LAST else None,
        exports={kind: _address(query, LAST, "/export", kind) for kind in ("xlsx", "csv")},
        actions=ACTIONS,
        others=OTHERS,
        outcomes=OUTCOMES,
    )


def _address(query: AuditQuery, before: int, below: str = "", kind: str | None = None) -> str:
    said = {
        "since": query.since,
        "until": query.until,
        "actor": query.actor,
        "what": query.what,
        "outcome": query.outcome,
        "unit": query.unit,
        "before": before if before != LAST else None,
        "as": kind,
    }
    given = urlencode({name: value for name, value in said.items() if value is not None})
    return f"{AUDIT.path}{below}" + (f"?{given}" if given else "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
