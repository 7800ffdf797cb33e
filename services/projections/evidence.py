"""Rows about evidence files: a step each, with what the file proves."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.evidence import EvidenceFile, EvidenceStage, FileFacts
from services.log.reading import LoggedEvent
from services.projections.window import Window
from services.sql import named_statements

SQL = named_statements("services.projections", "evidence.sql")


class EvidenceRows:
    """Few events, one row each; later steps repeat what the first one said."""

    name = "evidence"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a row for each step of a file."""
        for entry in window.of(EvidenceFile.Event):
            told: Any = entry.event
            if isinstance(told, EvidenceFile.Attached):
                cursor.execute(SQL["attached"], _first(entry, told))
            elif isinstance(told, EvidenceFile.AttachedAgain):
                row = _step(entry, EvidenceStage.ATTACHED, told.attached_on)
                cursor.execute(SQL["attached_again"], row | _file(told.file))
            elif isinstance(told, EvidenceFile.Withdrawn):
                row = _step(entry, EvidenceStage.WITHDRAWN, told.withdrawn_on)
                cursor.execute(SQL["ended"], row | {"reason": told.reason})
            elif isinstance(told, EvidenceFile.Redacted):
                row = _step(entry, EvidenceStage.REDACTED, told.redacted_on)
                cursor.execute(SQL["ended"], row | {"reason": told.reason})


def _first(entry: LoggedEvent, event: EvidenceFile.Attached) -> dict[str, Any]:
    proves = event.proves
    return (
        _step(entry, EvidenceStage.ATTACHED, event.attached_on)
        | _file(event.file)
        | {
            "target_id": proves.target_id,
            "indicator_id": proves.indicator_id,
            "part": proves.part,
            "reported_on": proves.reported_on,
        }
    )


def _step(entry: LoggedEvent, stage: EvidenceStage, on_day: object) -> dict[str, Any]:
    return {
        "evidence_id": entry.event.originator_id,
        "position": entry.position,
        "recorded_at": entry.recorded_at,
        "actor": entry.meta.actor,
        "stage": stage,
        "on_day": on_day,
    }


def _file(file: FileFacts) -> dict[str, Any]:
    return {
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "sealed_sha256": file.sealed_sha256,
    }
