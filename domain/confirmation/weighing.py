"""The weights of a target's indicators: proposed where the form's do not do (rules §8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from domain.confirmation.asked import AskedTarget
from domain.confirmation.question import AnswerNotReadableError, Choice, Question, Topic, Weigh
from domain.indicator import Indicator, Kind
from domain.scoring.profile import group_of
from domain.scoring.result import plain
from domain.scoring.weights import (
    ALL_POINTS,
    TARGET_POINTS,
    UnplacedRowError,
    WeightedRow,
    Weights,
    assign_weights,
)

_SUMS = (TARGET_POINTS, ALL_POINTS)
_BETWEEN = re.compile(r"[\s,，、;；]+")
_TYPED = "按指标顺序填写各项分值，如 10 10 20，合计90分（另有执行率10分）或100分"


def weights_question(asked: AskedTarget) -> Question | None:
    """Ask for the weights where they are missing, or do not sum to 90 or 100."""
    rows = counted(asked.indicators)
    if not rows or _complete(row.weight for row in rows):
        return None
    weights_printed = ["—" if row.weight is None else plain(row.weight) for row in rows]
    printed = " ".join(weights_printed) if set(weights_printed) != {"—"} else "没有分值"
    try:
        weights = assign_weights([_weighted(row) for row in asked.indicators])
    except UnplacedRowError as problem:
        return _question(asked, printed, str(problem), ())
    return _question(asked, printed, _why(weights), (_proposal(asked, weights),))


def _question(
    asked: AskedTarget, printed: str, reason: str, choices: tuple[Choice, ...]
) -> Question:
    return Question(
        asked.target_id,
        None,
        Topic.WEIGHTS,
        asked.project_name,
        printed,
        reason,
        choices,
        next(iter(choices), None),
        _TYPED,
    )


def _proposal(asked: AskedTarget, weights: Weights) -> Choice:
    points = [
        weight.points
        for row, weight in zip(asked.indicators, weights.rows, strict=True)
        if row.kind is not Kind.NOT_APPLICABLE
    ]
    return _weighed("proposed", asked, points)


def _weighed(key: str, asked: AskedTarget, points: Sequence[Decimal]) -> Choice:
    given = iter(points)
    settled = tuple(
        row if row.kind is Kind.NOT_APPLICABLE else replace(row, weight=next(given))
        for row in asked.indicators
    )
    said = " ".join(map(plain, points))
    total = plain(sum(points, Decimal(0)))
    return Choice(key, f"{said}（合计{total}分）", Weigh(settled))


def typed_weights(asked: AskedTarget, text: str) -> Choice:
    """Read weights that somebody typed, one for each indicator that counts.

    Raises:
        AnswerNotReadableError: they are no numbers, too many or few, or sum to something else.
    """
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    try:
        points = [Decimal(part) for part in parts]
    except InvalidOperation as problem:
        raise AnswerNotReadableError(text[:40], "分值") from problem
    if len(points) != len(counted(asked.indicators)) or not _complete(points):
        wanted = f"{len(counted(asked.indicators))}项合计90分或100分的分值"
        raise AnswerNotReadableError(text[:40], wanted)
    return _weighed("typed", asked, points)


def counted(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The indicators that have a weight at all."""
    return [row for row in indicators if row.kind is not Kind.NOT_APPLICABLE]


def _complete(weights: Iterable[Decimal | None]) -> bool:
    """Whether every row has a weight, and they sum to what they should."""
    known = list(weights)
    given = [weight for weight in known if weight is not None and weight.is_finite()]
    whole = len(given) == len(known) and all(weight > 0 for weight in given)
    return whole and sum(given, Decimal(0)) in _SUMS


def _weighted(row: Indicator) -> WeightedRow:
    group = group_of(row.indicator_class, row.category)
    return WeightedRow(row.name, group, row.weight, row.kind is not Kind.NOT_APPLICABLE)


def _why(weights: Weights) -> str:
    return "；".join(weights.findings) or "表上没有分值，各类按规定分值平均分配"
