"""Secrets are of a type that never shows, and come from files that are closed to others."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest
from typer.testing import CliRunner

from ops.cli.main import app
from ops.cli.settings import NAMES
from services.secret import HIDDEN, Secret, revealed
from services.settings import SettingError, Settings

TOLD = "xK9-told-to-nobody-3f"
URL = f"postgresql://app_rw:{TOLD}@db.example.gov.cn/jixiao"
SECRETS = (
    "JIXIAO_DATABASE_URL",
    "JIXIAO_WORKER_DATABASE_URL",
    "JIXIAO_TOKEN",
    "JIXIAO_OIDC_CLIENT_SECRET",
)
PROVIDER = {"JIXIAO_OIDC_ISSUER": "https://id.example.gov.cn", "JIXIAO_OIDC_CLIENT_ID": "jixiao"}
ENVIRONMENT = PROVIDER | dict.fromkeys(SECRETS, URL)


@pytest.mark.parametrize(
    "shown",
    [
        str,
        repr,
        "{}".format,
        "{!r:>40}".format,
        lambda secret: f"{secret}",
        lambda secret: "%s %r" % (secret, secret),  # noqa: UP031  # as logging formats
        lambda secret: str([secret]),
        lambda secret: str({"url": secret}),
    ],
)
def test_no_way_of_writing_it_shows_a_secret(shown: object) -> None:
    assert callable(shown)
    text = shown(Secret(TOLD))
    assert HIDDEN in text
    assert TOLD not in text


@pytest.mark.parametrize("written", [pickle.dumps, copy.deepcopy, json.dumps, msgspec.json.encode])
def test_a_secret_is_not_written_down(written: object) -> None:
    assert callable(written)
    with pytest.raises(TypeError) as refusal:
        written(Secret(TOLD))
    assert TOLD not in str(refusal.value)


def test_a_secret_is_told_apart_without_showing() -> None:
    assert Secret(TOLD) == Secret(TOLD) != Secret("another")
    assert Secret(TOLD) != TOLD
    assert len({Secret(TOLD), Secret(TOLD)}) == 1
    assert revealed(Secret(TOLD)) == TOLD
    assert revealed(None) is None


def test_no_setting_that_is_secret_shows(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings.from_env(ENVIRONMENT)
    logging.getLogger("tests").warning("started with %s and %r", settings, settings)
    told = "".join(traceback.format_exception(ValueError(settings)))
    assert HIDDEN in told
    for text in (str(settings), told, caplog.text):
        assert TOLD not in text
    assert revealed(settings.database_url) == URL


def test_config_show_lists_every_setting_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sorted(NAMES.values()) == sorted(field.name for field in fields(Settings))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    shown = CliRunner().invoke(app, ["config", "show"]).stdout
    assert TOLD not in shown
    assert "db.example.gov.cn" not in shown
    lines = dict(line.split("=", 1) for line in shown.splitlines())
    assert set(lines) == set(NAMES)
    assert {name for name, value in lines.items() if value == HIDDEN} == set(SECRETS)


def test_what_is_called_a_secret_is_of_the_type() -> None:
    hints = get_type_hints(Settings)
    suspicious = ("url", "token", "password", "secret", "key")
    public = {"base_url", "password_rules", "password_hash", "tls_key"}  # the last is a path
    for name in hints.keys() - public:
        assert not any(word in name for word in suspicious) or Secret in hints[name].__args__, name


def test_a_secret_comes_out_of_a_closed_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text(f"{URL}\n", encoding="utf-8")
    for mode in (0o600, 0o640, 0o400):
        file.chmod(mode)
        settings = Settings.from_env({"JIXIAO_DATABASE_URL_FILE": str(file)})
        assert settings.database_url == Secret(URL)


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o660, 0o666])
def test_a_secret_in_a_file_that_others_can_read_or_change_is_refused(
    tmp_path: Path, mode: int
) -> None:
    file = tmp_path / "url"
    file.write_text(URL, encoding="utf-8")
    file.chmod(mode)
    with pytest.raises(SettingError, match="chmod 600"):
        Settings.from_env({"JIXIAO_DATABASE_URL_FILE": str(file)})


def test_a_secret_that_is_missing_from_its_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch(mode=0o600)
    binary = tmp_path / "binary"
    binary.touch(mode=0o600)
    binary.write_bytes(b"\xff\xfe\x00")
    for file, reason in (
        (empty, "是空的"),
        (tmp_path / "nowhere", "读不出"),
        (binary, "不是UTF-8文本"),
    ):
        with pytest.raises(SettingError, match=reason):
            Settings.from_env({"JIXIAO_TOKEN_FILE": str(file)})
