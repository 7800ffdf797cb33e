"""Whether an ID token proves who somebody is (OpenID Connect Core 1.0 §3.1.3.7). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry

from services.access.oidc.errors import IdTokenRefusedError

ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
"""Signatures by a key that the provider alone has: no ``none``, and no secret we share (HS…)."""

LEEWAY_S = 60
LONGEST_SUBJECT = 255
_KEY_TYPES = frozenset({"RSA", "EC", "OKP"})


class _Keys(msgspec.Struct):
    """A document of keys (RFC 7517 §5)."""

    keys: list[dict[str, Any]]


class KeyUnknownError(Exception):
    """The token was signed by a key that is not among the known ones: perhaps a newer one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None = None


def key_set(document: bytes) -> KeySet:
    """The provider's public keys; what is none of them, or cannot be read, is left out.

    Raises:
        msgspec.MsgspecError: it is no document of keys.
    """
    said = msgspec.json.decode(document, type=_Keys)
    return KeySet([key for one in said.keys if (key := _public(one)) is not None])


def subject_of(id_token: object, keys: KeySet, expected: Expected, now: datetime) -> str:
    """Whom a token is about, once everything else about it is right.

    Raises:
        IdTokenRefusedError: it proves nothing; ``reason`` is for the log.
        KeyUnknownError: none of the keys made it.
    """
    try:
        token = jwt.decode(
            str(id_token), keys, registry=JWSRegistry(None, ALGORITHMS, strict_check_header=False)
        )
        _validate(token.claims, token.header, expected, now)
    except InvalidKeyIdError as problem:
        raise KeyUnknownError from problem
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise IdTokenRefusedError(f"{type(problem).__name__}: {problem}") from problem
    return str(token.claims["sub"])


def _validate(
    said: dict[str, Any], header: dict[str, Any], expected: Expected, now: datetime
) -> None:
    claims = CodeIDToken(
        said,
        header,
        {"iss": {"essential": True, "value": expected.issuer}},
        {
            "nonce": expected.nonce,
            "client_id": expected.client_id,
            "access_token": expected.access_token,
        },
    )
    claims.validate(int(now.timestamp()), LEEWAY_S)
    if said["aud"] not in (expected.client_id, [expected.client_id]):
        raise ValueError("meant for others too")
    subject = said["sub"]
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise ValueError("a subject that is none")


def _public(one: dict[str, Any]) -> Any:  # noqa: ANN401  # any kind of key of the library's
    if one.get("kty") not in _KEY_TYPES:
        return None
    try:
        return import_key(one)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
