"""What the law leaves open in scoring, as data with the defaults of rules §8."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Rating(StrEnum):
    """Rating of a whole self-evaluation (等级)."""

    EXCELLENT = "优"
    GOOD = "良"
    FAIR = "中"
    POOR = "差"


class ReverseRule(StrEnum):
    """How a row that should be low loses points when it is not (rules §8)."""

    BY_EXCESS = "by_excess"
    BY_RATIO = "by_ratio"


@dataclass(frozen=True, slots=True)
class LateShare:
    """Done up to so many days late is worth this share (0-1) of the weight."""

    days: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class SatisfactionStep:
    """A satisfaction of at least so many percent is worth this share (0-1) of the weight."""

    percent: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class ExecutionCap:
    """With an execution rate (0-1) from ``from_rate`` to below ``below_rate``: at most ``cap``."""

    from_rate: Decimal
    below_rate: Decimal
    cap: Decimal


@dataclass(frozen=True, slots=True)
class ScoringPolicy:
    """One region's way of scoring; shares are 0-1, marks are points.

    ``pass_floor``, ``satisfaction_steps``, ``execution_caps`` and ``excellent_from_rate`` are
    options, off by default.
    """

    reverse_rule: ReverseRule = ReverseRule.BY_EXCESS
    explain_from: Decimal = Decimal("1.30")
    late_shares: tuple[LateShare, ...] = (
        LateShare(30, Decimal("0.8")),
        LateShare(90, Decimal("0.6")),
    )
    achieved_from: Decimal = Decimal("0.8")
    partly_from: Decimal = Decimal("0.6")
    excellent_from: Decimal = Decimal(90)
    good_from: Decimal = Decimal(80)
    fair_from: Decimal = Decimal(60)
    pass_floor: Decimal | None = None
    satisfaction_steps: tuple[SatisfactionStep, ...] = ()
    execution_caps: tuple[ExecutionCap, ...] = ()
    excellent_from_rate: Decimal | None = None


DEFAULT_POLICY = ScoringPolicy()

PASS_FLOOR = Decimal("0.60")
"""The pass floor where a region wants one: below 60 % of the weight a row scores nothing."""

SATISFACTION_STEPS = (
    SatisfactionStep(Decimal(90), Decimal(1)),
    SatisfactionStep(Decimal(80), Decimal("0.8")),
    SatisfactionStep(Decimal(60), Decimal("0.5")),
)
"""The usual steps of satisfaction where a region wants them (domain §2.9)."""

EXECUTION_CAPS = (ExecutionCap(Decimal("0.60"), Decimal("0.70"), Decimal(79)),)
"""The usual cap by execution where a region wants one."""

EXCELLENT_FROM_RATE = Decimal("0.80")
"""No 优 below this execution rate, where a region wants that."""
