"""The policy's figures: the rules' defaults, and where a band begins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.light import Light
from domain.policy_terms import (
    AlertTerms,
    Bands,
    GoalTerms,
    LowExecution,
    MoneyTerms,
    MonthDay,
    PaymentTerms,
    PointsBehind,
    PolicyTerms,
)


@pytest.mark.parametrize(
    ("ratio", "light"),
    [
        ("-1", Light.RED),
        ("0.5999", Light.RED),
        ("0.60", Light.YELLOW),
        ("0.7999", Light.YELLOW),
        ("0.80", Light.GREEN),
        ("3", Light.GREEN),
    ],
)
def test_a_boundary_belongs_to_the_milder_side(ratio: str, light: Light) -> None:
    assert Bands(Decimal("0.6"), Decimal("0.8")).light(Decimal(ratio)) is light


def test_a_day_of_the_year_becomes_a_date() -> None:
    assert MonthDay(9, 30).of(2025) == date(2025, 9, 30)


def test_the_defaults_are_those_of_the_rules() -> None:
    assert PolicyTerms() == PolicyTerms(
        money=MoneyTerms(
            bands=Bands(Decimal("0.60"), Decimal("0.80")),
            final_bands=Bands(Decimal("0.80"), Decimal("0.90")),
            first_judged=MonthDay(3, 31),
            grace_days=30,
            green_up_to_share=Decimal("0.05"),
            green_up_to_yuan=Decimal(10000),
            yellow_up_to_yuan=Decimal(50000),
            points_behind=None,
            low_execution=(),
        ),
        goals=GoalTerms(
            bands=Bands(Decimal("0.60"), Decimal("0.80")),
            final_yellow_from=Decimal("0.90"),
            level_tolerance=Decimal(10),
            final_level_tolerance=Decimal(5),
            ceiling_hint_from=Decimal("0.90"),
            date_warning_days=30,
            blue_on=False,
            blue_from=Decimal("1.20"),
        ),
        payments=PaymentTerms(
            executed_kinds=(),
            executed_natures=(),
            insurance_fund_accounts=(),
            stale_after_days=10,
        ),
        alerts=AlertTerms(
            pending_days=0, explanation_after_yellow_working_days=10, automated_steps=()
        ),
        carry_over_even_to=MonthDay(9, 30),
        target_owed_within_days=30,
    )


def test_rules_a_policy_can_add_name_a_light_by_default() -> None:
    assert PointsBehind(Decimal("0.1")).light is Light.YELLOW
    assert LowExecution(MonthDay(8, 31), Decimal("0.6"), Decimal(2000000)).light is Light.RED
