"""Where something stands in the tree of units: a path of whole segments, never a text prefix."""

from __future__ import annotations

Place = tuple[str, ...]
"""Segments from the region down: () the region, ("450",) a department, ("450", "450001") a unit.

Compared segment by segment: 450001 is not the beginning of 4500010.
"""

REGION: Place = ()


def covers(place: Place, other: Place) -> bool:
    """Whether a place is another one or stands above it."""
    return other[: len(place)] == place
