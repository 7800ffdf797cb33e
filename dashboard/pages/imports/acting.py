"""Buttons that do something to a file: what they do is said to the script as data."""

from __future__ import annotations

import json

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import data


def act_button(
    words: str,
    store: str,
    class_name: str = "button",
    confirm: str | None = None,
    **act: object,
) -> Component:
    """A button that writes what it does to a store; ``assets/imports.js`` listens.

    ``confirm`` is asked before what cannot be taken back.
    """
    said = data(store=store, act=json.dumps(act), confirm=confirm)
    return html.Button(words, type="button", className=class_name, **said)
