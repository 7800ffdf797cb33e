"""Sharing points by largest remainder, so that the parts sum exactly (rules §8)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

HALF_POINT = Decimal("0.5")
CENTIPOINT = Decimal("0.01")


def apportion(total: Decimal, shares: Sequence[Decimal], step: Decimal) -> list[Decimal]:
    """Share ``total`` in proportion to ``shares``, in steps; ties go to the earlier ones.

    Where the total is no multiple of the step, or a step would leave a share with nothing,
    hundredths are used. Shares that are all nothing count as equal.
    """
    if not shares:
        return []
    if not any(shares):
        shares = [Decimal(1)] * len(shares)
    coarse = _by_remainder(total, shares, step)
    if sum(coarse) == total and all(
        part or not share for part, share in zip(coarse, shares, strict=True)
    ):
        return coarse
    return _by_remainder(total, shares, CENTIPOINT)


def _by_remainder(total: Decimal, shares: Sequence[Decimal], step: Decimal) -> list[Decimal]:
    steps = int(total / step)
    whole = sum(map(Fraction, shares))
    ideals = [steps * Fraction(share) / whole for share in shares]
    counts = [int(ideal) for ideal in ideals]
    neediest = sorted(range(len(ideals)), key=lambda i: counts[i] - ideals[i])
    for index in neediest[: steps - sum(counts)]:
        counts[index] += 1
    return [count * step for count in counts]
