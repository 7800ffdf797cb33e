"""Rows about units: a change each, from which the tree of a day is folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.unit import Unit
from domain.unit_tree import UnitChange
from services.log.reading import LoggedEvent
from services.projections.window import EventClass, Window
from services.readmodel.documents import as_document
from services.sql import named_statements

SQL = named_statements("services.projections", "units.sql")


def _registered(entry: LoggedEvent, event: Unit.Registered) -> UnitChange:
    told = event.entry
    return UnitChange(
        event.originator_id,
        event.registered_on,
        entry.position,
        code=told.code,
        name=told.name,
        parent=told.parent,
        registered=True,
        is_local=told.is_local,
    )


def _renamed(entry: LoggedEvent, event: Unit.Renamed) -> UnitChange:
    return UnitChange(event.originator_id, event.renamed_on, entry.position, name=event.name)


def _moved(entry: LoggedEvent, event: Unit.Moved) -> UnitChange:
    return UnitChange(
        event.originator_id, event.moved_on, entry.position, parent=event.parent, moved=True
    )


def _merged(entry: LoggedEvent, event: Unit.Merged) -> UnitChange:
    return UnitChange(event.originator_id, event.merged_on, entry.position, merged_into=event.into)


def _code_taken(entry: LoggedEvent, event: Unit.CodeTaken) -> UnitChange:
    return UnitChange(event.originator_id, event.taken_on, entry.position, code=event.code)


CHANGES: dict[EventClass, Callable[[LoggedEvent, Any], UnitChange]] = {
    Unit.Registered: _registered,
    Unit.Renamed: _renamed,
    Unit.Moved: _moved,
    Unit.Merged: _merged,
    Unit.CodeTaken: _code_taken,
}


class UnitRows:
    """Few events, one row each."""

    name = "units"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a row for each change of a unit."""
        for entry in window.entries:
            known = CHANGES.get(type(entry.event))
            if known is None:
                continue
            change = known(entry, entry.event)
            row = {
                "unit_id": change.unit_id,
                "position": entry.position,
                "recorded_at": entry.recorded_at,
                "on_day": change.on,
                "document": as_document(change),
            }
            if isinstance(entry.event, Unit.Registered):
                cursor.execute(SQL["registered"], row | {"region": entry.event.entry.region})
            else:
                cursor.execute(SQL["changed"], row)
