"""An identity provider that misbehaves leads us nowhere, and is never believed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from services.access.oidc import outgoing
from services.access.oidc import provider as provider_module
from services.access.oidc.client import OidcClient
from services.access.oidc.errors import (
    IdTokenRefusedError,
    ProviderAwayError,
    ProviderRefusedError,
)
from services.access.oidc.outgoing import LARGEST
from services.access.oidc.provider import AT_ONCE, AWAY_FOR, DESCRIPTION, KEPT, Provider
from services.secret import Secret
from tests.certificates import certificate
from tests.hostile_provider import Answer, Hostile, hostile
from tests.unit.test_origins_of_addresses import ELSEWHERE

NOW = datetime(2025, 6, 30, 8, tzinfo=UTC)
SECRET = "kept-with-the-provider-7Qd2"
NONCE = "n" * 43


def key(kid: str) -> RSAKey:
    """A key pair of the provider's."""
    return RSAKey.generate_key(2048, {"kid": kid, "alg": "RS256", "use": "sig"})


ONE, TWO = key("one"), key("two")


@pytest.fixture
def server() -> Iterator[Hostile]:
    with hostile() as told:
        describe(told)
        publish(told, ONE)
        yield told


@pytest.fixture
def elsewhere() -> Iterator[Hostile]:
    with hostile() as told:
        yield told


def describe(told: Hostile, **changed: Any) -> None:
    """Let a server describe itself as a provider, with something changed."""
    document = {
        "issuer": told.address,
        "authorization_endpoint": f"{told.address}/auth",
        "token_endpoint": f"{told.address}/token",
        "jwks_uri": f"{told.address}/keys",
        "code_challenge_methods_supported": ["S256"],
    }
    told.says(DESCRIPTION, json.dumps(document | changed).encode())


def publish(told: Hostile, *keys: RSAKey) -> None:
    """Let it publish its keys."""
    public = [one.as_dict(private=False) for one in keys]
    told.says("/keys", json.dumps({"keys": public}).encode())


def hand_out(told: Hostile, by: RSAKey, **changed: Any) -> None:
    """Let it hand out a token for any code."""
    at = int(NOW.timestamp())
    claims = {
        "iss": told.address,
        "sub": "p-1001",
        "aud": "jixiao",
        "exp": at + 3_600,
        "iat": at,
        "nonce": NONCE,
    }
    token = jwt.encode({"alg": "RS256", "kid": by.kid}, claims | changed, by)
    answer = {"access_token": "a", "token_type": "Bearer", "id_token": token}
    told.says("/token", json.dumps(answer).encode(), Content_Type="application/json")


def client_of(told: Hostile, ca: Path | None = None) -> OidcClient:
    """What we are to it."""
    back = "http://127.0.0.1:8000/oidc/callback"
    return OidcClient(
        told.address, "jixiao", Secret(SECRET), back, "http://127.0.0.1:8000/login", ca=ca
    )


def subject(provider: Provider, now: datetime = NOW) -> str:
    """Redeem a code."""
    return provider.subject("code", "v" * 43, NONCE, now)


def test_a_provider_that_behaves_is_believed(server: Hostile) -> None:
    hand_out(server, ONE)
    assert subject(Provider(client_of(server))) == "p-1001"


@pytest.mark.parametrize("url", ELSEWHERE)
@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_no_document_leads_us_to_another_address(server: Hostile, name: str, url: str) -> None:
    describe(server, **{name: url})
    with pytest.raises(ProviderAwayError, match="不属于已配置的认证服务"):
        Provider(client_of(server)).describe(NOW)


@pytest.mark.parametrize(
    "name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"]
)
def test_another_server_of_this_machine_is_not_asked(
    server: Hostile, elsewhere: Hostile, name: str
) -> None:
    describe(server, **{name: f"{elsewhere.address}/x"})
    with pytest.raises(ProviderAwayError):
        Provider(client_of(server)).describe(NOW)
    assert elsewhere.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("path", [DESCRIPTION, "/keys", "/token"])
def test_a_redirect_is_not_followed(
    server: Hostile, elsewhere: Hostile, path: str, status: int
) -> None:
    server.says(path, b"", status, Location=f"{elsewhere.address}/token")
    with pytest.raises(ProviderAwayError, match=f"答复状态 {status}") as refusal:
        subject(Provider(client_of(server)))
    assert elsewhere.asked == []
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"issuer": "https://id.example.gov.cn"}, "issuer"),
        ({"issuer": None}, "读不出"),
        ({"token_endpoint": None}, "读不出"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
        ({"code_challenge_methods_supported": []}, "PKCE"),
        ({"token_endpoint_auth_methods_supported": ["private_key_jwt"]}, "密钥"),
    ],
)
def test_a_document_that_does_not_fit_is_refused(
    server: Hostile, changed: dict[str, Any], reason: str
) -> None:
    describe(server, **changed)
    with pytest.raises(ProviderAwayError, match=reason):
        Provider(client_of(server)).describe(NOW)


