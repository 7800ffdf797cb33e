"""What we connect to is one origin: every other address, however spelled, is another."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from services.access.oidc.origin import Origin, is_at, is_issuer, origin_of

ISSUER = "https://id.example.gov.cn"

ELSEWHERE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://0/",
    "http://localhost/",
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/",
    "http://[fd00::1]/",
    "http://[fe80::1%25eth0]/",
    "http://10.0.0.1/",
    "https://192.168.1.1/",
    "https://id.example.gov.cn:8443/token",
    "http://id.example.gov.cn/token",
    "https://id.example.gov.cn.evil.example/token",
    "https://evil.example/?https://id.example.gov.cn/",
    "https://id.example.gov.cn@evil.example/token",
    "https://evil.example@id.example.gov.cn/token",
    "https://evil.example#@id.example.gov.cn/",
    "https://evil.example\\@id.example.gov.cn/",
    "https://id.example.gov.cn\\.evil.example/",
    "https://id.example.gov.cn /token",
    "https://id.example.gov.cn\t/token",
    "https://ıd.example.gov.cn/token",
    "https://id。example.gov.cn/token",
    "//id.example.gov.cn/token",
    "id.example.gov.cn/token",
    "/token",
    "file:///etc/passwd",
    "gopher://id.example.gov.cn/",
    "ftp://id.example.gov.cn/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:///token",
    "https://id.example.gov.cn:x/",
    "https://id.example.gov.cn:99999/",
    "https://[id.example.gov.cn/",
    "https://id.example.gov.cn/" + "x" * 2_000,
    "",
]
"""faults.md E11, and the spellings by which programs have been led astray."""


@pytest.mark.parametrize("url", ELSEWHERE)
def test_any_other_address_is_elsewhere(url: str) -> None:
    assert not is_at(origin_of(ISSUER), url)


@pytest.mark.parametrize("value", [None, 1, ["https://id.example.gov.cn/"], {}])
def test_what_is_no_text_is_no_address(value: object) -> None:
    assert not is_at(origin_of(ISSUER), value)


@pytest.mark.parametrize(
    "url",
    [
        "https://id.example.gov.cn/token",
        "https://ID.example.gov.cn/token",
        "https://id.example.gov.cn:443/oauth2/token?tenant=1",
        "HTTPS://id.example.gov.cn",
    ],
)
def test_an_address_of_the_issuer_is_there(url: str) -> None:
    assert is_at(origin_of(ISSUER), url)


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        (ISSUER, True),
        ("https://id.example.gov.cn:8443/realms/county", True),
        ("http://127.0.0.1:9000", True),
        ("http://[::1]:9000", True),
        ("http://localhost:9000/", True),
        ("http://id.example.gov.cn", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://127.1", False),
        ("http://0x7f000001", False),
        ("https://id.example.gov.cn?x=1", False),
        ("https://id.example.gov.cn#x", False),
        ("https://user@id.example.gov.cn", False),
        ("id.example.gov.cn", False),
        ("", False),
    ],
)
def test_an_issuer_is_encrypted_or_on_this_machine(url: str, *, fits: bool) -> None:
    assert is_issuer(url) is fits


@given(st.text(max_size=60))
def test_no_text_is_taken_for_an_address_without_being_one(text: str) -> None:
    try:
        origin = origin_of(text)
    except ValueError:
        return
    assert isinstance(origin, Origin)
    assert origin.scheme in ("http", "https")
    assert origin.host


_SIGNS = st.text(alphabet="ab.:@/\\#?[]%0x12 \t", max_size=12)


@given(_SIGNS, _SIGNS)
def test_what_is_taken_for_the_issuers_is_where_the_library_connects(
    before: str, after: str
) -> None:
    """Programs that read one address differently are how such guards are got around."""
    url = f"https://{before}id.example.gov.cn{after}"
    if is_at(origin_of(ISSUER), url):
        connected = parse_url(str(requests.Request("GET", url).prepare().url))
        assert (connected.scheme, connected.host) == ("https", "id.example.gov.cn")
        assert connected.port in (None, 443)
