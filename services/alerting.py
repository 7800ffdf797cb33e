"""What people do with an alert."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.access.action import Action
from domain.alert import Alert, Explanation
from domain.target import Target
from services.access.permitting import permit_target
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.retrying import once


def explain(
    log: Log,
    alert_id: UUID,
    explanation: Explanation,
    *,
    on: date,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Record a unit's explanation (填报原因说明).

    Raises:
        NothingToExplainError: the alert is over.
        NotOnRecordError: there is no such alert.
    """

    def decide() -> Appended:
        alert = log.get(Alert, alert_id)
        permit_target(Action.EXPLAIN_ALERT, log.get(Target, alert.scope.target_id))
        alert.explain(explanation, on)
        return log.save(alert, meta=meta, command=command)

    return once(log, command, decide)
