"""Who can sign in, and what they were given the right to (账户).

Passwords, sessions, tokens and addresses are not here: the log is for ever and is exported
(architecture §3). It holds that they changed, and by whom.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.access.errors import (
    AccountDisabledError,
    GrantNotInForceError,
    LoginNotUsableError,
    RolesExcludeError,
    RoleUnfitError,
    TimeBackwardsError,
)
from domain.access.grant import Grant
from domain.access.role import Role
from domain.event import DomainAggregate
from domain.identity import derived_id, normalised_name

_LOGIN = re.compile(r"[0-9a-z\u4e00-\u9fff][0-9a-z\u4e00-\u9fff._@-]{1,39}")

APART = (
    frozenset({Role.FINANCE_ADMINISTRATOR, Role.OPERATOR}),
    frozenset({Role.FINANCE_ADMINISTRATOR, Role.AUDITOR}),
    frozenset({Role.OPERATOR, Role.AUDITOR}),
)
"""Who hands out rights, who runs the machine and who watches them are three people (三员分立)."""


class AccountKind(StrEnum):
    """Who is behind an account."""

    PERSON = "person"
    SHARED = "shared"
    """A unit's account that several people use: each submission asks who fills in (填报人)."""
    PROGRAM = "program"


class Account(DomainAggregate):
    """One login. Its id derives from region and login name, so that none is opened twice."""

    TOPIC = "account"

    class Event(DomainAggregate.Event):
        """Anything recorded about an account."""

    class Opened(Event, DomainAggregate.Created):
        """账户已开立."""

        TOPIC = "account.opened"
        region: str
        login: str
        name: str
        account_kind: AccountKind

    Created = Opened

    class Renamed(Event):
        """姓名已更改."""

        TOPIC = "account.renamed"
        name: str

    class Disabled(Event):
        """账户已停用."""

        TOPIC = "account.disabled"
        reason: str

    class Enabled(Event):
        """账户已恢复."""

        TOPIC = "account.enabled"
        reason: str

    class GrantGiven(Event):
        """已授权."""

        TOPIC = "account.grant_given"
        grant: Grant
        reason: str

    class GrantEnded(Event):
        """授权已终止."""

        TOPIC = "account.grant_ended"
        grant_id: UUID
        ends_on: date
        reason: str

    class HandedOver(Event):
        """已交接."""

        TOPIC = "account.handed_over"
        to_account: UUID
        handed_on: date
        grant_ids: tuple[UUID, ...]
        reason: str

    class CredentialChanged(Event):
        """登录凭据已变更."""

        TOPIC = "account.credential_changed"
        change: str

    @event(Opened)
    def __init__(self, region: str, login: str, name: str, account_kind: AccountKind) -> None:
        self.region = region
        self.login = login
        self.name = name
        self.account_kind = account_kind
        self.grants: dict[UUID, Grant] = {}
        self.is_disabled = False

    @classmethod
    def open(cls, region: str, login: str, name: str, kind: AccountKind) -> Account:
        """Open an account.

        Raises:
            LoginNotUsableError: the login name has signs that none has.
        """
        folded = normalised_name(login)
        if not _LOGIN.fullmatch(folded):
            raise LoginNotUsableError(login)
        return cls(region, folded, name.strip() or folded, kind)

    @staticmethod
    def create_id(region: str, login: str) -> UUID:
        """Derive the id from the folded login name."""
        return derived_id("account", region, normalised_name(login))

    def rename(self, name: str) -> None:
        """Take another name; the same again changes nothing."""
        if name.strip() and name.strip() != self.name:
            self._rename(name.strip())

    @event(Renamed)
    def _rename(self, name: str) -> None:
        self.name = name

    def disable(self, reason: str) -> None:
        """Shut the account; again changes nothing."""
        if not self.is_disabled:
            self._disable(reason)

    @event(Disabled)
    def _disable(self, reason: str) -> None:  # noqa: ARG002  # stored with the event
        self.is_disabled = True

    def enable(self, reason: str) -> None:
        """Open it again; again changes nothing."""
        if self.is_disabled:
            self._enable(reason)

    @event(Enabled)
    def _enable(self, reason: str) -> None:  # noqa: ARG002
        self.is_disabled = False

    def give(self, grant: Grant, *, reason: str) -> None:
        """Give a right; the same again changes nothing.

        Raises:
            AccountDisabledError: nothing is given to an account that is shut.
            RoleUnfitError: a program's role for a person, or the other way round.
            RolesExcludeError: the two roles are never one person's at the same time.
            TimeBackwardsError: it would end before it starts.
        """
        if self.grants.get(grant.grant_id) == grant:
            return
        self._require_fit(grant)
        self._give(grant, reason)

    def _require_fit(self, grant: Grant) -> None:
        if self.is_disabled:
            raise AccountDisabledError(self.login)
        if grant.ends_on is not None and grant.ends_on < grant.starts_on:
            raise TimeBackwardsError(grant.starts_on, grant.ends_on)
        if (grant.role is Role.SERVICE) is not (self.account_kind is AccountKind.PROGRAM):
            raise RoleUnfitError(grant.role)
        for held in self.grants.values():
            if {held.role, grant.role} in APART and _overlap(held, grant):
                raise RolesExcludeError(held.role, grant.role)

    @event(GrantGiven)
    def _give(self, grant: Grant, reason: str) -> None:  # noqa: ARG002
        self.grants[grant.grant_id] = grant

    def end_grant(self, grant_id: UUID, *, ends_on: date, reason: str) -> None:
        """Let a right end with a day, its last; the same again changes nothing.

        Raises:
            GrantNotInForceError: there is no such grant, or it ended before.
        """
        grant = self.grants.get(grant_id)
        if grant is None or (grant.ends_on is not None and grant.ends_on < ends_on):
            raise GrantNotInForceError
        if grant.ends_on != ends_on:
            self._end_grant(grant_id, ends_on, reason)

    @event(GrantEnded)
    def _end_grant(self, grant_id: UUID, ends_on: date, reason: str) -> None:  # noqa: ARG002
        self.grants[grant_id] = replace(self.grants[grant_id], ends_on=ends_on)

    def hand_over(
        self, to_account: UUID, grants: tuple[Grant, ...], *, on: date, reason: str
    ) -> None:
        """Record that from a day on these rights are somebody else's (人员交接)."""
        self._hand_over(to_account, on, tuple(grant.grant_id for grant in grants), reason)

    @event(HandedOver)
    def _hand_over(
        self,
        to_account: UUID,  # noqa: ARG002
        handed_on: date,
        grant_ids: tuple[UUID, ...],
        reason: str,  # noqa: ARG002
    ) -> None:
        last = handed_on - timedelta(days=1)
        for grant_id in grant_ids:
            self.grants[grant_id] = replace(self.grants[grant_id], ends_on=last)

    @event(CredentialChanged)
    def note_credential(self, change: str) -> None:
        """Record that a password, a token or a session changed, never what it is."""

    def in_force(self, day: date) -> tuple[Grant, ...]:
        """The rights of a day; none while the account is shut."""
        if self.is_disabled:
            return ()
        return tuple(grant for grant in self.grants.values() if grant.in_force(day))


def _overlap(one: Grant, other: Grant) -> bool:
    """Whether two grants have a day in common."""
    starts = max(one.starts_on, other.starts_on)
    return one.in_force(starts) and other.in_force(starts)
