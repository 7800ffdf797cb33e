"""Values are frozen and slotted: what was judged cannot be changed afterwards."""

from __future__ import annotations

import inspect
from dataclasses import is_dataclass
from types import ModuleType

import pytest

from domain import (
    expectation,
    goal_light,
    goal_number,
    goal_quality,
    goal_verdict,
    money_light,
    monitoring_round,
    picture,
    plan,
    planned,
    policy_terms,
    standing,
    units,
)

MODULES = (
    expectation,
    goal_light,
    goal_number,
    goal_quality,
    goal_verdict,
    money_light,
    monitoring_round,
    picture,
    plan,
    planned,
    policy_terms,
    standing,
    units,
)


def values(module: ModuleType) -> list[type[object]]:
    return [
        value
        for _, value in inspect.getmembers(module, is_dataclass)
        if isinstance(value, type) and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize(
    "value", [value for module in MODULES for value in values(module)], ids=lambda v: v.__name__
)
def test_a_value_is_frozen_and_slotted(value: type) -> None:
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(value)
