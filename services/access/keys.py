"""Random keys that people and programs show; only their digest is kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

BYTES = 32


def new_key(prefix: str = "") -> str:
    """256 random bits, as text; the prefix tells scanners for leaked keys what it is."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(key: str) -> bytes:
    """What is kept of a key: it is random, so one round is enough."""
    return sha256(key.encode("utf-8", "surrogatepass")).digest()
