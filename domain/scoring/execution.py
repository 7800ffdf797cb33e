"""Scoring the execution of the budget (预算执行率, rules §8): the total row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.funds import FundSource
from domain.money import ratio
from domain.scoring.result import (
    NOTHING,
    Flag,
    Outcome,
    RowScore,
    outcome_of,
    plain,
    points,
    still_open,
    undetermined,
)

EXECUTION = "预算执行率"


@dataclass(frozen=True, slots=True)
class FundRow:
    """Money of one source, in yuan; ``executed`` None: not entered yet, which is not zero."""

    source: FundSource
    original: Decimal
    adjusted: Decimal
    executed: Decimal | None


@dataclass(frozen=True, slots=True)
class FundTotal:
    """The total row (年度资金总额), in yuan."""

    original: Decimal
    adjusted: Decimal
    executed: Decimal | None


def total_of(rows: Iterable[FundRow]) -> FundTotal:
    """Sum the fund rows; open while a source that has money waits for its entry (rules §2)."""
    funds = list(rows)
    waiting = any(fund.executed is None and fund.adjusted for fund in funds)
    executed = sum((fund.executed or NOTHING for fund in funds), Decimal(0))
    return FundTotal(
        sum((fund.original for fund in funds), Decimal(0)),
        sum((fund.adjusted for fund in funds), Decimal(0)),
        None if waiting else executed,
    )


def score_execution(weight: Decimal, budget: Decimal | None, executed: Decimal | None) -> RowScore:
    """Score weight x min(1, executed / adjusted budget); both amounts in one unit."""
    if not weight:
        return RowScore(
            NOTHING, Outcome.NOT_APPLICABLE, f"指标分值合计100分，{EXECUTION}不另计分。"
        )
    if budget is None or executed is None:
        missing = "全年预算数" if budget is None else "全年执行数"
        return still_open(f"{missing}未录入")
    if budget <= 0:
        return undetermined(f"全年预算数为{plain(budget)}，算不出{EXECUTION}")
    return _scored(weight, budget, executed)


def _scored(weight: Decimal, budget: Decimal, executed: Decimal) -> RowScore:
    earned = points(weight * executed / budget, weight)
    said = f"执行{plain(executed)}÷预算{plain(budget)}"
    if executed > budget:
        working = (
            f"{said}，执行数大于预算数，按100%计，得满分{plain(weight)}分；请核对追加是否漏录。"
        )
        return RowScore(earned, Outcome.MET, working, (Flag.OVER_BUDGET,))
    if executed < 0:
        return RowScore(earned, Outcome.NOT_MET, f"{said}，执行数为负数，按0计，得{earned}分。")
    working = f"{said}：{plain(weight)}×{plain(executed)}÷{plain(budget)}={earned}分。"
    return RowScore(earned, outcome_of(earned, met=executed == budget), working)


def execution_rate(budget: Decimal | None, executed: Decimal | None) -> Decimal | None:
    """Give executed / budget (0-1, four decimals), None where it cannot be told."""
    if budget is None or executed is None or budget <= 0:
        return None
    return ratio(executed, budget)
