"""The list of units is kept: registered, renamed, moved, merged, with who heads them (单位管理)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.errors import MonitoringError, NotOnRecordError
from domain.unit import Post, Unit, UnitEntry
from domain.unit_tree import KnownUnit, UnitTree
from services.access.contacts import Contact, Contacts
from services.access.permitting import permit
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.recording import Recorded
from services.retrying import decide_again, once

LOCAL = "县"
"""How the numbers begin that a county gives itself (县编号)."""


class UnitCodeTakenError(MonitoringError):
    """Another unit has the code."""

    code = "unit_code_taken"

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"编码{code}已是“{name}”的编码。请核对编码，或先查看该单位。")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be put on the list; without ``code`` it gets a local one (县编号)."""

    name: str
    code: str | None = None
    parent: UUID | None = None


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """A unit that was put on the list, and the position behind which it can be read."""

    unit_id: UUID
    code: str
    position: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Whose turn it is at a post; ``person`` None leaves it vacant."""

    unit_id: UUID
    post: Post
    person: str | None
    telephone: str | None
    on: date


def unit_of(tree: UnitTree, code: str) -> KnownUnit:
    """The unit of a code; NotOnRecordError."""
    found = tree.coded(code)
    if found is None:
        raise NotOnRecordError(f"单位编码{code}")
    return found


def free_local_code(tree: UnitTree, taken: frozenset[str] = frozenset()) -> str:
    """The next number of the county's own: 县0001 and on."""
    number = 1
    while tree.coded(code := f"{LOCAL}{number:04d}") is not None or code in taken:
        number += 1
    return code


def register_unit(  # noqa: PLR0913  # what is registered, and who asked by which command
    log: Log,
    tree: UnitTree,
    region: str,
    new: NewUnit,
    *,
    on: date,
    meta: Meta,
    command: Command | None = None,
) -> RegisteredUnit:
    """Put a unit on the list.

    Raises:
        UnitCodeTakenError: another unit has, or had, the code.
    """
    permit(Action.MANAGE_UNITS)
    code = new.code or free_local_code(tree)
    entry = UnitEntry(region, code, new.name, new.parent, is_local=new.code is None)
    asked = replace(command or Command(uuid4(), b""), answer=code)

    def decide() -> Appended:
        known = tree.coded(code)
        if known is not None:
            raise UnitCodeTakenError(code, known.name)
        return log.save(Unit(entry, on), meta=meta, command=asked)

    done = once(log, command, decide)
    code = str(done.answer)
    return RegisteredUnit(Unit.create_id(replace(entry, code=code)), code, done.last_position)


def rename_unit(  # noqa: PLR0913  # what is changed, and who asked by which command
    log: Log,
    unit_id: UUID,
    name: str,
    *,
    on: date,
    document_no: str | None = None,
    meta: Meta,
    command: Command | None = None,
) -> Recorded:
    """Give a unit another name from a day on; UnitMergedError."""

    def change(unit: Unit) -> bool:
        return unit.rename(name, on=on, document_no=document_no)

    return _change(log, unit_id, change, meta, command)


def move_unit(  # noqa: PLR0913  # what is changed, and who asked by which command
    log: Log,
    tree: UnitTree,
    unit_id: UUID,
    parent: UUID | None,
    *,
    on: date,
    document_no: str | None = None,
    meta: Meta,
    command: Command | None = None,
) -> Recorded:
    """Put a unit under another one from a day on (划转).

    Raises:
        UnitUnderItselfError: the parent is the unit, or stands below it.
        UnitMergedError: the unit is no more on that day.
    """
    tree.require_outside(unit_id, parent)

    def change(unit: Unit) -> bool:
        return unit.move(parent, on=on, document_no=document_no)

    return _change(log, unit_id, change, meta, command)


def merge_unit(  # noqa: PLR0913  # what is changed, and who asked by which command
    log: Log,
    tree: UnitTree,
    unit_id: UUID,
    into: UUID,
    *,
    on: date,
    document_no: str | None = None,
    meta: Meta,
    command: Command | None = None,
) -> Recorded:
    """Merge a unit into another one from a day on (合并); places lead to that one then.

    Raises:
        UnitUnderItselfError: into itself, or into a unit below it.
        UnitMergedError: it was merged before.
    """
    tree.require_outside(unit_id, into)

    def change(unit: Unit) -> bool:
        return unit.merge(into, on=on, document_no=document_no)

    return _change(log, unit_id, change, meta, command)


def take_code(  # noqa: PLR0913  # what is changed, and who asked by which command
    log: Log,
    tree: UnitTree,
    unit_id: UUID,
    code: str,
    *,
    on: date,
    meta: Meta,
    command: Command | None = None,
) -> Recorded:
    """Give a unit the code that came later; what names it by the old one still finds it.

    Raises:
        UnitCodeTakenError: another unit has, or had, the code.
    """
    known = tree.coded(code)
    if known is not None and known.unit_id != unit_id:
        raise UnitCodeTakenError(code, known.name)
    return _change(log, unit_id, lambda unit: unit.take_code(code, on=on), meta, command)


def place_contact(
    log: Log, contacts: Contacts, placed: Placed, *, meta: Meta, command: Command | None = None
) -> Recorded:
    """Say who heads a unit or reports for it from a day on; the same person again is nothing new.

    Raises:
        NotOnRecordError: there is no such unit.
    """
    permit(Action.MANAGE_UNITS)
    now = contacts.in_force([placed.unit_id], placed.on).get((placed.unit_id, placed.post))
    same = placed.person is None if now is None else now.same_person(*_said(placed))
    if same:
        log.get(Unit, placed.unit_id)
        return Recorded(log.head(), changed=False)
    contact = Contact(uuid4(), placed.unit_id, placed.post, *_said(placed), placed.on)
    contacts.keep(contact)

    def change(unit: Unit) -> bool:
        known = contact.contact_id if contact.person else None
        unit.change_contact(placed.post, known, on=placed.on)
        return True

    try:
        return _change(log, placed.unit_id, change, meta, command)
    except BaseException:
        contacts.forget(contact.contact_id)
        raise


def _said(placed: Placed) -> tuple[str | None, str | None]:
    """Name and telephone; nobody has no telephone."""
    return placed.person, placed.telephone if placed.person else None


def _change(
    log: Log,
    unit_id: UUID,
    change: Callable[[Unit], bool],
    meta: Meta,
    command: Command | None,
) -> Recorded:
    """Load, decide, save; again when somebody else was first."""
    permit(Action.MANAGE_UNITS)

    def decide() -> Recorded:
        unit = log.get(Unit, unit_id)
        changed = change(unit)
        done = log.save(unit, meta=meta, command=command)
        return Recorded(done.last_position, changed=changed or done.repeated)

    return decide_again(decide)
