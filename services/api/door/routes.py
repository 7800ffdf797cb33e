"""Signing in and out, the first administrator, and one's own account: plain forms."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.access.errors import ROLE_NAMES
from domain.errors import MonitoringError
from services.access.choices import PasswordRules
from services.access.credentials import NotAlikeError
from services.access.desk import SignInDesk
from services.access.first_start import FirstAdministrator, open_first_administrator
from services.access.invitations import Purpose
from services.access.present import present, present_in_session
from services.access.sessions import Way
from services.access.signing_in import Person, change_password, sign_in, sign_out
from services.access.tokens import Issue, Token
from services.access.visitor import Visitor
from services.api.door import cookie
from services.api.door.sign_in_page import At, Desk, let_in, own_address, sign_in_page
from services.api.door.templates import page
from services.api.office.frame import office_page
from services.api.parts import PartsNeeded
from services.clock import SHANGHAI
from services.founding import opened
from services.log.meta import Meta

router = APIRouter(include_in_schema=False)

RULES = {
    PasswordRules.CLASSIFIED: "至少8位，含大写字母、小写字母、数字、其他符号中的三类；每90天更换。",
    PasswordRules.ASVS: "至少12位，不用常见密码。",
}
_TOKEN_LASTS = timedelta(days=90)


Filled = Annotated[str, Form(max_length=400)]


@router.get("/door/{name}")
def asset(name: str) -> Response:
    """What the pages here are made of."""
    kinds = {
        "door.css": "text/css",
        "icon.svg": "image/svg+xml",
        "print.js": "text/javascript",
    }
    if name not in kinds:
        return Response(status_code=404)
    content = (files("services.api.door") / name).read_bytes()
    return Response(content, media_type=kinds[name], headers={"Cache-Control": "max-age=3600"})


@router.get("/login")
def login_page(parts: PartsNeeded, next: str = "/", left: bool = False) -> HTMLResponse:  # noqa: A002, FBT001, FBT002  # as they are called in the address
    """The page to sign in at."""
    return sign_in_page(parts, next, left=left and parts.provider is not None)


class LoginForm(BaseModel):
    """What is filled in on the page to sign in at."""

    login: str = Field(max_length=400)
    password: str = Field(max_length=400)
    next: str = Field("/", max_length=2_000)


@router.post("/login")
def login(
    request: Request,
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    filled: Annotated[LoginForm, Form()],
) -> Response:
    """Sign in, and go where one wanted to."""
    try:
        region = parts.services.region
        log = parts.services.log
        done = sign_in(log, desk, region, filled.login, filled.password, visitor)
    except MonitoringError as refusal:
        return sign_in_page(
            parts, filled.next, login=filled.login, problem=str(refusal), status=401
        )
    wanted = "/account?must=1" if done.must_change else own_address(filled.next)
    response = RedirectResponse(wanted, 303)
    let_in(request, parts, response, done.key)
    return response


@router.post("/logout")
def logout(parts: PartsNeeded, desk: Desk, visitor: At) -> Response:
    """End this session."""
    person = present()
    sign_out(desk, person, visitor)
    by_provider = person.session is not None and person.session.way is Way.PROVIDER
    response = RedirectResponse("/login?left=1" if by_provider else "/login", 303)
    cookie.take_back(response, parts.services.settings)
    return response


@router.get("/first")
def first_page(
    desk: Desk, visitor: At, key: Annotated[str, Query(max_length=200)] = ""
) -> HTMLResponse:
    """The page that the link on the terminal opens."""
    return _first(desk, visitor, FirstForm(key=key, login="", name="", password="", again=""))


class FirstForm(BaseModel):
    """What is filled in on the page of the first administrator."""

    key: str = Field(max_length=200)
    login: str = Field(max_length=200)
    name: str = Field(max_length=200)
    password: str = Field(max_length=400)
    again: str = Field(max_length=400)


@router.post("/first")
def first(
    request: Request,
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    filled: Annotated[FirstForm, Form()],
) -> Response:
    """Open the first administrator's account, and sign in."""
    services = parts.services
    try:
        _require_alike(filled.password, filled.again)
        meta = Meta("terminal", None, f"screen {visitor.address}")
        region = opened(services.log, services.settings.region, meta).region
        asked = FirstAdministrator(region, filled.login, filled.name, filled.password)
        open_first_administrator(services.log, desk, filled.key, asked, now=visitor.now, meta=meta)
        done = sign_in(services.log, desk, region, filled.login, filled.password, visitor)
    except MonitoringError as refusal:
        return _first(desk, visitor, filled, problem=str(refusal))
    response = RedirectResponse("/", 303)
    let_in(request, parts, response, done.key)
    return response


def _first(
    desk: SignInDesk, visitor: Visitor, filled: FirstForm, *, problem: str | None = None
) -> HTMLResponse:
    found = desk.invitations.find(filled.key, now=visitor.now)
    good = found is not None and found.purpose == Purpose.FIRST_ADMINISTRATOR
    if not good:
        problem = problem or "该链接已使用或已过期。"
    status = 410 if not good else 422 if problem else 200
    return page(
        "first",
        "开立财政管理员账户",
        status=status,
        problem=problem,
        good=good,
        filled=filled,
        rules=_rules(desk),
    )


