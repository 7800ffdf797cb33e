"""Printed rows as the forms are read, and what is asked about them, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.baseline import Baseline
from domain.confirmation.asked import AskedTarget
from domain.confirmation.listing import questions
from domain.confirmation.question import Question, ReadAs, Topic
from domain.identity import indicator_id
from domain.indicator import Indicator
from domain.kind import propose
from domain.target_value import read_value
from tests.declaring import SOME_TARGET, YEAR

BUDGET_WAN = Decimal(450)


def printed(
    name: str,
    text: str,
    unit: str | None = None,
    *,
    of_class: str = "产出指标",
    category: str = "数量指标",
    **changes: Any,
) -> Indicator:
    """A row as a form's reader declares it."""
    value = read_value(text, name=name, unit=unit, year=YEAR)
    proposal = propose(of_class, category, name, value, year=YEAR, budget_wan=BUDGET_WAN)
    row = Indicator(
        indicator_id(SOME_TARGET, (of_class, category, name), 0),
        of_class,
        category,
        name,
        value,
        proposal.kind,
        proposal.measured,
        proposal.to_confirm,
        parts=proposal.parts,
        from_payments=proposal.from_payments,
    )
    return replace(row, **changes)


def cost(name: str, text: str, unit: str | None = None, **changes: Any) -> Indicator:
    """A row under cost."""
    place = {"of_class": "成本指标", "category": "经济成本指标"}
    return printed(name, text, unit, **place, **changes)


def asked(
    *rows: Indicator,
    project: str = "城乡医疗救助",
    last_year: Mapping[UUID, Baseline] | None = None,
    **changes: Any,
) -> AskedTarget:
    """A target with these rows, as people are asked about it."""
    plain = AskedTarget(SOME_TARGET, YEAR, project, BUDGET_WAN, rows, last_year=last_year or {})
    return replace(plain, **changes)


def question(target: AskedTarget, topic: Topic) -> Question:
    """The one question of a topic."""
    [found] = [one for one in questions(target) if one.topic is topic]
    return found


def reading(of: Question, key: str) -> Indicator:
    """The indicator as a choice reads it."""
    effect = of.choice(key).effect
    assert isinstance(effect, ReadAs)
    return effect.indicator
