"""Changing how an indicator is judged, at any time, with a reason (rules §4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.acting import Click, Doer, Done, NotDoneError
from dashboard.components.aria import data
from dashboard.texts import frame
from dashboard.texts import target as text
from domain.confirmation.kinds import label_of
from domain.indicator import Kind, Measured
from services.clock import today
from services.confirming import KindChoice, choose_kind
from services.readmodel.judged import JudgedTarget

_AT_ROUNDS = (
    *(Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING),
    *(Kind.DATE, Kind.QUALITATIVE, Kind.NOT_APPLICABLE),
)
_AT_YEAR_END = (Kind.LEVEL, Kind.CEILING, Kind.QUALITATIVE)


def kinds_form(judged: JudgedTarget) -> Component:
    """One form for all indicators of a target, behind a click."""
    return html.Details(
        [
            html.Summary(text.CHANGE_KIND),
            html.P(text.CHANGE_KIND_WHY, className="note"),
            html.Div(
                [
                    _select(text.KIND_OF, "indicator", _indicators(judged)),
                    _select(text.NEW_KIND, "kind", _kinds()),
                    html.Label([text.KIND_REASON, dcc.Input(name="reason", type="text")]),
                    html.Button(
                        text.CHANGE,
                        type="button",
                        className="button",
                        **data(do="kind", target=str(judged.picture.target_id)),
                    ),
                ],
                className="form form--row",
                **data(form="kind"),
            ),
        ],
        className="noprint",
    )


def _select(label: str, name: str, options: Iterator[tuple[str, str]]) -> Component:
    blank = html.Option(text.CHOOSE_FIRST, value="")
    return html.Label(
        [
            label,
            html.Select(
                [blank, *(html.Option(words, value=value) for value, words in options)], name=name
            ),
        ]
    )


def _indicators(judged: JudgedTarget) -> Iterator[tuple[str, str]]:
    for known in judged.picture.indicators:
        indicator = known.indicator
        now = label_of(indicator.kind, indicator.measured)
        yield str(indicator.indicator_id), text.judged_as(indicator.name, now)


def _kinds() -> Iterator[tuple[str, str]]:
    for kind in _AT_ROUNDS:
        yield f"{kind}.{Measured.ROUND}", label_of(kind, Measured.ROUND)
        if kind in _AT_YEAR_END:
            yield f"{kind}.{Measured.YEAR_END}", label_of(kind, Measured.YEAR_END)


def _change(click: Click) -> Done:
    indicator, chosen = click.field("indicator"), click.field("kind")
    if indicator is None or chosen is None:
        raise NotDoneError(text.NO_KIND_CHOSEN)
    kind, _, measured = chosen.partition(".")
    try:
        target_id = UUID(click.told.get("target", ""))
        choice = KindChoice(
            UUID(indicator), Kind(kind), Measured(measured), click.field("reason") or ""
        )
    except ValueError as problem:
        raise NotDoneError(frame.NO_SUCH_ACT) from problem
    day = today(click.services.clock)
    done = choose_kind(click.services.log, target_id, choice, chosen_on=day, meta=click.meta)
    return Done(text.KIND_CHANGED, done.last_position)


DOERS: Mapping[str, Doer] = {"kind": _change}
