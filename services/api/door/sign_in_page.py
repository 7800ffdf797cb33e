"""The page to sign in at, and what the routes at the door share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, Response

from services.access.desk import SignInDesk
from services.access.samples import SAMPLE_PASSWORD, is_sample
from services.access.visitor import Visitor
from services.api.door import cookie
from services.api.door.templates import page
from services.api.parts import Parts, PartsNeeded
from services.readmodel.accounts import AccountList


def desk_of(parts: PartsNeeded) -> SignInDesk:
    """The application's sign-in desk."""
    return parts.desk


def visitor_of(request: Request, parts: PartsNeeded) -> Visitor:
    """Who stands at the door."""
    return Visitor(
        address=request.client.host if request.client else "unknown",
        agent=request.headers.get("user-agent", ""),
        request_id=getattr(request.state, "request_id", ""),
        now=parts.services.clock(),
    )


Desk = Annotated[SignInDesk, Depends(desk_of)]
At = Annotated[Visitor, Depends(visitor_of)]


def sign_in_page(
    parts: Parts,
    wanted: str,
    *,
    login: str = "",
    problem: str | None = None,
    status: int = 200,
    left: bool = False,
) -> HTMLResponse:
    """The page, with what went wrong.

    ``left``: whether somebody has just left whom the identity provider still knows.
    """
    client = parts.provider.client if parts.provider else None
    return page(
        "login",
        "登录",
        status=status,
        next=own_address(wanted),
        login=login,
        problem=problem,
        anybody=parts.desk.credentials.any(),
        samples=AccountList(parts.lookups.pool).all() if is_sample(parts.services.log) else (),
        sample_password=SAMPLE_PASSWORD,
        provider=client.name if client else None,
        left=left,
    )


def own_address(address: str) -> str:
    """An address of ours, else the first page: nobody is led elsewhere by a link."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and address.isprintable() else "/"


def let_in(request: Request, parts: Parts, response: Response, key: str) -> None:
    """Give the browser its new session, and end the one it had."""
    settings = parts.services.settings
    if former := request.cookies.get(cookie.name_of(cookie.COOKIE, settings)):
        parts.desk.sessions.end_key(former)
    cookie.give(response, key, settings)
