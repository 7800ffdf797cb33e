"""Pure ASGI, behind the entrance: what was done and read is on record before it is answered.

Where the record cannot be written nothing goes out: an auditor's read and an export that nobody
knows of must not be (issue 4, item 7). A command may have been done by then, and stands in the
log of events with its actor; its sender is told to look before he sends it again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import unquote

import anyio
import psycopg
from psycopg_pool import PoolTimeout
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.access.acts import Acts, keeping
from services.access.audit import AuditAwayError, AuditTrail, Entry
from services.access.on_record import Asked, lines_of
from services.access.signing_in import Person
from services.access.visitor import Visitor
from services.api.door.templates import page
from services.api.problems import answer, fault_of
from services.clock import Clock

logger = logging.getLogger(__name__)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CALLBACK = "/_dash-update-component"
"""A post that mostly reads; what it does is noted where it is decided."""

NO_CONTENT = ("/assets/", "/door/", "/_dash-component-suites/")
"""The parts pages are made of, the same for everybody."""
_NO_CONTENT_WHOLE = frozenset(
    {"/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_favicon.ico", "/favicon.ico"}
)


class Audited:
    """Writes the audit's lines of every request of somebody who is known."""

    def __init__(self, app: ASGIApp, trail: AuditTrail, clock: Clock) -> None:
        self._app = app
        self._trail = trail
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        person = scope.get("state", {}).get("person")
        if scope["type"] != "http" or person is None or _is_without_content(scope["path"]):
            await self._app(scope, receive, send)
            return
        with keeping() as acts:
            gate = _Gate(scope, receive, send, self._writer(scope, person, acts))
            try:
                await self._app(scope, receive, gate.send)
            except Exception:
                await gate.fail()
                raise

    def _writer(self, scope: Scope, person: Person, acts: Acts) -> Callable[[bool, bool], None]:
        visitor = visitor_of(scope, self._clock)

        def write(is_export: bool, failed: bool) -> None:  # noqa: FBT001  # one call, below
            asked = Asked(_line(scope), _is_command(scope), is_export, failed)
            lines: list[Entry] = lines_of(acts, asked, person, visitor)
            self._trail.note_all(lines)

        return write


class _Gate:
    """Lets an answer out once its lines are written."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, write: Callable[[bool, bool], None]
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._write = write
        self._begun = False
        self._shut = False

    async def send(self, message: Message) -> None:
        """Hand a piece of the answer on."""
        if message["type"] == "http.response.start":
            self._begun = True
            await self._open(message)
        if not self._shut:
            await self._send(message)

    async def fail(self) -> None:
        """Write what happened to a request that ended without an answer."""
        if not self._begun:
            try:
                await anyio.to_thread.run_sync(self._write, False, True)
            except (psycopg.Error, PoolTimeout):
                logger.exception("the audit could not be written")

    async def _open(self, message: Message) -> None:
        is_export = "attachment" in Headers(raw=message["headers"]).get("content-disposition", "")
        try:
            await anyio.to_thread.run_sync(self._write, is_export, message["status"] >= 400)
        except (psycopg.Error, PoolTimeout):
            logger.exception("the audit could not be written: nothing is answered")
            self._shut = True
            await _withheld(self._scope)(self._scope, self._receive, self._send)


def visitor_of(scope: Scope, clock: Clock) -> Visitor:
    """Who asks, from where, in which request."""
    client = scope.get("client")
    return Visitor(
        address=client[0] if client else "unknown",
        agent=Headers(scope=scope).get("user-agent", ""),
        request_id=scope.get("state", {}).get("request_id", ""),
        now=clock(),
    )


def _line(scope: Scope) -> str:
    query = unquote(scope.get("query_string", b"").decode("latin-1"))
    says = query and scope["path"] != CALLBACK  # there it is the renderer's own number
    return f"{scope['method']} {scope['path']}" + (f"?{query}" if says else "")


def _is_command(scope: Scope) -> bool:
    return scope["method"] not in SAFE and scope["path"] != CALLBACK


def _is_without_content(path: str) -> bool:
    return path.startswith(NO_CONTENT) or path in _NO_CONTENT_WHOLE


def _withheld(scope: Scope) -> ASGIApp:
    if "text/html" in Headers(scope=scope).get("accept", ""):
        return page("away", "暂时不能使用", status=503, problem=str(AuditAwayError()))
    request_id = scope.get("state", {}).get("request_id")
    return answer(fault_of(AuditAwayError()), scope["path"], request_id)
