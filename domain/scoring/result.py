"""What scoring answers for one row: points, outcome, flags, and the working in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NOTHING = Decimal("0.00")


class Outcome(StrEnum):
    """What became of a row."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    CANNOT_DETERMINE = "cannot_determine"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


UNSETTLED = (Outcome.CANNOT_DETERMINE, Outcome.OPEN)
"""While a row is one of these the sheet has no rating (rules §8)."""


class Flag(StrEnum):
    """What a person should look at although the row has a score."""

    FAR_EXCEEDED = "far_exceeded"
    BEYOND_EQUAL = "beyond_equal"
    AT_STRICT_LIMIT = "at_strict_limit"
    LATE = "late"
    NO_DAY_OF_COMPLETION = "no_day_of_completion"
    MARK_NOT_USED = "mark_not_used"
    NO_EVIDENCE = "no_evidence"
    OVER_BUDGET = "over_budget"


@dataclass(frozen=True, slots=True)
class RowScore:
    """The score of one row in points with two decimals, or None with the reason why not."""

    score: Decimal | None
    outcome: Outcome
    working: str
    flags: tuple[Flag, ...] = ()


def points(amount: Decimal, weight: Decimal) -> Decimal:
    """Round to two decimals, half up, and keep within [0, weight]."""
    return min(weight, max(NOTHING, amount)).quantize(NOTHING, ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """Print a number as people write it: no trailing zeros, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def outcome_of(score: Decimal, *, met: bool) -> Outcome:
    """Name the outcome of a row that has a score: anything above nothing is partly met."""
    if met:
        return Outcome.MET
    return Outcome.PARTLY if score > 0 else Outcome.NOT_MET


def undetermined(reason: str) -> RowScore:
    """Answer for a row nobody can judge, with what is missing."""
    return RowScore(None, Outcome.CANNOT_DETERMINE, f"无法判定（{reason}）。")


def still_open(reason: str) -> RowScore:
    """Answer for a row that waits for somebody's entry."""
    return RowScore(None, Outcome.OPEN, f"未定：{reason}。")