def _require_alike(one: str, other: str) -> None:
    if one != other:
        raise NotAlikeError


@router.get("/account")
def account_page(desk: Desk, visitor: At, must: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002
    """One's own account."""
    due = "密码须先更改才能继续。" if must and present().must_change else None
    return _account(desk, visitor, problem=due)


@router.post("/account/password")
def password(
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    present_: Annotated[str, Form(alias="present")],
    new: Filled,
    again: Filled,
) -> Response:
    """Take a new password."""
    try:
        _require_alike(new, again)
        change_password(
            parts.services.log,
            desk,
            present_in_session(),
            present=present_,
            new=new,
            visitor=visitor,
        )
    except MonitoringError as refusal:
        return _account(desk, visitor, problem=str(refusal), status=422)
    return RedirectResponse("/" if present().must_change else "/account", 303)


@router.post("/account/sessions/end")
def end_other_sessions(desk: Desk, visitor: At) -> Response:
    """End all of one's own sessions but this one."""
    person = present_in_session()
    account = person.account
    desk.sessions.end_all(account.id, but=person.session.session_id if person.session else None)
    desk.audit.note(visitor.entry(account.login, "session_ended", account_id=account.id))
    return RedirectResponse("/account", 303)


@router.post("/account/sessions/{session_id}/end")
def end_session(session_id: UUID, desk: Desk, visitor: At) -> Response:
    """End another of one's own sessions."""
    account = present_in_session().account
    desk.sessions.end(session_id, account.id)
    desk.audit.note(visitor.entry(account.login, "session_ended", account_id=account.id))
    return RedirectResponse("/account", 303)


@router.post("/account/tokens")
def issue_token(
    parts: PartsNeeded, desk: Desk, visitor: At, label: Filled, expires_on: Annotated[date, Form()]
) -> Response:
    """Issue a token of one's own; its key is shown this once."""
    account = present_in_session().account
    end = datetime.combine(expires_on, time.max, SHANGHAI)
    try:
        _, key = desk.tokens.issue(Issue(account.id, label, end), now=visitor.now)
    except MonitoringError as refusal:
        return _account(desk, visitor, problem=str(refusal), status=422)
    account.note_credential("token_issued")
    parts.services.log.save(account, meta=Meta(account.login, None, f"screen {visitor.address}"))
    desk.audit.note(visitor.entry(account.login, "token_issued", account_id=account.id))
    return _account(desk, visitor, key=key)


@router.post("/account/tokens/{token_id}/revoke")
def revoke_token(token_id: UUID, desk: Desk, visitor: At) -> Response:
    """End one of one's own tokens."""
    account = present_in_session().account
    desk.tokens.revoke(token_id, account.id, now=visitor.now)
    desk.audit.note(visitor.entry(account.login, "token_revoked", account_id=account.id))
    return RedirectResponse("/account", 303)


def _account(
    desk: SignInDesk,
    visitor: Visitor,
    *,
    problem: str | None = None,
    key: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    person = present()
    return office_page(
        "account",
        "我的账户",
        status=status,
        problem=problem,
        account=person.account,
        must=person.must_change,
        rules=_rules(desk),
        grants=_grants(person),
        sessions=_sessions(desk, person, visitor),
        tokens=[_token(token, visitor) for token in desk.tokens.of_account(person.account.id)],
        token_end=(visitor.now.astimezone(SHANGHAI) + _TOKEN_LASTS).date(),
        key=key,
    )


def _rules(desk: SignInDesk) -> str:
    return RULES[desk.credentials.policy.rules]


def _grants(person: Person) -> list[dict[str, object]]:
    return [
        {
            "role": ROLE_NAMES[grant.role],
            "place": " / ".join(grant.place) or "全部",
            "starts_on": grant.starts_on,
            "ends_on": grant.ends_on,
            "lent": grant.lent_by is not None,
        }
        for grant in person.actor.grants
    ]


def _sessions(desk: SignInDesk, person: Person, visitor: Visitor) -> list[dict[str, object]]:
    here = person.session.session_id if person.session else None
    return [
        {
            "session_id": session.session_id,
            "address": session.address,
            "agent": session.agent,
            "opened_at": _shown(session.opened_at),
            "seen_at": _shown(session.seen_at),
            "here": session.session_id == here,
        }
        for session in desk.sessions.of_account(person.account.id, visitor.now)
    ]


def _token(token: Token, visitor: Visitor) -> dict[str, object]:
    over = "已吊销" if token.revoked_at else "已到期" if token.expires_at <= visitor.now else None
    return {
        "token_id": token.token_id,
        "label": token.label,
        "issued_at": _shown(token.issued_at),
        "expires_at": _shown(token.expires_at),
        "last_used_at": _shown(token.last_used_at),
        "over": over,
    }


def _shown(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else None
