"""What a page hands to the shell."""

from __future__ import annotations

from dataclasses import dataclass

from dash.development.base_component import Component

from dashboard.clocks import Clocks


@dataclass(frozen=True, slots=True)
class View:
    """A page's title, what stands between header and footer, and what it was read at."""

    title: str
    children: list[Component | None]
    clocks: Clocks | None = None
