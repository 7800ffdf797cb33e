"""The money of one target: the curve, the sentence, the checkpoints, the fund lines."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.components.badges import light_badge, word_badge
from dashboard.components.banners import banner
from dashboard.components.graph import graph
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.figures.curve import curve_figure
from dashboard.figures.words import REACHED, curve_sentence
from dashboard.figures.year import CheckpointRow, Reached, TargetYear
from dashboard.pages.target_year import target_year
from dashboard.texts import target as text
from dashboard.texts import terms
from domain.funds import FundLine
from domain.money_light import MoneyStanding
from domain.picture import TargetPicture
from services.readmodel.rows import TargetDetail

NUMBER = "number"


def money_section(detail: TargetDetail) -> Component:
    """The curve on the left, what it says on the right."""
    year = target_year(detail)
    picture, money = detail.judged.picture, detail.judged.standing.money
    return html.Section(
        [
            html.Div([html.H2(text.MONEY_SECTION), _plan_kind(money)], className="section-head"),
            html.Div(
                [
                    html.Div(
                        graph(ids.CURVE, curve_figure(year), curve_sentence(year)),
                        className="money__curve",
                    ),
                    _facts(picture, money),
                ],
                className="money",
            ),
            html.Div(
                [_checkpoints(year), _lines(detail.declaration.money_unit, picture.fund_lines)],
                className="two-tables",
            ),
        ],
        className="card",
    )


def _plan_kind(money: MoneyStanding) -> Component:
    if money.default_plan:
        return word_badge(text.DEFAULT_PLAN_REASON)
    return word_badge(text.DECLARED_PLAN)


def _facts(picture: TargetPicture, money: MoneyStanding) -> Component:
    return html.Div(
        [
            html.Div(light_badge(money.light), className="money__light"),
            html.P(terms.sentence(money.reason), className="money__reason"),
            html.Dl([part for pair in _figures(picture, money) for part in _pair(*pair)]),
            banner(text.CHECK_OVER_BUDGET, "warning") if money.check_over_budget else None,
        ],
        className="money__facts",
    )


def _pair(name: str, figure: str) -> tuple[Component, Component]:
    return html.Dt(name), html.Dd(figure)


def _figures(picture: TargetPicture, money: MoneyStanding) -> Iterable[tuple[str, str]]:
    yield terms.BUDGET, terms.amount(money.budget)
    if money.original_budget != money.budget:
        yield terms.ORIGINAL_BUDGET, terms.amount(money.original_budget)
    yield terms.EXECUTED, terms.amount(money.executed)
    yield text.PLANNED, terms.amount(money.planned)
    yield terms.RATE, formats.share(money.execution_rate)
    if money.original_budget != money.budget:
        yield text.OF_ORIGINAL_BUDGET, formats.share(money.original_execution_rate)
    yield terms.PLANNED_SHARE, formats.share(money.planned_share)
    gap = money.gap_share
    yield terms.DIFFERENCE, formats.NOTHING if gap is None else text.signed_points(gap)
    if picture.executed_other is not None:
        yield text.OTHER_FUNDS, terms.amount(picture.executed_other)


def _checkpoints(year: TargetYear) -> Component:
    return html.Div(
        [
            html.H3(text.CHECKPOINTS),
            table(
                text.CHECKPOINTS_CAPTION,
                [
                    Column(heading, NUMBER if 0 < place < 5 else "")
                    for place, heading in enumerate(text.CHECKPOINT_COLUMNS)
                ],
                [_checkpoint(one) for one in year.checkpoints],
            ),
        ]
    )


_STATE_LIGHTS = {Reached.MET: "green", Reached.MISSED: "red", Reached.TO_COME: "none"}


def _checkpoint(one: CheckpointRow) -> Component:
    return row(
        [
            row_heading(formats.month_day(one.on)),
            cell(formats.share(one.share), NUMBER),
            cell(formats.wan(one.planned), NUMBER),
            cell(formats.wan(one.executed), NUMBER),
            cell(f"-{formats.wan(one.missing)}" if one.missing else formats.NOTHING, NUMBER),
            cell(
                html.Span(REACHED[one.reached], className=f"reached--{_STATE_LIGHTS[one.reached]}")
            ),
        ]
    )


def _lines(form_unit: str, lines: Iterable[FundLine]) -> Component:
    return html.Div(
        [
            html.H3(text.LINES),
            table(
                text.LINES_CAPTION,
                [
                    Column(heading, NUMBER if place == 1 else "")
                    for place, heading in enumerate(text.LINE_COLUMNS)
                ],
                [_fund_line(line) for line in lines],
            ),
            html.P(text.form_unit(form_unit), className="note"),
        ]
    )


def _fund_line(line: FundLine) -> Component:
    remarks = [line.level, line.fund_nature, None if line.original else text.ADJUSTMENT]
    return row(
        [
            row_heading(line.source.value),
            cell(formats.wan(line.amount), NUMBER),
            cell(formats.short_day(line.arrived_on)),
            cell(line.document_no or formats.NOTHING),
            cell(terms.clauses(remarks) or formats.NOTHING),
        ]
    )
