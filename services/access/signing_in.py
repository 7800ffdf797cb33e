"""Signing in and out, and who somebody is by what they show (会话、令牌)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access.account import Account
from domain.access.action import Action
from domain.access.authorize import Actor
from domain.errors import MonitoringError
from domain.unit_tree import UnitTree
from services.access.audit import Outcome
from services.access.credentials import Credential, Holder, WrongPasswordError
from services.access.desk import SignInDesk
from services.access.fillers import Filler
from services.access.limits import WaitError
from services.access.password_rules import FIRST_LASTS, is_due
from services.access.sessions import Session, Way
from services.access.visitor import Visitor
from services.clock import SHANGHAI
from services.log.application import Log
from services.log.meta import Meta

logger = logging.getLogger(__name__)


class SignInRefusedError(MonitoringError):
    """Name or password is not right; which of them is not told."""

    code = "sign_in_refused"

    def __init__(self) -> None:
        super().__init__("登录名或密码不对。忘记密码请联系财政管理员重置。")


class FirstPasswordPastError(MonitoringError):
    """The password that the desk gave out was not used in time."""

    code = "first_password_past"

    def __init__(self) -> None:
        super().__init__(
            f"初始密码或临时密码已超过{FIRST_LASTS.days}天未启用，不能再用。请联系财政管理员重置。"
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A key for the browser, and whether a new password is asked for before anything else."""

    key: str
    account_id: UUID
    must_change: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who shows a good key: the account, what it may do today, and the session if it is one.

    ``filler`` is who fills in with an account of several people, once that was said.
    ``tree`` answers the units of the day, by which rights are found; asked for where needed.
    """

    account: Account
    actor: Actor
    session: Session | None = None
    must_change: bool = False
    filler: Filler | None = None
    tree: Callable[[], UnitTree] = field(default=lambda: UnitTree(()), compare=False)


def sign_in(
    log: Log, desk: SignInDesk, region: str, login: str, password: str, visitor: Visitor
) -> SignedIn:
    """Open a session.

    Raises:
        SignInRefusedError: name or password is wrong, or the account is shut: told alike.
        FirstPasswordPastError: the password is right, and was given out too long ago.
        WaitError: too many failures before; nothing was checked.
        TooManySignInsError: too many are at it.
    """
    with _noted(desk, login, visitor):
        desk.tries.begin(login, visitor.address, visitor.now)
        account = account_named(log, region, login)
        credential = desk.credentials.check(account.id if account else None, password)
        if account is None or credential is None or account.is_disabled:
            raise SignInRefusedError
        if credential.must_change and visitor.now - credential.changed_at >= FIRST_LASTS:
            raise FirstPasswordPastError
    desk.tries.succeeded(login, visitor.address, visitor.now)
    key = desk.sessions.open(
        account.id, address=visitor.address, agent=visitor.agent, now=visitor.now
    )
    desk.audit.note(visitor.entry(account.login, "sign_in", account_id=account.id))
    return SignedIn(key, account.id, _must_change(desk, credential, visitor.now))


@contextmanager
def _noted(desk: SignInDesk, login: str, visitor: Visitor) -> Iterator[None]:
    """Write a refusal down; what was typed for a name may be a password: it is cut short."""
    try:
        yield
    except (SignInRefusedError, FirstPasswordPastError, WaitError) as refusal:
        shown = f"{login[:2]}…"
        desk.audit.note(visitor.entry(shown, "sign_in", Outcome.REFUSED, detail=refusal.code))
        raise


def sign_out(desk: SignInDesk, person: Person, visitor: Visitor) -> None:
    """End the session that asks."""
    if person.session is not None:
        desk.sessions.end(person.session.session_id, person.account.id)
    account = person.account
    desk.audit.note(visitor.entry(account.login, "sign_out", account_id=account.id))


def who_by_session(log: Log, desk: SignInDesk, key: str, now: datetime) -> Person | None:
    """Who a browser's key belongs to; None once it ended, or the account is shut."""
    session = desk.sessions.find(key, now)
    if session is None:
        return None
    account = log.get(Account, session.account_id)
    if account.is_disabled:
        return None
    must = session.way is Way.PASSWORD and _must_change_now(desk, account.id, now)
    filler = desk.fillers.one(session.filler_id, account.id) if session.filler_id else None
    return Person(account, actor_of(account, now), session, must, filler)


def who_by_token(log: Log, desk: SignInDesk, key: str, now: datetime) -> Person | None:
    """Who a program's key belongs to; None once it ended, or the account is shut."""
    token = desk.tokens.find(key, now)
    if token is None:
        return None
    account = log.get(Account, token.account_id)
    if account.is_disabled:
        return None
    scope = None if token.actions is None else frozenset(map(Action, token.actions))
    return Person(account, actor_of(account, now, scope))


def actor_of(account: Account, now: datetime, scope: frozenset[Action] | None = None) -> Actor:
    """An account with the grants of the day in Shanghai."""
    day = now.astimezone(SHANGHAI).date()
    return Actor(account.id, account.login, account.in_force(day), scope)


def account_named(log: Log, region: str, login: str) -> Account | None:
    """The account of a login name."""
    account_id = Account.create_id(region, login)
    return log.get_many(Account, [account_id]).get(account_id)


def change_password(
    log: Log, desk: SignInDesk, person: Person, *, present: str, new: str, visitor: Visitor
) -> None:
    """Take a new password; all other sessions end.

    Raises:
        WrongPasswordError: the present one was not given.
        WaitError: it was not given too often.
        WeakPasswordError: the new one breaks a rule.
    """
    account = person.account
    desk.tries.begin(account.login, visitor.address, visitor.now)
    if desk.credentials.check(account.id, present) is None:
        refused = visitor.entry(
            account.login, "password_change", Outcome.REFUSED, account_id=account.id
        )
        desk.audit.note(refused)
        raise WrongPasswordError
    desk.tries.succeeded(account.login, visitor.address, visitor.now)
    desk.credentials.set(holder_of(account), new, now=visitor.now, must_change=False)
    desk.sessions.end_all(account.id, but=person.session.session_id if person.session else None)
    account.note_credential("password_changed")
    log.save(account, meta=Meta(account.login, None, f"screen {visitor.address}"))
    desk.audit.note(visitor.entry(account.login, "password_change", account_id=account.id))


def holder_of(account: Account) -> Holder:
    """Whose password it is."""
    return Holder(account.id, account.login, account.name)


def _must_change_now(desk: SignInDesk, account_id: UUID, now: datetime) -> bool:
    credential = desk.credentials.find(account_id)
    return credential is not None and _must_change(desk, credential, now)


def _must_change(desk: SignInDesk, credential: Credential, now: datetime) -> bool:
    rules = desk.credentials.policy.rules
    return credential.must_change or is_due(credential.changed_at, rules, now)
