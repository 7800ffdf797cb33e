"""What a page hands to the shell."""

from __future__ import annotations

from dataclasses import dataclass

from dash.development.base_component import Component


@dataclass(frozen=True, slots=True)
class View:
    """A page's title and what stands between header and footer."""

    title: str
    children: list[Component]
