"""What we are to the identity provider: one client, with one address to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.access.oidc.origin import Origin, origin_of
from services.secret import Secret
from services.settings import Settings

CALLBACK = "/oidc/callback"
START = "/oidc/start"
LINK = "/oidc/link"
LEAVE = "/oidc/leave"
NAME = "统一身份认证"


@dataclass(frozen=True, slots=True)
class OidcClient:
    """How we are registered there."""

    issuer: str
    client_id: str
    client_secret: Secret
    redirect_uri: str
    """Exactly as it is registered: the provider compares it sign by sign."""
    after_leaving: str
    """Where the provider sends somebody who has left it, registered as well."""
    name: str = NAME
    """What the button calls it."""
    ca: Path | None = None
    """Certificates of the authority that vouches for the provider; None for the public ones."""

    @property
    def origin(self) -> Origin:
        """The one place that is ever connected to."""
        return origin_of(self.issuer)


def client_of(settings: Settings) -> OidcClient | None:
    """The client, where signing in by a provider is switched on; the settings were checked."""
    issuer, client_id, secret = settings.oidc_issuer, settings.oidc_client_id, settings.oidc_secret
    if issuer is None or client_id is None or secret is None:
        return None
    base = settings.address.rstrip("/")
    return OidcClient(
        issuer,
        client_id,
        secret,
        redirect_uri=f"{base}{CALLBACK}",
        after_leaving=f"{base}/login",
        name=settings.oidc_name or NAME,
        ca=settings.oidc_ca,
    )
