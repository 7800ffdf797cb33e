"""A severity as a mark: a shape and a word, never a colour alone."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import aria
from dashboard.texts import imports as text


def mark(severity: str) -> Component:
    """The sign beside a value or cell, with its word for those who cannot see it."""
    return html.Span(
        [
            html.Span(className=f"mark__sign mark__sign--{severity}", **aria(hidden="true")),
            html.Span(text.SEVERITIES[severity], className="sr-only"),
        ],
        className="mark",
    )


def severity_badge(severity: str) -> Component:
    """The sign with its word beside it."""
    return html.Span(
        [
            html.Span(className=f"mark__sign mark__sign--{severity}", **aria(hidden="true")),
            text.SEVERITIES[severity],
        ],
        className=f"severity severity--{severity}",
    )
