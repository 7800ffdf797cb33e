"""A share in a cell: the figure, a bar as long, and a tick where the plan stands."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.aria import aria
from domain.light import Light


def rate_bar(rate: Decimal | None, planned: Decimal | None, light: Light) -> Component | str:
    """The rate of execution against the plan; the figure says it all, the bar repeats it."""
    if rate is None:
        return formats.NOTHING
    marks = [html.Span(className=f"bar__fill bar__fill--{light}", style={"width": _width(rate)})]
    if planned is not None:
        marks.append(html.Span(className="bar__tick", style={"left": _width(planned)}))
    return html.Span(
        [
            html.Span(formats.share(rate), className="bar__figure"),
            html.Span(marks, className="bar", **aria(hidden="true")),
        ],
        className="rate",
    )


def _width(share: Decimal) -> str:
    return f"{float(min(max(share, Decimal(0)), Decimal(1))) * 100:.1f}%"
