"""Lights as badges: a colour, a shape and a word."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.texts import terms
from domain.goal_light import GoalsStanding
from domain.light import Light


def light_badge(light: Light, before: str | None = None, title: str | None = None) -> Component:
    """A light with its word, e.g. 红灯; ``before`` names which light it is."""
    words = light.label if before is None else f"{before} {light.label}"
    return html.Span(words, className=f"light light--{light}", title=title)


def not_reported_badge() -> Component:
    """未报: grey, in words (cases, Words)."""
    return html.Span(terms.NOT_REPORTED, className="light light--unreported")


def word_badge(words: str) -> Component:
    """A plain remark, e.g. 默认进度 or 待核实."""
    return html.Span(words, className="tag")


def goals_badge(goals: GoalsStanding) -> Component:
    """The light of goals with what it rests on; never reported and nothing else is 未报."""
    silent = goals.light is Light.NONE and goals.not_reported > 0
    badge = not_reported_badge() if silent else light_badge(goals.light)
    return html.Span([badge, html.Span(goals.text, className="rests")], className="light-with")
