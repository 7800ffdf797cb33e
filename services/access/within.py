"""Who acts where nobody signed in: the service's own jobs, and the console of the machine."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from domain.access.account import Account, AccountKind
from domain.access.authorize import Actor
from domain.access.grant import Grant
from domain.access.place import REGION
from domain.access.role import Role
from services.access.signing_in import Person

_FIRST_DAY = date(2000, 1, 1)


def within(login: str, roles: frozenset[Role] = frozenset(Role)) -> Person:
    """Somebody of the house with these roles in the whole region; on no record, by any key.

    ``login`` is what stands beside its acts: the timetable, the console.
    """
    account = Account("", login, login, AccountKind.PROGRAM)
    return Person(account, Actor(account.id, login, tuple(_grants(account.id, roles))))


def is_of_the_house(person: Person) -> bool:
    """Whether somebody is one of these, and no account."""
    return not person.account.region


def _grants(account_id: UUID, roles: frozenset[Role]) -> list[Grant]:
    return [Grant(uuid5(account_id, role), role, REGION, _FIRST_DAY) for role in sorted(roles)]


MACHINE = frozenset({Role.OPERATOR})
"""What the console may do in a store that has accounts: run the machine, see no content."""
