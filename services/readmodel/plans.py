"""The plan a target goes by."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plan import Shape, SpendingPlan, Window


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """Plan (None: the policy's default), shape and window, and why they are in force."""

    plan: SpendingPlan | None
    shape: Shape
    window: Window | None
    reason: str
