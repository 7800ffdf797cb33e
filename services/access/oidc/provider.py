"""The identity provider as it describes itself, and what is asked of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from authlib.integrations.base_client import OAuthError
from joserfc.jwk import KeySet

from services.access.oidc.client import OidcClient
from services.access.oidc.errors import (
    IdTokenRefusedError,
    ProviderAwayError,
    ProviderRefusedError,
)
from services.access.oidc.id_token import Expected, KeyUnknownError, key_set, subject_of
from services.access.oidc.origin import is_at
from services.access.oidc.outgoing import IssuerSession
from services.access.oidc.words import error_word

DESCRIPTION = "/.well-known/openid-configuration"
KEPT = timedelta(minutes=10)
RENEWED_EVERY = timedelta(minutes=1)
"""Tokens with made-up keys must not make us ask the provider for each of them."""

AWAY_FOR = timedelta(seconds=10)
"""So long nobody asks again after the provider did not describe itself."""

AT_ONCE = 8
PATIENCE_S = 2.0
"""A provider that hangs must not keep all threads of the service waiting."""


class Description(msgspec.Struct, frozen=True):
    """What we read of the provider's document (OpenID Connect Discovery 1.0 §3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    code_challenge_methods_supported: tuple[str, ...] | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False

    @property
    def auth_method(self) -> str | None:
        """How we show the provider who we are; None where it takes no secret."""
        known = ("client_secret_basic", "client_secret_post")
        offered = self.token_endpoint_auth_methods_supported
        return next((method for method in known if method in offered), None)


@dataclass(frozen=True, slots=True)
class _Away:
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Read:
    description: Description
    keys: KeySet
    at: datetime


class Provider:
    """One provider; what it says of itself is kept for a while."""

    def __init__(self, client: OidcClient) -> None:
        self.client = client
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._read: _Read | None = None
        self._away: _Away | None = None

    def describe(self, now: datetime) -> Description:
        """What the provider says of itself.

        Raises:
            ProviderAwayError: it does not answer, or not as the issuer that was configured.
        """
        return self._known(now, KEPT).description

    def authorization_address(self, state: str, nonce: str, verifier: str, now: datetime) -> str:
        """Where somebody is sent to sign in."""
        described = self.describe(now)
        address, _ = self._session(described).create_authorization_url(
            described.authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier
        )
        return str(address)

    def subject(self, code: str, verifier: str, nonce: str, now: datetime) -> str:
        """Whom a code is about.

        Raises:
            ProviderAwayError: the provider does not answer.
            ProviderRefusedError: it takes the code for none of its own.
            IdTokenRefusedError: what it hands over proves nothing.
        """
        described = self.describe(now)
        try:
            with self._turn():
                tokens = self._session(described).redeem(described.token_endpoint, code, verifier)
        except OAuthError as refusal:
            raise ProviderRefusedError(error_word(refusal.error)) from refusal
        expected = Expected(
            self.client.issuer, self.client.client_id, nonce, _text(tokens.get("access_token"))
        )
        return self._subject(tokens.get("id_token"), expected, now)

    def leaving_address(self, now: datetime) -> str | None:
        """Where somebody leaves the provider too (RP-Initiated Logout 1.0), if it has such."""
        end = self.describe(now).end_session_endpoint
        if end is None:
            return None
        asked = {
            "client_id": self.client.client_id,
            "post_logout_redirect_uri": self.client.after_leaving,
        }
        return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}"

    def _subject(self, id_token: object, expected: Expected, now: datetime) -> str:
        for age in (KEPT, RENEWED_EVERY):  # a key that is not known may be new
            try:
                return subject_of(id_token, self._known(now, age).keys, expected, now)
            except KeyUnknownError:
                continue
        raise IdTokenRefusedError("signed by an unknown key")

    def _known(self, now: datetime, age: timedelta) -> _Read:
        """What was read, at most so old; read anew by one thread while the others wait."""
        if (read := self._fresh(now, age)) is not None:
            return read
        with self._turn(), self._lock:
            if (read := self._fresh(now, age)) is not None:
                return read
            if self._away is not None and now - self._away.at < AWAY_FOR:
                raise ProviderAwayError(self._away.reason)
            try:
                self._read = self._ask(now)
            except ProviderAwayError as problem:
                self._away = _Away(problem.reason, now)
                raise
            return self._read

    def _fresh(self, now: datetime, age: timedelta) -> _Read | None:
        read = self._read
        return read if read is not None and now - read.at < age else None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE_S):
            raise ProviderAwayError("同时登录的人过多")
        try:
            yield
        finally:
            self._turns.release()

    def _ask(self, now: datetime) -> _Read:
        session = IssuerSession(self.client, "client_secret_basic")
        found = session.document(f"{self.client.issuer.rstrip('/')}{DESCRIPTION}")
        described = _parsed(lambda: msgspec.json.decode(found, type=Description))
        self._require_sound(described)
        keys = session.document(described.jwks_uri)
        return _Read(described, _parsed(lambda: key_set(keys)), now)

    def _require_sound(self, described: Description) -> None:
        endpoints = [
            described.authorization_endpoint,
            described.token_endpoint,
            described.jwks_uri,
            described.end_session_endpoint or described.token_endpoint,
        ]
        methods = described.code_challenge_methods_supported
        if described.issuer != self.client.issuer:
            raise ProviderAwayError("它自称的 issuer 与设置的不一致")
        if not all(is_at(self.client.origin, endpoint) for endpoint in endpoints):
            raise ProviderAwayError("它给出的地址不属于已配置的认证服务")
        if methods is not None and "S256" not in methods:
            raise ProviderAwayError("它不支持 PKCE（S256）")
        if described.auth_method is None:
            raise ProviderAwayError("它不接受客户端密钥")

    def _session(self, described: Description) -> IssuerSession:
        return IssuerSession(self.client, described.auth_method or "client_secret_basic")


def _parsed(read: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever is read
    try:
        return read()
    except (ValueError, msgspec.MsgspecError) as problem:
        raise ProviderAwayError("它的说明文档读不出") from problem


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
