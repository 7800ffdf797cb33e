"""A spending plan in one line, as people write it: 3月31日25%、6月30日50%、12月31日100%."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from domain.target_value import fold
from services.intake.forms.declaration import PlanPoint

_POINT = re.compile(
    r"(?:至|截至|到)?(1[0-2]|0?[1-9])月(?:(3[01]|[12][0-9]|0?[1-9])日|底|末)?"
    r"[::]?([0-9]{1,3}(?:\.[0-9]{1,4})?)%"
)
_BETWEEN = re.compile("[、,;]+")


def plan_text(points: Iterable[PlanPoint]) -> str:
    """Write a plan in one line."""
    return "、".join(f"{point.on.month}月{point.on.day}日{_percent(point)}" for point in points)


def _percent(point: PlanPoint) -> str:
    return f"{(point.share * 100).normalize():f}%"


def read_plan_text(text: str, year: int) -> tuple[PlanPoint, ...] | None:
    """Read such a line; None where a part of it is no day with a share."""
    parts = [_POINT.fullmatch(part) for part in _BETWEEN.split(fold(text)) if part]
    points = [point for found in parts if found and (point := _point(found, year))]
    return tuple(points) if points and len(points) == len(parts) else None


def _point(found: re.Match[str], year: int) -> PlanPoint | None:
    month, share = int(found.group(1)), Decimal(found.group(3)) / 100
    last = monthrange(year, month)[1]
    day = int(found.group(2) or last)
    return PlanPoint(date(year, month, day), share) if day <= last else None
