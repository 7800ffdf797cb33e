"""Rows about imports, policies, rounds and evaluations: what came in, and how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.evaluation import Evaluations
from domain.importing import Import
from domain.policy import Policy
from domain.rounds import MonitoringRounds
from services.log.reading import LoggedEvent
from services.projections.window import EventClass, Window
from services.readmodel.documents import as_document, plain
from services.sql import named_statements

SQL = named_statements("services.projections", "imports.sql")

Row = dict[str, Any]


def _import_started(entry: LoggedEvent, event: Import.Started) -> Row:
    return {
        "import_id": event.originator_id,
        "region": event.file.region,
        "fiscal_year": event.file.fiscal_year,
        "kind": event.file.kind,
        "sha256": event.file.sha256,
        "name": event.name,
        "actor": entry.meta.actor,
        "rows": event.rows,
        "refused": event.refused,
        "complete_to": event.complete_to,
    }


def _corrected(_: LoggedEvent, event: Import.Corrected) -> Row:
    return {"import_id": event.originator_id, "corrections": len(event.corrections)}


def _chunk_stored(_: LoggedEvent, event: Import.ChunkStored) -> Row:
    return {"import_id": event.originator_id, **plain(event.tally)}


def _import_completed(_: LoggedEvent, event: Import.Completed) -> Row:
    return {"import_id": event.originator_id}


def _terms_set(entry: LoggedEvent, event: Policy.TermsSet) -> Row:
    return {
        "region": event.region,
        "number": event.number,
        "in_force_from": event.in_force_from,
        "reason": event.reason,
        "actor": entry.meta.actor,
        "document": as_document(event.terms),
    }


def _round_opened(_: LoggedEvent, event: MonitoringRounds.RoundOpened) -> Row:
    return {
        "round_id": event.originator_id,
        "region": event.region,
        "fiscal_year": event.round.year,
        "name": event.round.name,
        "document": as_document(event.round),
    }


def _evaluated(_: LoggedEvent, event: Evaluations.Evaluated) -> Row:
    return {
        "region": event.region,
        "fiscal_year": event.fiscal_year,
        "as_of": event.as_of,
        "known_at": event.known_at,
        "policy_version": event.policy_version,
        **plain(event.outcome),
    }


ROWS: dict[EventClass, tuple[str, Callable[[LoggedEvent, Any], Row]]] = {
    Import.Started: ("import_started", _import_started),
    Import.Corrected: ("corrected", _corrected),
    Import.ChunkStored: ("chunk_stored", _chunk_stored),
    Import.Completed: ("import_completed", _import_completed),
    Policy.TermsSet: ("terms_set", _terms_set),
    MonitoringRounds.RoundOpened: ("round_opened", _round_opened),
    Evaluations.Evaluated: ("evaluated", _evaluated),
}


class ImportRows:
    """Few events, one row each."""

    name = "imports"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a row for each event this family knows."""
        for entry in window.entries:
            known = ROWS.get(type(entry.event))
            if known is not None:
                statement, row = known
                moment = {"position": entry.position, "recorded_at": entry.recorded_at}
                cursor.execute(SQL[statement], moment | row(entry, entry.event))
