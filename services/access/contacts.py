"""Who heads a unit and who reports for it, with telephone: kept outside the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from domain.unit import Post
from services.sql import named_statements

SQL = named_statements("services.access", "contacts.sql")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a post of a unit, from a day on until the next; no ``person``: vacant."""

    contact_id: UUID
    unit_id: UUID
    post: Post
    person: str | None
    telephone: str | None
    from_day: date

    def same_person(self, person: str | None, telephone: str | None) -> bool:
        """Whether it says the same."""
        return (self.person, self.telephone) == (person, telephone)


class Contacts:
    """The table ``operational.unit_contacts``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def keep(self, contact: Contact) -> None:
        """Keep a contact; the same id again changes nothing."""
        values = {name: getattr(contact, name) for name in Contact.__slots__}
        with self._pool.connection() as connection:
            connection.execute(SQL["keep"], values)

    def forget(self, contact_id: UUID) -> None:
        """Let go of a contact whose change did not come onto record."""
        with self._pool.connection() as connection:
            connection.execute(SQL["forget"], {"contact_id": contact_id})

    def in_force(self, units: Iterable[UUID], on: date) -> dict[tuple[UUID, Post], Contact]:
        """Who holds the posts of units on a day; vacant ones are left out."""
        values = {"units": list(units), "on": on}
        with self._pool.connection() as connection:
            rows = connection.execute(SQL["in_force"], values).fetchall()
        found = [Contact(row[0], row[1], Post(row[2]), *row[3:]) for row in rows]
        return {(one.unit_id, one.post): one for one in found if one.person}

    def of_person(self, person: str, units: Iterable[UUID], on: date) -> list[Contact]:
        """The posts that units name somebody for, by the name as it is printed."""
        held = self.in_force(units, on).values()
        return [one for one in held if one.person and one.person.strip() == person.strip()]
