"""The words of the year's curve: legend, hover, and the sentence for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dashboard.figures.year import CheckpointRow, DayPoint, Reached, TargetYear
from dashboard.formats import month_day, share
from dashboard.texts.terms import (
    AS_OF,
    COMPLETE_TO,
    DEFAULT_PLAN,
    NO_PAYMENTS,
    PLANNED_SHARE,
    amount,
    in_brackets,
    listed,
)
from domain.funds import FundLine

ACTUAL = "实际支出"
STEPS = "计划（分期）"
BELOW, ABOVE = "低于计划", "高于计划"
LANE_OF_MONEY, LANE_OF_ALERTS = "资金下达", "预警"
MONTH_FORMAT = "%-m月"

REACHED = {Reached.MET: "已达到", Reached.MISSED: "未达到", Reached.TO_COME: "未到"}


def planned_name(*, default: bool) -> str:
    """The planned line, and whether anybody declared it."""
    return in_brackets(PLANNED_SHARE, DEFAULT_PLAN) if default else PLANNED_SHARE


def checkpoint_name(reached: Reached) -> str:
    """A kind of checkpoint in the legend."""
    return f"节点{REACHED[reached]}"


def checkpoint_words(row: CheckpointRow) -> str:
    """What a checkpoint asked for, and what was there."""
    due = f"{month_day(row.on)}节点：应达{share(row.share)}，{amount(row.planned)}"
    if row.executed is None:
        return in_brackets(due, REACHED[row.reached])
    lacking = f"，差{amount(row.missing)}" if row.missing else ""
    return f"{due}<br>实际{amount(row.executed)}，{REACHED[row.reached]}{lacking}"


def day_words(point: DayPoint) -> str:
    """What any day says."""
    words = f"{month_day(point.on)}　计划{amount(point.planned)}"
    if point.executed is None:
        return words
    return f"{words}<br>支出{amount(point.executed)}，{_against(point.executed - point.planned)}"


def _against(gap: Decimal) -> str:
    if gap == 0:
        return "与计划持平"
    return f"{ABOVE if gap > 0 else BELOW}{amount(abs(gap))}"


def arrival_words(on: date, line: FundLine) -> str:
    """Money granted or taken back."""
    verb = "下达" if line.amount >= 0 else "追减"
    return f"{month_day(on)}{verb}{line.source}{amount(abs(line.amount))}"


def as_of_words(as_of: date) -> str:
    """The day looked at."""
    return f"{AS_OF}{month_day(as_of)}"


def complete_to_words(complete_to: date) -> str:
    """The day the data reach to."""
    return f"{COMPLETE_TO}{month_day(complete_to)}"


def curve_sentence(year: TargetYear) -> str:
    """What the chart shows, for those who cannot see it."""
    counts = f"计划节点{listed(_counts(year.checkpoints))}。"
    last = next((point for point in reversed(year.days) if point.executed is not None), None)
    if last is None or last.executed is None:
        return f"全年支出曲线：{NO_PAYMENTS}；{counts}"
    return (
        f"全年支出曲线：截至{month_day(last.on)}{ACTUAL}{amount(last.executed)}，"
        f"计划应支出{amount(last.planned)}，全年预算{amount(last.budget)}；{counts}"
    )


def _counts(rows: Iterable[CheckpointRow]) -> list[str]:
    states = [row.reached for row in rows]
    return [f"{REACHED[state]}{states.count(state)}个" for state in Reached]
