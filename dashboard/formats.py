"""How figures and days are written: 万元 with two decimals, shares in percent, days in Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from domain.money import CENT, TEN_THOUSAND, percent_text
from services.clock import SHANGHAI

NOTHING = "—"
"""Stands where there is no figure."""


def wan(amount: Decimal | None) -> str:
    """Yuan as 万元 with two decimals and thousands: ``1,234.50``."""
    if amount is None:
        return NOTHING
    return f"{(amount / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):,.2f}"


def yuan(amount: Decimal) -> str:
    """Yuan with two decimals and thousands; a reversal keeps its minus."""
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,.2f}"


def share(part: Decimal | None) -> str:
    """A share of the budget in percent, rounded as in the sentences beside it."""
    return NOTHING if part is None else percent_text(part)


def points(apart: Decimal | None) -> str:
    """A difference of shares, signed, in percentage points: ``+13.7``, ``-25.3``."""
    if apart is None:
        return NOTHING
    rounded = (apart * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:+f}" if rounded else "0.0"


def file_size(count: int) -> str:
    """The size of a file that has so many bytes: ``12KB``, ``1.5MB``."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000)):,}KB"
    return f"{count / 1_000_000:.1f}MB"


def day(on: date | None) -> str:
    """``2025年6月30日``."""
    return NOTHING if on is None else f"{on.year}年{on.month}月{on.day}日"


def short_day(on: date | None) -> str:
    """A day in tables: ``2025-06-30``."""
    return NOTHING if on is None else on.isoformat()


def month_day(on: date) -> str:
    """A day of the year at hand: ``6月30日``."""
    return f"{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """A recorded time in Shanghai, to the minute."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
