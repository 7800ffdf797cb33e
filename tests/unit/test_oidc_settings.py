"""What is said of an identity provider: all of it, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.access.oidc.client import client_of
from services.settings import SettingError, Settings
from services.starting import require_sound_start

WHOLE = {
    "JIXIAO_DATA_DIR": "/nowhere",
    "JIXIAO_OIDC_ISSUER": "https://id.example.gov.cn/realms/county",
    "JIXIAO_OIDC_CLIENT_ID": "jixiao",
    "JIXIAO_OIDC_CLIENT_SECRET": "kept-with-the-provider-7Qd2",
}


def test_without_settings_it_is_switched_off() -> None:
    assert client_of(Settings.from_env({})) is None


def test_the_addresses_to_come_back_to_are_of_our_own() -> None:
    settings = Settings.from_env(WHOLE | {"JIXIAO_BASE_URL": "https://jixiao.example.gov.cn/"})
    client = client_of(settings)
    assert client is not None
    assert client.redirect_uri == "https://jixiao.example.gov.cn/oidc/callback"
    assert client.after_leaving == "https://jixiao.example.gov.cn/login"
    assert client.name == "统一身份认证"
    assert "7Qd2" not in repr(client)
    here = client_of(replace(settings, base_url=None, port=8001))
    assert here is not None
    assert here.redirect_uri == "http://127.0.0.1:8001/oidc/callback"


@pytest.mark.parametrize("missing", [name for name in WHOLE if "OIDC" in name])
def test_a_part_that_is_missing_is_named(missing: str) -> None:
    env = {name: value for name, value in WHOLE.items() if name != missing}
    with pytest.raises(SettingError, match=f"{missing} 未设置"):
        Settings.from_env(env)


def test_a_name_alone_switches_nothing_on() -> None:
    with pytest.raises(SettingError, match="JIXIAO_OIDC_ISSUER 未设置"):
        Settings.from_env({"JIXIAO_OIDC_NAME": "政务统一认证"})


@pytest.mark.parametrize(
    "issuer", ["http://id.example.gov.cn", "id.example.gov.cn", "https://id.example.gov.cn?x=1"]
)
def test_an_issuer_that_anybody_on_the_way_could_answer_for_is_refused(issuer: str) -> None:
    with pytest.raises(SettingError, match="https://"):
        Settings.from_env(WHOLE | {"JIXIAO_OIDC_ISSUER": issuer})


@pytest.mark.parametrize("secret", ["changeme", "<密钥写在这里的地方>", "1qaz2wsx3edc", "x9Kq2f"])
def test_a_secret_that_anybody_would_try_is_refused(secret: str) -> None:
    require_sound_start(Settings.from_env(WHOLE))
    with pytest.raises(SettingError, match="JIXIAO_OIDC_CLIENT_SECRET"):
        require_sound_start(Settings.from_env(WHOLE | {"JIXIAO_OIDC_CLIENT_SECRET": secret}))
