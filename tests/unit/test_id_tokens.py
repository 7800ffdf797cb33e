"""An ID token proves who somebody is, or is refused: forged ones of every kind."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from authlib.oidc.core.util import create_half_hash
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from services.access.oidc.errors import IdTokenRefusedError
from services.access.oidc.id_token import (
    ALGORITHMS,
    LEEWAY_S,
    LONGEST_SUBJECT,
    Expected,
    KeyUnknownError,
    key_set,
    subject_of,
)

NOW = datetime(2025, 6, 30, 8, tzinfo=UTC)
AT = int(NOW.timestamp())
ISSUER, CLIENT, NONCE, ACCESS = "https://id.example.gov.cn", "jixiao", "n" * 43, "access-token"
EXPECTED = Expected(ISSUER, CLIENT, NONCE, ACCESS)
KEY = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
STRANGER = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
KEYS = KeySet([RSAKey.import_key(KEY.as_dict(private=False))])
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "sub": "p-1001",
    "aud": CLIENT,
    "exp": AT + 600,
    "iat": AT - 1,
    "nonce": NONCE,
}


def signed(key: Any = KEY, *, alg: str = "RS256", header: Any = None, **changed: Any) -> str:
    """A token with some claims changed; those that become None are left out."""
    claims = {name: value for name, value in (CLAIMS | changed).items() if value is not None}
    head = {"alg": alg, "kid": "one"} | (header or {})
    return jwt.encode(head, claims, key, algorithms=[alg])


def by_hand(sign: Callable[[bytes], bytes], **head: Any) -> str:
    """A token as no library would make it."""
    text = ".".join(_encoded(json.dumps(one).encode()) for one in (head, CLAIMS))
    return f"{text}.{_encoded(sign(text.encode()))}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def rightly(data: bytes) -> bytes:
    """The provider's own signature."""
    private: Any = serialization.load_pem_private_key(KEY.as_pem(private=True), None)
    signature: bytes = private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return signature


def by_secret(secret: bytes) -> Callable[[bytes], bytes]:
    """A signature by a secret."""
    return lambda data: hmac.digest(secret, data, "sha256")


def nothing(_: bytes) -> bytes:
    """No signature."""
    return b""


def test_a_token_that_is_right_says_who_it_is() -> None:
    assert subject_of(signed(), KEYS, EXPECTED, NOW) == "p-1001"


def test_what_may_differ_may_differ() -> None:
    half = create_half_hash(ACCESS, "RS256").decode()
    for token in (
        signed(aud=[CLIENT]),
        signed(azp=CLIENT),
        signed(at_hash=half),
        signed(exp=AT - LEEWAY_S + 1),
        signed(iat=AT + LEEWAY_S, nbf=AT + LEEWAY_S),
        signed(amr=["pwd", "otp"], auth_time=AT - 30, email="caizheng@example.gov.cn"),
        by_hand(rightly, alg="RS256", kid="one", typ="JWT", vendor="1"),
        by_hand(rightly, alg="RS256"),  # the provider has one key
        signed(sub="张三"),
    ):
        subject_of(token, KEYS, EXPECTED, NOW)


@pytest.mark.parametrize(
    ("alg", "key"),
    [
        ("PS256", RSAKey.generate_key(2048, {"kid": "one"})),
        ("ES256", ECKey.generate_key("P-256", {"kid": "one"})),
        ("ES384", ECKey.generate_key("P-384", {"kid": "one"})),
        ("Ed25519", OKPKey.generate_key("Ed25519", {"kid": "one"})),
    ],
)
def test_signatures_of_several_kinds_are_taken(alg: str, key: Any) -> None:
    keys = key_set(json.dumps({"keys": [key.as_dict(private=False)]}).encode())
    assert subject_of(signed(key, alg=alg), keys, EXPECTED, NOW) == "p-1001"


