"""Last year's value settles what is measured against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.baseline import Baseline, BaselineTooLateError
from domain.errors import NotOnRecordError
from domain.indicator import Comparator, Indicator, Kind, TargetValue, ToConfirm
from domain.target import Target
from domain.units import UnitDoesNotConvertError
from tests.declaring import declared, visits

APRIL = date(2025, 4, 1)
LAST_YEAR = visits().indicator_id


def unsettled(unit: str | None = None, **changes: object) -> Indicator:
    """不低于上年, with a second question that a baseline does not answer."""
    return replace(
        visits(),
        value=TargetValue("不低于上年", Comparator.AT_LEAST, None, unit),
        kind=Kind.LEVEL,
        to_confirm=(ToConfirm.BASELINE, ToConfirm.UNIT_DOES_NOT_FIT),
        **changes,  # type: ignore[arg-type]
    )


def target(unit: str | None = None) -> Target:
    return declared(indicators=(unsettled(unit),))


def baseline(number: str = "96", unit: str | None = "%", **changes: object) -> Baseline:
    plain = Baseline(LAST_YEAR, f"{number}{unit or ''}", Decimal(number), unit, 2024, "2024年决算")
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_baseline_is_what_the_indicator_is_measured_against_from_now_on() -> None:
    one = target()
    assert one.set_baseline(baseline(), on=APRIL)
    settled = one.indicators[LAST_YEAR]
    assert (settled.baseline, settled.value.unit) == (Decimal(96), "%")
    assert settled.value.text == "不低于上年"
    assert settled.to_confirm == (ToConfirm.UNIT_DOES_NOT_FIT,)


def test_the_same_value_again_records_nothing_and_another_replaces_it() -> None:
    one = target()
    one.set_baseline(baseline(), on=APRIL)
    assert not one.set_baseline(baseline(source="另一份表"), on=APRIL)
    assert one.set_baseline(baseline("97"), on=APRIL)
    assert one.indicators[LAST_YEAR].baseline == Decimal(97)


def test_a_baseline_is_turned_into_the_unit_that_is_printed() -> None:
    one = target("万人次")
    one.set_baseline(baseline("52000", "人次"), on=APRIL)
    assert one.indicators[LAST_YEAR].baseline == Decimal("5.2")
    with pytest.raises(UnitDoesNotConvertError):
        one.set_baseline(baseline("96", "%"), on=APRIL)


def test_what_is_no_baseline_of_the_target_is_refused() -> None:
    with pytest.raises(BaselineTooLateError, match="2025"):
        target().set_baseline(baseline(year=2025), on=APRIL)
    with pytest.raises(NotOnRecordError):
        target().set_baseline(baseline(indicator_id=UUID(int=5)), on=APRIL)
