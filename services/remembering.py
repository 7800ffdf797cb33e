"""What was said of the columns of a source, looked at and forgotten (对应关系)."""

from __future__ import annotations

from domain.errors import NotOnRecordError
from domain.importing import ImportKind
from services.access.permitting import permit_somewhere
from services.importing_rows import action_of
from services.intake.guessing import TABLES
from services.intake.mappings import Mappings, Remembered
from services.intake.vocabulary import vocabulary_of
from services.readmodel.lookups import Lookups
from services.running import visible_to


def remembered(lookups: Lookups) -> list[Remembered]:
    """The mappings that whoever is present may see, the latest first: all, or their own."""
    login = visible_to()
    return [one for one in Mappings(lookups.pool).all() if login is None or one.actor == login]


def forget(lookups: Lookups, kind: ImportKind, fingerprint: str) -> None:
    """Forget a mapping: the next file with these headings is read by the headings alone.

    Raises:
        NotOnRecordError: there is no such mapping, or it is nobody's business of who asks.
        NotAllowedError: whoever is present brings no such files in.
    """
    permit_somewhere(action_of(kind))
    if not any((one.kind, one.fingerprint) == (kind, fingerprint) for one in remembered(lookups)):
        raise NotOnRecordError(f"对应关系{fingerprint}")
    Mappings(lookups.pool).forget(kind, fingerprint)


def said_of(one: Remembered) -> list[tuple[str, str | None]]:
    """Each heading that was said to be something, with the field; None where it is left out."""
    words = vocabulary_of(TABLES[ImportKind(one.kind)])
    return [
        (heading, words.headings[name][0] if name else None)
        for heading, name in sorted(one.mapping.items())
        if not name or name in words.headings
    ]
