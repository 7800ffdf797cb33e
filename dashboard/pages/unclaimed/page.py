"""未认领支付: what is open, what it comes to, and three lists: open, claimed, rules."""

from __future__ import annotations

from collections.abc import Callable

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import CLAIMED_VIEW, IMPORTS, NO_UNIT, RULES_VIEW, Address
from dashboard.components import banners, states
from dashboard.components.aria import aria, here
from dashboard.components.controls import (
    choice_control,
    controls,
    shown_known_at,
    typed_control,
)
from dashboard.components.kpi import kpi, kpis
from dashboard.components.view import View
from dashboard.pages.unclaimed.claimed import claimed_section
from dashboard.pages.unclaimed.dialogs import dialogs
from dashboard.pages.unclaimed.lines import lines_section
from dashboard.pages.unclaimed.look import Look, look_at, years_of
from dashboard.pages.unclaimed.rules import rules_section
from dashboard.texts import terms
from dashboard.texts import unclaimed as text
from domain.money import ZERO
from services.bootstrap import Services
from services.readmodel.readmodel import YearNotOnRecordError

Section = Callable[[Look], Component]

SECTIONS: dict[str | None, Section] = {
    None: lines_section,
    CLAIMED_VIEW: claimed_section,
    RULES_VIEW: rules_section,
}


def show_unclaimed(services: Services, address: Address) -> View:
    """Answer an address with the page.

    Raises:
        YearNotOnRecordError: the address names a year with neither targets nor payments.
    """
    years = years_of(services)
    if not years:
        return _no_payments()
    if address.year is not None and address.year not in years:
        raise YearNotOnRecordError(address.year)
    look = look_at(services, address, years)
    if not look.sums and not look.address.view:
        return View(text.title(look.moment.fiscal_year), [_head(look), _nothing()], look.clocks)
    known_then = [] if address.known_at is None else [banners.known_then(address.known_at)]
    return View(
        text.title(look.moment.fiscal_year),
        [
            _head(look),
            *banners.reading_banners(services.read_model.readings()),
            *known_then,
            _figures(look),
            _views(look),
            SECTIONS[address.view](look),
            *(dialogs(look) if look.may_act else []),
        ],
        look.clocks,
    )


def _no_payments() -> View:
    return View(terms.UNCLAIMED_PAYMENTS, [_nothing()])


def _nothing() -> Component:
    title, sentence = text.NO_PAYMENTS
    step = html.Span([text.IMPORT_THEM, dcc.Link(terms.IMPORTS, href=IMPORTS)])
    return states.notice(title, sentence, [step])


def _head(look: Look) -> Component:
    moment, address = look.moment, look.address
    return html.Div(
        [
            html.Div(
                [
                    html.H1(text.title(moment.fiscal_year)),
                    html.P(
                        [
                            html.Span(text.until(moment.as_of)) if address.as_of else None,
                            html.Span(f"{terms.COMPLETE_TO}{formats.day(look.clocks.complete_to)}"),
                            html.Span(text.MONEY_UNIT),
                        ],
                        className="subtitle",
                    ),
                ]
            ),
            controls(
                {
                    "year": str(moment.fiscal_year),
                    "unit": address.unit,
                    "month": _month(look),
                    "least": _plain(address.least),
                    "most": _plain(address.most),
                    "words": address.words,
                    "as_of": address.as_of.isoformat() if address.as_of else "",
                    "known_at": shown_known_at(address),
                },
                _controls(look),
            ),
        ],
        className="page-head",
    )


def _controls(look: Look) -> list[Component]:
    address = look.address
    year = choice_control(
        ids.YEAR,
        terms.YEAR,
        [(str(year), terms.fiscal_year(year)) for year in look.clocks.years],
        str(look.moment.fiscal_year),
    )
    if address.view == RULES_VIEW:
        return [year]
    units = [
        (one.unit or NO_UNIT, text.unit_choice(one.name or one.unit or text.NO_UNIT, one.lines))
        for one in look.units
    ]
    months = sorted({one.month for one in look.sums}, reverse=True)
    return [
        year,
        choice_control(
            ids.UNIT, terms.UNIT, _with(units, address.unit), address.unit, terms.ALL_UNITS
        ),
        choice_control(
            ids.MONTH,
            text.MONTH,
            [(f"{month:%Y-%m}", text.month_of(month)) for month in months],
            _month(look),
            text.ALL_MONTHS,
        ),
        typed_control(ids.LEAST, text.LEAST, _plain(address.least)),
        typed_control(ids.MOST, text.MOST, _plain(address.most)),
        typed_control(ids.WORDS, text.WORDS, address.words, text.WORDS_HINT, "13rem"),
    ]


def _with(units: list[tuple[str, str]], chosen: str | None) -> list[tuple[str, str]]:
    """A unit that is chosen is on the list, also when nothing of it is open any more."""
    known = {key for key, _ in units}
    return units if chosen is None or chosen in known else [*units, (chosen, chosen)]


def _month(look: Look) -> str | None:
    month = look.address.month
    return f"{month:%Y-%m}" if month else None


def _plain(amount: object) -> str:
    return "" if amount is None else str(amount)


def _figures(look: Look) -> Component:
    """Everything entered, by where it stands: treasury = these + not entered (rules §2)."""
    lines = sum(one.lines for one in look.units)
    broken = sum(one.reopened for one in look.units)
    entered = sum((one.amount for one in look.sums), ZERO)
    figures = [
        kpi(
            terms.UNCLAIMED,
            formats.wan(look.standing("unclaimed")),
            f"{terms.WAN}　{lines:,}{text.LINES}",
            text.lines_of(len(look.units), broken),
        ),
        kpi(text.MATCHED, formats.wan(look.standing("matched")), terms.WAN, text.MATCHED_RESTS),
        kpi(text.BASIC, formats.wan(look.standing("basic")), terms.WAN, text.BASIC_RESTS),
        kpi(
            text.ENTERED,
            formats.wan(entered),
            terms.WAN,
            terms.clauses([text.ADDS_UP, text.TO_CLOSING]),
        ),
    ]
    return html.Section(kpis(figures, text.FIGURES), className="key-figures")


def _views(look: Look) -> Component:
    address = look.address
    links = [
        html.Span(
            dcc.Link(
                words,
                href=address.with_(view=view, order=None).href,
                className="chip chip--on" if view == address.view else "chip",
            ),
            **here("page", is_here=view == address.view),
        )
        for view, words in text.VIEWS.items()
    ]
    return html.Nav(links, className="chips", **aria(label=text.VIEW_LIST))
