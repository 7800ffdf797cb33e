"""Fixtures of the integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.database.connect import Database
from tests.integration.api_service import Api, serving


@pytest.fixture
def api(database: Database, tmp_path: Path) -> Iterator[Api]:
    """The API on a fresh database, with the projections running."""
    with serving(database, tmp_path) as served:
        yield served