FORGED: dict[str, Callable[[], object]] = {
    "signed by somebody else": lambda: signed(STRANGER),
    "with a key of its own in the header": lambda: signed(
        STRANGER, header={"jwk": STRANGER.as_dict(private=False)}
    ),
    "with the address of its own keys": lambda: signed(
        STRANGER, header={"jku": "https://evil.example/keys"}
    ),
    "not signed": lambda: by_hand(nothing, alg="none", kid="one"),
    "not signed, in capitals": lambda: by_hand(nothing, alg="NONE", kid="one"),
    "with an empty signature": lambda: by_hand(nothing, alg="RS256", kid="one"),
    "signed with the public key for a secret": lambda: by_hand(
        by_secret(KEY.as_pem(private=False)), alg="HS256", kid="one"
    ),
    "signed with the client's secret": lambda: by_hand(
        by_secret(b"that both sides know"), alg="HS256", kid="one"
    ),
    "with another payload": lambda: ".".join(
        [signed().split(".")[0], signed(sub="p-1002").split(".")[1], signed().split(".")[2]]
    ),
    "with a demand nobody knows": lambda: by_hand(rightly, alg="RS256", kid="one", crit=["x"], x=1),
    "of another issuer": lambda: signed(iss="https://id.example.gov.cn.evil.example"),
    "of the issuer with a slash": lambda: signed(iss=f"{ISSUER}/"),
    "without issuer": lambda: signed(iss=None),
    "for another client": lambda: signed(aud="other"),
    "for no client": lambda: signed(aud=None),
    "for an empty list": lambda: signed(aud=[]),
    "for others too": lambda: signed(aud=[CLIENT, "other"], azp=CLIENT),
    "for a client of like name": lambda: signed(aud=f"{CLIENT} other"),
    "asked for by another client": lambda: signed(azp="other"),
    "past": lambda: signed(exp=AT - LEEWAY_S),
    "without end": lambda: signed(exp=None),
    "with an end that is no number": lambda: signed(exp="9999999999"),
    "with an end that is true": lambda: signed(exp=True),
    "of the future": lambda: signed(iat=AT + LEEWAY_S + 1),
    "without a time": lambda: signed(iat=None),
    "not good yet": lambda: signed(nbf=AT + LEEWAY_S + 1),
    "for another request": lambda: signed(nonce="m" * 43),
    "for no request": lambda: signed(nonce=None),
    "about nobody": lambda: signed(sub=None),
    "about an empty name": lambda: signed(sub=""),
    "about a number": lambda: signed(sub=1001),
    "about a list": lambda: signed(sub=["p-1001"]),
    "about too long a name": lambda: signed(sub="p" * (LONGEST_SUBJECT + 1)),
    "about a name with a line break": lambda: signed(sub="p-1001\nadmin"),
    "about a name with a NUL": lambda: signed(sub="p-1001\x00"),
    "with the hash of another access token": lambda: signed(
        at_hash=create_half_hash("another", "RS256").decode()
    ),
    "that is no token": lambda: "ey.ey.ey",
    "that is empty": lambda: "",
    "that is missing": lambda: None,
    "that is a list": lambda: [signed()],
    "that is huge": lambda: signed(name="x" * 200_000),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_token_is_refused(kind: str) -> None:
    with pytest.raises(IdTokenRefusedError) as refusal:
        subject_of(FORGED[kind](), KEYS, EXPECTED, NOW)
    assert refusal.value.reason
    assert refusal.value.reason not in str(refusal.value)


def test_a_key_that_is_not_known_is_told_apart_so_that_newer_ones_are_asked_for() -> None:
    newer = RSAKey.generate_key(2048, {"kid": "two"})
    token = signed(newer, header={"kid": "two"})
    with pytest.raises(KeyUnknownError):
        subject_of(token, KEYS, EXPECTED, NOW)


def test_no_algorithm_shares_a_secret_or_signs_nothing() -> None:
    assert not [one for one in ALGORITHMS if one.startswith("HS") or one.lower() == "none"]


def test_of_the_providers_keys_the_public_ones_that_can_be_read_are_kept() -> None:
    public = KEY.as_dict(private=False)
    document = {
        "keys": [
            public,
            {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
            {"kty": "SM2", "kid": "of the future"},
            {"kty": "RSA", "n": "!", "e": "!", "kid": "broken"},
            {"kid": "of no kind"},
        ]
    }
    assert [key.kid for key in key_set(json.dumps(document).encode())] == ["one"]
    for wrong in (b"[]", b"{}", b'{"keys": "none"}', b'{"keys": ["x"]}', b"<html>"):
        with pytest.raises(msgspec.MsgspecError):
            key_set(wrong)
