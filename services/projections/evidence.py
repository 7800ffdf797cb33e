"""Rows about evidence files: a step each, with what the file proves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.evidence import EvidenceFile, EvidenceStage, FileFacts
from services.log.reading import LoggedEvent
from services.projections.window import EventClass, Window
from services.sql import named_statements

SQL = named_statements("services.projections", "evidence.sql")


Row = tuple[str, dict[str, Any]]
"""A statement, and what it takes besides the moment."""


def _attached(event: EvidenceFile.Attached) -> Row:
    proves = event.proves
    return "attached", _file(event.file) | {
        "target_id": proves.target_id,
        "indicator_id": proves.indicator_id,
        "part": proves.part,
        "reported_on": proves.reported_on,
        "stage": EvidenceStage.ATTACHED,
        "on_day": event.attached_on,
    }


def _attached_again(event: EvidenceFile.AttachedAgain) -> Row:
    return _later(EvidenceStage.ATTACHED, event.attached_on, None, event.file)


def _withdrawn(event: EvidenceFile.Withdrawn) -> Row:
    return _later(EvidenceStage.WITHDRAWN, event.withdrawn_on, event.reason)


def _redacted(event: EvidenceFile.Redacted) -> Row:
    return _later(EvidenceStage.REDACTED, event.redacted_on, event.reason)


def _later(
    stage: EvidenceStage, on_day: date, reason: str | None, file: FileFacts | None = None
) -> Row:
    return "later", _file(file) | {"stage": stage, "on_day": on_day, "reason": reason}


def _file(file: FileFacts | None) -> dict[str, Any]:
    names = ("media_type", "size", "sha256", "sealed_sha256")
    return {name: getattr(file, name, None) for name in names}


ROWS: dict[EventClass, Callable[[Any], Row]] = {
    EvidenceFile.Attached: _attached,
    EvidenceFile.AttachedAgain: _attached_again,
    EvidenceFile.Withdrawn: _withdrawn,
    EvidenceFile.Redacted: _redacted,
}


class EvidenceRows:
    """Few events, one row each; later steps repeat what the first one said."""

    name = "evidence"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a row for each step of a file."""
        for entry in window.of(EvidenceFile.Event):
            statement, row = ROWS[type(entry.event)](entry.event)
            cursor.execute(SQL[statement], _moment(entry) | row)


def _moment(entry: LoggedEvent) -> dict[str, Any]:
    return {
        "evidence_id": entry.event.originator_id,
        "position": entry.position,
        "recorded_at": entry.recorded_at,
        "actor": entry.meta.actor,
    }
