"""The tree of units at (`as_of`, `known_at`)."""

from __future__ import annotations

from datetime import date

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.unit_tree import UnitChange, UnitTree, units_on
from services.readmodel.documents import from_document
from services.sql import named_statements

SQL = named_statements("services.readmodel", "units.sql")


def unit_tree(
    connection: Connection[TupleRow], region: str, as_of: date, known_at: int
) -> UnitTree:
    """The units of a region as they stood on a day, by what was known up to a position."""
    values = {"region": region, "as_of": as_of, "known_at": known_at}
    found = connection.execute(SQL["changes"], values)
    return units_on((from_document(UnitChange, row[0]) for row in found), as_of)
