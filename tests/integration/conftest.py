"""Fixtures of the integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.database.connect import Database
from tests.integration.api_service import Api, serving
from tests.payment_files import REGION
from tests.servers import RunningServer


@pytest.fixture
def api(database: Database, tmp_path: Path) -> Iterator[Api]:
    """The API on a fresh database, with the projections running."""
    with serving(database, tmp_path) as served:
        yield served


@pytest.fixture(scope="module")
def kept_api(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    """The API on a database that the tests of a module share: for what changes nothing."""
    folder = tmp_path_factory.mktemp("api")
    with embedded_server.fresh() as database, serving(database, folder) as served:
        yield served


@pytest.fixture
def terminal(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment of the command on a fresh database, and a folder for its files."""
    monkeypatch.setenv("JIXIAO_DATABASE_URL", database.web_url)
    monkeypatch.setenv("JIXIAO_WORKER_DATABASE_URL", database.worker_url)
    monkeypatch.setenv("JIXIAO_REGION", REGION)
    monkeypatch.setenv("JIXIAO_DATA_DIR", str(tmp_path / "data"))
    return tmp_path
