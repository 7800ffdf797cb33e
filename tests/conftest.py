"""Fixtures that every folder of tests may use."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["tests.servers"]

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests on the declaration files out, and say so, where the folder is missing."""
    if SEEDS.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("seeds")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    """The folder of the four declaration files."""
    return SEEDS
