"""The overview's list of targets, worst first."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.aria import aria, here
from dashboard.components.badges import goals_badge, light_badge, word_badge
from dashboard.components.progress import rate_bar
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.pages.listing import ROWS_A_PAGE, Listing, why
from dashboard.texts import overview as text
from dashboard.texts import terms
from dashboard.texts.approval import not_approved
from domain.approval import Stage
from domain.light import Light
from domain.money_light import MoneyStanding
from services.readmodel.judged import JudgedTarget

NUMBER = "number"
_BEHIND = (Light.RED, Light.YELLOW)


def targets_section(found: Listing, address: Address) -> Component:
    """The filter, the list, and its pages."""
    return html.Section(
        [
            html.Div(
                [html.H2(terms.PROJECT), _order(address), _filter(found, address)],
                className="section-head",
            ),
            _table(found, address) if found.shown else _no_match(address),
            _pager(found, address),
        ],
        className="card",
    )


def _filter(found: Listing, address: Address) -> Component:
    chips = [
        _chip(words, found.count(light), address.with_(light=light), is_here=address.light == light)
        for light, words in terms.LIGHT_FILTERS.items()
        if light in (None, "red", "yellow", address.light) or found.count(light)
    ]
    return html.Nav(chips, className="chips", **aria(label=text.FILTER_BY_LIGHT))


def _chip(words: str, count: int, to: Address, *, is_here: bool) -> Component:
    link = dcc.Link(
        f"{words} {count}", href=to.href, className="chip chip--on" if is_here else "chip"
    )
    return html.Span(link, **here("true", is_here=is_here))


def _no_match(address: Address) -> Component:
    every = address.with_(light=None)
    return html.P([text.NO_MATCH, dcc.Link(text.SHOW_ALL, href=every.href)], className="no-match")


def _table(found: Listing, address: Address) -> Component:
    return table(
        text.PROJECT_LIST,
        [
            Column(_sorter(terms.UNIT, "unit", address), "unit", address.sort == "unit"),
            Column(terms.PROJECT, "wide"),
            Column(_sorter(terms.BUDGET, "budget", address), NUMBER, address.sort == "budget"),
            Column(terms.EXECUTED, NUMBER),
            Column(_sorter(terms.RATE, "rate", address), NUMBER, address.sort == "rate"),
            Column(terms.PLANNED_SHARE, NUMBER),
            Column(_sorter(terms.DIFFERENCE_POINTS, "gap", address), NUMBER, address.sort == "gap"),
            Column(terms.MONEY_LIGHT),
            Column(terms.GOALS_LIGHT),
            Column(terms.OPEN, NUMBER),
        ],
        [_row(one, found, address) for one in found.shown],
        [_foot(found)],
        "table--targets",
    )


def _order(address: Address) -> Component:
    """In what order the list is, and the way back to worst first."""
    words = terms.ORDERS[address.sort]
    if address.sort is None:
        return html.Span(words, className="order")
    worst_first = dcc.Link(text.WORST_FIRST, href=address.with_(sort=None).href)
    return html.Span([f"{words}　", worst_first], className="order")


def _sorter(words: str, order: str, address: Address) -> Component:
    return dcc.Link(
        words,
        href=address.with_(sort=order).href,
        title=terms.ORDERS[order],
        className="sorter sorter--on" if address.sort == order else "sorter",
    )


def _row(one: JudgedTarget, found: Listing, address: Address) -> Component:
    picture, money = one.picture, one.standing.money
    alerts = found.open_alerts.get(picture.target_id, 0)
    return row(
        [
            cell(picture.unit_name, "unit"),
            row_heading(_project(one, address), "wide"),
            cell(formats.wan(money.budget), NUMBER),
            cell(formats.wan(money.executed), NUMBER),
            cell(rate_bar(money.execution_rate, money.planned_share, money.light), NUMBER),
            cell(formats.share(money.planned_share), NUMBER),
            cell(_difference(money), NUMBER),
            cell(light_badge(money.light, title=money.reason)),
            cell(goals_badge(one.standing.goals)),
            cell(str(alerts) if alerts else formats.NOTHING, NUMBER),
        ]
    )


def _project(one: JudgedTarget, address: Address) -> Component:
    picture, standing = one.picture, one.standing
    behind = standing.money.light in _BEHIND or standing.goals.light in _BEHIND
    return html.Div(
        [
            dcc.Link(picture.project_name, href=address.to_target(picture.target_id).href),
            word_badge(terms.DEFAULT_PLAN) if standing.money.default_plan else None,
            word_badge(not_approved(picture.stage))
            if picture.stage is not Stage.APPROVED
            else None,
            word_badge(terms.ended(picture.life)) if picture.has_ended(standing.as_of) else None,
            html.Div(why(one), className="why") if behind else None,
        ],
        className="project",
    )


def _difference(money: MoneyStanding) -> str:
    return formats.NOTHING if money.gap_share is None else formats.points(-money.gap_share)


def _foot(found: Listing) -> Component:
    money = found.sums(found.filtered)
    return row(
        [
            row_heading(text.total_of(len(found.filtered)), span=2),
            cell(formats.wan(money.budget), NUMBER),
            cell(formats.wan(money.executed), NUMBER),
            cell(formats.share(money.execution_rate), NUMBER),
            cell(formats.share(money.planned_share), NUMBER),
            cell(_difference(money), NUMBER),
            cell("", span=2),
            cell(
                str(sum(found.open_alerts.get(o.picture.target_id, 0) for o in found.filtered)),
                NUMBER,
            ),
        ]
    )


def _pager(found: Listing, address: Address) -> Component | None:
    if len(found.filtered) <= ROWS_A_PAGE:
        return None
    links = [
        _page_link(str(page), address.with_(rows=page), is_here=address.rows == page)
        for page in range(1, found.pages + 1)
    ]
    links.append(_page_link(text.ALL_ROWS, address.with_(rows=0), is_here=address.rows == 0))
    return html.Nav(links, className="pager noprint", **aria(label=text.PAGES))


def _page_link(words: str, to: Address, *, is_here: bool) -> Component:
    link = dcc.Link(words, href=to.href, className="chip chip--on" if is_here else "chip")
    return html.Span(link, **here("page", is_here=is_here))
