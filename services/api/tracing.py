"""Every request has an id, is counted and timed, and never ends in a page of our insides."""

from __future__ import annotations

import logging
import re
import time
from http import HTTPStatus
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.metrics import Metrics
from services.api.missing import METHODS
from services.api.problems import Fault, answer

logger = logging.getLogger(__name__)

HEADER = "X-Request-Id"

_SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class Tracing:
    """Pure ASGI: gives the id, measures, and turns what nobody caught into a plain problem."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _given_id(scope) or uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        started = time.perf_counter()
        try:
            await self._app(scope, receive, send_named)
        except Exception:
            logger.exception("a request failed", extra={"request_id": request_id})
            if status:
                raise
            await _sorry(scope, request_id)(scope, receive, send_named)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.observe(_method(scope), _template(scope), status, seconds)


def _given_id(scope: Scope) -> str | None:
    given = Headers(scope=scope).get(HEADER)
    return given if given and _SAFE_ID.fullmatch(given) else None


def _sorry(scope: Scope, request_id: str) -> ASGIApp:
    text = "服务出错，已记录。请联系管理员，并告知请求编号。"
    fault = Fault(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", text)
    return answer(fault, scope["path"], request_id)


def _template(scope: Scope) -> str:
    """The route's own path, so that ids make no label of their own."""
    return str(getattr(scope.get("route"), "path", "other"))


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in METHODS else "other"
