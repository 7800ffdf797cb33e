"""Builders for what lights are judged by: lines, indicators, readings, rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.funds import FundLine, FundSource
from domain.goal_light import GoalContext, Paid, judge_indicator
from domain.goal_verdict import IndicatorStanding
from domain.indicator import (
    Achievement,
    Comparator,
    Indicator,
    Kind,
    Measured,
    TargetValue,
    ToConfirm,
)
from domain.light import Light
from domain.monitoring_round import MonitoringRound
from domain.picture import KnownIndicator, Reading
from domain.plan import Checkpoint, SpendingPlan, Window
from domain.policy_terms import GoalTerms

ID = UUID(int=7)
COLOURS = {
    "G": Light.GREEN,
    "Y": Light.YELLOW,
    "R": Light.RED,
    "B": Light.BLUE,
    "–": Light.NONE,
}
DAYS = JUNE, AUGUST, YEAR_END = (date(2025, 6, 30), date(2025, 8, 31), date(2025, 12, 31))
YEAR = Window(date(2025, 1, 1), YEAR_END)
ROUNDS = (
    MonitoringRound(2025, "1—6月", date(2025, 1, 1), JUNE, date(2025, 7, 1), date(2025, 7, 15)),
    MonitoringRound(2025, "1—8月", date(2025, 7, 1), AUGUST, date(2025, 9, 1), date(2025, 9, 15)),
    MonitoringRound(
        2025, "1—12月", date(2025, 9, 1), YEAR_END, date(2025, 12, 25), date(2026, 1, 15)
    ),
)
QUARTERS = SpendingPlan(
    tuple(
        Checkpoint(date(2025, month, day), Decimal(share))
        for month, day, share in ((3, 31, "0.25"), (6, 30, "0.5"), (10, 31, "0.75"), (12, 31, "1"))
    )
)


def line(
    wan: str,
    source: FundSource = FundSource.CURRENT_YEAR,
    arrived_on: date = date(2025, 1, 1),
    **more: Any,
) -> FundLine:
    return replace(FundLine("1", source, Decimal(wan) * 10_000, arrived_on), **more)


def indicator(
    number: str | None,
    unit: str | None,
    kind: Kind,
    comparator: Comparator | None = Comparator.AT_LEAST,
    measured: Measured = Measured.ROUND,
    *to_confirm: ToConfirm,
) -> Indicator:
    value = TargetValue("", comparator, None if number is None else Decimal(number), unit)
    return Indicator(ID, "产出指标", "数量指标", "指标", value, kind, measured, to_confirm)


def due(day: date | None, **more: Any) -> Indicator:
    return replace(indicator(None, None, Kind.DATE), value=TargetValue("", due_on=day), **more)


def on(day: date, paid: Paid | None = None, terms: GoalTerms | None = None) -> GoalContext:
    return GoalContext(day, YEAR, terms or GoalTerms(), ROUNDS, paid)


def reading(day: date, number: str | None = None, **more: Any) -> Reading:
    value = None if number is None else Decimal(number)
    return Reading(replace(Achievement(ID, day, number or "", value), **more))


def standing(judged: Indicator, day: date, *readings: Reading) -> IndicatorStanding:
    return judge_indicator(KnownIndicator(judged, readings), on(day))
