"""Letting a halted family of read tables pass an event it cannot take."""

from __future__ import annotations

from domain.access.action import Action
from domain.skipping import Skips
from services.access.permitting import permit
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.retrying import decide_again


def skip(
    log: Log, projector: Projector, family: str, position: int, *, reason: str, meta: Meta
) -> None:
    """Record the skip with its reason, and let the family try again."""
    permit(Action.OPERATE)

    def decide() -> None:
        stream = Skips.create_id(family)
        skips = log.get(Skips, stream) if log.exists([stream]) else Skips(family)
        skips.skip(position, reason)
        log.save(skips, meta=meta)

    decide_again(decide)
    projector.resume(family)
