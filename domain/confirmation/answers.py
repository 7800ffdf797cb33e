"""Indicators as an answer leaves them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.confirmation.asked import AskedTarget
from domain.confirmation.question import AnswerNotReadableError, Topic
from domain.indicator import Comparator, Indicator, Kind, TargetValue
from domain.kind import propose
from domain.sentence import plain_text
from domain.target_value import LONGEST_VALUE, read_value


def settled(indicator: Indicator, topic: Topic, **changes: Any) -> Indicator:  # noqa: ANN401
    """The indicator with one question less, and with what the answer changes."""
    left = tuple(one for one in indicator.to_confirm if one.value != topic.value)
    return replace(indicator, to_confirm=left, **changes)


def read_anew(asked: AskedTarget, indicator: Indicator, topic: Topic, text: str) -> Indicator:
    """The indicator as if this text were printed; the printed one stays beside the reading.

    The new reading may raise other questions, never the one it answers.

    Raises:
        AnswerNotReadableError: the text breaks off, is a range, or says nothing.
    """
    value = read_value(text, name=indicator.name, unit=indicator.value.unit, year=asked.fiscal_year)
    proposal = propose(
        indicator.indicator_class,
        indicator.category,
        indicator.name,
        value,
        year=asked.fiscal_year,
        budget_wan=asked.budget_wan,
    )
    if proposal.kind is Kind.BROKEN or len(text) > LONGEST_VALUE:
        raise AnswerNotReadableError(text[:40], "指标值")
    left = tuple(one for one in proposal.to_confirm if one.value != topic.value)
    anew = replace(
        indicator,
        value=replace(value, text=indicator.value.text),
        kind=proposal.kind,
        measured=proposal.measured,
        to_confirm=left,
        parts=proposal.parts,
        from_payments=proposal.from_payments,
    )
    costs_at_least = topic is Topic.COST_DIRECTION and value.comparator in FLOORS
    return replace(anew, kind=Kind.LEVEL, from_payments=False) if costs_at_least else anew


FLOORS = (Comparator.AT_LEAST, Comparator.MORE_THAN)
LIMITS = (Comparator.AT_MOST, Comparator.LESS_THAN)


def signed(value: TargetValue, comparator: Comparator) -> TargetValue:
    """The value under another sign."""
    return replace(value, comparator=comparator)


def said(value: TargetValue, comparator: Comparator | None = None) -> str:
    """A reading as people write it: ``≤60万元``; the printed text where nothing was read."""
    if value.number is None:
        return value.text
    return f"{comparator or value.comparator or ''}{amount(value.number, value.unit)}"


def amount(number: Decimal, unit: str | None) -> str:
    """A number as printed, with its unit."""
    return f"{plain_text(number)}{unit or ''}"


def read_otherwise(indicator: Indicator) -> str | None:
    """How an indicator is read where that is not what its text says by itself; else None."""
    value = indicator.value
    if value.number is None and indicator.baseline is not None:
        return f"上年{amount(indicator.baseline, value.unit)}"
    if indicator.parts or indicator.kind is Kind.NOT_APPLICABLE:
        return None
    year = value.due_on.year if value.due_on else None
    alone = read_value(value.text, name=indicator.name, unit=value.unit, year=year)
    if replace(alone, text=value.text) == value:
        return None
    return said(value) if value.due_on is None else value.due_on.isoformat()
