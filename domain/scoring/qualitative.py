"""Checking the mark a person gave a qualitative row (rules §8): nothing is proposed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from domain.indicator import Grade
from domain.scoring.actual import Actual
from domain.scoring.policy import ScoringPolicy
from domain.scoring.result import (
    NOTHING,
    Flag,
    Outcome,
    RowScore,
    plain,
    still_open,
    undetermined,
)

_OUTCOMES = {
    Grade.ACHIEVED: Outcome.MET,
    Grade.PARTLY: Outcome.PARTLY,
    Grade.NOT_ACHIEVED: Outcome.NOT_MET,
}


def score_mark(
    mark: Decimal | None, actual: Actual | None, weight: Decimal, policy: ScoringPolicy
) -> RowScore:
    """Take a given mark if it lies within the weight and within the band of the stated grade."""
    stated = actual.grade if actual else None
    if mark is None:
        return still_open(_wanted(stated, weight, policy))
    given = mark.quantize(NOTHING, ROUND_HALF_UP)
    if not 0 <= given <= weight:
        return undetermined(f"评分{plain(mark)}不在0—{plain(weight)}分之内")
    grade = _grade_of(given, weight, policy)
    if stated not in {None, grade}:
        return undetermined(
            f"评分{plain(mark)}与“{stated}”不符，应为{_band(stated, weight, policy)}分"
        )
    working = f"评为“{grade}”（{_band(grade, weight, policy)}分），评分{given}分"
    if actual is None:
        working = f"{working}；缺事实或佐证，请补充。"
        return RowScore(given, _OUTCOMES[grade], working, (Flag.NO_EVIDENCE,))
    return RowScore(given, _OUTCOMES[grade], f"{working}。")


def _grade_of(mark: Decimal, weight: Decimal, policy: ScoringPolicy) -> Grade:
    if mark >= weight * policy.achieved_from:
        return Grade.ACHIEVED
    return Grade.PARTLY if mark >= weight * policy.partly_from else Grade.NOT_ACHIEVED


def _band(grade: Grade, weight: Decimal, policy: ScoringPolicy) -> str:
    """Print the band of a grade; 不含 marks an end that belongs to the band above."""
    upper = plain((weight * policy.achieved_from).quantize(NOTHING))
    lower = plain((weight * policy.partly_from).quantize(NOTHING))
    return {
        Grade.ACHIEVED: f"{upper}—{plain(weight)}",
        Grade.PARTLY: f"{lower}—{upper}（不含）",
        Grade.NOT_ACHIEVED: f"0—{lower}（不含）",
    }[grade]


def _wanted(stated: Grade | None, weight: Decimal, policy: ScoringPolicy) -> str:
    if stated is None:
        bands = "、".join(f"{grade}{_band(grade, weight, policy)}" for grade in Grade)
        return f"定性指标，待评分（{bands}）"
    return f"定性指标，填报“{stated}”，待在{_band(stated, weight, policy)}分内评分"
