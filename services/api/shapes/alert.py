"""Alerts on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, computed_field

from domain.alert import AlertState, Cause, Explanation, Rule, Severity
from services.api.shapes.values import Body, ByCode, Day, Reply, Text

_STATES = {
    AlertState.FIRING: "待说明",
    AlertState.EXPLAINED: "已说明",
    AlertState.RECOVERED: "已恢复、待说明",
    AlertState.RESOLVED: "已销号",
}


class AlertReply(Reply):
    """An alert as it stood after the last evaluation of a moment; of this colour ``since``."""

    alert_id: UUID
    rule: Rule
    target_id: UUID
    indicator_id: UUID | None
    fiscal_year: int
    unit_code: str | None
    unit_name: str
    project_name: str
    state: AlertState
    severity: Severity
    owed: Annotated[bool, Field(description="应报原因说明")]
    raised_on: Day
    since: Day
    changed_on: Day
    sentence: str
    position: int

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way
    @property
    def state_label(self) -> str:
        """The word on the screen."""
        return _STATES[self.state]


class StepReply(Reply):
    """One line of an alert's history, with what the judgement rested on."""

    position: int
    recorded_at: datetime
    on_day: Day
    what: str
    state: AlertState
    severity: Severity
    known_at: int | None
    policy_version: int | None
    sentence: str
    inputs: tuple[tuple[str, str], ...]


class AlertWhole(Reply):
    """An alert as it stands now, with its history."""

    alert: AlertReply
    history: tuple[StepReply, ...]
    position: int


class ExplanationShape(Body):
    """What the unit says (原因说明)."""

    cause: Annotated[Cause, ByCode()]
    text: Annotated[Text, Field(min_length=1)]
    detail: Annotated[Text | None, Field(description="实际情况，如上级资金下达晚")] = None
    promised_on: Annotated[Day | None, Field(description="承诺日期")] = None
    forecast: Annotated[Text | None, Field(description="全年预计")] = None

    def to_domain(self) -> Explanation:
        """The domain's explanation."""
        return Explanation(self.cause, self.text, self.detail, self.promised_on, self.forecast)
