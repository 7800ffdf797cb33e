"""Money: decimal yuan inside, 万元 only at the edges (rules §2)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10000)
ZERO = Decimal(0)
YUAN_IN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": TEN_THOUSAND,
    "亿元": Decimal(100_000_000),
}
"""How many yuan one of a printed unit of money is."""


def yuan(amount: Decimal) -> Decimal:
    """Round to whole cents, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def wan_text(amount: Decimal) -> str:
    """Show yuan as 万元 with two decimals, without the word: ``1234.50``."""
    return f"{(amount / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):f}"


def yuan_text(amount: Decimal) -> str:
    """Show yuan with thousands and two decimals: ``12,345.00``."""
    return f"{yuan(amount):,.2f}"


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """Divide, rounded half up to the four decimals that colour and figure share; None by zero."""
    if whole == 0:
        return None
    return (part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def percent_text(share: Decimal, places: int = 1) -> str:
    """Show a share as percent: 0.333 is ``33.3%``."""
    exponent = Decimal(1).scaleb(-places)
    return f"{(share * 100).quantize(exponent, ROUND_HALF_UP):f}%"
