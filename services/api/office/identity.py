"""Whose account an identity at the provider is: the desk invites, and takes it back."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.access.offices import PEOPLE
from services.access.oidc.client import LINK
from services.access.oidc.linking import invite_to_link, unlink
from services.api.door.sign_in_page import At, Desk
from services.api.office.person import Shown, answer_act
from services.api.parts import PartsNeeded
from services.log.meta import Meta

router = APIRouter(prefix=PEOPLE.path, include_in_schema=False)


@router.post("/{account_id}/identity/invitation")
def invite(account_id: UUID, parts: PartsNeeded, desk: Desk, at: At) -> Response:
    """Make the link by which somebody links his identity; it is shown this once."""

    def act(_: Meta) -> Shown:
        key = invite_to_link(parts.services.log, desk, account_id, now=at.now)
        base = parts.services.settings.address.rstrip("/")
        return Shown(done="关联链接已生成。", link=f"{base}{LINK}?key={key}")

    return answer_act(parts, desk, account_id, at, act)


@router.post("/{account_id}/identity/unlink")
def take_back(account_id: UUID, parts: PartsNeeded, desk: Desk, at: At) -> Response:
    """Take every identity from the account."""

    def act(meta: Meta) -> Shown:
        ended = unlink(parts.services.log, desk, account_id, meta=meta)
        return Shown(done=f"已解除{ended}项关联，全部登录已结束。" if ended else "没有关联。")

    return answer_act(parts, desk, account_id, at, act)
