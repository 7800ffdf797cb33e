"""A performance indicator (绩效指标) as declared, and as read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Comparator(StrEnum):
    """The sign printed before a target value (计算符号)."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    MORE_THAN = ">"
    LESS_THAN = "<"


class Kind(StrEnum):
    """How an indicator is judged (rules §4)."""

    CUMULATIVE = "cumulative"
    LEVEL = "level"
    CEILING = "ceiling"
    DATE = "date"
    QUALITATIVE = "qualitative"
    NOT_APPLICABLE = "not_applicable"
    BROKEN = "broken"


class Measured(StrEnum):
    """When an indicator owes a value (rules §4)."""

    CONTINUOUS = "continuous"
    ROUND = "round"
    YEAR_END = "year_end"


class ToConfirm(StrEnum):
    """What a person must settle before a light or a score (待核实, rules §4)."""

    COST_DIRECTION = "cost_direction"
    CUT_OFF = "cut_off"
    BASELINE = "baseline"
    TWO_VALUES = "two_values"
    NAME_CONTRADICTS_VALUE = "name_contradicts_value"
    UNIT_DOES_NOT_FIT = "unit_does_not_fit"
    BEFORE_MONTH = "before_month"


@dataclass(frozen=True, slots=True)
class TargetValue:
    """A target value, read; the printed text stays beside it.

    ``number`` and ``unit`` are as printed (98 and "%", never 0.98); ``due_on`` is set for
    dates; all are None where the text does not say.
    """

    text: str
    comparator: Comparator | None = None
    number: Decimal | None = None
    unit: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """An indicator's own expectation: this much by that day."""

    on: date
    number: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One printed row, with the reading it is judged by.

    ``parts`` holds the readings of a cell with two values, (a) and (b), judged separately,
    worst light, sharing the weight; a plain row has none and is judged by ``value``.
    ``from_payments`` marks a cost that repeats the budget: its value comes from payments.
    ``medium_text`` is what the medium-term column prints for the same row, which proposes where
    the annual value is cut off.
    """

    indicator_id: UUID
    indicator_class: str
    category: str
    name: str
    value: TargetValue
    kind: Kind
    measured: Measured = Measured.ROUND
    to_confirm: tuple[ToConfirm, ...] = ()
    weight: Decimal | None = None
    scoring_standard: str | None = None
    description: str | None = None
    target_basis: str | None = None
    milestones: tuple[Milestone, ...] = ()
    baseline: Decimal | None = None
    parts: tuple[TargetValue, ...] = ()
    from_payments: bool = False
    medium_text: str | None = field(default=None, compare=False)


def open_questions(indicator: Indicator) -> tuple[ToConfirm, ...]:
    """What a person must settle; a broken value is a cut-off one at least."""
    if indicator.kind is Kind.NOT_APPLICABLE:
        return ()
    broken = (ToConfirm.CUT_OFF,) if indicator.kind is Kind.BROKEN else ()
    return indicator.to_confirm or broken


class Likelihood(StrEnum):
    """完成目标可能性."""

    CERTAIN = "确定能"
    POSSIBLE = "有可能"
    IMPOSSIBLE = "完全不可能"


class Grade(StrEnum):
    """Grade of a qualitative indicator."""

    ACHIEVED = "达成"
    PARTLY = "部分达成"
    NOT_ACHIEVED = "未达成"


@dataclass(frozen=True, slots=True)
class Achievement:
    """One report of an indicator: a total since 1 January, or a level, never an increment.

    ``reported_on`` is the business date the value stands for (截至日期). ``part`` is 0 for a
    plain indicator and the index of the part where a cell holds two values.
    """

    indicator_id: UUID
    reported_on: date
    text: str
    number: Decimal | None = None
    unit: str | None = None
    done_on: date | None = None
    grade: Grade | None = None
    forecast: str | None = None
    likelihood: Likelihood | None = None
    note: str | None = None
    evidence: str | None = None
    part: int = 0
