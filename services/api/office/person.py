"""One account: its rights, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, Response

from domain.access.account import Account, AccountKind
from domain.access.action import Action
from domain.access.errors import ROLE_NAMES
from domain.access.grant import Grant
from domain.access.role import Role
from domain.errors import MonitoringError
from domain.unit_tree import UnitTree
from services.access.accounts import (
    NewGrant,
    disable,
    enable,
    end_right,
    give_right,
    reset_password,
)
from services.access.desk import SignInDesk
from services.access.handing_over import Delegation, delegate, left_of
from services.access.handovers import HandOverLists, KeptList
from services.access.offices import PEOPLE
from services.access.present import meta_of_present, present
from services.access.program_tokens import issue_for_program, revoke_of_program
from services.access.tokens import Issue
from services.access.visitor import Visitor
from services.api.door.sign_in_page import At, Desk
from services.api.office import filled
from services.api.office.filled import Filled
from services.api.office.frame import office_page
from services.api.parts import Parts, PartsNeeded
from services.api.problems import fault_of
from services.clock import SHANGHAI, today
from services.log.meta import Meta
from services.people import Whole, look_up
from services.readmodel.accounts import AccountList, GrantRow
from services.readmodel.readmodel import NotReadYetError

router = APIRouter(prefix=PEOPLE.path, include_in_schema=False)

KINDS = {AccountKind.PERSON: "个人", AccountKind.SHARED: "单位共用", AccountKind.PROGRAM: "接口"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said on the page of an account; keys and passwords this once."""

    problem: str | None = None
    done: str | None = None
    password: str | None = None
    key: str | None = None
    link: str | None = None
    status: int = HTTPStatus.OK


Act = Callable[[Meta], Shown]


@router.get("/{account_id}")
def page_of(account_id: UUID, parts: PartsNeeded, desk: Desk) -> HTMLResponse:
    """The account as it stands now."""
    return person_page(parts, desk, account_id, Shown())


@router.post("/{account_id}/disable")
def shut(account_id: UUID, parts: PartsNeeded, desk: Desk, at: At, reason: Filled) -> Response:
    """Shut it; it is out at once."""

    def act(meta: Meta) -> Shown:
        why = filled.said(reason, "停用事由")
        disable(parts.services.log, desk, account_id, reason=why, meta=meta)
        return Shown(done="账户已停用，全部登录已结束，令牌已失效。")

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/enable")
def reopen(account_id: UUID, parts: PartsNeeded, desk: Desk, at: At, reason: Filled) -> Response:
    """Open it again."""

    def act(meta: Meta) -> Shown:
        why = filled.said(reason, "恢复事由")
        enable(parts.services.log, account_id, reason=why, meta=meta)
        return Shown(done="账户已恢复。")

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/password")
def reset(account_id: UUID, parts: PartsNeeded, desk: Desk, at: At) -> Response:
    """Give a temporary password, to be handed over by word."""

    def act(meta: Meta) -> Shown:
        password = reset_password(parts.services.log, desk, account_id, now=at.now, meta=meta)
        return Shown(done="密码已重置，全部登录已结束。", password=password)

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/grants")
def give(  # noqa: PLR0913, PLR0917  # one for each field of the form
    account_id: UUID,
    parts: PartsNeeded,
    desk: Desk,
    at: At,
    role: Annotated[Role, Form()],
    reason: Filled,
    unit: Filled = "",
    starts_on: Filled = "",
    ends_on: Filled = "",
) -> Response:
    """Give a right."""

    def act(meta: Meta) -> Shown:
        place = filled.role_at(parts.services.units_today(), role, unit)
        first = filled.day(starts_on, "起始日", today(parts.services.clock))
        last = filled.day(ends_on, "终止日") if ends_on else None
        asked = NewGrant(role, place, first, last)
        why = filled.said(reason, "授权事由")
        give_right(parts.services.log, account_id, asked, reason=why, meta=meta)
        return Shown(done=f"已授权：{ROLE_NAMES[role]}。")

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/grants/{grant_id}/end")
def end(  # noqa: PLR0913, PLR0917  # one for each field of the form
    account_id: UUID,
    grant_id: UUID,
    parts: PartsNeeded,
    desk: Desk,
    at: At,
    ends_on: Filled,
    reason: Filled,
) -> Response:
    """End a right with a day, its last."""

    def act(meta: Meta) -> Shown:
        last = filled.day(ends_on, "最后一日")
        why = filled.said(reason, "终止事由")
        end_right(parts.services.log, account_id, grant_id, ends_on=last, reason=why, meta=meta)
        return Shown(done=f"授权到{last}为止。")

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/delegation")
def lend(  # noqa: PLR0913, PLR0917  # one for each field of the form
    account_id: UUID,
    parts: PartsNeeded,
    desk: Desk,
    at: At,
    to: Filled,
    ends_on: Filled,
    reason: Filled,
    starts_on: Filled = "",
) -> Response:
    """Lend all rights while somebody is absent."""

    def act(meta: Meta) -> Shown:
        borrower = AccountList(parts.lookups.pool).by_login(filled.said(to, "受托人的登录名"))
        asked = Delegation(
            account_id,
            borrower.account_id,
            filled.day(starts_on, "起始日", today(parts.services.clock)),
            filled.day(ends_on, "最后一日"),
            filled.said(reason, "委托事由"),
        )
        done = delegate(parts.services.log, asked, meta=meta)
        _wait(parts, done.last_position)
        return Shown(done=f"已委托{borrower.name}代办，{asked.ends_on}后自动收回。")

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/tokens")
def issue(  # noqa: PLR0913, PLR0917  # one for each field of the form
    account_id: UUID,
    parts: PartsNeeded,
    desk: Desk,
    at: At,
    label: Filled,
    expires_on: Filled,
    actions: Annotated[list[Action] | None, Form()] = None,
) -> Response:
    """Issue a program's token; its key is shown this once."""

    def act(meta: Meta) -> Shown:
        last = datetime.combine(filled.day(expires_on, "到期日"), time.max, SHANGHAI)
        scope = frozenset(actions) if actions else None
        asked = Issue(account_id, filled.said(label, "用途"), last, scope)
        _, key = issue_for_program(parts.services.log, desk, asked, now=at.now, meta=meta)
        return Shown(done="令牌已签发。", key=key)

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/tokens/{token_id}/revoke")
def revoke(account_id: UUID, token_id: UUID, parts: PartsNeeded, desk: Desk, at: At) -> Response:
    """End a program's token."""

    def act(meta: Meta) -> Shown:
        log = parts.services.log
        revoke_of_program(log, desk, account_id, token_id, now=at.now, meta=meta)
        return Shown(done="令牌已吊销。")

    return answer_act(parts, desk, account_id, at, act)


