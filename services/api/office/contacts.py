"""Who heads each unit and who reports for it, with telephone."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, Response

from domain.access.action import Action
from domain.errors import MonitoringError
from domain.identity import normalised_name
from domain.unit import Post
from domain.unit_tree import KnownUnit
from services.access.contacts import Contact, Contacts
from services.access.form_errors import NotFilledError
from services.access.offices import CONTACTS
from services.access.permitting import permit
from services.access.present import meta_of_present, present
from services.api.door.sign_in_page import At
from services.api.office import filled
from services.api.office.filled import Filled
from services.api.office.frame import office_page
from services.api.parts import Parts, PartsNeeded
from services.api.problems import fault_of
from services.clock import today
from services.keeping_units import Placed, place_contact

router = APIRouter(include_in_schema=False)


@router.get(CONTACTS.path)
def contacts_page(
    parts: PartsNeeded, words: Annotated[str, Query(max_length=200)] = ""
) -> HTMLResponse:
    """All units with the people they name."""
    return _page(parts, words)


@router.post(CONTACTS.path)
def change(  # noqa: PLR0913, PLR0917  # one for each field of the form
    parts: PartsNeeded,
    at: At,
    unit: Filled,
    post: Annotated[str, Form(max_length=20)],
    person: Filled = "",
    telephone: Filled = "",
    on: Filled = "",
) -> Response:
    """Name somebody from a day on; nobody, and the post is vacant."""
    services = parts.services
    meta = meta_of_present(None, f"screen {at.address}")
    try:
        found = filled.unit(services.units_today(), unit)
        if post not in set(Post):
            raise NotFilledError("职责")
        placed = Placed(
            found.unit_id,
            Post(post),
            person.strip() or None,
            telephone.strip() or None,
            filled.day(on, "起始日", today(services.clock)),
        )
        place_contact(services.log, Contacts(parts.lookups.pool), placed, meta=meta)
    except MonitoringError as refusal:
        return _page(parts, "", problem=str(refusal), status=fault_of(refusal).status)
    name = placed.person or "空缺"
    return _page(parts, found.code, done=f"{found.name}的{post}：{name}，{placed.on}起。")


def _page(
    parts: Parts,
    words: str,
    *,
    done: str | None = None,
    problem: str | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    tree, day = parts.services.units_today(), today(parts.services.clock)
    try:
        permit(Action.READ_UNIT, CONTACTS.name)
    except MonitoringError as refusal:
        status = fault_of(refusal).status
        return office_page("nothing", CONTACTS.name, status=status, problem=str(refusal))
    held = Contacts(parts.lookups.pool).in_force(tree.units, day)
    rows = [_row(depth, unit, held) for depth, unit in tree.walk()]
    wanted = normalised_name(words)
    return office_page(
        "contacts",
        CONTACTS.name,
        status=status,
        done=done,
        problem=problem,
        words=words.strip(),
        rows=[row for row in rows if not wanted or wanted in row["searched"]],
        posts=[post.value for post in Post],
        today=day,
        units=filled.unit_names(tree),
        may=bool(present().actor.grants_for(Action.MANAGE_UNITS)),
    )


def _row(depth: int, unit: KnownUnit, held: Mapping[tuple[UUID, Post], Contact]) -> dict[str, str]:
    row = {"code": unit.code, "name": unit.name, "depth": str(min(depth, 3))}
    for post in Post:
        contact = held.get((unit.unit_id, post))
        row[post.value] = (contact.person or "") if contact else ""
        row[f"{post.value}电话"] = (contact.telephone or "") if contact else ""
        row[f"{post.value}自"] = f"{contact.from_day}" if contact else ""
    row["searched"] = normalised_name(" ".join(row.values()))
    return row
