"""The service listens on this machine; beyond it only encrypted, and never with known passwords."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.api.binding import NotLoopbackError, is_loopback, require_safe_binding
from services.settings import SettingError, Settings
from tests.certificates import certificate

EVERYWHERE = ".".join("0000")
HERE = Settings(Path("/nowhere"))
PUBLIC = replace(HERE, host=EVERYWHERE, base_url="https://jixiao.example.gov.cn")
PROXIED = replace(PUBLIC, proxies=("10.0.0.7",))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
@pytest.mark.parametrize("sample", [False, True])
def test_this_machine_is_let_through(host: str, *, sample: bool) -> None:
    require_safe_binding(replace(HERE, host=host), sample=sample)


@pytest.mark.parametrize(
    "host", [EVERYWHERE, "::", "", "192.168.1.5", "10.0.0.1", "no such host", "x" * 300]
)
def test_any_other_host_is_refused_in_one_sentence(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(NotLoopbackError, match="JIXIAO_HOST 改为 127"):
        require_safe_binding(replace(HERE, host=host), sample=False)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (replace(PROXIED, base_url=None), "https://"),
        (replace(PROXIED, base_url="http://jixiao.example.gov.cn"), "https://"),
        (PUBLIC, "JIXIAO_PROXIES"),
    ],
)
def test_beyond_this_machine_nothing_travels_in_the_clear(settings: Settings, reason: str) -> None:
    with pytest.raises(NotLoopbackError, match=reason):
        require_safe_binding(settings, sample=False)


def test_a_proxy_that_encrypts_may_stand_before_it() -> None:
    require_safe_binding(PROXIED, sample=False)


def test_it_may_encrypt_by_itself(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    require_safe_binding(replace(PUBLIC, tls_certificate=pem, tls_key=key), sample=False)


def test_the_sample_year_whose_passwords_are_told_stays_on_this_machine(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    settings = replace(PROXIED, tls_certificate=pem, tls_key=key)
    with pytest.raises(NotLoopbackError, match="示例"):
        require_safe_binding(settings, sample=True)


def test_a_certificate_and_its_key_come_together(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    with pytest.raises(SettingError, match="JIXIAO_TLS_KEY 未设置"):
        require_safe_binding(replace(HERE, tls_certificate=pem), sample=False)
    with pytest.raises(SettingError, match="JIXIAO_TLS_CERTIFICATE 未设置"):
        require_safe_binding(replace(HERE, tls_key=key), sample=False)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    key.chmod(0o644)
    with pytest.raises(SettingError, match="chmod 600"):
        require_safe_binding(replace(HERE, tls_certificate=pem, tls_key=key), sample=False)


def test_files_that_are_no_pair_are_refused_in_one_sentence(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    pem, _ = certificate(one)
    _, key = certificate(other)
    for wrong in (key, tmp_path / "missing.pem"):
        with pytest.raises(SettingError, match="不能使用"):
            require_safe_binding(replace(HERE, tls_certificate=pem, tls_key=wrong), sample=False)
