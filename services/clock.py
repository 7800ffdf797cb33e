"""Time, handed down: a clock answers the present moment; business days are Shanghai's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]
"""Answers the present moment, with a time zone."""


def wall_clock() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def today(clock: Clock) -> date:
    """The calendar day in Shanghai."""
    return clock().astimezone(SHANGHAI).date()
