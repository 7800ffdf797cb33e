"""A failure is logged, and said on the screen; Dash does neither by itself (ui §1.4)."""

from __future__ import annotations

import logging

from dash import ctx, no_update, set_props
from dash.exceptions import PreventUpdate
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import ids
from dashboard.texts import frame as text

logger = logging.getLogger(__name__)


def on_error(problem: Exception) -> object:
    """Log a callback's failure and tell who is looking."""
    logger.error("callback failed", exc_info=problem, extra={"triggered": str(ctx.triggered_id)})
    set_props(ids.NOTICE, {"children": text.CALLBACK_FAILED})
    return no_update


class LogErrors:
    """Logs what the framework would turn into a silent 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and log what comes back as an exception."""
        try:
            await self._app(scope, receive, send)
        except PreventUpdate:
            raise
        except Exception:
            logger.exception("request failed", extra={"path": scope.get("path")})
            raise
