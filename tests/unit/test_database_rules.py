"""What can be judged about the database without one: files of migrations, versions, sentences."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from domain.errors import MonitoringError
from services.database import errors
from services.database.connect import Database, refuse_old
from services.database.errors import (
    MigrationChangedError,
    ProgramOutdatedError,
    ServerTooOldError,
)
from services.database.migrations import Migration, pending, read_folder, released

FIRST = Migration(1, "0001_first", b"CREATE TABLE one ()")
SECOND = Migration(2, "0002_second", b"CREATE TABLE two ()")


def test_nothing_is_pending_when_all_is_applied() -> None:
    assert pending({m.name: m.digest for m in (FIRST, SECOND)}, [FIRST, SECOND]) == ()


def test_what_is_not_applied_is_pending_in_order() -> None:
    assert pending({}, [FIRST, SECOND]) == (FIRST, SECOND)
    assert pending({FIRST.name: FIRST.digest}, [FIRST, SECOND]) == (SECOND,)


def test_a_file_that_changed_after_it_was_applied_is_refused() -> None:
    with pytest.raises(MigrationChangedError, match="0001_first"):
        pending({FIRST.name: "another digest"}, [FIRST, SECOND])


def test_a_database_that_is_newer_than_the_program_is_refused() -> None:
    known = {m.name: m.digest for m in (FIRST, SECOND)}
    with pytest.raises(ProgramOutdatedError, match="0002_second"):
        pending(known, [FIRST])


def test_the_released_migrations_are_numbered_from_one() -> None:
    assert [m.number for m in released()] == list(range(1, len(released()) + 1))
    assert released()[0].name == "0001_log"


@pytest.mark.parametrize(
    "names",
    [["0002_late.sql"], ["0001_a.sql", "0001_b.sql"], ["0001_a.sql", "0003_c.sql"], ["first.sql"]],
)
def test_a_folder_with_wrong_numbers_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1", encoding="ascii")
    with pytest.raises(ValueError, match=r"numbered|named"):
        read_folder(tmp_path)


@pytest.mark.parametrize(("number", "name"), [(140012, "14.12"), (90624, "9.6.24")])
def test_a_server_older_than_15_is_refused(number: int, name: str) -> None:
    with pytest.raises(ServerTooOldError, match=name):
        refuse_old(number, name)


@pytest.mark.parametrize(("number", "name"), [(150000, "15.0"), (180004, "18.4")])
def test_a_server_from_15_on_is_taken(number: int, name: str) -> None:
    refuse_old(number, name)


def test_every_refusal_has_a_code_of_its_own() -> None:
    classes = [
        found
        for _, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, MonitoringError) and found is not MonitoringError
    ]
    codes = [found.code for found in classes]
    assert len(set(codes)) == len(codes)
    assert MonitoringError.code not in codes


def test_every_refusal_says_in_chinese_what_to_do_next() -> None:
    for refusal in (
        errors.UnsupportedSystemError("win32"),
        errors.ProgramsMissingError("postgres"),
        errors.ServerUserMissingError("jixiao-db", "没有 useradd"),
        errors.DataFolderError(Path("/data"), "只读"),
        errors.ServerStartError("数据库启动失败", "端口"),
        errors.PasswordLostError(Path("/data/passwords/jixiao_admin")),
        errors.DatabaseUnreachableError("db:5432/jixiao", "timeout"),
        errors.ServerTooOldError("14.2"),
        errors.EncodingNotUtf8Error("SQL_ASCII"),
        errors.NotInitialisedError("jixiao"),
        errors.MigrationsPendingError(["0002_imports"]),
        errors.ProgramOutdatedError(["0009_future"]),
        errors.MigrationChangedError("0001_log"),
        errors.RoleTooPowerfulError("postgres", "是超级用户", "JIXIAO_DATABASE_URL"),
        errors.RoleTooWeakError("app", "不是成员", "JIXIAO_WORKER_DATABASE_URL"),
        errors.AdminTooWeakError("permission denied"),
        errors.UrlMissingError("JIXIAO_DATABASE_URL"),
    ):
        assert "请" in str(refusal)
        assert str(refusal).endswith("。")


def test_a_database_does_not_print_its_passwords() -> None:
    database = Database(web_url="password=secret-of-web", worker_url="password=secret-of-worker")
    assert "secret" not in repr(database)
