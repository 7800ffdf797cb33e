"""Scoring one row of the sheet: which rule it falls under (rules §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.indicator import Kind, TargetValue
from domain.scoring.actual import Actual
from domain.scoring.apportion import CENTIPOINT, apportion
from domain.scoring.dated import score_date
from domain.scoring.policy import ScoringPolicy
from domain.scoring.profile import Group
from domain.scoring.qualitative import score_mark
from domain.scoring.quantity import Goal, Reported, goal_of, score_number
from domain.scoring.result import (
    UNSETTLED,
    Flag,
    Outcome,
    RowScore,
    outcome_of,
    plain,
    still_open,
    undetermined,
)
from domain.scoring.satisfaction import score_by_steps
from domain.scoring.standard import ScoringStandard, goal_by_standard, score_by_standard
from domain.units import UnitDoesNotConvertError


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One indicator as it is scored: its confirmed target, or the parts (a), (b) of its cell.

    ``actuals`` has an entry for each target, None where nothing was reported. ``standard`` is
    given only once confirmed. ``mark`` is what a person gave a qualitative row. ``unsettled``
    says what a person must settle before anything can be scored (待核实).
    """

    name: str
    kind: Kind
    targets: tuple[TargetValue, ...]
    actuals: tuple[Actual | None, ...]
    group: Group | None = None
    standard: ScoringStandard | None = None
    mark: Decimal | None = None
    unsettled: str | None = None


def score_row(row: ScoredRow, weight: Decimal, policy: ScoringPolicy) -> RowScore:
    """Score one row; its parts share the weight, and the row is as good as its worst part."""
    if row.kind is Kind.NOT_APPLICABLE:
        return RowScore(None, Outcome.NOT_APPLICABLE, "本指标不适用，不占分值。")
    if row.unsettled:
        return undetermined(row.unsettled)
    if row.kind is Kind.BROKEN:
        return undetermined("指标值残缺")
    if row.kind is Kind.QUALITATIVE:
        return score_mark(row.mark, row.actuals[0], weight, policy)
    scored = _parts(row, weight, policy)
    if row.mark is None:
        return scored
    working = f"{scored.working[:-1]}；填报的评分{plain(row.mark)}不采用，按公式计分。"
    return RowScore(scored.score, scored.outcome, working, (*scored.flags, Flag.MARK_NOT_USED))


def _parts(row: ScoredRow, weight: Decimal, policy: ScoringPolicy) -> RowScore:
    weights = apportion(weight, [Decimal(1)] * len(row.targets), CENTIPOINT)
    parts = [
        _score_value(row, (target, actual), part, policy)
        for target, actual, part in zip(row.targets, row.actuals, weights, strict=True)
    ]
    return parts[0] if len(parts) == 1 else _together(parts)


_WORST_FIRST = (
    Outcome.CANNOT_DETERMINE,
    Outcome.OPEN,
    Outcome.NOT_MET,
    Outcome.PARTLY,
    Outcome.MET,
)


def _together(parts: Sequence[RowScore]) -> RowScore:
    """Add the parts up; while one has no score the row has none."""
    worst = min((part.outcome for part in parts), key=_WORST_FIRST.index)
    flags = tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
    said = "".join(f"（{chr(ord('a') + i)}）{part.working}" for i, part in enumerate(parts))
    scores = [part.score for part in parts if part.score is not None]
    if worst in UNSETTLED:
        return RowScore(None, worst, said, flags)
    total = sum(scores, Decimal(0))
    if worst is Outcome.NOT_MET:
        worst = outcome_of(total, met=False)
    added = "+".join(map(str, scores))
    return RowScore(total, worst, f"{said}合计{added}={total}分。", flags)


def _score_value(
    row: ScoredRow, pair: tuple[TargetValue, Actual | None], weight: Decimal, policy: ScoringPolicy
) -> RowScore:
    """Score one value, as a date or as a number."""
    target, actual = pair
    if row.kind is Kind.DATE:
        if target.due_on is None:
            return undetermined(f"指标值“{target.text}”读不出日期")
        if actual is None:
            return still_open("完成情况未填报")
        return score_date(target.due_on, actual, weight, policy)
    try:
        return _score_quantity(row, pair, weight, policy)
    except UnitDoesNotConvertError as problem:
        return undetermined(f"单位不符：“{problem.given}”不能换算为“{problem.wanted}”")


def _score_quantity(
    row: ScoredRow, pair: tuple[TargetValue, Actual | None], weight: Decimal, policy: ScoringPolicy
) -> RowScore:
    target, actual = pair
    goal = _goal(row, target)
    if goal is None:
        return undetermined(f"指标值“{target.text}”读不出数值")
    if goal.number < 0:
        return undetermined(f"指标值“{target.text}”为负数")
    if actual is None:
        return still_open("完成值未填报")
    number = actual.number_for(target)
    if number is None:
        return undetermined(f"完成值“{actual.text}”读不出数值")
    return _by_rule(row, goal, Reported(number, actual.text), weight, policy)


def _goal(row: ScoredRow, target: TargetValue) -> Goal | None:
    if row.standard is None:
        return goal_of(target, row.kind)
    return goal_by_standard(row.standard, target, row.kind)


def _by_rule(
    row: ScoredRow, goal: Goal, reported: Reported, weight: Decimal, policy: ScoringPolicy
) -> RowScore:
    """Score by the form's standard, else by steps of satisfaction if the region has them."""
    if row.standard is not None:
        return score_by_standard(row.standard, goal, reported, weight, policy)
    if row.group is Group.SATISFACTION and policy.satisfaction_steps:
        return score_by_steps(reported, weight, policy.satisfaction_steps)
    return score_number(goal, reported, weight, policy)
