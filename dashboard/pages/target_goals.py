"""The goals of one target: each indicator with its value, its light and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.badges import goals_badge, light_badge, not_reported_badge, word_badge
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.pages.target_kinds import kinds_form
from dashboard.texts import target as text
from dashboard.texts import terms
from domain.confirmation.answers import read_otherwise
from domain.goal_verdict import IndicatorStanding
from domain.indicator import Achievement, Indicator, Measured
from domain.light import Light
from domain.picture import KnownIndicator
from domain.sentence import quantity_text
from services.readmodel.judged import JudgedTarget

NUMBER = "number"

_KINDS = ("", "", "indicator", "", NUMBER, "", NUMBER, "", "wide")

Judged = tuple[KnownIndicator, IndicatorStanding]


def goals_section(judged: JudgedTarget, address: Address) -> Component:
    """The indicators in the form's own order, grouped as the form groups them."""
    goals = judged.standing.goals
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text.GOALS_SECTION),
                    html.Div([goals_badge(goals), _to_confirm(judged, address)]),
                ],
                className="section-head",
            ),
            table(
                text.GOALS_CAPTION,
                [
                    Column(heading, kind)
                    for heading, kind in zip(text.GOAL_COLUMNS, _KINDS, strict=True)
                ],
                list(_rows(_pairs(judged))),
                class_name="table--goals",
            ),
            kinds_form(judged) if address.known_at is None else None,
        ],
        className="card",
    )


def _to_confirm(judged: JudgedTarget, address: Address) -> Component | None:
    """The way to the open questions, where there are any."""
    if not judged.standing.goals.to_confirm:
        return None
    to = address.with_(year=judged.picture.fiscal_year, unit=judged.unit).to_confirmations()
    return dcc.Link(text.GO_AND_CONFIRM, href=to.href, className="beside noprint")


def _pairs(judged: JudgedTarget) -> list[Judged]:
    standings = {one.indicator_id: one for one in judged.standing.goals.indicators}
    return [
        (known, standings[known.indicator.indicator_id])
        for known in judged.picture.indicators
        if known.indicator.indicator_id in standings
    ]


def _rows(pairs: Sequence[Judged]) -> Iterable[Component]:
    """A row an indicator; equal classes and categories share one cell, as on the form."""
    for of_class, in_class in groupby(pairs, lambda pair: pair[0].indicator.indicator_class):
        rows_of_class = list(in_class)
        heading: Component | None = row_heading(of_class, "form-group", rows=len(rows_of_class))
        for category, found in groupby(rows_of_class, lambda pair: pair[0].indicator.category):
            rows = list(found)
            named: Component | None = cell(category, "form-group", rows=len(rows))
            for known, standing in rows:
                yield row([one for one in (heading, named) if one] + _cells(known, standing))
                heading = named = None


def _cells(known: KnownIndicator, standing: IndicatorStanding) -> list[Component]:
    indicator = known.indicator
    return [
        row_heading(_name(indicator), "indicator"),
        cell(_printed(indicator)),
        cell(_value(known, standing), NUMBER),
        cell(formats.short_day(standing.read_on), "day"),
        cell(_expected(indicator, standing), NUMBER),
        cell(_light(standing)),
        cell(_reason(standing), "wide"),
    ]


def _printed(indicator: Indicator) -> Component:
    """The target as printed, and how a person read it where that is something else."""
    otherwise = read_otherwise(indicator)
    read = [word_badge(text.read_as(otherwise))] if otherwise else []
    return html.Span([indicator.value.text or formats.NOTHING, *read], className="with-tags")


def _name(indicator: Indicator) -> Component:
    remarks = [word_badge(text.YEAR_END)] if indicator.measured is Measured.YEAR_END else []
    if indicator.from_payments:
        remarks.append(word_badge(text.FROM_PAYMENTS))
    return html.Span([indicator.name, *remarks], className="with-tags")


def _value(known: KnownIndicator, standing: IndicatorStanding) -> str:
    """What was reported, in its own words; a bare number gets its unit."""
    if known.indicator.from_payments:
        return _quantity(standing.verdict.value, known.indicator.value.unit)
    told = [_reported(known.indicator, reading.achievement) for reading in known.readings]
    return terms.clauses(told) or formats.NOTHING


def _reported(indicator: Indicator, report: Achievement) -> str:
    part = f"({'abcdefgh'[report.part]}) " if indicator.parts else ""
    if report.done_on is not None:
        return part + text.done_on(report.done_on)
    if report.number is not None:
        of_part = indicator.parts[report.part] if indicator.parts else indicator.value
        return part + _quantity(report.number, report.unit or of_part.unit)
    told = (report.grade, report.text or None, report.likelihood)
    return part + next((str(one) for one in told if one), formats.NOTHING)


def _expected(indicator: Indicator, standing: IndicatorStanding) -> str:
    return _quantity(standing.verdict.expected, indicator.value.unit)


def _quantity(number: Decimal | None, unit: str | None) -> str:
    return formats.NOTHING if number is None else quantity_text(number, unit)


def _light(standing: IndicatorStanding) -> Component:
    """The colour; 未报 beside the old one, alone where there never was one."""
    badges = [] if _is_silent(standing) else [light_badge(standing.light)]
    if standing.not_reported:
        badges.append(not_reported_badge())
    if standing.to_confirm:
        badges.append(word_badge(terms.TO_CONFIRM))
    return html.Span(badges, className="light-with")


def _is_silent(standing: IndicatorStanding) -> bool:
    return standing.not_reported and standing.light is Light.NONE


def _reason(standing: IndicatorStanding) -> str:
    remarks = [standing.reason, *(remark.value for remark in standing.verdict.remarks)]
    return terms.clauses(remarks)
