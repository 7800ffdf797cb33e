"""Where the embedded server cannot run, one sentence says why and what to do next."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services.database import programs, server_user
from services.database.embedded import EmbeddedServer
from services.database.errors import (
    ProgramsMissingError,
    ServerStartError,
    ServerUserMissingError,
    UnsupportedSystemError,
)
from services.database.server_user import user_for
from tests.fault.conftest import Site
from tests.servers import silent


def test_a_lost_password_file_is_named(own_site: Site) -> None:
    with own_site.user() as user:
        assert user.ready
    file = own_site.data_dir / "database" / "passwords" / "jixiao_admin"
    file.unlink()
    with own_site.user() as user:
        code, sentence = user.refusal
    assert code == "database_password_lost"
    assert str(file) in sentence
    assert "请从备份恢复" in sentence


def test_a_lost_password_of_a_role_is_made_anew(own_site: Site) -> None:
    with own_site.user() as user:
        old = user.ready["web_url"]
    (own_site.data_dir / "database" / "passwords" / "app_rw").unlink()
    with own_site.user() as user:
        assert user.ready["web_url"] != old


def test_a_server_that_cannot_start_says_what_postgresql_said(own_site: Site) -> None:
    with own_site.user() as user:
        assert user.ready
    with (own_site.cluster / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("\nno_such_setting = 1\n")
    with own_site.user() as user:
        code, sentence = user.refusal
    assert code == "database_start_failed"
    assert "no_such_setting" in sentence
    assert "请" in sentence


def test_a_cluster_of_another_version_is_refused(own_site: Site) -> None:
    with own_site.user() as user:
        assert user.ready
    (own_site.cluster / "PG_VERSION").write_text("17\n", encoding="ascii")
    with own_site.user() as user:
        code, sentence = user.refusal
    assert code == "database_start_failed"
    assert "PostgreSQL 17" in sentence


def test_a_cluster_that_vanishes_is_not_replaced_by_an_empty_one(folder: Path) -> None:
    with EmbeddedServer.open(folder / "data", silent) as server:
        place = server.places.cluster
        place.rename(place.with_name("moved"))
        with pytest.raises(ServerStartError, match="不见了"):
            server.ensure_running()
        place.with_name("moved").rename(place)


def test_a_data_folder_that_cannot_be_made_is_refused(folder: Path) -> None:
    (folder / "file").write_text("in the way", encoding="utf-8")
    with Site(folder, None, None).user(folder / "file" / "data") as user:
        code, sentence = user.refusal
    assert code == "data_folder_unusable"
    assert "JIXIAO_DATA_DIR" in sentence


def test_a_lock_that_cannot_be_opened_is_named(own_site: Site) -> None:
    with own_site.user() as user:
        assert user.ready
    lock = own_site.data_dir / "database" / "users.lock"
    lock.unlink()
    lock.mkdir()
    with own_site.user() as user:
        code, sentence = user.refusal
    assert code == "data_folder_unusable"
    assert "users.lock" in sentence


def test_other_systems_are_refused_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with (
        pytest.raises(UnsupportedSystemError, match="JIXIAO_DATABASE_URL"),
        EmbeddedServer.open(folder / "data", silent),
    ):
        pass
    assert not (folder / "data").exists()


def test_a_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "WHEEL", "no_such_wheel")
    with pytest.raises(ProgramsMissingError, match="no_such_wheel"):
        programs.installed()


@pytest.mark.root
def test_as_root_the_missing_account_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"jixiao-t{secrets.token_hex(3)}"
    monkeypatch.setattr(server_user, "ACCOUNT", name)
    try:
        user = user_for(folder / "no-cluster")
        assert user.name == name
        assert user.is_other
        assert user_for(folder / "no-cluster") == user
        entry = subprocess.run(
            ["getent", "passwd", name], capture_output=True, text=True, check=True
        ).stdout
        assert entry.strip().endswith("nologin")
    finally:
        subprocess.run(["userdel", name], check=False, capture_output=True)


@pytest.mark.root
def test_as_root_without_useradd_and_adduser_both_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_user, "ACCOUNT", "jixiao-not-there")
    monkeypatch.setattr(server_user, "SYSTEM_PROGRAMS", str(folder))
    with pytest.raises(ServerUserMissingError, match="useradd 或 adduser"):
        user_for(folder / "no-cluster")


@pytest.mark.root
def test_as_root_a_failing_adduser_is_quoted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "adduser"
    program.write_text('#!/bin/sh\necho "no room for $9" >&2\nexit 1\n', encoding="ascii")
    program.chmod(0o755)
    assert shutil.which("adduser", path=str(folder))
    monkeypatch.setattr(server_user, "ACCOUNT", "jixiao-not-there")
    monkeypatch.setattr(server_user, "SYSTEM_PROGRAMS", str(folder))
    with pytest.raises(ServerUserMissingError, match="no room for"):
        user_for(folder / "no-cluster")
