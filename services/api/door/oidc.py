"""Signing in by the identity provider: there, back, and out again. Plain redirects, no forms.

Forms would not do: a page may only post to us (``form-action``), and browsers hold redirects
after a form to the same rule.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from domain.access.account import Account
from domain.errors import MonitoringError
from services.access.invitations import InvitationGoneError, Purpose
from services.access.oidc.client import CALLBACK, LEAVE, LINK, START
from services.access.oidc.provider import Provider
from services.access.oidc.signing_in import Returned, begin, begin_linking, finish
from services.api.door import cookie
from services.api.door.sign_in_page import At, Desk, let_in, own_address, sign_in_page
from services.api.door.templates import page
from services.api.parts import Parts, PartsNeeded
from services.api.problems import status_of

router = APIRouter(include_in_schema=False)

Key = Annotated[str, Query(max_length=200)]
Given = Annotated[str, Query(max_length=2_000)]


@router.get(START)
def start(
    request: Request,
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    next: Given = "/",  # noqa: A002  # its name in the address
    key: Key = "",
) -> Response:
    """Send somebody to the provider, to sign in or to link an account."""
    provider = parts.provider
    if provider is None:
        return _switched_off()
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return sign_in_page(parts, next)  # nobody is signed in by a page of another site
    try:
        if key:
            sent = begin_linking(desk, provider, visitor, key)
        else:
            sent = begin(desk, provider, visitor, next)
    except MonitoringError as refusal:
        return _refused(parts, refusal, next)
    response = RedirectResponse(sent.address, 303, {"Cache-Control": "no-store"})
    cookie.give_browser(response, sent.browser, parts.services.settings)
    return response


@router.get(LINK)
def link(parts: PartsNeeded, desk: Desk, visitor: At, key: Key = "") -> Response:
    """The page that an invitation opens: it says whose account will be linked."""
    if parts.provider is None:
        return _switched_off()
    found = desk.invitations.find(key, now=visitor.now)
    if found is None or found.purpose != Purpose.LINK_IDENTITY or found.account_id is None:
        return _refused(parts, InvitationGoneError(), "/")
    account = parts.services.log.get(Account, found.account_id)
    name = parts.provider.client.name
    return page("link", f"关联{name}", account=account, provider=name, start=START, key=key)


class Answer(BaseModel):
    """What the provider sends back by the browser; more is not read."""

    state: str = Field("", max_length=200)
    code: str = Field("", max_length=2_000)
    iss: str | None = Field(None, max_length=2_000)
    error: str | None = Field(None, max_length=200)


@router.get(CALLBACK)
def callback(
    request: Request,
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    answer: Annotated[Answer, Query()],
) -> Response:
    """Take the provider's answer, and let in whom it vouches for."""
    provider = parts.provider
    if provider is None:
        return _switched_off()
    settings = parts.services.settings
    browser = request.cookies.get(cookie.name_of(cookie.BROWSER, settings), "")
    returned = Returned(answer.state, answer.code, answer.iss, answer.error)
    try:
        arrived = finish(
            parts.services.log, desk, provider, visitor, browser=browser, returned=returned
        )
    except MonitoringError as refusal:
        return _refused(parts, refusal, "/")
    response = RedirectResponse(own_address(arrived.wanted), 303, {"Cache-Control": "no-store"})
    let_in(request, parts, response, arrived.key)
    cookie.take_browser_back(response, settings)
    return response


@router.get(LEAVE)
def leave(parts: PartsNeeded, visitor: At) -> Response:
    """Send somebody who has left us to where the provider is left, too."""
    if parts.provider is None:
        return _switched_off()
    return RedirectResponse(_way_out(parts.provider, visitor), 303, {"Cache-Control": "no-store"})


def _way_out(provider: Provider, visitor: At) -> str:
    try:
        return provider.leaving_address(visitor.now) or "/login"
    except MonitoringError:
        return "/login"


def _switched_off() -> Response:
    return page("no_provider", "没有开通", status=404)


def _refused(parts: Parts, refusal: MonitoringError, wanted: str) -> Response:
    response = sign_in_page(parts, wanted, problem=str(refusal), status=status_of(type(refusal)))
    cookie.take_browser_back(response, parts.services.settings)
    return response
