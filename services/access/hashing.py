"""Passwords are kept as hashes that name their scheme, so that another can follow.

Argon2id by default (argon2-cffi, its recommended parameters); where policy demands commercial
cryptography, PBKDF2 with SM3 (cryptography). Hashing is made slow on purpose and takes
memory: no more than two run at once, whoever asks, so that guessing slows nobody else down.
"""

from __future__ import annotations

import base64
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from domain.errors import MonitoringError
from services.access.choices import Scheme

AT_ONCE = 2
PATIENCE_S = 5.0
_SM3_ROUNDS = 600_000
_SM3_PREFIX = "$sm3-pbkdf2$"

_turns = threading.BoundedSemaphore(AT_ONCE)
_argon = PasswordHasher()


class TooManySignInsError(MonitoringError):
    """More people sign in at this moment than the machine can check."""

    code = "too_many_sign_ins"

    def __init__(self) -> None:
        super().__init__("此刻登录的人太多，请过几秒再试。")


def hash_password(password: str, scheme: Scheme) -> str:
    """Make what is kept of a password; TooManySignInsError."""
    with _turn():
        if scheme is Scheme.ARGON2ID:
            return _argon.hash(_folded(password))
        return _sm3(password, secrets.token_bytes(16))


def verify(password: str, kept: str | None) -> bool:
    """Whether this is the password; without a kept one it takes as long, and is not.

    Raises:
        TooManySignInsError: too many are at it.
    """
    with _turn():
        fits = _fits(password, kept or _nobodys())
    return fits and kept is not None


def is_outdated(kept: str, scheme: Scheme) -> bool:
    """Whether a kept hash should be made anew now that the password is known."""
    if scheme is Scheme.SM3:
        return not kept.startswith(f"{_SM3_PREFIX}{_SM3_ROUNDS}$")
    return kept.startswith(_SM3_PREFIX) or _argon.check_needs_rehash(kept)


def _fits(password: str, kept: str) -> bool:
    if kept.startswith(_SM3_PREFIX):
        rounds, salt, key = kept.removeprefix(_SM3_PREFIX).split("$")
        try:
            _kdf(base64.b64decode(salt), int(rounds)).verify(
                _folded(password), base64.b64decode(key)
            )
        except InvalidKey:
            return False
        return True
    try:
        return _argon.verify(kept, _folded(password))
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has."""
    return _argon.hash(secrets.token_bytes(32))


def _sm3(password: str, salt: bytes) -> str:
    key = _kdf(salt, _SM3_ROUNDS).derive(_folded(password))
    texts = (base64.b64encode(part).decode() for part in (salt, key))
    return f"{_SM3_PREFIX}{_SM3_ROUNDS}${'$'.join(texts)}"


def _kdf(salt: bytes, rounds: int) -> PBKDF2HMAC:
    return PBKDF2HMAC(algorithm=hashes.SM3(), length=32, salt=salt, iterations=rounds)


def _folded(password: str) -> bytes:
    """The same signs typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE_S):
        raise TooManySignInsError
    try:
        yield
    finally:
        _turns.release()
