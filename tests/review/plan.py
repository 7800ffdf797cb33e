"""Specimens of spending plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.review.finding import Field
from domain.review.subject import Filing, PlanPoint, ReviewedProject
from tests.review.filings import Specimen, project, row

_DAYS = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 10, 31), date(2025, 12, 31))
_ROW = row("数量", "开展检查", "≥3次")


def planned(*percents: str, days: tuple[date, ...] = _DAYS, name: str = "甲") -> ReviewedProject:
    """A project with a plan at 3, 6, 10 and 12月底."""
    points = (
        PlanPoint(day, Decimal(percent) / 100) for day, percent in zip(days, percents, strict=True)
    )
    return project(_ROW, name=name, plan=tuple(points))


def _of(*percents: str, days: tuple[date, ...] = _DAYS) -> Filing:
    return Filing((planned(*percents, days=days),))


_GOOD = _of("25", "50", "75", "100")
_NONE = Filing((project(_ROW),))

SPECIMENS = (
    Specimen(
        "plan.increments",
        (_of("25", "25", "25", "25"), _of("40", "20", "20", "20")),
        (_GOOD, _NONE, _of("25", "50", "75", "90"), _of("0", "0", "0", "100")),
        ((Field.PLAN, "50%"), (Field.PLAN, "75%"), (Field.PLAN, "100%")),
    ),
    Specimen(
        "plan.not_rising",
        (_of("25", "20", "75", "100"), _of("-5", "20", "75", "100")),
        (_GOOD, _NONE, _of("40", "20", "20", "20"), _of("25", "25", "75", "100")),
    ),
    Specimen(
        "plan.not_complete",
        (_of("25", "50", "75", "90"), _of("25", "50", "75", "110")),
        (_GOOD, _NONE, _of("25", "25", "25", "25")),
        ((Field.PLAN, "100%"),),
    ),
    Specimen(
        "plan.days",
        (
            _of("25", "50", "75", "100", days=(*_DAYS[:3], date(2026, 1, 31))),
            _of("25", "50", "75", "100", days=(_DAYS[0], *_DAYS[:3])),
        ),
        (
            _GOOD,
            _NONE,
            Filing((project(_ROW, fiscal_year=None, plan=planned("9", "9", "9", "100").plan),)),
        ),
    ),
    Specimen(
        "plan.boilerplate",
        (Filing(tuple(planned("25", "50", "75", "100", name=name) for name in "甲乙丙")),),
        (
            Filing(tuple(planned("25", "50", "75", "100", name=name) for name in "甲乙")),
            Filing((*(planned("25", "50", "75", "100", name=n) for n in "甲乙"), project(_ROW))),
        ),
    ),
)
