"""The list of accounts, and opening one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, Response

from domain.access.account import AccountKind
from domain.access.action import Action
from domain.access.errors import ROLE_NAMES
from domain.access.role import Role
from domain.errors import MonitoringError
from domain.unit_tree import UnitTree
from services.access.accounts import NewAccount, NewGrant, give_right, open_account
from services.access.offices import PEOPLE
from services.access.present import meta_of_present, present
from services.api.door.sign_in_page import At, Desk
from services.api.office import filled
from services.api.office.filled import Filled
from services.api.office.frame import office_page
from services.api.office.person import KINDS, Shown, person_page, where
from services.api.parts import PartsNeeded
from services.api.problems import fault_of
from services.clock import today
from services.founding import opened
from services.people import Listed, list_people
from services.readmodel.accounts import AccountList, Wanted

router = APIRouter(include_in_schema=False)

PAGE = 50

Typed = Annotated[str, Query(max_length=200)]


@router.get(PEOPLE.path)
def people_page(  # one for each control of the page
    parts: PartsNeeded,
    words: Typed = "",
    role: Typed = "",
    unit: Typed = "",
    state: Typed = "",
    after: Typed = "",
) -> HTMLResponse:
    """Accounts that fit, by login name."""
    tree = parts.services.units_today()
    asked = {"words": words.strip(), "role": role, "unit": unit.strip(), "state": state}
    try:
        wanted = Wanted(
            today(parts.services.clock),
            words.strip() or None,
            role if role in set(Role) else None,
            filled.place(tree, unit),
            {"open": False, "shut": True}.get(state),
            after,
            PAGE + 1,
        )
        found = list_people(AccountList(parts.lookups.pool), wanted)
    except MonitoringError as refusal:
        return _page(tree, asked, [], problem=str(refusal), status=fault_of(refusal).status)
    more = found[PAGE - 1].account.login if len(found) > PAGE else None
    return _page(tree, asked, [_row(one, tree, wanted) for one in found[:PAGE]], more=more)


@router.post(PEOPLE.path)
def open_one(  # noqa: PLR0913, PLR0917  # one for each field of the form
    parts: PartsNeeded,
    desk: Desk,
    visitor: At,
    login: Filled,
    name: Filled,
    kind: Annotated[AccountKind, Form()],
    role: Annotated[str, Form(max_length=40)] = "",
    unit: Filled = "",
) -> Response:
    """Open an account, with its first right where one is chosen."""
    services, tree = parts.services, parts.services.units_today()
    meta = meta_of_present(None, f"screen {visitor.address}")
    try:
        asked_role = Role(role) if role in set(Role) else None
        place = filled.role_at(tree, asked_role, unit) if asked_role else ()
        region = opened(services.log, services.settings.region, meta).region
        asked = NewAccount(
            region, filled.said(login, "登录名"), filled.said(name, "姓名或系统名称"), kind
        )
        done = open_account(services.log, desk, asked, now=visitor.now, meta=meta)
    except MonitoringError as refusal:
        typed = {"login": login, "name": name, "kind": kind, "role": role, "unit": unit}
        status = fault_of(refusal).status
        return _page(tree, {}, [], typed=typed, problem=str(refusal), status=status)
    problem = None
    if asked_role is not None:
        right = NewGrant(asked_role, place, today(services.clock))
        try:
            give_right(services.log, done.account_id, right, reason="开户", meta=meta)
        except MonitoringError as refusal:
            problem = f"账户已开立，但没有授权：{refusal}"
    return person_page(
        parts,
        desk,
        done.account_id,
        Shown(problem=problem, done="账户已开立。", password=done.temporary_password),
    )


def _row(one: Listed, tree: UnitTree, wanted: Wanted) -> dict[str, object]:
    rights = [
        f"{ROLE_NAMES[Role(grant.role)]}　{where(tree, grant.place)}"
        + ("（受托）" if grant.lent_by else "")
        for grant in one.grants
        if not grant.is_over(wanted.day)
    ]
    return {"account": one.account, "kind": KINDS[AccountKind(one.account.kind)], "rights": rights}


def _page(  # noqa: PLR0913  # what was asked, what was found, and what was said
    tree: UnitTree,
    asked: dict[str, str],
    rows: list[dict[str, object]],
    *,
    typed: dict[str, str] | None = None,
    more: str | None = None,
    problem: str | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    empty = {"words": "", "role": "", "unit": "", "state": ""}
    blank = {"login": "", "name": "", "kind": "person", "role": "", "unit": ""}
    return office_page(
        "people",
        PEOPLE.name,
        status=status,
        problem=problem,
        asked=empty | asked,
        typed=typed,
        blank=typed or blank,
        rows=rows,
        more=more,
        roles=ROLE_NAMES,
        kinds=KINDS,
        units=filled.unit_names(tree),
        may=bool(present().actor.grants_for(Action.MANAGE_ACCOUNTS)),
    )
