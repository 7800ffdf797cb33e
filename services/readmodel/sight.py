"""Whose rows somebody sees: all of them, or those of some units."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import TupleRow

from services.sql import named_statements

SQL = named_statements("services.readmodel", "sight.sql")


@dataclass(frozen=True, slots=True)
class Sight:
    """``keys`` are those of ``domain.access.unit_key``; None sees everything.

    ``login`` sees what it brought in itself, as its own imports.
    """

    keys: frozenset[str] | None
    login: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.keys is None

    def sees(self, key: str) -> bool:
        """Whether rows of a unit are shown."""
        return self.keys is None or key in self.keys

    @property
    def parameters(self) -> dict[str, object]:
        """For statements that show rows by unit; NULL shows all."""
        return {"keys": None if self.keys is None else sorted(self.keys), "login": self.login}

    def impose(self, connection: Connection[TupleRow]) -> None:
        """Tell the database, for the present transaction alone: its own policies hold it too."""
        values = {
            "whole": "yes" if self.is_whole else "",
            "units": "\n".join(sorted(self.keys or ())),
            "login": self.login,
        }
        connection.execute(SQL["impose"], values)


EVERYTHING = Sight(None)
"""For the service's own work."""
