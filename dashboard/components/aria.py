"""Attributes with a dash in their name, for those who listen to a page."""

from __future__ import annotations

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """``aria(label="…")`` as html components take it: ``{"aria-label": "…"}``."""
    return {f"aria-{name}": words for name, words in said.items()}


def here(what: str, *, is_here: bool) -> dict[str, Any]:
    """Say that this is the current one of its kind; nothing otherwise."""
    return aria(current=what) if is_here else {}
