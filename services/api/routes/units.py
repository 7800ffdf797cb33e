"""The tree of units: listed on a day, changed from a day on."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response

from domain.unit import Post
from domain.unit_tree import KnownUnit, UnitTree
from services.access.contacts import Contact, Contacts
from services.api.clocks import ClocksAsked
from services.api.parts import PartsNeeded
from services.api.problems import documented
from services.api.shapes.unit import (
    ChangedReply,
    ContactReply,
    ContactShape,
    MergeShape,
    MoveShape,
    NewUnitShape,
    RegisteredReply,
    RenameShape,
    TakeCodeShape,
    UnitReply,
    UnitsReply,
    UnitWhole,
)
from services.api.shapes.values import Code
from services.api.writes import Write, WriteAsked
from services.keeping_units import (
    NewUnit,
    Placed,
    merge_unit,
    move_unit,
    place_contact,
    register_unit,
    rename_unit,
    take_code,
    unit_of,
)
from services.recording import Recorded

router = APIRouter(
    prefix="/api/v1/units",
    tags=["单位"],
    responses=documented(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)

UnitCode = Annotated[Code, Path(description="单位编码，现用的或曾用的")]


@router.get("", summary="单位名单")
def list_units(parts: PartsNeeded, clocks: ClocksAsked) -> UnitsReply:
    """自上而下，主管部门在前，其下各单位随后。"""
    services = parts.services
    tree = services.read_model.units(services.region, clocks.as_of, clocks.known_at)
    items = tuple(_reply(tree, unit) for _, unit in tree.walk())
    return UnitsReply(items=items, position=clocks.position)


@router.get("/{code}", summary="一个单位")
def show_unit(code: UnitCode, parts: PartsNeeded, clocks: ClocksAsked) -> UnitWhole:
    """连同负责人和填报人。"""
    services = parts.services
    tree = services.read_model.units(services.region, clocks.as_of, clocks.known_at)
    unit = unit_of(tree, code)
    found = Contacts(parts.lookups.pool).in_force([unit.unit_id], clocks.as_of)
    plain = _reply(tree, unit)
    contacts = tuple(
        _contact(found[key]) for post in Post if (key := (unit.unit_id, post)) in found
    )
    return UnitWhole(**plain.model_dump(), contacts=contacts)


@router.post("", response_model=RegisteredReply, summary="登记单位")
def register(body: NewUnitShape, write: WriteAsked) -> Response:
    """不给编码的编县编号，以后可启用正式编码。"""

    def act() -> RegisteredReply:
        tree = _tree(write)
        parent = unit_of(tree, body.parent).unit_id if body.parent else None
        done = register_unit(
            write.log,
            tree,
            write.region,
            NewUnit(body.name, body.code, parent),
            on=body.on or write.today,
            meta=write.meta,
            command=write.command,
        )
        return RegisteredReply.model_validate(done)

    return write.once(act)


@router.post("/{code}/name", response_model=ChangedReply, summary="更名")
def rename(code: UnitCode, body: RenameShape, write: WriteAsked) -> Response:
    """自某日起用新名。"""

    def act() -> ChangedReply:
        unit = unit_of(_tree(write), code)
        done = rename_unit(
            write.log,
            unit.unit_id,
            body.name,
            on=body.on or write.today,
            document_no=body.document_no,
            meta=write.meta,
            command=write.command,
        )
        return _changed(done)

    return write.once(act)


@router.post("/{code}/move", response_model=ChangedReply, summary="划转")
def move(code: UnitCode, body: MoveShape, write: WriteAsked) -> Response:
    """自某日起归另一主管部门。"""

    def act() -> ChangedReply:
        tree = _tree(write)
        done = move_unit(
            write.log,
            tree,
            unit_of(tree, code).unit_id,
            unit_of(tree, body.parent).unit_id if body.parent else None,
            on=body.on or write.today,
            document_no=body.document_no,
            meta=write.meta,
            command=write.command,
        )
        return _changed(done)

    return write.once(act)


@router.post("/{code}/merger", response_model=ChangedReply, summary="合并")
def merge(code: UnitCode, body: MergeShape, write: WriteAsked) -> Response:
    """自某日起并入另一单位。"""

    def act() -> ChangedReply:
        tree = _tree(write)
        done = merge_unit(
            write.log,
            tree,
            unit_of(tree, code).unit_id,
            unit_of(tree, body.into).unit_id,
            on=body.on or write.today,
            document_no=body.document_no,
            meta=write.meta,
            command=write.command,
        )
        return _changed(done)

    return write.once(act)


@router.post("/{code}/codes", response_model=ChangedReply, summary="启用编码")
def give_code(code: UnitCode, body: TakeCodeShape, write: WriteAsked) -> Response:
    """县编号的单位有了正式编码；原编号仍找得到它。"""

    def act() -> ChangedReply:
        tree = _tree(write)
        done = take_code(
            write.log,
            tree,
            unit_of(tree, code).unit_id,
            body.code,
            on=body.on or write.today,
            meta=write.meta,
            command=write.command,
        )
        return _changed(done)

    return write.once(act)


@router.post("/{code}/contacts", response_model=ChangedReply, summary="变更负责人或填报人")
def change_contact(code: UnitCode, body: ContactShape, write: WriteAsked) -> Response:
    """姓名和电话不进入记录日志，日志只记何时由谁变更。"""

    def act() -> ChangedReply:
        unit = unit_of(_tree(write), code)
        placed = Placed(
            unit.unit_id, body.post, body.person, body.telephone, body.on or write.today
        )
        contacts = Contacts(write.parts.lookups.pool)
        done = place_contact(write.log, contacts, placed, meta=write.meta, command=write.command)
        return _changed(done)

    return write.once(act)


def _tree(write: Write) -> UnitTree:
    """The tree as the log has it now: a change of it builds on the one before.

    Raises:
        NotReadYetError: the read tables do not catch up in two seconds.
    """
    read_model = write.parts.services.read_model
    read_model.wait_for(write.log.head())
    return read_model.units(write.region, write.today)


def _changed(done: Recorded) -> ChangedReply:
    return ChangedReply(position=done.position, changed=done.changed)


def _reply(tree: UnitTree, unit: KnownUnit) -> UnitReply:
    values = {name: getattr(unit, name, None) for name in UnitReply.model_fields}
    return UnitReply.model_validate(values | {"place": tree.place(unit.unit_id)})


def _contact(contact: Contact) -> ContactReply:
    return ContactReply.model_validate(contact)
