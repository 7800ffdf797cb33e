"""How figures and days are said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.sentence import (
    day_text,
    month_text,
    period_text,
    plain_text,
    points_text,
    quantity_text,
    reached_text,
)


def test_days_and_month_ends() -> None:
    assert day_text(date(2025, 8, 31)) == "8月31日"
    assert month_text(date(2025, 8, 31)) == "8月底"
    assert month_text(date(2025, 8, 30)) == "8月30日"


@pytest.mark.parametrize(
    ("start", "day", "said"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), "上半年"),
        (date(2025, 1, 1), date(2025, 8, 31), "1—8月"),
        (date(2025, 2, 1), date(2025, 6, 30), "2—6月"),
        (date(2025, 1, 1), date(2025, 1, 31), "1月"),
        (date(2025, 1, 1), date(2025, 8, 15), "到8月15日"),
        (date(2025, 1, 2), date(2025, 6, 30), "到6月底"),
    ],
)
def test_a_period_is_said_as_in_the_headings(start: date, day: date, said: str) -> None:
    assert period_text(start, day) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0.5325", "53.2%"),
        ("0.7999", "79.9%"),
        ("0.8", "80.0%"),
        ("1.065", "106.5%"),
        ("-0.0555", "-5.5%"),
    ],
)
def test_what_was_reached_is_cut_and_not_rounded(share: str, said: str) -> None:
    assert reached_text(Decimal(share)) == said


def test_points_are_rounded_half_up() -> None:
    assert points_text(Decimal("0.2927")) == "29.3个百分点"
    assert points_text(Decimal("0.0125")) == "1.3个百分点"


@pytest.mark.parametrize(
    ("number", "said"),
    [("10", "10"), ("93.80", "93.8"), ("0.005", "0.01"), ("100", "100"), ("0", "0")],
)
def test_numbers_are_brief(number: str, said: str) -> None:
    assert plain_text(Decimal(number)) == said


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("2.8", "万人次", "2.80万人次"),
        ("22", "万元", "22.00万元"),
        ("22.005", "元", "22.01元"),
        ("3", "次", "3次"),
        ("93.8", "%", "93.8%"),
        ("2", "公里", "2公里"),
        ("80", None, "80"),
    ],
)
def test_quantities_keep_their_unit(number: str, unit: str | None, said: str) -> None:
    assert quantity_text(Decimal(number), unit) == said
