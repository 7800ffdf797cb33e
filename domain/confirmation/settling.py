"""Answers become facts on their target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.confirmation.asked import AskedTarget, Beside
from domain.confirmation.question import (
    Effect,
    JudgeAs,
    MeasureAgainst,
    ReadAs,
    ReadWith,
    Weigh,
)
from domain.money import TEN_THOUSAND
from domain.target import Target

_NOTHING = Beside()


def asked_of(target: Target, beside: Beside = _NOTHING) -> AskedTarget:
    """What a target is asked about as it stands, beside what the record knows else."""
    declared = target.declaration
    budget = sum((line.amount for line in declared.fund_lines), Decimal(0))
    return AskedTarget(
        target.id,
        declared.fiscal_year,
        declared.project_name,
        budget / TEN_THOUSAND,
        tuple(target.indicators.values()),
        frozenset(target.kinds_settled),
        declared.shape if target.plan_in_force is None else None,
        beside.last_year,
        {one: like for one, like in beside.alike.items() if one not in target.shared},
    )


def settle(target: Target, effect: Effect, *, on: date, reason: str) -> None:
    """Record what an answer settles.

    Raises:
        UnitDoesNotConvertError: a baseline's unit does not fit the indicator's.
        ReasonMissingError: nobody says why.
    """
    match effect:
        case ReadAs(indicator):
            target.confirm_reading(indicator, confirmed_on=on, reason=reason)
        case JudgeAs(indicator):
            target.choose_kind(
                indicator.indicator_id,
                indicator.kind,
                indicator.measured,
                chosen_on=on,
                reason=reason,
            )
        case MeasureAgainst(baseline):
            with_source = replace(baseline, source=baseline.source or reason)
            target.set_baseline(with_source, on=on)
        case Weigh(indicators):
            weights = {row.indicator_id: row.weight for row in indicators if row.weight is not None}
            target.confirm_weights(weights, confirmed_on=on, reason=reason)
        case ReadWith(indicator_id, group_id):
            target.share_indicator(indicator_id, group_id, confirmed_on=on, reason=reason)
        case planned:
            declared = target.declaration
            target.set_plan(
                declared.plan,
                shape=planned.shape,
                window=declared.window,
                effective_on=declared.effective_on,
                reason=reason,
            )
