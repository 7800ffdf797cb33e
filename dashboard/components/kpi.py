"""Key figures: one large figure, its name, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import aria


def kpi(
    name: str, figure: Component | str, unit: str = "", rests_on: Component | str = ""
) -> Component:
    """A figure that is read across a room."""
    return html.Div(
        [
            html.Dt(name),
            html.Dd(
                [html.Span(figure, className="kpi__figure"), html.Span(unit, className="kpi__unit")]
            ),
            html.Dd(rests_on, className="kpi__rests"),
        ],
        className="kpi",
    )


def kpis(figures: Sequence[Component], label: str) -> Component:
    """A row of key figures."""
    return html.Dl(
        list(figures), className="kpis", style={"--columns": len(figures)}, **aria(label=label)
    )
