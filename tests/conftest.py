"""Fixtures that every folder of tests may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.access.present import being
from services.access.within import within

pytest_plugins = ["tests.servers"]

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests on the declaration files out, and say so, where the folder is missing."""
    if SEEDS.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("seeds")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session", autouse=True)
def somebody() -> Iterator[None]:
    """Whoever may do all is present, where no door is tested."""
    with being(within("tests")):
        yield


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    """The folder of the four declaration files."""
    return SEEDS
