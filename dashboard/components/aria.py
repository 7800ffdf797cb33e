"""Attributes with a dash in their name, for those who listen to a page."""

from __future__ import annotations

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """``aria(label="…")`` as html components take it: ``{"aria-label": "…"}``."""
    return {f"aria-{name}": words for name, words in said.items()}


def here(what: str, *, is_here: bool) -> dict[str, Any]:
    """Say that this is the current one of its kind; nothing otherwise."""
    return aria(current=what) if is_here else {}


def data(**said: str | None) -> dict[str, Any]:
    """``data(cell="3-1")`` as html components take it; what is None is left out."""
    return {f"data-{name}": words for name, words in said.items() if words is not None}
