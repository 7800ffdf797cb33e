"""监控总览: where the money and the goals of a year stand, worst first."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import Address
from dashboard.clocks import Clocks, clocks_for
from dashboard.components import banners, states
from dashboard.components.controls import choice_control, clock_controls, controls, shown_known_at
from dashboard.components.view import View
from dashboard.pages.listing import Listing, listing
from dashboard.pages.overview_kpis import key_figures
from dashboard.pages.overview_targets import targets_section
from dashboard.pages.overview_units import units_section
from dashboard.texts import frame, terms
from dashboard.texts import overview as text
from services.bootstrap import Services


def show_overview(services: Services, address: Address) -> View:
    """Answer an address with the overview of a year."""
    clocks = clocks_for(services, address)
    if clocks is None:
        return states.empty_store()
    read_model = services.read_model
    year = read_model.judged_year(clocks.moment)
    found = listing(year, read_model.alerts(clocks.moment), address)
    return View(
        text.overview_title(clocks.moment.fiscal_year),
        [
            _head(address, clocks, found),
            *banners.reading_banners(read_model.readings()),
            *banners.data_banners(clocks, address.known_at),
            *_content(address, found, read_model.unclaimed(clocks.moment)),
        ],
        clocks,
    )


def _content(address: Address, found: Listing, unclaimed: dict[str, Decimal]) -> list[Component]:
    if not found.year.targets:
        return [
            states.notice(
                frame.NO_TARGETS_THAT_DAY,
                frame.no_targets_then(found.year.moment.as_of),
                frame.CHOOSE_ANOTHER_DAY,
            )
        ]
    return [
        key_figures(found, address, unclaimed),
        targets_section(found, address),
        units_section(found, address, unclaimed),
    ]


def _evaluated(clocks: Clocks) -> str:
    if clocks.evaluated_on is None:
        return text.NEVER_EVALUATED
    return f"{terms.EVALUATED_ON}{formats.day(clocks.evaluated_on)}"


def _head(address: Address, clocks: Clocks, found: Listing) -> Component:
    moment = clocks.moment
    return html.Div(
        [
            html.Div(
                [
                    html.H1(text.overview_title(moment.fiscal_year)),
                    html.P(
                        [
                            html.Span(f"{terms.AS_OF}{formats.day(moment.as_of)}"),
                            html.Span(f"{terms.COMPLETE_TO}{formats.day(clocks.complete_to)}"),
                            html.Span(_evaluated(clocks)),
                            html.Span(text.MONEY_UNIT),
                        ],
                        className="subtitle",
                    ),
                ]
            ),
            controls(
                {
                    "year": str(moment.fiscal_year),
                    "as_of": moment.as_of.isoformat(),
                    "known_at": shown_known_at(address),
                    "unit": address.unit,
                },
                [
                    choice_control(
                        ids.YEAR,
                        terms.YEAR,
                        [(str(year), terms.fiscal_year(year)) for year in clocks.years],
                        str(moment.fiscal_year),
                    ),
                    choice_control(
                        ids.UNIT,
                        terms.UNIT,
                        [(unit.key, unit.name) for unit in found.units],
                        address.unit,
                        terms.ALL_UNITS,
                    ),
                    *clock_controls(clocks, address),
                ],
            ),
        ],
        className="page-head",
    )
