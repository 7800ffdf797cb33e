"""Scoring a number against its target (rules §8): higher, lower, equal, zero, far exceeded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from domain.indicator import Comparator, Kind, TargetValue
from domain.scoring.policy import ReverseRule, ScoringPolicy
from domain.scoring.result import (
    NOTHING,
    Flag,
    Outcome,
    RowScore,
    outcome_of,
    plain,
    points,
)

_LOWER = (Comparator.AT_MOST, Comparator.LESS_THAN)
_STRICT = (Comparator.MORE_THAN, Comparator.LESS_THAN)
_DIRECTED = (Comparator.AT_LEAST, Comparator.MORE_THAN)


@dataclass(frozen=True, slots=True)
class Goal:
    """A number to be reached, or to be kept under; ``shown`` is the target as printed."""

    comparator: Comparator | None
    number: Decimal
    lower_is_better: bool
    shown: str

    def is_met_by(self, actual: Decimal) -> bool:
        """Say whether a value satisfies the sign; without one the good side counts."""
        if actual == self.number:
            return self.comparator not in _STRICT
        return (actual < self.number) is self.lower_is_better


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported number in the target's unit; ``shown`` as it was printed."""

    number: Decimal
    shown: str


def goal_of(value: TargetValue, kind: Kind) -> Goal | None:
    """Turn a read target into a goal; None without a number.

    The printed sign gives the direction; without one, and with =, the kind does.
    """
    if value.number is None:
        return None
    lower = value.comparator in _LOWER or (
        kind is Kind.CEILING and value.comparator not in _DIRECTED
    )
    return Goal(value.comparator, value.number, lower, value.text)


def score_number(
    goal: Goal, reported: Reported, weight: Decimal, policy: ScoringPolicy
) -> RowScore:
    """Score one number against its target, which is not negative."""
    actual = reported.number
    if goal.is_met_by(actual):
        return _met(goal, reported, weight, policy)
    said = f"完成值{reported.shown}，未达到指标值{goal.shown}"
    if goal.number == 0:
        return RowScore(NOTHING, Outcome.NOT_MET, f"{said}；指标值为0，达到得满分、否则得0分。")
    if actual == goal.number:
        return _at_strict_limit(said, weight)
    earned, how = _rule(goal, policy)(goal.number, actual, weight)
    scored = RowScore(earned, outcome_of(earned, met=False), f"{said}：{how}。")
    return floored(scored, weight, policy)


def _met(goal: Goal, reported: Reported, weight: Decimal, policy: ScoringPolicy) -> RowScore:
    said = f"完成值{reported.shown}，达到指标值{goal.shown}，得满分{plain(weight)}分"
    flags: list[Flag] = []
    if goal.comparator is Comparator.EQUAL and reported.number != goal.number:
        flags.append(Flag.BEYOND_EQUAL)
        said += "；指标值为“=”而完成值不相等，请核对"
    if is_far_beyond(goal, reported.number, policy):
        flags.append(Flag.FAR_EXCEEDED)
        limit = plain(policy.explain_from * 100)
        said += f"；完成值达到指标值的{limit}%及以上，须说明原因"
    return RowScore(points(weight, weight), Outcome.MET, f"{said}。", tuple(flags))


def is_far_beyond(goal: Goal, actual: Decimal, policy: ScoringPolicy) -> bool:
    """Say whether a value is so far above its target that the target may have been too low."""
    if goal.lower_is_better or goal.number == 0:
        return False
    return actual >= goal.number * policy.explain_from


def _at_strict_limit(said: str, weight: Decimal) -> RowScore:
    """Score a value that equals a strict target: by the formula full, but not met."""
    working = f"{said}（相等不算达到，请核对）：按比例得{plain(weight)}分。"
    return RowScore(points(weight, weight), Outcome.PARTLY, working, (Flag.AT_STRICT_LIMIT,))


_Rule = Callable[[Decimal, Decimal, Decimal], tuple[Decimal, str]]


def _rule(goal: Goal, policy: ScoringPolicy) -> _Rule:
    if not goal.lower_is_better:
        return _by_share
    return _by_ratio if policy.reverse_rule is ReverseRule.BY_RATIO else _by_excess


def _by_share(target: Decimal, actual: Decimal, weight: Decimal) -> tuple[Decimal, str]:
    """Weight x actual / target; a negative value counts as nothing."""
    earned = points(weight * actual / target, weight)
    if actual < 0:
        return earned, f"完成值为负数，按0计，得{earned}分"
    return earned, f"{plain(weight)}×{plain(actual)}÷{plain(target)}={earned}分"


def _by_excess(target: Decimal, actual: Decimal, weight: Decimal) -> tuple[Decimal, str]:
    """Weight x (1 - excess / target), nothing from twice the target on."""
    earned = points(weight * (2 * target - actual) / target, weight)
    if actual >= 2 * target:
        return earned, f"达到指标值的2倍及以上，得{earned}分"
    w, t, a = plain(weight), plain(target), plain(actual)
    return earned, f"{w}×[1-（{a}-{t}）÷{t}]={earned}分"


def _by_ratio(target: Decimal, actual: Decimal, weight: Decimal) -> tuple[Decimal, str]:
    """Weight x target / actual."""
    earned = points(weight * target / actual, weight)
    return earned, f"{plain(weight)}×{plain(target)}÷{plain(actual)}={earned}分"


def floored(row: RowScore, weight: Decimal, policy: ScoringPolicy) -> RowScore:
    """Apply the pass floor where the policy has one: below that share of the weight, nothing."""
    floor = policy.pass_floor
    if floor is None or row.score is None or row.score >= weight * floor:
        return row
    said = f"{row.working[:-1]}；低于及格线{plain(floor * 100)}%，计0分。"
    return RowScore(NOTHING, Outcome.NOT_MET, said, row.flags)
