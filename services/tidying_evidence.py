"""What a crash left of evidence files is put in order, every night (佐证材料)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.attaching import EvidenceDesk
from services.readmodel.evidence import EvidenceFiles

SETTLED_AFTER = timedelta(days=1)
"""A file that is not on record by then never will be: whoever sent it was told so."""
_LOOKED_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many keys were destroyed late, and how many files never came onto record."""

    destroyed: int
    removed: int

    def __bool__(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.destroyed or self.removed)


def tidy(desk: EvidenceDesk, files: EvidenceFiles, now: datetime) -> Tidied:
    """Destroy what the record says is destroyed, and remove what it does not know."""
    left = desk.keys.of(files.destroyed())
    for file_id in left:
        desk.keys.destroy(file_id)
    kept = desk.keys.kept_between(now - _LOOKED_BACK, now - SETTLED_AFTER)
    known = desk.log.exists({file_id for file_id, _ in kept})
    strays = [digest for file_id, digest in kept if file_id not in known]
    for digest in strays:
        desk.vault.discard(digest)
        desk.keys.forget(digest)
    return Tidied(len(left), len(strays))
