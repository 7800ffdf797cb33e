"""The cookie that holds a session's key."""

from __future__ import annotations

from starlette.responses import Response

from services.access.sessions import ABSOLUTE
from services.settings import Settings

COOKIE = "jixiao_session"


def give(response: Response, key: str, settings: Settings) -> None:
    """Hand the key to the browser: no script reads it, no other site's page sends it."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=int(ABSOLUTE.total_seconds()),
        secure=settings.is_encrypted,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response) -> None:
    """Let the browser forget the key."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
