"""监控总览: where the money and the goals of a year stand, worst first."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard import ids, text
from dashboard.address import Address
from dashboard.clocks import Clocks, clocks_for
from dashboard.components import banners, states
from dashboard.components.controls import choice_control, clock_controls, controls, shown_known_at
from dashboard.components.view import View
from dashboard.pages.listing import Listing, listing
from dashboard.pages.overview_kpis import key_figures
from dashboard.pages.overview_targets import targets_section
from dashboard.pages.overview_units import units_section
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
        f"{text.OVERVIEW} {clocks.moment.fiscal_year}年度",
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
                "这一天还没有项目",
                f"{text.day(found.year.moment.as_of)}时，按当时已录，没有已生效的绩效目标。",
                ["把“数据截至”改为更晚的日期。", "清空“当时已录”。"],
            )
        ]
    return [
        key_figures(found, address, unclaimed),
        targets_section(found, address),
        units_section(found, address, unclaimed),
    ]


def _head(address: Address, clocks: Clocks, found: Listing) -> Component:
    moment = clocks.moment
    judged = "尚无评判" if clocks.evaluated_on is None else text.day(clocks.evaluated_on)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(f"{moment.fiscal_year}年度{text.OVERVIEW}"),
                    html.P(
                        [
                            html.Span(f"数据截至{text.day(moment.as_of)}"),
                            html.Span(f"支付数据截至{text.day(clocks.complete_to)}"),
                            html.Span(f"最近评判{judged}"),
                            html.Span("单位：万元"),
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
                        "年度",
                        [(str(year), f"{year}年度") for year in clocks.years],
                        str(moment.fiscal_year),
                    ),
                    choice_control(
                        ids.UNIT,
                        "单位",
                        [(unit.key, unit.name) for unit in found.units],
                        address.unit,
                        "全部单位",
                    ),
                    *clock_controls(clocks, address),
                ],
            ),
        ],
        className="page-head",
    )
