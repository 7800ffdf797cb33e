"""All checks, in the order in which their findings stand at one place."""

from __future__ import annotations

from domain.review import direction, values
from domain.review.check import Check

CATALOGUE: tuple[Check, ...] = (
    *values.CHECKS,
    *direction.CHECKS,
)
