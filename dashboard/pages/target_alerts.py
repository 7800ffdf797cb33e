"""The alerts of one target, with their sentences and their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.badges import light_badge
from dashboard.components.tables import Column, cell, row, table
from dashboard.pages.target_year import subjects
from dashboard.texts import target as text
from dashboard.texts import terms
from domain.light import Light
from services.readmodel.rows import AlertRow, AlertStep, TargetDetail


def alerts_section(detail: TargetDetail, address: Address) -> Component:
    """Open ones first; each with its sentence, and its steps behind a click."""
    about = subjects(detail)
    steps = _steps_by_alert(detail)
    return html.Section(
        [
            html.H2(text.open_alerts(sum(one.state != "resolved" for one in detail.alerts))),
            *[
                _alert(one, about[one.alert_id], steps.get(one.alert_id, ()), address)
                for one in detail.alerts
            ],
            html.P(text.NO_ALERTS, className="no-match") if not detail.alerts else None,
        ],
        className="card",
    )


def _steps_by_alert(detail: TargetDetail) -> Mapping[UUID, Sequence[AlertStep]]:
    """What had happened by the day looked at."""
    found: dict[UUID, list[AlertStep]] = {}
    for step in detail.alert_steps:
        if step.on_day <= detail.judged.standing.as_of:
            found.setdefault(step.alert_id, []).append(step)
    return found


def _alert(alert: AlertRow, about: str, steps: Sequence[AlertStep], address: Address) -> Component:
    over = alert.state == "resolved"
    return html.Article(
        [
            html.Div(
                [
                    light_badge(Light(alert.severity)),
                    html.Span(about, className="alert__about"),
                    html.Span(
                        terms.ALERT_STATES.get(alert.state, alert.state),
                        className="tag" if over else "tag tag--open",
                    ),
                    html.Span(text.since(alert.raised_on, alert.changed_on), className="rests"),
                ],
                className="alert__head",
            ),
            html.P(alert.sentence, className="alert__sentence"),
            _history(steps, address),
        ],
        className="alert alert--over" if over else "alert",
    )


def _history(steps: Sequence[AlertStep], address: Address) -> Component | None:
    if not steps:
        return None
    return html.Details(
        [
            html.Summary(text.steps(len(steps))),
            table(
                text.STEPS_CAPTION,
                [*(Column(heading) for heading in text.STEP_COLUMNS), Column("")],
                [_step(step, address) for step in steps],
            ),
        ]
    )


def _step(step: AlertStep, address: Address) -> Component:
    return row(
        [
            cell(formats.short_day(step.on_day), "day"),
            cell(_what(step), "day"),
            cell(step.sentence, "wide"),
            cell(_inputs(step)),
            cell(_picture_then(step, address), "day"),
        ]
    )


def _what(step: AlertStep) -> str:
    word = terms.ALERT_STEPS.get(step.what, step.what)
    seen = step.what in {"raised", "worsened", "eased", "reopened"}
    return terms.in_brackets(word, terms.SEVERITIES[step.severity]) if seen else word


def _inputs(step: AlertStep) -> Component | str:
    if not step.inputs:
        return formats.NOTHING
    lines = [
        f"{terms.ALERT_INPUTS.get(name, name)} {terms.ALERT_CAUSES.get(value, value)}"
        for name, value in step.inputs
        if value not in {"", "None"}
    ]
    return html.Ul(
        [html.Li(line) for line in (*lines, text.policy_version(step.policy_version))],
        className="inputs",
    )


def _picture_then(step: AlertStep, address: Address) -> Component | None:
    """The very picture that was judged: its day, and what was known then."""
    if not step.known_at:
        return None
    then = address.with_(as_of=step.on_day, known_at=step.known_at)
    return dcc.Link(text.THEN, href=then.href)
