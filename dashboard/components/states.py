"""Pages that have nothing to show say why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.address import OVERVIEW
from dashboard.components.view import View
from dashboard.texts import frame as text
from dashboard.texts import terms


def notice(
    title: str, sentence: str, steps: Sequence[Component | str] = (), *, failed: bool = False
) -> Component:
    """A headline, a sentence and the next steps; a failure is announced at once."""
    return html.Section(
        [
            html.H1(title),
            html.P(sentence),
            html.Ol([html.Li(step) for step in steps]) if steps else None,
        ],
        className="state state--failed" if failed else "state",
        role="alert" if failed else "status",
    )


def empty_store() -> View:
    """Nothing is on record yet."""
    title, sentence = text.EMPTY
    return View(title, [notice(title, sentence, [_command(*step) for step in text.EMPTY_STEPS])])


def _command(what: str, command: str) -> Component:
    return html.Span([what, html.Code(command)])


def _back_to(href: str) -> Component:
    before, after = text.BACK_TO
    return html.Span([before, dcc.Link(terms.OVERVIEW, href=href), after])


def no_such_page() -> View:
    """The address leads nowhere."""
    title, sentence = text.NO_SUCH_PAGE
    return View(title, [notice(title, sentence, [_back_to(OVERVIEW)])])


def refused(sentence: str, back: str) -> View:
    """A question the service cannot answer, in its own words."""
    steps: list[Component | str] = [text.CHECK_ADDRESS, _back_to(back)]
    return View(text.REFUSED, [notice(text.REFUSED, sentence, steps, failed=True)])


def unreachable() -> View:
    """The database is away."""
    title, sentence = text.UNREACHABLE
    steps: list[Component | str] = [text.UNREACHABLE_WAIT, _command(*text.UNREACHABLE_STATUS)]
    return View(title, [notice(title, sentence, steps, failed=True)])


def failed() -> View:
    """Something went wrong that nobody foresaw; it is in the log."""
    title, sentence = text.FAILED
    return View(title, [notice(title, sentence, text.FAILED_STEPS, failed=True)])
