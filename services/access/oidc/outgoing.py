"""Connections to the identity provider: to its origin alone, without redirects, and bounded.

A document of the provider's may name any address; none but the issuer's own origin is asked.
Over TLS the other end has to prove the issuer's name, so that a name that suddenly points
elsewhere (DNS rebinding) reaches nobody who can answer; without TLS only this machine is asked.
"""

from __future__ import annotations

from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from services.access.oidc.client import OidcClient
from services.access.oidc.errors import ProviderAwayError
from services.access.oidc.origin import is_at

TIMEOUT_S = (3, 5)
"""For connecting, and between two pieces of an answer."""

LARGEST = 256 * 1024
_PIECE = 16 * 1024
_TAKES = frozenset({200, 400, 401})
"""Answers that are read: a good one, and the refusals of a token endpoint (RFC 6749 §5.2)."""


class IssuerSession(OAuth2Session):  # type: ignore[misc]  # Authlib has no types
    """Authlib's client, held to the issuer."""

    def __init__(self, client: OidcClient, auth_method: str) -> None:
        super().__init__(
            client.client_id,
            client.client_secret.reveal(),
            token_endpoint_auth_method=auth_method,
            scope="openid",  # no name, no address: the subject is all we use
            redirect_uri=client.redirect_uri,
            code_challenge_method="S256",
            trust_env=False,  # no proxy, no .netrc of the machine's
        )
        self.verify = str(client.ca) if client.ca else True
        self._origin = client.origin

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Ask the issuer.

        Raises:
            ProviderAwayError: it is another address, no answer came, a redirect, or too much.
        """
        if not is_at(self._origin, url):
            raise ProviderAwayError("地址不属于已配置的认证服务")
        kwargs |= {"allow_redirects": False, "timeout": TIMEOUT_S, "stream": True}
        try:
            with super().request(method, url, *args, **kwargs) as answer:
                return _bounded(answer)
        except requests.RequestException as problem:
            raise ProviderAwayError(_reason(problem)) from problem

    def document(self, url: str) -> bytes:
        """Get a document of the issuer's."""
        answer = self.request("GET", url, withhold_token=True)
        if answer.status_code != requests.codes.ok:
            raise ProviderAwayError(f"答复状态 {answer.status_code}")
        content: bytes = answer.content
        return content

    def redeem(self, url: str, code: str, verifier: str) -> dict[str, Any]:
        """Turn a code into tokens; OAuthError where the provider refuses it."""
        try:
            token = self.fetch_token(
                url, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        except requests.RequestException as problem:
            raise ProviderAwayError(_reason(problem)) from problem
        except OAuthError:
            raise
        except ValueError as problem:
            raise ProviderAwayError("答复不是 JSON") from problem
        return dict(token)


def _bounded(answer: requests.Response) -> requests.Response:
    """Read an answer up to a size; redirects and errors of the server are none."""
    if answer.status_code not in _TAKES:
        raise ProviderAwayError(f"答复状态 {answer.status_code}")
    content = bytearray()
    for piece in answer.iter_content(_PIECE):
        content += piece
        if len(content) > LARGEST:
            raise ProviderAwayError("答复过大")
    answer._content = bytes(content)  # noqa: SLF001  # as requests itself keeps what it has read
    return answer


def _reason(problem: requests.RequestException) -> str:
    if isinstance(problem, requests.exceptions.SSLError):
        return "证书未通过核验"
    if isinstance(problem, requests.Timeout):
        return "等待超时"
    return "连接失败"
