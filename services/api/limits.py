"""How much of a body is read: 1 MB, uploads a file of 20 MB; counted while it comes in."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.problems import TooLargeError, answer, fault_of
from services.file_size import ENVELOPE_BYTES, MOST_BYTES

JSON_BYTES = 1_000_000
UPLOAD_BYTES = MOST_BYTES + ENVELOPE_BYTES


class TooLong(HTTPException):
    """Raised inside whoever reads the body, and answered as a problem like any other."""

    def __init__(self, limit: int) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(TooLargeError(limit)))


class BodyLimits:
    """Pure ASGI: refuses at once what says it is too long, and stops what grows too long."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = limit_for(headers.get("content-type", ""))
        if _said(headers) > limit:
            fault = fault_of(TooLargeError(limit))
            refused = answer(fault, scope["path"], scope.get("state", {}).get("request_id"))
            await refused(scope, receive, send)
            return
        await self._app(scope, _counting(receive, limit), send)


def limit_for(content_type: str) -> int:
    """How many bytes are read of a body of that type."""
    return UPLOAD_BYTES if content_type.startswith("multipart/form-data") else JSON_BYTES


def _said(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isdecimal() else 0


def _counting(receive: Receive, limit: int) -> Receive:
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise TooLong(limit)
        return message

    return counted
