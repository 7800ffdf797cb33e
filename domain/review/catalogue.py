"""All checks, in the order in which their findings stand at one place."""

from __future__ import annotations

from domain.review import (
    across,
    categories,
    costs,
    department,
    direction,
    head,
    history,
    money,
    plan,
    standards,
    structure,
    texts,
    units,
    values,
    weights,
)
from domain.review.check import Check

CATALOGUE: tuple[Check, ...] = (
    *head.CHECKS,
    *money.CHECKS,
    *plan.CHECKS,
    *texts.CHECKS,
    *department.CHECKS,
    *across.CHECKS,
    *structure.CHECKS,
    *weights.CHECKS,
    *values.CHECKS,
    *direction.CHECKS,
    *units.CHECKS,
    *costs.CHECKS,
    *categories.CHECKS,
    *standards.CHECKS,
    *history.CHECKS,
)
