"""This year's targets beside last year's."""

from __future__ import annotations

from decimal import Decimal

from domain.indicator import Kind
from domain.review.check import About, Remark, Remarks, on_row
from domain.review.finding import Field, Severity
from domain.review.rewriting import value_text, with_number
from domain.review.subject import LastYear, ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.units import UnitDoesNotConvertError, converted

_COMPARED = (Kind.LEVEL, Kind.CUMULATIVE, Kind.CEILING)


def _weaker(row: ReviewedRow, other: Decimal | None, unit: str | None) -> Decimal | None:
    """The other number in the row's unit, where the row asks for less; else None."""
    number = row.value.number
    if number is None or other is None or row.kind not in _COMPARED:
        return None
    try:
        before = converted(other, unit, row.value.unit)
    except UnitDoesNotConvertError:
        return None
    below = number > before if row.kind is Kind.CEILING else number < before
    return before if below else None


def _achieved(row: ReviewedRow, last: LastYear) -> Decimal | None:
    return _weaker(row, last.achieved, last.achieved_unit or last.unit)


def _last_year(row: Row) -> LastYear | None:
    return row.project.last_year.get(row.reviewed.key) if row.project else None


@on_row(
    "history.below_achieved",
    Severity.NOTE,
    About(
        "目标低于上年实际完成",
        "The target is below what last year reached",
        "去年已经做到的，今年目标反而更低，没有激励作用；确有原因的请说明。",
        "参保率 ≥80%（上年实际95.2%）",
        ("D30",),
    ),
)
def below_achieved(row: Row, _: ReviewTerms) -> Remarks:
    """Compare with what was achieved."""
    last = _last_year(row)
    before = _achieved(row.reviewed, last) if last else None
    if before is not None and not row.reviewed.from_payments:
        shown = value_text(None, before, row.reviewed.value.unit)
        yield Remark(
            f"“{row.reviewed.said}”的指标值“{row.reviewed.aim}”不如上年实际完成的{shown}，请核对。",
            f"“{row.reviewed.said}” aims at {row.reviewed.aim}; last year reached {shown}.",
            Field.VALUE,
            with_number(row, before),
        )


@on_row(
    "history.below_last_target",
    Severity.NOTE,
    About(
        "目标低于上年目标",
        "The target is below last year's target",
        "年年往下调的目标会越来越容易完成；确有原因的请说明。",
        "政策宣传 ≥10次（上年目标12次）",
        ("D30",),
    ),
)
def below_last_target(row: Row, _: ReviewTerms) -> Remarks:
    """Compare with what was aimed at, where what was achieved says nothing."""
    last = _last_year(row)
    if last is None or _achieved(row.reviewed, last) is not None:
        return
    before = _weaker(row.reviewed, last.target, last.unit)
    if before is not None and not row.reviewed.from_payments:
        shown = value_text(None, before, row.reviewed.value.unit)
        yield Remark(
            f"“{row.reviewed.said}”的指标值“{row.reviewed.aim}”不如上年目标{shown}，请核对。",
            f"“{row.reviewed.said}” aims at {row.reviewed.aim}; last year's target was {shown}.",
            Field.VALUE,
            with_number(row, before),
        )


CHECKS = (below_achieved, below_last_target)
