"""Plain pages that any browser shows, without a script: signing in must not need one."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def page(
    name: str, title: str, *, status: int = 200, script: bool = False, **values: object
) -> HTMLResponse:
    """Fill a page; everything said in it is escaped. ``script``: it has a button to print."""
    given = {"title": title, "problem": None, "done": None, "script": script} | values
    text = _pages().get_template(f"{name}.html").render(given)
    headers = {
        "Content-Security-Policy": f"{POLICY}; script-src 'self'" if script else POLICY,
        "Cache-Control": "no-store",
    }
    return HTMLResponse(text, status, headers)


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("services.api.door", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
