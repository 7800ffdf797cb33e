"""The overview's list of units: money by sums, goals by counts (rules §4)."""

from __future__ import annotations

from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.badges import light_badge
from dashboard.components.progress import rate_bar
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.pages.listing import Listing, UnitName
from dashboard.texts import overview as text
from dashboard.texts import terms
from domain.money import ZERO
from domain.standing import UnitStanding

NUMBER = "number"


def units_section(found: Listing, address: Address, unclaimed: dict[str, Decimal]) -> Component:
    """A row a unit; what nobody claimed and no unit is known for has a row of its own."""
    chosen = [unit for unit in found.units if address.unit in (None, unit.key)]
    units = sorted(chosen, key=lambda unit: _worst_first(found.year.units[unit.key]))
    return html.Section(
        [
            html.H2(text.UNITS),
            table(
                text.UNITS,
                [
                    Column(terms.UNIT, "wide"),
                    Column(terms.PROJECT, NUMBER),
                    Column(terms.BUDGET, NUMBER),
                    Column(terms.EXECUTED, NUMBER),
                    Column(terms.RATE, NUMBER),
                    Column(terms.PLANNED_SHARE, NUMBER),
                    Column(terms.DIFFERENCE_POINTS, NUMBER),
                    Column(terms.MONEY_LIGHT),
                    Column(text.GOALS_BY_TARGETS),
                    Column(text.NOT_REPORTED_ITEMS, NUMBER),
                    Column(terms.UNCLAIMED, NUMBER),
                ],
                [_row(unit, found, address, unclaimed) for unit in units],
            ),
            _elsewhere(found, address, unclaimed),
        ],
        className="card",
    )


def _worst_first(standing: UnitStanding) -> tuple[int, Decimal]:
    return standing.money.light.rank, -(standing.money.gap_share or ZERO)


def _row(
    unit: UnitName, found: Listing, address: Address, unclaimed: dict[str, Decimal]
) -> Component:
    standing = found.year.units[unit.key]
    money = standing.money
    to = address.with_(unit=None if address.unit == unit.key else unit.key)
    return row(
        [
            row_heading(dcc.Link(unit.name, href=to.href), "wide"),
            cell(str(sum(one.unit == unit.key for one in found.year.targets)), NUMBER),
            cell(formats.wan(money.budget), NUMBER),
            cell(formats.wan(money.executed), NUMBER),
            cell(rate_bar(money.execution_rate, money.planned_share, money.light), NUMBER),
            cell(formats.share(money.planned_share), NUMBER),
            cell(
                formats.NOTHING if money.gap_share is None else formats.points(-money.gap_share),
                NUMBER,
            ),
            cell(light_badge(money.light, title=money.reason)),
            cell(_goals(standing)),
            cell(str(standing.not_reported) if standing.not_reported else formats.NOTHING, NUMBER),
            cell(_unclaimed(unclaimed.get(unit.key, ZERO), address.to_unclaimed(unit.key)), NUMBER),
        ]
    )


def _unclaimed(amount: Decimal, to: Address) -> Component | str:
    return dcc.Link(formats.wan(amount), href=to.href) if amount else formats.NOTHING


def _goals(standing: UnitStanding) -> Component:
    counts = [
        html.Span(
            f"{terms.SHORT_LIGHTS[light]}{count}",
            className=f"count-word count-word--{light}",
        )
        for light, count in standing.goals
        if count
    ]
    return html.Span(counts, className="rests")


def _elsewhere(found: Listing, address: Address, unclaimed: dict[str, Decimal]) -> Component | None:
    """What was paid for no unit of the list, so that no money is out of sight."""
    keys = {unit.key for unit in found.units}
    amount = sum((paid for unit, paid in unclaimed.items() if unit not in keys), ZERO)
    if address.unit or not amount:
        return None
    return html.P(text.unclaimed_elsewhere(amount), className="note")