@pytest.mark.parametrize("path", [DESCRIPTION, "/keys"])
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_document_is_refused(server: Hostile, path: str, body: bytes) -> None:
    server.says(path, body)
    with pytest.raises(ProviderAwayError):
        Provider(client_of(server)).describe(NOW)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b'{"error": "invalid_grant"}', ProviderRefusedError),
        (401, b'{"error": "invalid_client"}', ProviderRefusedError),
        (400, b'{"error": "<b>x</b>", "error_description": "y"}', ProviderRefusedError),
        (400, b"{}", IdTokenRefusedError),
        (200, b"{}", IdTokenRefusedError),
        (200, b'{"access_token": "a", "id_token": 7}', IdTokenRefusedError),
        (200, b'{"access_token": ["a"], "id_token": {}}', IdTokenRefusedError),
        (200, b"[]", ProviderAwayError),
        (200, b"<html>", ProviderAwayError),
        (500, b"", ProviderAwayError),
        (429, b"slow down", ProviderAwayError),
    ],
)
def test_an_answer_that_hands_over_no_token_signs_nobody_in(
    server: Hostile, status: int, body: bytes, error: type[Exception]
) -> None:
    server.says("/token", body, status, Content_Type="application/json")
    with pytest.raises(error) as refusal:
        subject(Provider(client_of(server)))
    assert "<b>" not in str(refusal.value)


@pytest.mark.parametrize("path", [DESCRIPTION, "/keys", "/token"])
def test_an_answer_without_end_is_read_to_a_limit(server: Hostile, path: str) -> None:
    hand_out(server, ONE)
    status, headers, body = server.answers[path]()
    server.answers[path] = lambda: (status, headers, body.ljust(LARGEST))
    assert subject(Provider(client_of(server))) == "p-1001"
    server.answers[path] = lambda: (status, headers, body.ljust(LARGEST + 1))
    with pytest.raises(ProviderAwayError, match="答复过大"):
        subject(Provider(client_of(server)))


def test_a_key_that_is_new_is_asked_for_once_a_minute_at_most(server: Hostile) -> None:
    provider = Provider(client_of(server))
    provider.describe(NOW)
    publish(server, TWO)
    hand_out(server, TWO)
    for _ in range(5):
        with pytest.raises(IdTokenRefusedError):
            subject(provider, NOW + timedelta(seconds=59))
    assert server.asked.count("/keys") == 1
    assert subject(provider, NOW + timedelta(seconds=60)) == "p-1001"
    assert server.asked.count("/keys") == 2


def test_a_key_that_was_withdrawn_is_not_believed_for_long(server: Hostile) -> None:
    provider = Provider(client_of(server))
    hand_out(server, ONE)
    assert subject(provider) == "p-1001"
    publish(server, TWO)
    with pytest.raises(IdTokenRefusedError):
        subject(provider, NOW + KEPT)


def test_a_provider_that_is_away_is_said_to_be(server: Hostile) -> None:
    gone = replace(client_of(server), issuer="http://127.0.0.1:1")
    with pytest.raises(ProviderAwayError, match="连接失败") as refusal:
        Provider(gone).describe(NOW)
    assert "用登录名和密码登录" in str(refusal.value)


def test_a_provider_that_never_answers_is_not_waited_for(
    server: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "TIMEOUT_S", (0.2, 0.2))
    over = threading.Event()
    with ExitStack() as stack:
        stack.callback(over.set)
        server.answers[DESCRIPTION] = lambda: (200, {}, b"x" * over.wait())
        with pytest.raises(ProviderAwayError, match="等待超时"):
            Provider(client_of(server)).describe(NOW)


def test_a_provider_that_is_away_is_asked_again_after_a_moment(server: Hostile) -> None:
    document = server.answers.pop(DESCRIPTION)
    provider = Provider(client_of(server))
    for _ in range(5):
        with pytest.raises(ProviderAwayError, match="答复状态 404"):
            provider.describe(NOW)
    assert server.asked == [DESCRIPTION]
    server.answers[DESCRIPTION] = document
    assert provider.describe(NOW + AWAY_FOR).issuer == server.address


def test_a_provider_that_hangs_keeps_a_few_waiting_and_nobody_else(
    server: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_module, "PATIENCE_S", 0.05)
    provider = Provider(client_of(server))
    provider.describe(NOW)
    hand_out(server, ONE)
    answer = server.answers["/token"]
    arrived, over = threading.Semaphore(0), threading.Event()

    def hang() -> Answer:
        arrived.release()
        over.wait()
        return answer()

    server.answers["/token"] = hang
    with ThreadPoolExecutor(AT_ONCE) as waiting:
        held = [waiting.submit(subject, provider) for _ in range(AT_ONCE)]
        try:
            for _ in held:
                assert arrived.acquire(timeout=10)
            with pytest.raises(ProviderAwayError, match="同时登录的人过多"):
                subject(provider)
            assert provider.describe(NOW).issuer == server.address, "what is known is said"
        finally:
            over.set()
        assert {one.result(timeout=10) for one in held} == {"p-1001"}
    assert subject(provider) == "p-1001"


def test_over_tls_the_other_end_has_to_prove_its_name(tmp_path: Path) -> None:
    """So a name that suddenly points to another machine reaches nobody who can answer."""
    pem, secret = certificate(tmp_path)
    with hostile((pem, secret)) as told:
        describe(told)
        publish(told, ONE)
        with pytest.raises(ProviderAwayError, match="证书未通过核验"):
            Provider(client_of(told)).describe(NOW)
        assert Provider(client_of(told, ca=pem)).describe(NOW).issuer == told.address
        rebound = replace(
            client_of(told, ca=pem), issuer=told.address.replace("127.0.0.1", "localhost")
        )
        with pytest.raises(ProviderAwayError, match="证书未通过核验"):
            Provider(rebound).describe(NOW)
        assert told.asked == [DESCRIPTION, "/keys"]


def test_the_machines_proxy_and_password_file_are_left_alone(
    server: Hostile, elsewhere: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, elsewhere.address)
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login root password toor", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    Provider(client_of(server)).describe(NOW)
    assert elsewhere.asked == []
