"""Where an address points, strictly read: what we connect to is one origin and no other.

Pure. Other spellings of an address (``0x7f000001``, ``2130706433``, ``127.1``) are other texts
than the configured one, so they are refused without being understood (faults.md E11).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"https": 443, "http": 80}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port."""

    scheme: str
    host: str
    port: int

    @property
    def is_protected(self) -> bool:
        """Whether nobody on the way can read or answer: TLS, or never leaving the machine."""
        return self.scheme == "https" or self.host in LOOPBACK


def origin_of(url: str) -> Origin:
    """Read an address.

    Raises:
        ValueError: it is none of http or https, names a user, has a fragment, or holds signs
            that programs read differently.
    """
    if (
        len(url) > _LONGEST
        or not url.isascii()
        or not url.isprintable()
        or set(url) & set(' \\"<>')
    ):
        raise ValueError("an address with signs it may not have")
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("no address of the web")
    if parts.username is not None or parts.password is not None or "#" in url:
        raise ValueError("an address with a user or a fragment")
    return Origin(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme])


def is_issuer(url: str) -> bool:
    """Whether an address may be an issuer's: protected, and without a query."""
    try:
        return origin_of(url).is_protected and "?" not in url
    except ValueError:
        return False


def is_at(origin: Origin, url: object) -> bool:
    """Whether an address, as a document has it, is at an origin."""
    if not isinstance(url, str):
        return False
    try:
        return origin_of(url) == origin
    except ValueError:
        return False
