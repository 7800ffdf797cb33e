"""The only place that makes a chart: nothing is uploaded, and it has words (ui, trap 3)."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.aria import aria

CONFIG: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "locale": "zh-CN",
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "showSendToCloud": False,
}


def graph(graph_id: str, figure: dict[str, Any], sentence: str) -> Component:
    """A chart; ``sentence`` says what it shows to those who cannot see it."""
    height = figure["layout"].get("height", 400)
    return html.Div(
        dcc.Graph(id=graph_id, figure=figure, config=CONFIG, style={"height": f"{height}px"}),
        role="img",
        className="graph",
        **aria(label=sentence),
    )
