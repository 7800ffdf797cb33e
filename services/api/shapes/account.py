"""Accounts, their rights, and the lines of the audit on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.account import AccountKind
from domain.access.role import Role
from services.access.audit import Outcome
from services.api.shapes.values import Body, Code, Day, Name, Reply
from services.api.writes import Written

_ONCE = "只显示这一次；同一请求重发时为 null"
_REASON = Field(description="事由")
_UNIT = Field(description="单位编码；不填为全部")


class GrantReply(Reply):
    """A right; ``place`` are the segments from the region down, ``lent_by`` whose right it is."""

    grant_id: UUID
    role: Role
    place: tuple[str, ...]
    starts_on: Day
    ends_on: Day | None
    lent_by: UUID | None


class AccountReply(Reply):
    """An account with its rights, ended ones too."""

    account_id: UUID
    login: str
    name: str
    kind: AccountKind
    is_disabled: bool
    grants: tuple[GrantReply, ...]


class NewAccountShape(Body):
    """An account to be opened; it has no rights yet."""

    login: Name
    name: Name
    kind: AccountKind = AccountKind.PERSON


class OpenedReply(Written):
    """An account that was opened."""

    account_id: UUID
    temporary_password: Annotated[str | None, Field(description=_ONCE)]


class PasswordReply(Written):
    """A password that was reset."""

    temporary_password: Annotated[str | None, Field(description=_ONCE)]


class ReasonShape(Body):
    """Why something is done."""

    reason: Annotated[Name, _REASON]


class NewGrantShape(Body):
    """A right to be given."""

    role: Role
    unit: Annotated[Code | None, _UNIT] = None
    starts_on: Annotated[Day | None, Field(description="缺省为今天")] = None
    ends_on: Annotated[Day | None, Field(description="最后一日")] = None
    reason: Annotated[Name, _REASON]


class GivenReply(Written):
    """A right that was given."""

    grant_id: UUID


class EndShape(Body):
    """A right that ends with a day, its last."""

    ends_on: Annotated[Day, Field(description="最后一日")]
    reason: Annotated[Name, _REASON]


class DelegationShape(Body):
    """Who stands in, from when to when."""

    to: Annotated[Name, Field(description="受托人登录名")]
    starts_on: Annotated[Day | None, Field(description="缺省为今天")] = None
    ends_on: Annotated[Day, Field(description="最后一日")]
    reason: Annotated[Name, _REASON]


class HandOverShape(Body):
    """Who takes over."""

    to: Annotated[Name, Field(description="接手人登录名")]
    telephone: Annotated[Code | None, Field(description="接手人电话，记入单位联系人")] = None
    reason: Annotated[Name, _REASON]


class SectionReply(Reply):
    """One part of a list: its rows under their headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class OpenReply(Reply):
    """What is open of somebody today."""

    sections: tuple[SectionReply, ...]


class HandedReply(Written):
    """What went to whom."""

    handover_id: UUID
    sections: tuple[SectionReply, ...]


class AuditReply(Reply):
    """One line of the audit."""

    number: int
    at: datetime
    actor: str
    account_id: UUID | None
    what: str
    subject: str
    outcome: Outcome
    place: tuple[str, ...]
    address: str
    request_id: str
    detail: str
