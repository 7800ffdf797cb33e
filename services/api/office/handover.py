"""Handing a person's work on: what is open, the act, and the list to print (人员交接)."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from domain.access.account import Account
from domain.access.action import Action
from domain.errors import MonitoringError
from services.access.handovers import HandOverLists, KeptList
from services.access.offices import PEOPLE
from services.access.present import meta_of_present, present
from services.api.door.sign_in_page import At
from services.api.office import filled
from services.api.office.filled import Filled
from services.api.office.frame import office_page
from services.api.parts import Parts, PartsNeeded
from services.api.problems import fault_of
from services.clock import SHANGHAI
from services.handing_on import HandOn, hand_on, names_in, open_of, sections_of
from services.people import handover_list
from services.readmodel.accounts import AccountList
from services.sheets.plain_table import write_workbook

router = APIRouter(prefix=PEOPLE.path, include_in_schema=False)

TITLE = "人员交接"
_WIDTH = 6
"""Columns of the widest section of a list."""


@router.get("/handovers/{handover_id}")
def printed(handover_id: UUID, parts: PartsNeeded) -> HTMLResponse:
    """A list as it was, to be printed and signed."""
    try:
        kept = handover_list(HandOverLists(parts.lookups.pool), handover_id)
    except MonitoringError as refusal:
        return _refused(refusal)
    return office_page(
        "handed_over",
        "人员交接清单",
        kept=kept,
        at=f"{kept.recorded_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        script=True,
    )


@router.get("/handovers/{handover_id}/list.xlsx")
def as_workbook(handover_id: UUID, parts: PartsNeeded) -> FileResponse:
    """The same as a workbook."""
    kept = handover_list(HandOverLists(parts.lookups.pool), handover_id)
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    write_workbook(path, TITLE, ("人员交接清单", *[""] * (_WIDTH - 1)), _rows(kept))
    name = quote(f"人员交接清单{kept.on_day:%Y%m%d}.xlsx")
    return FileResponse(
        path,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={
            "Content-Disposition": f"attachment; filename=list.xlsx; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        },
        background=BackgroundTask(path.unlink),
    )


@router.get("/{account_id}/handover")
def before(account_id: UUID, parts: PartsNeeded) -> HTMLResponse:
    """What is open of somebody, and to whom it shall go."""
    return _page(parts, account_id)


@router.post("/{account_id}/handover")
def hand(  # one for each field of the form
    account_id: UUID,
    parts: PartsNeeded,
    at: At,
    to: Filled,
    reason: Filled,
    telephone: Filled = "",
) -> Response:
    """Hand everything on, and show the list."""
    meta = meta_of_present(None, f"screen {at.address}")
    try:
        taker = AccountList(parts.lookups.pool).by_login(filled.said(to, "接手人的登录名"))
        asked = HandOn(
            account_id, taker.account_id, filled.said(reason, "交接事由"), telephone.strip() or None
        )
        kept = hand_on(parts.services, asked, meta=meta)
    except MonitoringError as refusal:
        typed = {"to": to, "reason": reason, "telephone": telephone}
        return _page(
            parts, account_id, typed, problem=str(refusal), status=fault_of(refusal).status
        )
    return RedirectResponse(f"{PEOPLE.path}/handovers/{kept.handover_id}", 303)


def _page(
    parts: Parts,
    account_id: UUID,
    typed: dict[str, str] | None = None,
    *,
    problem: str | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    services = parts.services
    try:
        opened = open_of(services, account_id)
        account = services.log.get(Account, account_id)
    except MonitoringError as refusal:
        return _refused(refusal)
    names = names_in(AccountList(parts.lookups.pool), opened)
    return office_page(
        "handover",
        TITLE,
        status=status,
        problem=problem,
        account=account,
        sections=sections_of(opened, services.units_today(), names),
        names_contacts=bool(opened.contacts),
        typed=typed or {"to": "", "reason": "", "telephone": ""},
        may=bool(present().actor.grants_for(Action.MANAGE_ACCOUNTS)),
    )


def _refused(refusal: MonitoringError) -> HTMLResponse:
    return office_page("nothing", TITLE, status=fault_of(refusal).status, problem=str(refusal))


def _rows(kept: KeptList) -> list[tuple[str, ...]]:
    listed = kept.listed
    rows: list[tuple[str, ...]] = [
        ("移交人", listed.giver),
        ("接手人", listed.taker),
        ("交接日", f"{kept.on_day}"),
        ("事由", listed.reason),
        ("经办", kept.recorded_by),
    ]
    for section in listed.sections:
        rows += [(), (section.title,), section.headings, *section.rows]
        if not section.rows:
            rows.append(("无",))
    return [*rows, (), ("移交人签字", "", "接手人签字", "", "监交人签字")]
