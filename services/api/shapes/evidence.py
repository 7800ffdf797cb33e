"""Evidence files on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.evidence import EvidenceStage
from services.api.shapes.values import Body, Day, Reply, Text
from services.api.writes import Written


class AttachedReply(Written):
    """A file on record; ``known``: it was there before. ``remark`` is what to look at again."""

    evidence_id: UUID
    known: bool
    remark: str | None


class EvidenceReply(Reply):
    """A file as it stands; ``name`` null where it was destroyed. Sizes in bytes."""

    evidence_id: UUID
    target_id: UUID
    indicator_id: UUID | None
    part: int
    reported_on: date | None
    stage: EvidenceStage
    on_day: date
    name: str | None
    media_type: str
    size: int
    sha256: str
    sealed_sha256: str
    reason: str | None
    actor: str
    recorded_at: datetime
    position: int


class EndingShape(Body):
    """Why a file counts no more, or can be read no more."""

    reason: Text
    on: Annotated[Day | None, Field(description="缺省为今天")] = None
