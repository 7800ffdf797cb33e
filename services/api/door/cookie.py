"""The cookies: a session's key, and that of a sign-in under way at the identity provider."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from services.access.oidc.pending import LASTS
from services.access.sessions import ABSOLUTE
from services.settings import Settings

COOKIE = "jixiao_session"
BROWSER = "jixiao_oidc"
_OURS_ALONE = "__Host-"
"""Browsers take a cookie of such a name from this very host over TLS, and from nobody else."""


def name_of(cookie: str, settings: Settings) -> str:
    """How a cookie is called, encrypted or on this machine."""
    return f"{_OURS_ALONE}{cookie}" if settings.is_encrypted else cookie


def give(response: Response, key: str, settings: Settings) -> None:
    """Hand a session's key to the browser."""
    _set(response, COOKIE, key, ABSOLUTE, settings)


def take_back(response: Response, settings: Settings) -> None:
    """Let the browser forget the key, and what pages kept in it."""
    _forget(response, COOKIE, settings)
    response.headers["Clear-Site-Data"] = '"storage"'


def give_browser(response: Response, key: str, settings: Settings) -> None:
    """Let the browser keep by what its sign-in at the provider is known until it is back."""
    _set(response, BROWSER, key, LASTS, settings)


def take_browser_back(response: Response, settings: Settings) -> None:
    """Let the browser forget it."""
    _forget(response, BROWSER, settings)


def _set(response: Response, cookie: str, value: str, lasts: timedelta, settings: Settings) -> None:
    """No script reads it, and no other site's page sends it."""
    response.set_cookie(
        name_of(cookie, settings),
        value,
        max_age=int(lasts.total_seconds()),
        secure=settings.is_encrypted,
        httponly=True,
        samesite="lax",
    )


def _forget(response: Response, cookie: str, settings: Settings) -> None:
    response.delete_cookie(
        name_of(cookie, settings), secure=settings.is_encrypted, httponly=True, samesite="lax"
    )
