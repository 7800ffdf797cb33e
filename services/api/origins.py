"""While there are no accounts, pages of other sites must not reach us through a browser here.

A page anywhere can make the browser of this machine send forms to 127.0.0.1, or give its own
name our address (DNS rebinding). So the name we are called by is one of ours, and what
changes something comes from a page of ours, or from no page at all.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.problems import ForeignHostError, ForeignPageError, answer, fault_of
from services.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SAFE = ("GET", "HEAD", "OPTIONS")


def own_names(settings: Settings) -> frozenset[str]:
    """The names this service may be called by: this machine's, and those of its settings."""
    public = urlsplit(settings.base_url or "").hostname
    return frozenset({*LOOPBACK, settings.host.lower(), *((public,) if public else ())})


class OwnPagesOnly:
    """Pure ASGI: refuses requests to other names, and changes asked for by other sites' pages."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        error = self._refusal(scope) if scope["type"] == "http" else None
        if error is None:
            await self._app(scope, receive, send)
            return
        request_id = scope.get("state", {}).get("request_id")
        await answer(fault_of(error), scope["path"], request_id)(scope, receive, send)

    def _refusal(self, scope: Scope) -> ForeignHostError | ForeignPageError | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if _name_in(f"//{host}") not in self._names:
            return ForeignHostError()
        if scope["method"] in SAFE or not _is_foreign(headers, host):
            return None
        return ForeignPageError()


def _is_foreign(headers: Headers, host: str) -> bool:
    """Whether a page of another site asks; programs that are no browsers say nothing of it."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != host


def _name_in(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
