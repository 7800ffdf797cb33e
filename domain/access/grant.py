"""A role, for a place and a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access.action import Action
from domain.access.place import Place, covers
from domain.access.rights import RIGHTS, Reach
from domain.access.role import Role


@dataclass(frozen=True, slots=True)
class Grant:
    """``ends_on`` is its last day, None while nobody ended it.

    ``lent_by`` is the account whose right it is while somebody stands in for it.
    """

    grant_id: UUID
    role: Role
    place: Place
    starts_on: date
    ends_on: date | None = None
    lent_by: UUID | None = None

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day, its first and last included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def allows(self, action: Action, place: Place) -> bool:
        """Whether its role may do this at a place; the day is not asked."""
        reach = RIGHTS[action].get(self.role)
        if reach is Reach.OWN:
            return place == self.place
        return reach is Reach.REGION or (reach is Reach.BELOW and covers(self.place, place))
