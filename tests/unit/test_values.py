"""Values are frozen and slotted: what was judged cannot be changed afterwards."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module

import pytest

import domain


def values() -> Iterator[type[object]]:
    """Every dataclass of the domain, wherever it is declared."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for _, value in inspect.getmembers(import_module(module.name), is_dataclass):
            if isinstance(value, type) and value.__module__ == module.name:
                yield value


@pytest.mark.parametrize("value", tuple(values()), ids=lambda v: f"{v.__module__}.{v.__name__}")
def test_a_value_is_frozen_and_slotted(value: type) -> None:
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(value)
