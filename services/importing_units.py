"""Lists of units come in (单位名单导入): registered, renamed, moved, coded, with who heads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from domain.errors import MonitoringError
from domain.importing import ImportKind, Tally
from domain.unit import Post, Unit
from services.access.contacts import Contact, Contacts
from services.helping import aids_for
from services.importing_rows import RowsKind, Survey
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.intake.tables.table import RowProblem
from services.intake.units import PersonRow, UnitFile, read_units
from services.planning_units import Days, WantedUnit, plan_units
from services.recording import Door, Upload

_UNIT_BYTES = 1_500

InForce = Mapping[tuple[UUID, Post], Contact]


def _read(door: Door, upload: Upload) -> UnitFile:
    aids = aids_for(door.lookups, upload, ImportKind.UNITS)
    file = in_child(read_units, upload.content, aids)
    if not (file.rows or file.heard.errors):
        raise UnreadableFileError("表头以下没有单位。")
    return file


def _survey(door: Door, upload: Upload, file: UnitFile) -> Survey[WantedUnit]:
    """Say what the list wants, and what of it is new; nothing is stored."""
    tree = door.lookups.units(upload.region, door.today)
    since = min(date(upload.fiscal_year, 1, 1), door.today)
    plan = plan_units(file.rows, tree, upload.region, Days(since, door.today))
    survey: Survey[WantedUnit] = Survey(
        problems=[*file.heard.errors, *plan.problems],
        notes=file.heard.all_notes(),
        columns=file.heard.columns,
    )
    if plan.implied:
        survey.notes.append(f"主管部门不在名单中，按各单位所列登记{plan.implied}个。")
    if plan.numbered:
        survey.notes.append(f"没有编码，由系统编县编号{plan.numbered}个；以后可启用正式编码。")
    units = door.log.get_many(Unit, [wanted.unit_id for wanted in plan.wanted])
    contacts = Contacts(door.lookups.pool).in_force(units, door.today)
    said: Counter[str] = Counter()
    for wanted in plan.wanted:
        _try(wanted, units.get(wanted.unit_id), contacts, survey, said)
    survey.notes += [f"{what}{count}个。" for what, count in said.items()]
    return survey


def _try(
    wanted: WantedUnit,
    unit: Unit | None,
    contacts: InForce,
    survey: Survey[WantedUnit],
    said: Counter[str],
) -> None:
    try:
        changed = _change(unit or Unit(wanted.entry, wanted.since), wanted, known=unit is not None)
    except MonitoringError as problem:
        survey.problems.append(RowProblem(wanted.entry.code, "单位", str(problem)))
        return
    people = [
        person
        for person in wanted.persons
        if not _is_named(contacts.get((wanted.unit_id, person.post)), unit, person)
    ]
    if people:
        changed.append("变更负责人或填报人")
    said.update(changed)
    survey.tally += Tally(stored=1) if changed else Tally(known=1)
    survey.items.append(wanted)


def _change(unit: Unit, wanted: WantedUnit, *, known: bool) -> list[str]:
    """Let a unit be as wanted; answer what that changed.

    Raises:
        MonitoringError: the unit was merged, or cannot stand there.
    """
    on = max(wanted.changed_on, unit.since)
    entry = wanted.entry
    changed = [] if known else ["新登记"]
    if unit.rename(entry.name, on=on, document_no=wanted.document_no):
        changed.append("更名")
    if wanted.placed and unit.move(entry.parent, on=on, document_no=wanted.document_no):
        changed.append("划转")
    if wanted.code and unit.take_code(wanted.code, on=on):
        changed.append("启用编码")
    return changed


def _is_named(known: Contact | None, unit: Unit | None, person: PersonRow) -> bool:
    """Whether a person is on record for the post, beside the log and in it."""
    if known is None or unit is None:
        return False
    on_record = unit.contacts.get(person.post) == known.contact_id
    return on_record and known.same_person(person.person, person.telephone)


def _decide(door: Door, chunk: Sequence[WantedUnit]) -> tuple[Tally, list[Unit]]:
    units = door.log.get_many(Unit, [wanted.unit_id for wanted in chunk])
    contacts = Contacts(door.lookups.pool)
    in_force = contacts.in_force([wanted.unit_id for wanted in chunk], door.today)
    tally = Tally()
    for wanted in chunk:
        known = wanted.unit_id in units
        unit = units.setdefault(wanted.unit_id, Unit(wanted.entry, wanted.since))
        changed = bool(_change(unit, wanted, known=known))
        for person in wanted.persons:
            now = in_force.get((wanted.unit_id, person.post))
            if not _is_named(now, unit, person):
                _name(contacts, unit, wanted, person)
                changed = True
        tally += Tally(stored=1) if changed else Tally(known=1)
    return tally, list(units.values())


def _name(contacts: Contacts, unit: Unit, wanted: WantedUnit, person: PersonRow) -> None:
    """Keep who it is beside the log, then say in the log that it changed.

    The id follows from the change and says nothing of the person: a chunk that is tried again
    finds its own row.
    """
    on = max(wanted.changed_on, unit.since)
    number = len(unit.pending_events) + unit.version
    contact_id = uuid5(unit.id, f"{person.post}/{on}/{number}")
    contact = Contact(contact_id, unit.id, person.post, person.person, person.telephone, on)
    contacts.keep(contact)
    unit.change_contact(person.post, contact_id, on=on)


def _weigh(_: WantedUnit) -> tuple[int, int]:
    return 1, _UNIT_BYTES


UNITS = RowsKind(ImportKind.UNITS, UnitFile, _read, _survey, _decide, _weigh)
