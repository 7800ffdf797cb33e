"""Every refusal of the service has a status, a code of its own, and words in Chinese."""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

import pytest

import domain
import services
from domain.errors import MonitoringError
from services.api.problems import STATUS, TITLES, code_of_class


def error_classes(kind: type[MonitoringError] = MonitoringError) -> Iterator[type[MonitoringError]]:
    """Every error class of the domain and the services."""
    for package in (domain, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    yield from subclasses(kind)


def subclasses(kind: type[MonitoringError]) -> Iterator[type[MonitoringError]]:
    for subclass in kind.__subclasses__():
        if subclass.__module__.partition(".")[0] in ("domain", "services"):
            yield subclass
        yield from subclasses(subclass)


def test_every_error_class_is_in_the_table() -> None:
    missing = {kind.__qualname__ for kind in error_classes()} - {k.__qualname__ for k in STATUS}
    assert missing == set()


def test_no_two_error_classes_share_a_code() -> None:
    by_code = defaultdict(set)
    for kind in error_classes():
        by_code[code_of_class(kind)].add(kind.__qualname__)
    assert {code: kinds for code, kinds in by_code.items() if len(kinds) > 1} == {}
    assert MonitoringError.code not in by_code


@pytest.mark.parametrize("status", sorted(set(STATUS.values())))
def test_every_status_has_a_title(status: int) -> None:
    assert any(status == known for known in TITLES)
