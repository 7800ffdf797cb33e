"""The overview's key figures, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.kpi import kpi, kpis
from dashboard.pages.listing import Listing, light_counts
from dashboard.texts import overview as text
from dashboard.texts import terms
from domain.light import Light
from domain.money import ZERO


def key_figures(found: Listing, address: Address, unclaimed: dict[str, Decimal]) -> Component:
    """Money in the first row, lights and open work in the second."""
    return html.Section(
        [
            kpis(_money(found), text.MONEY_FIGURES),
            kpis(_lights(found) + _open_work(found, address, unclaimed), text.OPEN_WORK),
        ],
        className="key-figures",
    )


def _money(found: Listing) -> list[Component]:
    money = found.money
    return [
        kpi(
            terms.PROJECT,
            str(len(found.of_unit)),
            text.COUNT_OF_PROJECTS,
            _projects_rest(found),
        ),
        kpi(terms.BUDGET, formats.wan(money.budget), terms.WAN, text.BUDGET_RESTS),
        kpi(
            terms.EXECUTED, formats.wan(money.executed), terms.WAN, text.paid_until(money.judged_on)
        ),
        kpi(
            terms.RATE,
            formats.share(money.execution_rate),
            "",
            text.against_plan(money.planned_share, money.gap_share, money.gap),
        ),
    ]


def _projects_rest(found: Listing) -> str:
    units = {one.unit for one in found.of_unit}
    return text.projects_rest(
        len(units), sum(len(one.standing.goals.indicators) for one in found.of_unit)
    )


def _lights(found: Listing) -> list[Component]:
    return [
        _light_kpi(terms.MONEY_LIGHT, (one.standing.money.light for one in found.of_unit)),
        _light_kpi(terms.GOALS_LIGHT, (one.standing.goals.light for one in found.of_unit)),
    ]


def _light_kpi(name: str, lights: Iterable[Light]) -> Component:
    counts = light_counts(lights)
    shown = [
        html.Span(
            [html.Span(terms.SHORT_LIGHTS[light], className="count__word"), str(counts[light])],
            className=f"count count--{light}",
        )
        for light in (Light.RED, Light.YELLOW)
    ]
    rest = [
        f"{terms.SHORT_LIGHTS[light]}{counts[light]}"
        for light in (Light.GREEN, Light.BLUE, Light.NONE)
        if counts[light] or light is not Light.BLUE
    ]
    return kpi(
        f"{name}　{text.RED_YELLOW}", html.Span(shown, className="counts"), "", "　".join(rest)
    )


def _open_work(found: Listing, address: Address, unclaimed: dict[str, Decimal]) -> list[Component]:
    silent = [one for one in found.of_unit if one.standing.goals.not_reported]
    items = sum(one.standing.goals.not_reported for one in silent)
    amount = unclaimed_of(unclaimed, address.unit)
    return [
        kpi(terms.NOT_REPORTED, str(items), text.COUNT_OF_INDICATORS, text.concerned(len(silent))),
        _to_confirm(found, address),
        kpi(
            text.OPEN_ALERTS,
            str(found.alerts),
            text.COUNT_OF_ALERTS,
            text.concerned(_alerted(found)),
        ),
        kpi(
            terms.UNCLAIMED_PAYMENTS,
            formats.wan(amount),
            terms.WAN,
            _unclaimed_rests(amount, address),
        ),
    ]


def _unclaimed_rests(amount: Decimal, address: Address) -> Component | str:
    """Whose money it is, and the way there."""
    rests = text.unclaimed_rests(of_one_unit=address.unit is not None)
    return dcc.Link(rests, href=address.to_unclaimed(address.unit).href) if amount else rests


def _to_confirm(found: Listing, address: Address) -> Component:
    """What waits for a person, and the way there."""
    asking = [one for one in found.of_unit if one.standing.goals.to_confirm]
    items = sum(one.standing.goals.to_confirm for one in asking)
    rests = text.concerned(len(asking))
    return kpi(
        terms.TO_CONFIRM,
        str(items),
        text.COUNT_OF_INDICATORS,
        dcc.Link(rests, href=address.to_confirmations().href) if asking else rests,
    )


def _alerted(found: Listing) -> int:
    return sum(one.picture.target_id in found.open_alerts for one in found.of_unit)


def unclaimed_of(unclaimed: dict[str, Decimal], unit: str | None) -> Decimal:
    """What nobody claimed, of a unit or of all; in yuan."""
    return sum(
        (amount for key, amount in unclaimed.items() if unit in (None, key)),
        ZERO,
    )
