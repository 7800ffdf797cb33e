"""Addresses below /api that are none: 404, or 405 where only the method is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

Allowed = Mapping[re.Pattern[str], str]


def install(app: FastAPI) -> None:
    """Add the last route below /api; whatever the pages add later comes after it."""
    allowed = _allowed(app)

    def missing(rest: str, request: Request) -> Response:  # noqa: ARG001  # the route has it
        for pattern, methods in allowed.items():
            if pattern.fullmatch(request.url.path):
                raise HTTPException(405, headers={"Allow": methods})
        raise HTTPException(404)

    app.add_api_route("/api/{rest:path}", missing, methods=METHODS, include_in_schema=False)


def _allowed(app: FastAPI) -> Allowed:
    """Methods by address, as documented."""
    found = {}
    for path, operations in app.openapi()["paths"].items():
        pattern = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path))
        found[re.compile(pattern)] = ", ".join(sorted(map(str.upper, operations)))
    return found
