"""Signing in by the identity provider: begun here, answered there, finished here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from domain.access.account import Account
from domain.errors import MonitoringError
from services.access.audit import Outcome
from services.access.desk import SignInDesk
from services.access.invitations import InvitationGoneError, Purpose
from services.access.keys import digest
from services.access.oidc.errors import (
    AccountShutError,
    IdentityUnknownError,
    IdTokenRefusedError,
    ProviderRefusedError,
)
from services.access.oidc.identities import Identity
from services.access.oidc.linking import keep_link
from services.access.oidc.pending import Pending
from services.access.oidc.provider import Provider
from services.access.oidc.words import error_word
from services.access.sessions import Way
from services.access.visitor import Visitor
from services.log.application import Log
from services.log.meta import Meta

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where somebody is sent, and the key that the browser keeps until it is back."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What the provider sends back by the browser (RFC 6749 §4.1.2, RFC 9207)."""

    state: str = ""
    code: str = ""
    iss: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A session's key, and the address that was wanted, as it was given to :func:`begin`."""

    key: str
    wanted: str


def begin(desk: SignInDesk, provider: Provider, visitor: Visitor, wanted: str) -> Sent:
    """Send somebody to the provider.

    Raises:
        ProviderAwayError: the provider does not answer.
        TooManyPendingError: too many of this address are under way.
    """
    return _begin(desk, provider, visitor, wanted, None)


def begin_linking(desk: SignInDesk, provider: Provider, visitor: Visitor, key: str) -> Sent:
    """Send somebody there who was invited to link; the invitation is used up on the way back.

    Raises:
        InvitationGoneError: the link was used or is past.
        ProviderAwayError, TooManyPendingError: as of :func:`begin`.
    """
    found = desk.invitations.find(key, now=visitor.now)
    if found is None or found.purpose != Purpose.LINK_IDENTITY:
        raise InvitationGoneError
    return _begin(desk, provider, visitor, "/", digest(key))


def finish(
    log: Log,
    desk: SignInDesk,
    provider: Provider,
    visitor: Visitor,
    *,
    browser: str,
    returned: Returned,
) -> Arrived:
    """Open a session for whom the provider vouches for, with a new key.

    Raises:
        NotOurSignInError: nobody here asked for this, or the answer came before.
        ProviderRefusedError, ProviderAwayError, IdTokenRefusedError: nobody is vouched for.
        InvitationGoneError: the invitation was used meanwhile.
        IdentityUnknownError: no account is linked to the identity.
        IdentityTakenError, NotLinkableError: it cannot be linked to the account.
        AccountShutError: its account is shut.
    """
    with _noted(desk, visitor):
        pending = desk.pending.take(returned.state, browser, visitor.now)
        _require_answer(provider, returned, visitor)
        subject = provider.subject(returned.code, pending.verifier, pending.nonce, visitor.now)
        identity = Identity(provider.client.issuer, subject)
        account = _account(log, desk, pending, identity, visitor)
        if account.is_disabled:
            raise AccountShutError
    desk.identities.used(identity, visitor.now)
    key = desk.sessions.open(
        account.id, address=visitor.address, agent=visitor.agent, now=visitor.now, way=Way.PROVIDER
    )
    desk.audit.note(
        visitor.entry(account.login, "sign_in", account_id=account.id, detail=Way.PROVIDER)
    )
    return Arrived(key, pending.wanted)


def _begin(
    desk: SignInDesk, provider: Provider, visitor: Visitor, wanted: str, invitation: bytes | None
) -> Sent:
    provider.describe(visitor.now)  # before anything is kept
    begun = desk.pending.begin(wanted, invitation, visitor.address, visitor.now)
    address = provider.authorization_address(begun.state, begun.nonce, begun.verifier, visitor.now)
    return Sent(address, begun.browser)


def _require_answer(provider: Provider, returned: Returned, visitor: Visitor) -> None:
    """Refuse what another provider sent (mix-up), and hear the provider's own refusal."""
    must = provider.describe(visitor.now).authorization_response_iss_parameter_supported
    if returned.iss is None and must:
        raise IdTokenRefusedError("the answer names no issuer")
    if returned.iss is not None and returned.iss != provider.client.issuer:
        raise IdTokenRefusedError("the answer names another issuer")
    if returned.error is not None:
        raise ProviderRefusedError(error_word(returned.error))


def _account(
    log: Log, desk: SignInDesk, pending: Pending, identity: Identity, visitor: Visitor
) -> Account:
    if pending.invitation is not None:
        invited = desk.invitations.take_by(
            pending.invitation, Purpose.LINK_IDENTITY, now=visitor.now
        )
        if invited.account_id is None:
            raise InvitationGoneError
        account = log.get(Account, invited.account_id)
        meta = Meta(account.login, None, f"screen {visitor.address}")
        keep_link(log, desk, account, identity, now=visitor.now, meta=meta)
        desk.audit.note(visitor.entry(account.login, "identity_linked", account_id=account.id))
        return account
    linked = desk.identities.find(identity)
    if linked is None:
        raise IdentityUnknownError(identity.subject)
    return log.get(Account, linked.account_id)


@contextmanager
def _noted(desk: SignInDesk, visitor: Visitor) -> Iterator[None]:
    """Write a refusal down: who it was is not proved, so no name stands in the line."""
    try:
        yield
    except MonitoringError as refusal:
        if isinstance(refusal, IdTokenRefusedError):
            logger.warning("an ID token was refused: %s", refusal.reason)
        desk.audit.note(
            visitor.entry("?", "sign_in", Outcome.REFUSED, detail=f"{Way.PROVIDER} {refusal.code}")
        )
        raise
