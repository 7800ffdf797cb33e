"""Rows about alerts: each as it stands, and its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.alert import Alert, AlertState, Judgement, Severity
from services.log.reading import LoggedEvent
from services.projections.window import EventClass, Window
from services.readmodel.documents import as_document
from services.sql import named_statements

SQL = named_statements("services.projections", "alerts.sql")


@dataclass(frozen=True, slots=True)
class Change:
    """What an event does to an alert's row; None leaves a column as it is."""

    what: str
    on_day: date
    state: AlertState | None
    severity: Severity | None
    sentence: str
    owed: bool | None
    known_at: int | None = None
    policy_version: int | None = None
    inputs: tuple[tuple[str, str], ...] = ()


def _seen(what: str) -> Callable[[Any], Change]:
    def change(event: Any) -> Change:  # noqa: ANN401  # any event with a judgement
        judgement: Judgement = event.judgement
        return Change(
            what=what,
            on_day=judgement.as_of,
            state=None if what == "eased" else AlertState.FIRING,
            severity=judgement.severity,
            sentence=judgement.sentence,
            owed=True if judgement.severity is Severity.RED else None,
            known_at=judgement.known_at,
            policy_version=judgement.policy_version,
            inputs=judgement.inputs,
        )

    return change


def _recovered(event: Alert.Recovered) -> Change:
    return Change(
        "recovered", event.as_of, AlertState.RECOVERED, None, event.sentence, True, event.known_at
    )


def _resolved(event: Alert.Resolved) -> Change:
    return Change(
        "resolved", event.as_of, AlertState.RESOLVED, None, event.sentence, False, event.known_at
    )


def _explained(event: Alert.Explained) -> Change:
    told = event.explanation
    sentence = f"{told.cause.value}：{told.text}"
    return Change("explained", event.explained_on, AlertState.EXPLAINED, None, sentence, False)


def _fell_due(event: Alert.FellDue) -> Change:
    sentence = "黄灯持续，应填报原因说明"
    return Change("fell_due", event.as_of, None, None, sentence, True, event.known_at)


CHANGES: dict[EventClass, Callable[[Any], Change]] = {
    Alert.Raised: _seen("raised"),
    Alert.Worsened: _seen("worsened"),
    Alert.Eased: _seen("eased"),
    Alert.Reopened: _seen("reopened"),
    Alert.FellDue: _fell_due,
    Alert.Recovered: _recovered,
    Alert.Resolved: _resolved,
    Alert.Explained: _explained,
}


class AlertRows:
    """The same lag is one row all year."""

    name = "alerts"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Raise, change and remember, in the order of the log."""
        for entry in window.entries:
            change = CHANGES.get(type(entry.event))
            if change is not None:
                self._write(entry, change(entry.event), cursor)

    def _write(self, entry: LoggedEvent, change: Change, cursor: Cursor[TupleRow]) -> None:
        row: dict[str, Any] = {
            "alert_id": entry.event.originator_id,
            "position": entry.position,
            "recorded_at": entry.recorded_at,
            "on_day": change.on_day,
            "what": change.what,
            "state": change.state,
            "severity": change.severity,
            "owed": change.owed,
            "sentence": change.sentence,
            "known_at": change.known_at,
            "policy_version": change.policy_version,
            "inputs": as_document(change.inputs),
        }
        if isinstance(entry.event, Alert.Raised):
            scope = entry.event.scope
            cursor.execute(
                SQL["raise"],
                row
                | {
                    "rule": scope.rule,
                    "target_id": scope.target_id,
                    "indicator_id": scope.indicator_id,
                    "fiscal_year": scope.fiscal_year,
                    "unit_code": scope.unit_code,
                    "owed": bool(change.owed),
                },
            )
        else:
            cursor.execute(SQL["change"], row)
        cursor.execute(SQL["remember"], row)
