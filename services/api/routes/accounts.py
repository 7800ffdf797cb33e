"""Accounts and rights, handed out by who governs them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from domain.access.account import Account, AccountKind
from domain.access.role import Role
from services.access.accounts import (
    NewAccount,
    NewGrant,
    disable,
    enable,
    end_right,
    give_right,
    open_account,
    reset_password,
)
from services.access.handing_over import Delegation, delegate
from services.access.handovers import HandOverLists
from services.api.office.filled import role_at
from services.api.pages import Page, PagingAsked, cursor_of, cut
from services.api.parts import Parts, PartsNeeded
from services.api.problems import documented
from services.api.shapes.account import (
    AccountReply,
    DelegationShape,
    EndShape,
    GivenReply,
    GrantReply,
    HandedReply,
    HandOverShape,
    NewAccountShape,
    NewGrantShape,
    OpenedReply,
    OpenReply,
    PasswordReply,
    ReasonShape,
    SectionReply,
)
from services.api.writes import Write, WriteAsked, Written, at
from services.clock import today
from services.handing_on import HandOn, hand_on, names_in, open_of, sections_of
from services.keeping_units import unit_of
from services.people import Listed, list_people, look_up
from services.readmodel.accounts import AccountList, Wanted

router = APIRouter(
    prefix="/api/v1/accounts",
    tags=["账户"],
    responses=documented(
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)

SHOWN_ONCE = frozenset({"temporary_password"})


class AccountPlace(msgspec.Struct):
    """Behind which login name the list goes on."""

    login: str


@dataclass(frozen=True, slots=True)
class Only:
    """Which accounts are asked for."""

    words: str | None
    role: Role | None
    unit: str | None
    disabled: bool | None


def only_those(
    words: Annotated[str | None, Query(max_length=60, description="登录名或姓名的一部分")] = None,
    role: Annotated[Role | None, Query(description="现行岗位")] = None,
    unit: Annotated[str | None, Query(max_length=60, description="单位编码，含下属单位")] = None,
    disabled: Annotated[bool | None, Query(description="是否已停用")] = None,
) -> Only:
    """Take the filters from the address."""
    return Only(words, role, unit, disabled)


@router.get("", summary="账户清单")
def list_accounts(
    parts: PartsNeeded, paging: PagingAsked, only: Annotated[Only, Depends(only_those)]
) -> Page[AccountReply]:
    """按登录名排列，连同各项授权。"""
    place = paging.place(AccountPlace)
    wanted = Wanted(
        today(parts.services.clock),
        only.words,
        only.role,
        _place(parts, only.unit),
        only.disabled,
        place.login if place else "",
        paging.limit + 1,
    )
    found, last = cut(list_people(AccountList(parts.lookups.pool), wanted), paging.limit)
    return Page(
        items=[_listed(one) for one in found],
        next_cursor=cursor_of(AccountPlace(last.account.login)) if last else None,
        position=parts.services.read_model.position(),
    )


@router.post("", response_model=OpenedReply, summary="开立账户")
def open_one(body: NewAccountShape, write: WriteAsked) -> Response:
    """个人和单位共用账户的初始密码首次登录须更改；接口账户没有密码。"""

    def act() -> OpenedReply:
        services = write.parts.services
        asked = NewAccount(write.region, body.login, body.name, body.kind)
        now = services.clock()
        done = open_account(write.log, write.parts.desk, asked, now=now, meta=write.meta)
        return OpenedReply.model_validate(done)

    return write.once(act, shown_once=SHOWN_ONCE)


@router.get("/{account_id}", summary="一个账户")
def show_account(account_id: UUID, parts: PartsNeeded) -> AccountReply:
    """连同各项授权，已终止的也在内。"""
    pool = parts.lookups.pool
    day = today(parts.services.clock)
    log, accounts, lists = parts.services.log, AccountList(pool), HandOverLists(pool)
    return _reply(look_up(log, accounts, lists, account_id, day).account)


@router.post("/{account_id}/disable", response_model=Written, summary="停用账户")
def shut(account_id: UUID, body: ReasonShape, write: WriteAsked) -> Response:
    """立即退出全部登录，令牌失效。"""
    desk = write.parts.desk
    return write.once(
        lambda: at(disable(write.log, desk, account_id, reason=body.reason, meta=write.meta))
    )


@router.post("/{account_id}/enable", response_model=Written, summary="恢复账户")
def reopen(account_id: UUID, body: ReasonShape, write: WriteAsked) -> Response:
    """恢复后须重新登录。"""
    return write.once(
        lambda: at(enable(write.log, account_id, reason=body.reason, meta=write.meta))
    )


@router.post("/{account_id}/password", response_model=PasswordReply, summary="重置密码")
def reset(account_id: UUID, write: WriteAsked) -> Response:
    """给一个临时密码，全部登录随即结束。"""

    def act() -> PasswordReply:
        now = write.parts.services.clock()
        password = reset_password(write.log, write.parts.desk, account_id, now=now, meta=write.meta)
        return PasswordReply(position=write.log.head(), temporary_password=password)

    return write.once(act, shown_once=SHOWN_ONCE)


@router.post("/{account_id}/grants", response_model=GivenReply, summary="授权")
def give(account_id: UUID, body: NewGrantShape, write: WriteAsked) -> Response:
    """岗位、单位和起止日；下一次请求起生效。"""

    def act() -> GivenReply:
        place = role_at(write.parts.services.units_today(), body.role, body.unit or "")
        asked = NewGrant(body.role, place, body.starts_on or write.today, body.ends_on)
        grant_id, done = give_right(
            write.log, account_id, asked, reason=body.reason, meta=write.meta
        )
        return GivenReply(position=done.last_position, grant_id=grant_id)

    return write.once(act)


@router.post("/{account_id}/grants/{grant_id}/end", response_model=Written, summary="终止授权")
def end(account_id: UUID, grant_id: UUID, body: EndShape, write: WriteAsked) -> Response:
    """到某日为止，该日仍有效。"""
    return write.once(
        lambda: at(
            end_right(
                write.log,
                account_id,
                grant_id,
                ends_on=body.ends_on,
                reason=body.reason,
                meta=write.meta,
            )
        )
    )


@router.post("/{account_id}/delegations", response_model=Written, summary="委托代办")
def lend(account_id: UUID, body: DelegationShape, write: WriteAsked) -> Response:
    """外出期间由他人代行全部岗位，到期自动收回。"""

    def act() -> Written:
        starts_on = body.starts_on or write.today
        borrower = _named(write, body.to)
        asked = Delegation(account_id, borrower, starts_on, body.ends_on, body.reason)
        return at(delegate(write.log, asked, meta=write.meta))

    return write.once(act)


@router.get("/{account_id}/handover", summary="在办事项")
def show_open(account_id: UUID, parts: PartsNeeded) -> OpenReply:
    """交接时将一次转出的岗位、委托、单位联系人、待核对文件，以及随岗位移交的事项。"""
    services = parts.services
    opened = open_of(services, account_id)
    names = names_in(AccountList(parts.lookups.pool), opened)
    sections = sections_of(opened, services.units_today(), names)
    return OpenReply(sections=tuple(map(SectionReply.model_validate, sections)))


@router.post("/{account_id}/handover", response_model=HandedReply, summary="人员交接")
def hand(account_id: UUID, body: HandOverShape, write: WriteAsked) -> Response:
    """全部在办事项一次转给接手人，答复为交接清单。"""

    def act() -> HandedReply:
        asked = HandOn(account_id, _named(write, body.to), body.reason, body.telephone)
        kept = hand_on(write.parts.services, asked, meta=write.meta)
        return HandedReply(
            position=write.log.head(),
            handover_id=kept.handover_id,
            sections=tuple(map(SectionReply.model_validate, kept.listed.sections)),
        )

    return write.once(act)


def _place(parts: Parts, code: str | None) -> tuple[str, ...]:
    """Where a unit stands; NotOnRecordError."""
    if code is None:
        return ()
    tree = parts.services.units_today()
    return tree.place(unit_of(tree, code).unit_id) or ()


def _named(write: Write, login: str) -> UUID:
    """The account of a login name, once the tables have read it; NotOnRecordError."""
    write.parts.services.read_model.wait_for(write.log.head())
    return AccountList(write.parts.lookups.pool).by_login(login).account_id


def _listed(one: Listed) -> AccountReply:
    row = one.account
    return AccountReply(
        account_id=row.account_id,
        login=row.login,
        name=row.name,
        kind=AccountKind(row.kind),
        is_disabled=row.is_disabled,
        grants=tuple(map(GrantReply.model_validate, one.grants)),
    )


def _reply(account: Account) -> AccountReply:
    return AccountReply(
        account_id=account.id,
        login=account.login,
        name=account.name,
        kind=account.account_kind,
        is_disabled=account.is_disabled,
        grants=tuple(map(GrantReply.model_validate, account.grants.values())),
    )
