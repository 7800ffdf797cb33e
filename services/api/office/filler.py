"""Who fills in, asked of whoever signs in with a unit's shared account (填报人)."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.access.account import AccountKind
from domain.errors import MonitoringError
from services.access.desk import SignInDesk
from services.access.offices import FILLER
from services.access.present import present, present_in_session
from services.api.door.sign_in_page import At, Desk, own_address
from services.api.office.filled import Filled
from services.api.office.frame import office_page
from services.api.problems import fault_of

router = APIRouter(include_in_schema=False)

TITLE = "填报人"


@router.get(FILLER)
def filler_page(desk: Desk, next: str = "/") -> HTMLResponse:  # noqa: A002  # as in the address
    """The form, with whoever was last."""
    return _page(desk, next)


@router.post(FILLER)
def name_filler(
    desk: Desk,
    visitor: At,
    name: Filled,
    telephone: Filled,
    next: Filled = "/",  # noqa: A002
) -> Response:
    """Remember who it is for this sign-in, and go where one wanted to."""
    try:
        person = present_in_session()
        filler = desk.fillers.keep(person.account.id, name, telephone, now=visitor.now)
    except MonitoringError as refusal:
        typed = {"name": name, "telephone": telephone}
        return _page(desk, next, typed, problem=str(refusal), status=fault_of(refusal).status)
    if person.session is not None:
        desk.sessions.fill_in(person.session.session_id, filler.filler_id)
    line = visitor.entry(
        person.actor.login, "filler_named", account_id=person.account.id, subject=filler.name
    )
    desk.audit.note(line)
    return RedirectResponse(own_address(next), 303)


def _page(
    desk: SignInDesk,
    wanted: str,
    typed: dict[str, str] | None = None,
    *,
    problem: str | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    person = present()
    known = desk.fillers.of_account(person.account.id)
    last = person.filler or next(iter(known), None)
    blank = {"name": last.name, "telephone": last.telephone} if last else {}
    return office_page(
        "filler",
        TITLE,
        status=status,
        problem=problem,
        shared=person.account.account_kind is AccountKind.SHARED,
        typed={"name": "", "telephone": ""} | (typed or blank),
        known=known,
        next=own_address(wanted),
    )
