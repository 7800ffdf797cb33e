"""What surrounds every page, and the one callback that turns an address into a page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.acting import act
from dashboard.address import CONFIRMATIONS, IMPORTS, OVERVIEW, UNCLAIMED, Address
from dashboard.components import states
from dashboard.components.aria import aria, here
from dashboard.components.view import View
from dashboard.pages import target_approval as approval
from dashboard.pages import target_evidence as evidence
from dashboard.pages import target_kinds as kinds
from dashboard.pages.confirmations import acts as confirmations
from dashboard.pages.confirmations.page import show_confirmations
from dashboard.pages.imports import callbacks as imports
from dashboard.pages.imports.listing import show_imports
from dashboard.pages.imports.one import show_import
from dashboard.pages.overview import show_overview
from dashboard.pages.target import show_target
from dashboard.pages.unclaimed import acts as unclaimed
from dashboard.pages.unclaimed import callbacks as trying
from dashboard.pages.unclaimed.page import show_unclaimed
from dashboard.texts import frame as text
from dashboard.texts import terms
from domain.access.account import AccountKind
from domain.errors import MonitoringError
from domain.store import Store, StoreKind
from services.access.acts import note_read
from services.access.offices import FILLER, offices_of
from services.access.present import present
from services.access.signing_in import Person
from services.bootstrap import Services
from services.founding import store_on_record
from services.projections.projector import is_gone

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the main navigation: its path, its name, and what shows it."""

    path: str
    name: str
    show: Callable[[Services, Address], View]


PLACES = (
    Place(OVERVIEW, terms.OVERVIEW, show_overview),
    Place(CONFIRMATIONS, terms.TO_CONFIRM, show_confirmations),
    Place(UNCLAIMED, terms.UNCLAIMED_PAYMENTS, show_unclaimed),
    Place(IMPORTS, terms.IMPORTS, show_imports),
)
"""In the order of the navigation."""


def layout() -> Component:
    """The same for every page: the address, what hangs on it, and a place for notices."""
    return html.Div(
        [
            dcc.Location(id=ids.LOCATION, refresh=False),
            dcc.Store(id=ids.TITLE),
            dcc.Store(id=ids.ACT),
            dcc.Store(id=ids.ACTED),
            html.A(text.SKIP_LINK, href="#main", className="skip"),
            html.Div(id=ids.NOTICE, role="alert", className="notice"),
            html.Div(
                html.P(text.LOADING, className="loading", role="status"),
                id=ids.FRAME,
                className="frame",
            ),
            html.Div(id=ids.SAYING, className="saying"),
        ]
    )


