"""How much of a cumulative indicator is expected by a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.expectation import Expectation, due_on, expected, months_of, pace
from domain.indicator import Indicator, Kind, Milestone
from domain.plan import Window
from tests.judging import AUGUST, JUNE, YEAR, YEAR_END, indicator

COUNTED = indicator("12", "次", Kind.CUMULATIVE)
AUTUMN = Window(date(2025, 10, 8), date(2025, 12, 15))


@pytest.mark.parametrize(
    ("window", "until", "months"),
    [
        (YEAR, JUNE, Fraction(6)),
        (YEAR, YEAR_END, Fraction(12)),
        (YEAR, date(2026, 1, 31), Fraction(12)),
        (YEAR, date(2025, 7, 1), 6 + Fraction(1, 31)),
        (YEAR, date(2025, 1, 1), Fraction(1, 31)),
        (YEAR, date(2024, 12, 31), Fraction(0)),
        (AUTUMN, date(2025, 10, 7), Fraction(0)),
        (AUTUMN, date(2025, 10, 8), Fraction(1, 31)),
        (AUTUMN, date(2025, 10, 31), Fraction(24, 31)),
        (AUTUMN, date(2025, 12, 31), Fraction(24, 31) + 1 + Fraction(15, 31)),
        (Window(date(2024, 12, 16), JUNE), date(2025, 1, 31), Fraction(16, 31) + 1),
        (Window(date(2025, 2, 3), date(2025, 2, 16)), date(2025, 2, 28), Fraction(1, 2)),
    ],
)
def test_parts_of_a_month_count_by_days(window: Window, until: date, months: Fraction) -> None:
    assert months_of(window, until) == months


def with_milestones(*points: tuple[date, str]) -> Indicator:
    return replace(COUNTED, milestones=tuple(Milestone(on, Decimal(n)) for on, n in points))


@pytest.mark.parametrize(
    ("judged", "last"),
    [
        pytest.param(COUNTED, YEAR_END, id="no milestone"),
        pytest.param(with_milestones((JUNE, "5"), (AUGUST, "12")), AUGUST, id="reaching"),
        pytest.param(with_milestones((JUNE, "5"), (AUGUST, "13")), AUGUST, id="beyond it"),
        pytest.param(with_milestones((JUNE, "5"), (AUGUST, "11")), YEAR_END, id="short of it"),
        pytest.param(with_milestones((date(2026, 3, 1), "12")), YEAR_END, id="after the window"),
    ],
)
def test_the_last_checkpoint_is_where_the_whole_is_due(judged: Indicator, last: date) -> None:
    assert due_on(judged, Decimal(12), YEAR) == last


@pytest.mark.parametrize(
    ("target", "unit", "day", "amount", "working"),
    [
        ("10", "万人次", JUNE, "5", "10×6/12"),
        ("3", "次", JUNE, "1", "3×6/12，取整"),
        ("4", "次", JUNE, "2", "4×6/12"),
        ("12", "%", date(2025, 4, 15), "3.5", "12×3.5/12"),
        ("5", "次", date(2024, 12, 1), "0", "5×0/12"),
    ],
)
def test_the_target_is_expected_by_months(
    target: str, unit: str, day: date, amount: str, working: str
) -> None:
    assert expected(COUNTED, Decimal(target), unit, YEAR, day) == Expectation(
        Decimal(amount), working
    )


def test_a_whole_number_is_not_lost_to_a_division() -> None:
    window = Window(date(2025, 1, 11), YEAR_END)

    assert expected(COUNTED, Decimal(3), "次", window, YEAR_END).amount == 3


@pytest.mark.parametrize(
    ("day", "amount"), [(date(2025, 6, 29), 0), (JUNE, 5), (date(2025, 8, 30), 5), (AUGUST, 12)]
)
def test_milestones_are_expected_from_their_day_on(day: date, amount: int) -> None:
    judged = with_milestones((AUGUST, "12"), (JUNE, "5"))

    assert expected(judged, Decimal(12), "次", YEAR, day) == Expectation(
        Decimal(amount), "按指标节点"
    )


def test_the_pace_of_the_year_in_whole_ones() -> None:
    assert pace(Decimal("2.8"), "万人次", YEAR, JUNE) == Decimal("5.6")
    assert pace(Decimal(1), "次", YEAR, AUGUST) == 1
    assert pace(Decimal(1), "%", YEAR, AUGUST) == Decimal("1.5")
