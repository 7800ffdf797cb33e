"""Machines and people at one door: Dash's pages on the API's application (ui §1.2)."""

from __future__ import annotations

from pathlib import Path

from dash import Dash
from dash.backends._fastapi import reset_current_request, set_current_request
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse

from dashboard import shell, theme, uploads
from dashboard.address import IMPORT, TARGET
from dashboard.failures import LogErrors, on_error
from dashboard.security import NoWebsockets, SecurityHeaders, content_security_policy
from dashboard.texts import frame as text
from dashboard.texts import terms
from services.access.acts import note_nothing_read
from services.bootstrap import Services

ASSETS = Path(__file__).parent / "assets"

_INDEX = (Path(__file__).parent / "index.html").read_text(encoding="utf-8")


class Screen(Dash):
    """Dash with our own page around it: Chinese, our icon, a word while it loads."""

    def interpolate_index(self, app_entry: str = "", **parts: str) -> str:  # type: ignore[override]
        """Fill the page; what Dash says in English is said in Chinese.

        Nothing of the content is in it: that comes with the callback behind it.
        """
        note_nothing_read()
        entry = app_entry.replace("Loading...", text.LOADING)
        page = super().interpolate_index(app_entry=entry, **parts)  # type: ignore[no-untyped-call]
        return str(page)


def create_app(services: Services, api: FastAPI) -> FastAPI:
    """Put the pages on the API's application, which must have all its routes by now.

    What comes later is hidden: whatever is no page and no file is answered 404 here.
    """
    api.add_middleware(LogErrors)  # innermost: Dash's own layer would swallow what it logs
    screen = _screen(api)
    shell.register(screen, services)
    prime(screen)
    uploads.add_routes(api, services)
    _add_pages(api, screen)
    api.add_middleware(NoWebsockets)
    api.add_middleware(
        SecurityHeaders,
        policy=content_security_policy(screen.csp_hashes()),
        encrypted=services.settings.is_encrypted,
    )
    api.state.screen = screen
    return api


def _screen(api: FastAPI) -> Screen:
    screen = Screen(
        "dashboard",
        server=api,  # type: ignore[arg-type]  # says a flag, takes an application
        assets_folder=str(ASSETS),
        pages_folder="",
        use_pages=False,
        index_string=_INDEX.replace("{{colours}}", theme.css_variables()),
        title=terms.SERVICE,
        update_title="",
        suppress_callback_exceptions=True,
        add_log_handler=False,
        websocket_callbacks=False,
        on_error=on_error,
    )
    screen.layout = shell.layout
    screen.backend.websocket_capability = False  # else each page opens one, to be refused
    return screen


def prime(screen: Dash) -> None:
    """Run what Dash leaves to its first request, so that no page comes out without it."""
    screen._setup_server()  # type: ignore[no-untyped-call]  # noqa: SLF001  # the only way


def _add_pages(api: FastAPI, screen: Dash) -> None:
    """Serve the addresses of pages, and 404 with the same page for all others.

    Dash would answer every address with 200, and only after the start of the server.
    """

    async def found(request: Request) -> HTMLResponse:
        return HTMLResponse(_index(screen, request))

    async def missing(request: Request) -> HTMLResponse:
        return HTMLResponse(_index(screen, request), status_code=404)

    for place in shell.PLACES:
        api.add_api_route(place.path, found, include_in_schema=False)
    for page in (f"{TARGET}{{target_id:uuid}}", f"{IMPORT}{{file_id:uuid}}"):
        api.add_api_route(page, found, include_in_schema=False)
    api.add_api_route("/{rest:path}", missing, include_in_schema=False)


def _index(screen: Dash, request: Request) -> str:
    """Dash's page, in the request that it looks for outside its own routes."""
    token = set_current_request(request)  # type: ignore[no-untyped-call]
    try:
        return str(screen.index())  # type: ignore[no-untyped-call]
    finally:
        reset_current_request(token)  # type: ignore[no-untyped-call]
