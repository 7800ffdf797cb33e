"""Who declares, spends and reports (预算单位、主管部门), from when to when (rules §1).

A unit stands below another one, a department directly below the region. Its id derives from
the code it was registered under; codes that come later are aliases. Who heads it and who
reports for it are people: their names and telephones are not in the log (architecture §3),
which holds that they changed, and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from eventsourcing.domain import event

from domain.errors import MonitoringError
from domain.event import DomainAggregate
from domain.identity import derived_id

Value = TypeVar("Value")


class Post(StrEnum):
    """For what a unit names a person."""

    HEAD = "负责人"
    REPORTER = "填报人"


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit as it is put on the list.

    ``parent`` is the unit it stands under, None for a department. ``is_local``: the county
    numbered it itself (县编号), because it has no code yet.
    """

    region: str
    code: str
    name: str
    parent: UUID | None = None
    is_local: bool = False


class UnitMergedError(MonitoringError):
    """The unit is no more: it was merged into another."""

    code = "unit_merged"

    def __init__(self, name: str, since: date) -> None:
        super().__init__(
            f"“{name}”自{since}起已并入其他单位，不再接受此项变更。请改为变更并入后的单位。"
        )


class UnitNotYetError(MonitoringError):
    """A change is dated before the unit's first day."""

    code = "unit_not_yet"

    def __init__(self, name: str, since: date, given: date) -> None:
        super().__init__(
            f"“{name}”自{since}起才有登记，日期不能是{given}。请改为{since}或以后的日期。"
        )


class UnitUnderItselfError(MonitoringError):
    """A unit would stand under itself, or be merged into itself."""

    code = "unit_under_itself"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不能归到自己或自己的下级之下。请核对上级单位。")


class Unit(DomainAggregate):
    """One unit, from its registration to its merger."""

    TOPIC = "unit"

    class Event(DomainAggregate.Event):
        """Anything recorded about a unit."""

    class Registered(Event, DomainAggregate.Created):
        """单位已登记."""

        TOPIC = "unit.registered"
        entry: UnitEntry
        registered_on: date

    Created = Registered

    class Renamed(Event):
        """单位已更名."""

        TOPIC = "unit.renamed"
        name: str
        renamed_on: date
        document_no: str | None

    class Moved(Event):
        """单位已划转到另一主管部门."""

        TOPIC = "unit.moved"
        parent: UUID | None
        moved_on: date
        document_no: str | None

    class Merged(Event):
        """单位已并入另一单位."""

        TOPIC = "unit.merged"
        into: UUID
        merged_on: date
        document_no: str | None

    class CodeTaken(Event):
        """单位已启用编码."""

        TOPIC = "unit.code_taken"
        code: str
        taken_on: date

    class ContactChanged(Event):
        """单位负责人或填报人已变更."""

        TOPIC = "unit.contact_changed"
        post: Post
        contact_id: UUID | None
        changed_on: date

    @event(Registered)
    def __init__(self, entry: UnitEntry, registered_on: date) -> None:
        self.region = entry.region
        self.since = registered_on
        self.codes = {entry.code: registered_on}
        self.names = {registered_on: entry.name}
        self.parents = {registered_on: entry.parent}
        self.merged_into: UUID | None = None
        self.merged_on: date | None = None
        self.contacts: dict[Post, UUID | None] = {}

    @staticmethod
    def create_id(entry: UnitEntry) -> UUID:
        """Derive the id, so that registering twice collides in the log itself."""
        return derived_id("unit", entry.region, entry.code)

    def rename(self, name: str, *, on: date, document_no: str | None = None) -> bool:
        """Take another name from a day on; answer whether that says anything new.

        Raises:
            UnitMergedError, UnitNotYetError: there is no such unit on that day.
        """
        self._require_alive(on)
        if latest(self.names, on) == name:
            return False
        self._rename(name, on, document_no)
        return True

    @event(Renamed)
    def _rename(self, name: str, renamed_on: date, document_no: str | None) -> None:  # noqa: ARG002
        self.names[renamed_on] = name

    def move(self, parent: UUID | None, *, on: date, document_no: str | None = None) -> bool:
        """Stand under another unit from a day on; answer whether that says anything new.

        Whether the parent stands under this unit is asked of the tree before.

        Raises:
            UnitUnderItselfError: the parent is this unit.
            UnitMergedError, UnitNotYetError: there is no such unit on that day.
        """
        self._require_alive(on)
        if parent == self.id:
            raise UnitUnderItselfError(self.name)
        if latest(self.parents, on) == parent:
            return False
        self._move(parent, on, document_no)
        return True

    @event(Moved)
    def _move(self, parent: UUID | None, moved_on: date, document_no: str | None) -> None:  # noqa: ARG002
        self.parents[moved_on] = parent

    def merge(self, into: UUID, *, on: date, document_no: str | None = None) -> bool:
        """End as a unit of its own; the same merger again changes nothing.

        Raises:
            UnitUnderItselfError: it is this unit.
            UnitMergedError: it was merged into another one before.
            UnitNotYetError: the day lies before the unit's first.
        """
        self._require_begun(on)
        if into == self.id:
            raise UnitUnderItselfError(self.name)
        if self.merged_on is not None:
            if (self.merged_into, self.merged_on) == (into, on):
                return False
            raise UnitMergedError(self.name, self.merged_on)
        self._merge(into, on, document_no)
        return True

    @event(Merged)
    def _merge(self, into: UUID, merged_on: date, document_no: str | None) -> None:  # noqa: ARG002
        self.merged_into = into
        self.merged_on = merged_on

    def take_code(self, code: str, *, on: date) -> bool:
        """Take a code that came later; it is an alias, the id stays (rules §1).

        Raises:
            UnitNotYetError: the day lies before the unit's first.
        """
        self._require_begun(on)
        if code in self.codes:
            return False
        self._take_code(code, on)
        return True

    @event(CodeTaken)
    def _take_code(self, code: str, taken_on: date) -> None:
        self.codes[code] = taken_on

    def change_contact(self, post: Post, contact_id: UUID | None, *, on: date) -> None:
        """Record that somebody else holds a post from a day on, None: nobody.

        Who that is stands under ``contact_id`` outside the log.
        """
        self._change_contact(post, contact_id, on)

    @event(ContactChanged)
    def _change_contact(self, post: Post, contact_id: UUID | None, changed_on: date) -> None:  # noqa: ARG002
        self.contacts[post] = contact_id

    @property
    def name(self) -> str:
        """The name it took last."""
        return self.names[max(self.names)]

    def _require_alive(self, on: date) -> None:
        self._require_begun(on)
        if self.merged_on is not None and on >= self.merged_on:
            raise UnitMergedError(self.name, self.merged_on)

    def _require_begun(self, on: date) -> None:
        if on < self.since:
            raise UnitNotYetError(self.name, self.since, on)


def latest(values: dict[date, Value], on: date) -> Value | None:
    """The value of the latest day not after another; None before the first."""
    days = [day for day in values if day <= on]
    return values[max(days)] if days else None
