"""How days and figures are said in the reasons people read (cases, Model sentences)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from domain.money import CENT
from domain.plan import month_end
from domain.units import unit_named

_TENTH = Decimal("0.1")


def day_text(day: date) -> str:
    """Say a day of the year at hand: ``8月31日``."""
    return f"{day.month}月{day.day}日"


def month_text(day: date) -> str:
    """Say when a value was read: ``6月底`` on the last day of a month, else the day."""
    return f"{day.month}月底" if day == month_end(day) else day_text(day)


def period_text(start: date, day: date) -> str:
    """Say the time from a first day to a last: ``上半年``, ``1—8月``, ``到8月15日``."""
    if start.day != 1 or day != month_end(day):
        return f"到{month_text(day)}"
    if (start.month, day.month) == (1, 6):
        return "上半年"
    return f"{start.month}—{day.month}月" if start.month < day.month else f"{day.month}月"


def reached_text(share: Decimal) -> str:
    """Say how far something got: 0.5325 is ``53.2%``.

    Cut, not rounded: what is shown never claims a boundary that the colour denies.
    """
    return f"{(share * 100).quantize(_TENTH, ROUND_DOWN):f}%"


def points_text(share: Decimal) -> str:
    """Say a difference of two shares: 0.2927 is ``29.3个百分点``."""
    return f"{(share * 100).quantize(_TENTH, ROUND_HALF_UP):f}个百分点"


def plain_text(number: Decimal) -> str:
    """Say a number as briefly as two decimals allow: 93.80 is ``93.8``, 10 is ``10``."""
    rounded = number.quantize(CENT, ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".")


def quantity_text(number: Decimal, unit: str | None) -> str:
    """Say a value with its unit: money and multiples with two decimals (``2.80万人次``)."""
    of = unit_named(unit or "")
    two_places = of.base == "元" or (of.countable and of.factor != 1)
    shown = f"{number.quantize(CENT, ROUND_HALF_UP):f}" if two_places else plain_text(number)
    return f"{shown}{unit or ''}"
