"""The value of an earlier year that an indicator is measured against (基期值, rules §4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from domain.errors import MonitoringError
from domain.indicator import Indicator, ToConfirm
from domain.units import converted


@dataclass(frozen=True, slots=True)
class Baseline:
    """What 不低于上年 is measured against: the value, of which year, and from where."""

    indicator_id: UUID
    text: str
    number: Decimal
    unit: str | None
    year: int
    source: str | None = None


class BaselineTooLateError(MonitoringError):
    """A baseline is of the year that is measured against it, or of a later one."""

    code = "baseline_too_late"

    def __init__(self, given: int, fiscal_year: int) -> None:
        super().__init__(f"基期值是{given}年的，应早于{fiscal_year}年度。请核对年度。")


def with_baseline(indicator: Indicator, baseline: Baseline) -> Indicator:
    """The indicator as it is judged with a baseline: its question is settled, others stay.

    The number is turned into the unit that the indicator prints; where it prints none, the
    baseline's is its unit.

    Raises:
        UnitDoesNotConvertError: the baseline's unit does not fit the indicator's.
    """
    printed = indicator.value
    return replace(
        indicator,
        baseline=converted(baseline.number, baseline.unit, printed.unit),
        value=replace(printed, unit=printed.unit or baseline.unit),
        to_confirm=tuple(one for one in indicator.to_confirm if one is not ToConfirm.BASELINE),
    )