def register(app: Dash, services: Services) -> None:
    """Bind the address to the page, and the title to the document."""

    @app.callback(
        Output(ids.FRAME, "children"),
        Output(ids.TITLE, "data"),
        Input(ids.LOCATION, "pathname"),
        Input(ids.LOCATION, "search"),
        running=[(Output(ids.FRAME, "className"), "frame frame--busy", "frame")],
    )
    async def _on_address(path: str, search: str) -> tuple[list[Component], str]:
        return await asyncio.to_thread(show, services, path, search)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("page", "title"),
        Input(ids.TITLE, "data"),
        State(ids.LOCATION, "pathname"),
    )

    @app.callback(
        Output(ids.FRAME, "children", allow_duplicate=True),
        Output(ids.SAYING, "children"),
        Output(ids.ACTED, "data"),
        Input(ids.ACT, "data"),
        State(ids.LOCATION, "pathname"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
        running=[(Output(ids.FRAME, "className"), "frame frame--busy", "frame")],
    )
    async def _on_act(
        said: Mapping[str, Any], path: str, search: str
    ) -> tuple[Any, Component, object]:
        return await asyncio.to_thread(_do, services, said, path, search)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("acts", "done"), Input(ids.ACTED, "data"), prevent_initial_call=True
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("acts", "hush"),
        Output(ids.SAYING, "children", allow_duplicate=True),
        Input(ids.LOCATION, "pathname"),
        Input(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    _write_address(app, Input(ids.YEAR, "value"), "year")
    _write_address(app, Input(ids.UNIT, "value"), "unit")
    _write_address(app, Input(ids.AS_OF, "date"), "as_of")
    _write_address(app, Input(ids.KNOWN_AT, "date"), "known_at")
    _write_address(app, Input(ids.MONTH, "value"), "month")
    _write_address(app, Input(ids.LEAST, "value"), "least")
    _write_address(app, Input(ids.MOST, "value"), "most")
    _write_address(app, Input(ids.WORDS, "value"), "words")
    imports.register(app, services)
    trying.register(app, services)


def _write_address(app: Dash, control: Input, name: str) -> None:
    """Let a control change its part of the address, in the browser."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("address", name),
        Output(ids.LOCATION, "search", allow_duplicate=True),
        control,
        State(ids.LOCATION, "search"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )


DOERS = {
    **confirmations.DOERS,
    **approval.DOERS,
    **kinds.DOERS,
    **evidence.DOERS,
    **unclaimed.DOERS,
}
"""What a button's ``data-do`` does."""


def _do(
    services: Services, said: Mapping[str, Any], path: str, search: str
) -> tuple[Any, Component, object]:
    """Do what was clicked, and show the same address as it stands then.

    Where nothing changed the page is left alone, with all that was typed into it.
    """
    acted = act(services.seen_by_present(), DOERS, said)
    page = show(services, path, search)[0] if acted.changed else no_update
    return page, acted.shown, said.get("nonce")


def show(services: Services, path: str | None, search: str | None) -> tuple[list[Component], str]:
    """Answer an address with header, page and footer, and a title."""
    address = Address.read(path, search)
    note_read(address.href)
    services = services.seen_by_present()
    view = _view(services, address)
    return _framed(view, address, _store(services)), f"{view.title} · {terms.SERVICE}"


def _view(services: Services, address: Address) -> View:
    """The page of an address; a failure becomes a page that says what to do."""
    try:
        return _page(services, address)
    except MonitoringError as problem:
        return states.refused(str(problem), address.to_overview().href)
    except Exception as problem:  # whoever looks must see a sentence, whatever happened
        logger.exception("page failed", extra={"path": address.path})
        return states.unreachable() if is_gone(problem) else states.failed()


def _page(services: Services, address: Address) -> View:
    if address.target_id is not None:
        return show_target(services, address, address.target_id)
    if address.import_id is not None:
        return show_import(services, address, address.import_id)
    place = next((one for one in PLACES if one.path == address.path), None)
    return states.no_such_page() if place is None else place.show(services, address)


def _store(services: Services) -> Store | None:
    """The store as founded; None before, and while it cannot be read."""
    try:
        return store_on_record(services.log)
    except Exception:  # the page itself says that the database is away
        logger.warning("store not read", exc_info=True)
        return None


def _framed(view: View, address: Address, store: Store | None) -> list[Component]:
    return [
        _header(address, store),
        html.Main(view.children, id="main", className="main", tabIndex="-1"),
        _footer(store, view),
    ]


def _header(address: Address, store: Store | None) -> Component:
    return html.Header(
        [
            html.Div(
                [
                    html.Span(terms.SERVICE, className="brand"),
                    *_whose(store),
                ],
                className="header__left",
            ),
            html.Nav(
                [_link(place, address) for place in PLACES],
                className="nav",
                **aria(label=text.MAIN_NAVIGATION),
            ),
            _who(),
        ],
        className="header",
    )


def _who() -> Component:
    """The plain pages that are somebody's, his own account, and the way out."""
    person = present()
    offices = [html.A(one.name, href=one.path) for one in offices_of(person.actor)]
    leaving = html.Form(
        html.Button(text.SIGN_OUT, type="submit", className="link"), action="/logout", method="post"
    )
    own = html.A(person.account.name, href="/account", title=text.OWN_ACCOUNT)
    return html.Div([*offices, *_filler(person), own, leaving], className="header__me")


def _filler(person: Person) -> list[Component]:
    """Who fills in, where several people use the account; it can be changed there."""
    if person.account.account_kind is not AccountKind.SHARED:
        return []
    name = person.filler.name if person.filler else text.NOT_SAID
    return [html.A(f"{text.FILLER}：{name}", href=FILLER, title=text.CHANGE_FILLER)]


def _link(place: Place, address: Address) -> Component:
    to = address.to_overview() if place.path == OVERVIEW else Address(place.path, address.year)
    return html.Span(
        dcc.Link(place.name, href=to.href, className="nav__link"),
        **here("page", is_here=address.path == place.path),
    )


def _whose(store: Store | None) -> list[Component]:
    """Whose data these are, and that they are made up where they are."""
    if store is None:
        return []
    said: list[Component] = []
    if store.label and store.label != terms.DEMO:
        said.append(html.Span(store.label, className="brand__place"))
    if store.kind is StoreKind.DEMO:
        said.append(html.Span(terms.DEMO, className="tag tag--demo"))
    return said


def _footer(store: Store | None, view: View) -> Component:
    words = {None: text.NO_STORE, StoreKind.DEMO: terms.DEMO, StoreKind.REAL: text.REAL}
    said = [words[store.kind if store else None]]
    if store:
        said.append(f"{terms.REGION} {store.region}")
    if view.clocks:
        moment = view.clocks.moment
        said += [
            f"{terms.AS_OF} {formats.short_day(moment.as_of)}",
            f"{terms.COMPLETE_TO} {formats.short_day(view.clocks.complete_to)}",
            f"{terms.POSITION} {moment.known_at}",
        ]
    return html.Footer([html.Span(one) for one in said], className="footer")
