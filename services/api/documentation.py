"""The API's own documentation, from files of ours and of one installed package: no other host.

The page has no inline script, so that it works under a strict Content-Security-Policy.
"""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, Response

from services.api.problems import MEDIA_TYPE, NoSuchPlaceError

PACKAGE = "flask-swagger-ui"
FOLDER = "flask_swagger_ui/dist"
ASSETS = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png")
"""What is served of swagger-ui; the package around them is not imported."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_PROBLEM = "#/components/schemas/Problem"
_SAID_AS_PROBLEMS = (_PROBLEM, "#/components/schemas/HTTPValidationError")

router = APIRouter(prefix="/api/docs", include_in_schema=False)


@router.get("")
def page() -> HTMLResponse:
    """The page."""
    text = (files("services.api") / "docs.html").read_text(encoding="utf-8")
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY})


@router.get("/start.js")
def start() -> Response:
    """What the page runs."""
    text = (files("services.api") / "docs.js").read_text(encoding="utf-8")
    return Response(text, media_type="text/javascript")


@router.get("/{name}")
def asset(name: str) -> FileResponse:
    """One of swagger-ui's files."""
    if name not in ASSETS:
        raise NoSuchPlaceError
    found = Path(str(distribution(PACKAGE).locate_file(f"{FOLDER}/{name}")))
    return FileResponse(found, HTTPStatus.OK, {"Cache-Control": "max-age=86400"})


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: what FastAPI makes of the routes, with problems as they are sent."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                _say_problem(status, response)
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's own, never sent
        document["components"]["schemas"].pop(name, None)
    return document


def _say_problem(status: str, response: dict[str, Any]) -> None:
    sent = response.get("content", {}).get("application/json", {}).get("schema", {})
    if status >= "400" and sent.get("$ref") in _SAID_AS_PROBLEMS:
        response["content"] = {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}}
