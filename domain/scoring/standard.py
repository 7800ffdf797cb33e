"""The form's own scoring standard (评（扣）分标准), once a person confirmed it (rules §8).

Read are: a threshold for full marks (达到80%得满分, 小于等于50万元得满分), points taken for each
step short of it (每降低百分之二扣1分), points taken once it is passed (超过12万元扣10分), and the
full marks it is meant for (共计10分).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.indicator import Comparator, Kind, TargetValue
from domain.scoring.policy import ScoringPolicy
from domain.scoring.quantity import Goal, Reported, goal_of, score_number
from domain.scoring.result import RowScore, outcome_of, plain, points
from domain.target_value import fold
from domain.units import converted
from domain.wording import SIGNS, UNIT_PATTERN, WORDS_AFTER, WORDS_BEFORE


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = (
    r"(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
)
_AMOUNT = (
    rf"(?:百分之(?P<percent>{_NUMBER})|(?P<number>{_NUMBER})(?P<unit>{UNIT_PATTERN.pattern})?)"
)
_BEFORE = {**SIGNS, **WORDS_BEFORE, "达到": "≥"}
_FULL = re.compile(
    rf"(?P<sign>{_any_of(_BEFORE)})?{_AMOUNT}(?P<tail>{_any_of(WORDS_AFTER)})?"
    r"的?,?(?:可|即)?得满分?"
)
_EACH = re.compile(
    r"每(?:降低|减少|下降|低于|低|少|差|超过|超出|超|增加|提高|高)"
    rf"{_AMOUNT},?扣(?:除|减)?(?P<points>{_NUMBER})分"
)
_ONCE = re.compile(
    rf"(?<![每不])(?:超过|超出|大于|高于){_AMOUNT}的?,?扣(?:除|减)?(?P<points>{_NUMBER})分"
)
_OUT_OF = re.compile(rf"(?:共计|共|满分为?)(?P<points>{_NUMBER})分")


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken for each ``step`` beyond the threshold; ``step`` None: once, at any excess."""

    points: Decimal
    step: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScoringStandard:
    """A standard, read; what it leaves out (threshold, deduction) falls to the target's rule.

    ``out_of``: the full marks the deductions are meant for; None: those of the row.
    """

    text: str
    comparator: Comparator | None = None
    threshold: Decimal | None = None
    unit: str | None = None
    deduction: Deduction | None = None
    out_of: Decimal | None = None


def read_standard(text: str) -> ScoringStandard | None:
    """Read a printed standard; None where it states neither a threshold nor a deduction."""
    folded = fold(text)
    full, each = _FULL.search(folded), _EACH.search(folded)
    once, out_of = _ONCE.search(folded), _OUT_OF.search(folded)
    if not (full or each or once):
        return None
    comparator, threshold = _comparator(full), full
    if full is None and once:
        comparator, threshold = Comparator.AT_MOST, once
    number, unit = _amount(threshold) if threshold else (None, None)
    return ScoringStandard(
        text.strip(),
        comparator,
        number,
        unit,
        _deduction(each, once),
        _number(out_of["points"]) if out_of else None,
    )


def _comparator(full: re.Match[str] | None) -> Comparator | None:
    """Read the sign of a threshold; 以上 and 以下 include it whatever stands before."""
    if full is None:
        return None
    if full["tail"]:
        return Comparator(WORDS_AFTER[full["tail"]])
    return Comparator(_BEFORE[full["sign"]]) if full["sign"] else None


def _deduction(each: re.Match[str] | None, once: re.Match[str] | None) -> Deduction | None:
    if each:
        step = _amount(each)[0]
        return Deduction(_number(each["points"]), step) if step else None
    return Deduction(_number(once["points"])) if once else None


def _amount(match: re.Match[str]) -> tuple[Decimal, str | None]:
    if match["percent"]:
        return _number(match["percent"]), "%"
    return _number(match["number"]), match["unit"]


def _number(text: str) -> Decimal:
    """Read digits, or Chinese numerals up to 九十九."""
    if text[0].isascii():
        return Decimal(text.replace(",", ""))
    tens, ten, ones = text.rpartition("十")
    high = (_DIGITS[tens] if tens else 1) if ten else 0
    return Decimal(high * 10 + (_DIGITS[ones] if ones else 0))


def goal_by_standard(standard: ScoringStandard, value: TargetValue, kind: Kind) -> Goal | None:
    """Find the goal a standard sets, in the target's unit; the target's own where it sets none.

    Raises:
        UnitDoesNotConvertError: the standard is printed in a unit foreign to the target.
    """
    if standard.threshold is None:
        return goal_of(value, kind)
    number = converted(standard.threshold, standard.unit, value.unit)
    comparator = standard.comparator or value.comparator
    return goal_of(TargetValue(standard.text, comparator, number, value.unit), kind)


def score_by_standard(
    standard: ScoringStandard,
    goal: Goal,
    reported: Reported,
    weight: Decimal,
    policy: ScoringPolicy,
) -> RowScore:
    """Score a number by the form's own standard.

    Points taken step by step are taken in proportion, so that a value short of the threshold
    never has full marks and a whole step costs what is printed.
    """
    deduction = standard.deduction
    if deduction is None or goal.is_met_by(reported.number):
        return score_number(goal, reported, weight, policy)
    gap = abs(reported.number - goal.number)
    taken = deduction.points if deduction.step is None else deduction.points * gap / deduction.step
    if standard.out_of:
        taken = taken * weight / standard.out_of
    earned = points(weight - taken, weight)
    how = f"按评分标准“{standard.text}”，完成值{reported.shown}，相差{plain(gap)}"
    working = f"{how}，应扣{plain(taken.quantize(earned))}分，得{earned}分。"
    return RowScore(earned, outcome_of(earned, met=False), working)
