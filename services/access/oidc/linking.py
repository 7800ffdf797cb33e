"""The desk says whose account an identity is: by an invitation, or at the terminal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.access.account import Account, AccountKind
from domain.access.action import Action
from services.access.desk import SignInDesk
from services.access.invitations import Purpose
from services.access.oidc.errors import IdentityTakenError, NotLinkableError
from services.access.oidc.identities import Identity
from services.access.permitting import permit
from services.log.application import Log
from services.log.meta import Meta


def invite_to_link(log: Log, desk: SignInDesk, account_id: UUID, *, now: datetime) -> str:
    """The key of a link, good once and for a day; whoever signs in by it gets the account.

    Raises:
        NotAllowedError: whoever is present does not manage accounts.
        NotLinkableError: the account is a program's, or shut.
    """
    permit(Action.MANAGE_ACCOUNTS)
    _require_linkable(log.get(Account, account_id))
    return desk.invitations.invite(Purpose.LINK_IDENTITY, account_id, now=now)


def link(
    log: Log, desk: SignInDesk, account_id: UUID, identity: Identity, *, now: datetime, meta: Meta
) -> None:
    """Link an identity whose subject is known.

    Raises:
        NotAllowedError: whoever is present does not manage accounts.
        NotLinkableError, IdentityTakenError: as of :func:`keep_link`.
    """
    permit(Action.MANAGE_ACCOUNTS)
    keep_link(log, desk, log.get(Account, account_id), identity, now=now, meta=meta)


def unlink(log: Log, desk: SignInDesk, account_id: UUID, *, meta: Meta) -> int:
    """Take all identities from an account, whose sessions end; how many there were.

    Raises:
        NotAllowedError: whoever is present does not manage accounts.
    """
    permit(Action.MANAGE_ACCOUNTS)
    account = log.get(Account, account_id)
    ended = desk.identities.unlink(account_id)
    if ended:
        desk.sessions.end_all(account_id)
        account.note_credential("identity_unlinked")
        log.save(account, meta=meta)
    return ended


def keep_link(
    log: Log, desk: SignInDesk, account: Account, identity: Identity, *, now: datetime, meta: Meta
) -> None:
    """Link, whoever said so; the same again changes nothing.

    Raises:
        NotLinkableError: the account is a program's, or shut.
        IdentityTakenError: the identity is another account's, or the person has one already.
    """
    _require_linkable(account)
    known = desk.identities.of_account(account.id)
    if any((one.issuer, one.subject) == (identity.issuer, identity.subject) for one in known):
        return
    if known and account.account_kind is AccountKind.PERSON:
        raise IdentityTakenError
    desk.identities.link(identity, account.id, now)
    account.note_credential("identity_linked")
    log.save(account, meta=meta)


def _require_linkable(account: Account) -> None:
    if account.is_disabled or account.account_kind is AccountKind.PROGRAM:
        raise NotLinkableError(account.login)
