"""Page by page through a list that may have hundreds of pages."""

from __future__ import annotations

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.address import Address
from dashboard.components.aria import aria, here
from dashboard.texts import frame as text

_NEAR = 2
GAP = "…"


def pager(address: Address, page: int, pages: int) -> Component | None:
    """Links to the pages around this one, to the first and the last; nothing for one page."""
    if pages <= 1:
        return None
    shown: list[Component] = []
    if page > 1:
        shown.append(_link(text.PREVIOUS, address.with_(rows=page - 1)))
    shown += [
        html.Span(GAP, className="pager__gap")
        if number is None
        else _link(str(number), address.with_(rows=number), is_here=number == page)
        for number in page_numbers(page, pages)
    ]
    if page < pages:
        shown.append(_link(text.NEXT, address.with_(rows=page + 1)))
    return html.Nav(shown, className="pager noprint", **aria(label=text.PAGES))


def page_numbers(page: int, pages: int) -> Iterator[int | None]:
    """The first, those near a page, the last; None stands for those left out."""
    last = 0
    for number in range(1, pages + 1):
        if number in (1, pages) or abs(number - page) <= _NEAR:
            if number > last + 1:
                yield None
            yield number
            last = number


def _link(words: str, to: Address, *, is_here: bool = False) -> Component:
    link = dcc.Link(words, href=to.href, className="chip chip--on" if is_here else "chip")
    return html.Span(link, **here("page", is_here=is_here))