def answer_act(
    parts: Parts, desk: SignInDesk, account_id: UUID, at: Visitor, act: Act
) -> HTMLResponse:
    """Act, and show the account as it stands then."""
    meta = meta_of_present(None, f"screen {at.address}")
    try:
        shown = act(meta)
    except MonitoringError as refusal:
        shown = Shown(problem=str(refusal), status=fault_of(refusal).status)
    return person_page(parts, desk, account_id, shown)


def _wait(parts: Parts, position: int) -> None:
    """Let the tables catch up with what was done, so that the page shows it."""
    try:
        parts.services.read_model.wait_for(position)
    except NotReadYetError:
        return


def person_page(parts: Parts, desk: SignInDesk, account_id: UUID, shown: Shown) -> HTMLResponse:
    """The page of an account."""
    accounts, lists = AccountList(parts.lookups.pool), HandOverLists(parts.lookups.pool)
    day, tree = today(parts.services.clock), parts.services.units_today()
    try:
        whole = look_up(parts.services.log, accounts, lists, account_id, day)
    except MonitoringError as refusal:
        problem, status = shown.problem or str(refusal), fault_of(refusal).status
        return office_page("nothing", PEOPLE.name, status=status, problem=problem)
    account = whole.account
    left = left_of(account, day)
    is_program = account.account_kind is AccountKind.PROGRAM
    roles = {
        role: name for role, name in ROLE_NAMES.items() if (role is Role.SERVICE) is is_program
    }
    return office_page(
        "person",
        account.name,
        status=shown.status,
        problem=shown.problem,
        done=shown.done,
        shown=shown,
        account=account,
        kind=KINDS[account.account_kind],
        is_program=is_program,
        grants=[_grant(grant, tree, whole) for grant in left],
        over=[_grant(one, tree, whole) for one in _over(account, left)],
        lent=[_lent(grant, tree, whole) for grant in whole.lent],
        handovers=[_handed(kept, whole) for kept in whole.handovers],
        tokens=_tokens(desk, account) if is_program else [],
        provider=parts.provider.client.name if parts.provider and not is_program else None,
        identities=_identities(desk, account),
        fillers=desk.fillers.of_account(account.id),
        roles=roles,
        today=day,
        units=filled.unit_names(tree),
        may=bool(present().actor.grants_for(Action.MANAGE_ACCOUNTS)),
    )


def _over(account: Account, left: tuple[Grant, ...]) -> list[Grant]:
    known = {grant.grant_id for grant in left}
    return [grant for grant in account.grants.values() if grant.grant_id not in known]


def _grant(grant: Grant, tree: UnitTree, whole: Whole) -> dict[str, Any]:
    return {
        "grant_id": grant.grant_id,
        "role": ROLE_NAMES[grant.role],
        "unit": where(tree, grant.place),
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
        "lender": whole.names.get(grant.lent_by, "") if grant.lent_by else None,
    }


def _lent(grant: GrantRow, tree: UnitTree, whole: Whole) -> dict[str, Any]:
    return {
        "to": whole.names.get(grant.account_id, ""),
        "role": ROLE_NAMES[Role(grant.role)],
        "unit": where(tree, grant.place),
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
    }


def _handed(kept: KeptList, whole: Whole) -> dict[str, Any]:
    return {
        "handover_id": kept.handover_id,
        "on": kept.on_day,
        "giver": kept.listed.giver,
        "taker": kept.listed.taker,
        "gave": kept.from_account == whole.account.id,
    }


def _told(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else None


def _identities(desk: SignInDesk, account: Account) -> list[dict[str, Any]]:
    return [
        {
            "subject": one.subject,
            "linked_at": _told(one.linked_at),
            "last_used_at": _told(one.last_used_at),
        }
        for one in desk.identities.of_account(account.id)
    ]


def _tokens(desk: SignInDesk, account: Account) -> list[dict[str, Any]]:
    return [
        {
            "token_id": token.token_id,
            "label": token.label,
            "expires_at": _told(token.expires_at),
            "last_used_at": _told(token.last_used_at),
            "revoked": token.revoked_at is not None,
        }
        for token in desk.tokens.of_account(account.id)
    ]


def where(tree: UnitTree, place: list[str] | tuple[str, ...]) -> str:
    """A place as people call it."""
    if not place:
        return "全部"
    known = tree.coded(place[-1])
    return f"{place[-1]} {known.name}" if known else place[-1]
