"""The cookies: a session's key, and that of a sign-in under way at the identity provider."""

from __future__ import annotations

from starlette.responses import Response

from services.access.oidc.pending import LASTS
from services.access.sessions import ABSOLUTE
from services.settings import Settings

COOKIE = "jixiao_session"
BROWSER = "jixiao_oidc"
_BROWSER_PATH = "/oidc"


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


def give_browser(response: Response, key: str, settings: Settings) -> None:
    """Let the browser keep by what its sign-in at the provider is known until it is back."""
    response.set_cookie(
        BROWSER,
        key,
        max_age=int(LASTS.total_seconds()),
        path=_BROWSER_PATH,
        secure=settings.is_encrypted,
        httponly=True,
        samesite="lax",
    )


def take_browser_back(response: Response) -> None:
    """Let the browser forget it."""
    response.delete_cookie(BROWSER, path=_BROWSER_PATH, httponly=True, samesite="lax")
