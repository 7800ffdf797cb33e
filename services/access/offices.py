"""The plain pages behind the screen, and who finds them in the menu."""

from __future__ import annotations

from dataclasses import dataclass

from domain.access.action import Action
from domain.access.authorize import Actor


@dataclass(frozen=True, slots=True)
class Office:
    """A page: its address, its name, and what its reader has to be allowed to read."""

    path: str
    name: str
    needs: Action | None


AUDIT = Office("/audit", "审计记录", Action.READ_AUDIT)

PEOPLE = Office("/people", "账户与人员", Action.READ_ACCOUNTS)
CONTACTS = Office("/contacts", "单位联系人", Action.READ_UNIT)

FILLER = "/filler"
"""Where whoever uses a unit's shared account says who he is."""

OFFICES = (CONTACTS, PEOPLE, AUDIT)


def offices_of(actor: Actor) -> list[Office]:
    """The pages that are somebody's."""
    return [one for one in OFFICES if one.needs is None or actor.grants_for(one.needs)]
