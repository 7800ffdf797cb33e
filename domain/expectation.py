"""How much of a cumulative indicator is expected by a day (rules §4); never the spending plan."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from domain.indicator import Indicator
from domain.plan import Window
from domain.sentence import plain_text
from domain.units import whole_units


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected, in the target's unit, with its working: 10×6/12."""

    amount: Decimal
    working: str


@lru_cache(maxsize=4096)
def months_of(window: Window, until: date) -> Fraction:
    """The months of a window up to the end of a day; parts of a month by days."""
    if until < window.start:
        return Fraction(0)
    return sum(_shares_of_months(window.start, min(until, window.end)), Fraction(0))


def _shares_of_months(start: date, end: date) -> Iterator[Fraction]:
    for index in range(start.year * 12 + start.month, end.year * 12 + end.month + 1):
        year, month = divmod(index - 1, 12)
        days = monthrange(year, month + 1)[1]
        first = start.day if index == start.year * 12 + start.month else 1
        last = end.day if index == end.year * 12 + end.month else days
        yield Fraction(last - first + 1, days)


def due_on(indicator: Indicator, target: Decimal, window: Window) -> date:
    """The last checkpoint: the milestone that reaches the target, else the window's end."""
    reaching = (m.on for m in indicator.milestones if m.number >= target)
    return min((*reaching, window.end))


def expected(
    indicator: Indicator, target: Decimal, unit: str | None, window: Window, day: date
) -> Expectation:
    """Expect the last milestone reached, else the target by months; whole units round down."""
    if indicator.milestones:
        reached = [m.number for m in indicator.milestones if m.on <= day]
        return Expectation(max(reached, default=Decimal(0)), "按指标节点")
    elapsed, months = months_of(window, day), months_of(window, window.end)
    exact = Fraction(target) * elapsed / months
    amount = Decimal(exact.numerator) / exact.denominator
    working = f"{plain_text(target)}×{_text(elapsed)}/{_text(months)}"
    whole = whole_units(amount, unit)
    return Expectation(whole, working if whole == amount else f"{working}，取整")


def pace(value: Decimal, unit: str | None, window: Window, day: date) -> Decimal:
    """What the year comes to if it goes on like this; the day lies in the window."""
    exact = Fraction(value) * months_of(window, window.end) / months_of(window, day)
    return whole_units(Decimal(exact.numerator) / exact.denominator, unit)


def _text(months: Fraction) -> str:
    return plain_text(Decimal(months.numerator) / months.denominator)
