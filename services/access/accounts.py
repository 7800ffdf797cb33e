"""Accounts are opened, given rights, shut and handed over (账户管理、授权、交接)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from domain.access.account import Account, AccountKind
from domain.access.action import Action
from domain.access.grant import Grant
from domain.access.place import Place
from domain.access.role import Role
from domain.errors import MonitoringError
from services.access.desk import SignInDesk
from services.access.permitting import permit, permit_account
from services.access.signing_in import holder_of
from services.log.appending import Appended
from services.log.application import Log
from services.log.errors import ConcurrencyError
from services.log.meta import Meta
from services.retrying import decide_again

_LEGIBLE = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "!#%+-=?@")
_TEMPORARY_SIGNS = 14


class AccountExistsError(MonitoringError):
    """There is an account of that login name."""

    code = "account_exists"

    def __init__(self, login: str) -> None:
        super().__init__(f"登录名“{login}”已有账户。请换一个登录名，或恢复原账户。")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is asked of a new account."""

    region: str
    login: str
    name: str
    kind: AccountKind = AccountKind.PERSON


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A right as it is asked for; the id is given here."""

    role: Role
    place: Place
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, and the password it signs in with the first time (None for a program)."""

    account_id: UUID
    temporary_password: str | None
    position: int


def open_account(
    log: Log, desk: SignInDesk, asked: NewAccount, *, now: datetime, meta: Meta
) -> Opened:
    """Open an account with a password that has to be changed at the first sign-in.

    Raises:
        LoginNotUsableError: the login name has signs that none has.
        AccountExistsError: there is one of that name.
    """
    permit(Action.MANAGE_ACCOUNTS, f"账户 {asked.login}")
    account = Account.open(asked.region, asked.login, asked.name, asked.kind)
    try:
        done = log.save(account, meta=meta)
    except ConcurrencyError:
        raise AccountExistsError(account.login) from None
    if asked.kind is AccountKind.PROGRAM:
        return Opened(account.id, None, done.last_position)
    return Opened(account.id, _set_temporary(desk, account, now), done.last_position)


def reset_password(
    log: Log, desk: SignInDesk, account_id: UUID, *, now: datetime, meta: Meta
) -> str:
    """Give a temporary password, to be handed over by word; all sessions end. NotOnRecordError."""
    permit_account(Action.MANAGE_ACCOUNTS, log, account_id)
    account = log.get(Account, account_id)
    password = _set_temporary(desk, account, now)
    desk.sessions.end_all(account_id)
    account.note_credential("password_reset")
    log.save(account, meta=meta)
    return password


def give_right(
    log: Log, account_id: UUID, asked: NewGrant, *, reason: str, meta: Meta
) -> tuple[UUID, Appended]:
    """Give a right; it counts from the next request on."""
    grant = Grant(uuid4(), asked.role, asked.place, asked.starts_on, asked.ends_on)
    done = _change(log, account_id, meta, lambda account: account.give(grant, reason=reason))
    return grant.grant_id, done


def end_right(
    log: Log, account_id: UUID, grant_id: UUID, *, ends_on: date, reason: str, meta: Meta
) -> Appended:
    """Let a right end with a day, its last."""
    return _change(
        log,
        account_id,
        meta,
        lambda account: account.end_grant(grant_id, ends_on=ends_on, reason=reason),
    )


def disable(log: Log, desk: SignInDesk, account_id: UUID, *, reason: str, meta: Meta) -> Appended:
    """Shut an account; its sessions end at once, its tokens are good for nothing."""
    done = _change(log, account_id, meta, lambda account: account.disable(reason))
    desk.sessions.end_all(account_id)
    return done


def enable(log: Log, account_id: UUID, *, reason: str, meta: Meta) -> Appended:
    """Open an account again; it signs in anew."""
    return _change(log, account_id, meta, lambda account: account.enable(reason))


def temporary_password(is_sound: Callable[[str], bool] = lambda _: True) -> str:
    """A password that can be read out: long, of all four kinds, and sound for who gets it.

    Now and then chance writes a word that no password may hold, such as a short login name.
    """
    while not is_sound(password := _legible()):
        pass
    return password


def _legible() -> str:
    signs = [secrets.choice(kind) for kind in _LEGIBLE]
    rest = "".join(_LEGIBLE[:3])
    signs += [secrets.choice(rest) for _ in range(_TEMPORARY_SIGNS - len(signs))]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _set_temporary(desk: SignInDesk, account: Account, now: datetime) -> str:
    holder = holder_of(account)
    password = temporary_password(partial(desk.credentials.is_sound, holder))
    desk.credentials.set(holder, password, now=now, must_change=True)
    return password


def _change(log: Log, account_id: UUID, meta: Meta, act: Callable[[Account], object]) -> Appended:
    permit_account(Action.MANAGE_ACCOUNTS, log, account_id)

    def decide() -> Appended:
        account = log.get(Account, account_id)
        act(account)
        return log.save(account, meta=meta)

    return decide_again(decide)
