"""Who caused an event, by which command, and through which door (architecture §3)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata kept with every event.

    ``actor`` is the account that acted, ``source`` the door it came through (screen, API,
    a row of an import); ``command_id`` is None where no command asked, as at a first start.
    ``filler`` is who filled in with an account of several people: an id whose name and telephone
    stand outside the log (services/access/fillers.py).
    """

    actor: str
    command_id: UUID | None
    source: str
    filler: UUID | None = None
