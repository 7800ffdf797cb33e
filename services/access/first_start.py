"""The first administrator: a link for one use on the terminal, and no password of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from domain.access.account import Account, AccountKind
from domain.access.grant import Grant
from domain.access.place import REGION
from domain.access.role import Role
from services.access.accounts import AccountExistsError
from services.access.desk import SignInDesk
from services.access.invitations import Purpose
from services.access.signing_in import holder_of
from services.clock import SHANGHAI
from services.log.application import Log
from services.log.errors import ConcurrencyError
from services.log.meta import Meta
from services.settings import Settings


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """What is filled in on the page that the link opens."""

    region: str
    login: str
    name: str
    password: str


def invite_first_administrator(desk: SignInDesk, *, now: datetime) -> str:
    """The key of a link for one use; one before it is good for nothing from then on."""
    return desk.invitations.invite(Purpose.FIRST_ADMINISTRATOR, None, now=now)


def open_first_administrator(
    log: Log, desk: SignInDesk, key: str, asked: FirstAdministrator, *, now: datetime, meta: Meta
) -> UUID:
    """Open the account that opens all others.

    Raises:
        InvitationGoneError: the link was used or is past.
        LoginNotUsableError, WeakPasswordError: what was filled in is not usable; the link stays.
        AccountExistsError: there is one of that name.
    """
    account = Account.open(asked.region, asked.login, asked.name, AccountKind.PERSON)
    today = now.astimezone(SHANGHAI).date()
    account.give(Grant(uuid4(), Role.FINANCE_ADMINISTRATOR, REGION, today), reason="首个管理员")
    desk.credentials.require_sound(holder_of(account), asked.password)
    desk.invitations.take(key, Purpose.FIRST_ADMINISTRATOR, now=now)
    try:
        log.save(account, meta=meta)
    except ConcurrencyError:
        raise AccountExistsError(account.login) from None
    desk.credentials.set(holder_of(account), asked.password, now=now, must_change=False)
    return account.id


def first_link(desk: SignInDesk, settings: Settings, now: datetime) -> str:
    """The whole address, as it is shown on the terminal."""
    key = invite_first_administrator(desk, now=now)
    return f"{settings.address.rstrip('/')}/first?key={key}"
