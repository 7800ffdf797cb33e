"""Accounts and folders for the fault tests."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fault.processes import Installation, UserProcess, installation_for, user_process
from tests.servers import end_servers_in, ordinary_user, short_folder, sweep

ROOT = os.geteuid() == 0


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests that change users, mount or make accounts."""
    config.addinivalue_line("markers", "root: needs root; left out, and said so, without it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests that need root out where we are not root; pytest counts them as deselected."""
    if ROOT:
        return
    left_out = [item for item in items if item.get_closest_marker("root")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a test's embedded database lies, and as whom it is used."""

    folder: Path
    account: pwd.struct_passwd | None
    installation: Installation | None

    @property
    def data_dir(self) -> Path:
        """The data folder; not there at first."""
        return self.folder / "data"

    @property
    def cluster(self) -> Path:
        """Where the cluster lies unless the folder is closed to the server's account."""
        return self.data_dir / "database" / "cluster"

    def user(self, data_dir: Path | None = None) -> AbstractContextManager[UserProcess]:
        """Start a user of the database."""
        return user_process(data_dir or self.data_dir, self.account, self.installation)


@pytest.fixture(scope="session")
def ordinary_installation() -> Iterator[Installation]:
    """Code and packages that the ordinary account can use."""
    with installation_for(ordinary_user()) as installation:
        yield installation


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder of our own; whatever serves in it ends with the test."""
    sweep()
    with short_folder() as short:
        yield short


@pytest.fixture
def ordinary_site(folder: Path, ordinary_installation: Installation) -> Iterator[Site]:
    """A home of the ordinary account."""
    account = ordinary_user()
    home = folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, account.pw_uid, account.pw_gid)
    yield Site(home, account, ordinary_installation)
    end_servers_in(folder)


@pytest.fixture
def own_site(folder: Path) -> Iterator[Site]:
    """A folder of ours, as whom the tests run."""
    yield Site(folder, None, None)
    end_servers_in(folder)


@pytest.fixture(params=["own_site", "ordinary_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Both in turn: as root and as an ordinary user, where we are root."""
    found: Site = request.getfixturevalue(request.param)
    return found
