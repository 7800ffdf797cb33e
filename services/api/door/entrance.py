"""Pure ASGI, over HTTP and websockets alike: nobody gets past it without being known.

Dash answers on routes of its own, a websocket's among them, that checks on routes do not see
(ui §1.2); this stands before all of them. What somebody may do is decided further in.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from functools import cache
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import quote, unquote

import anyio
import psycopg
from psycopg_pool import PoolTimeout
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.access.account import AccountKind
from services.access.desk import SignInDesk
from services.access.fillers import FillerUnsoundError
from services.access.offices import FILLER
from services.access.oidc.client import CALLBACK, LEAVE, LINK, START
from services.access.present import NotSignedInError, PasswordDueError, being
from services.access.signing_in import Person, who_by_session, who_by_token
from services.access.tokens import PREFIX
from services.api.door.cookie import COOKIE, name_of
from services.api.door.templates import page
from services.api.problems import answer, fault_of
from services.bootstrap import Services
from services.log.errors import LogUnreachableError

logger = logging.getLogger(__name__)

OPEN = frozenset(
    {
        "/login",
        "/first",
        START,
        CALLBACK,
        LINK,
        LEAVE,
        "/door/door.css",
        "/door/icon.svg",
        "/-/healthy",
        "/-/ready",
        "/version",
    }
)
"""Compared whole: ``/login/../x`` is none of them."""

OPEN_HERE = frozenset({"/metrics"})
"""Open to programs on this machine; everybody else needs a token."""

FIRST_A_PASSWORD = frozenset({"/account", "/account/password", "/logout"})
"""What is open to somebody who has to change the password first."""

AWAY = (psycopg.OperationalError, PoolTimeout, LogUnreachableError)

Refusal = NotSignedInError | PasswordDueError | FillerUnsoundError

Said = tuple[str, str] | None
"""Name and telephone of who fills in, as a program says it."""

_FOR_PROGRAMS = ("/api/", "/_", "/-/", "/assets/", "/metrics")

_CHANGE_IT = "/account?must=1"


class Entrance:
    """Lets in who is known, sends people to the sign-in page and refuses programs."""

    def __init__(self, app: ASGIApp, services: Services, desk: SignInDesk) -> None:
        self._app = app
        self._services = services
        self._desk = desk
        self._cookie = name_of(COOKIE, services.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if (scope["path"] in OPEN and scope["type"] == "http") or _is_open_here(scope):
            await self._app(scope, receive, send)
            return
        try:
            person = await self._known(scope)
        except AWAY:
            logger.warning("nobody can be let in: the database did not answer", exc_info=True)
            await _close_for_now(scope, receive, send)
            return
        except FillerUnsoundError as unsound:
            await _turn_away(unsound, scope, receive, send)
            return
        scope.setdefault("state", {})["person"] = person
        refusal = _refusal(scope["path"], person)
        if refusal is not None:
            await _turn_away(refusal, scope, receive, send)
        elif _lacks_filler(scope, person):
            where = f"{FILLER}?next={quote(_wanted(scope), safe='/')}"
            await RedirectResponse(where, 303)(scope, receive, send)
        elif person is None:
            await self._app(scope, receive, send)
        else:
            with being(person):
                await self._app(scope, receive, send)

    async def _known(self, scope: Scope) -> Person | None:
        headers = Headers(scope=scope)
        token, key = _token_in(headers), _session_in(headers, self._cookie)
        if token is None and key is None:
            return None
        return await anyio.to_thread.run_sync(self._who, token, key, _filler_in(headers))

    def _who(self, token: str | None, key: str | None, said: Said) -> Person | None:
        log, now = self._services.log, self._services.clock()
        if token is not None:
            person = self._filling_in(who_by_token(log, self._desk, token, now), said, now)
        else:
            person = who_by_session(log, self._desk, key or "", now)
        return person and replace(person, tree=cache(self._services.units_today))

    def _filling_in(self, person: Person | None, said: Said, now: datetime) -> Person | None:
        """Take a program's word for who fills in with a shared account.

        Raises:
            FillerUnsoundError: it is no name, or no telephone.
        """
        if person is None or said is None or person.account.account_kind is not AccountKind.SHARED:
            return person
        return replace(person, filler=self._desk.fillers.keep(person.account.id, *said, now=now))


def _lacks_filler(scope: Scope, person: Person | None) -> bool:
    """Whether a page is asked for with a shared account, and nobody said who it is."""
    if person is None or person.session is None or person.filler is not None:
        return False
    free = scope["path"] in FIRST_A_PASSWORD | {FILLER}
    shared = person.account.account_kind is AccountKind.SHARED
    return shared and not free and scope["type"] == "http" and _is_a_page(scope)


def _refusal(path: str, person: Person | None) -> Refusal | None:
    if person is None:
        return NotSignedInError()
    if person.must_change and path not in FIRST_A_PASSWORD:
        return PasswordDueError()
    return None


async def _close_for_now(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1013})
    elif _is_a_page(scope):
        await page("away", "暂时不能使用", status=503)(scope, receive, send)
    else:
        request_id = scope.get("state", {}).get("request_id")
        fault = fault_of(LogUnreachableError())
        await answer(fault, scope["path"], request_id)(scope, receive, send)


async def _turn_away(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    if _is_a_page(scope):
        await RedirectResponse(_sign_in_address(refusal, scope), 303)(scope, receive, send)
        return
    request_id = scope.get("state", {}).get("request_id")
    await answer(fault_of(refusal), scope["path"], request_id)(scope, receive, send)


def _is_open_here(scope: Scope) -> bool:
    """Whether the machine asks itself how the service is, which it must when all else is away."""
    client = scope.get("client")
    if scope["path"] not in OPEN_HERE or not client:
        return False
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _is_a_page(scope: Scope) -> bool:
    """Whether a person's browser asks for a page, not a program or a page's own script."""
    accepted = Headers(scope=scope).get("accept", "*/*")
    return (
        scope["method"] in ("GET", "HEAD")
        and not scope["path"].startswith(_FOR_PROGRAMS)
        and ("text/html" in accepted or "*/*" in accepted)
    )


def _sign_in_address(refusal: Refusal, scope: Scope) -> str:
    if isinstance(refusal, PasswordDueError):
        return _CHANGE_IT
    wanted = _wanted(scope)
    return "/login" if wanted == "/" else f"/login?next={quote(wanted, safe='/')}"


def _wanted(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    path: str = scope["path"]
    return f"{path}?{query}" if query else path


def _filler_in(headers: Headers) -> Said:
    """Percent-encoded UTF-8, since a header has no Chinese."""
    name, telephone = headers.get("x-filler"), headers.get("x-filler-telephone")
    return (unquote(name), telephone or "") if name is not None else None


def _token_in(headers: Headers) -> str | None:
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key if scheme.casefold() == "bearer" and key.startswith(PREFIX) else None


def _session_in(headers: Headers, name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None
