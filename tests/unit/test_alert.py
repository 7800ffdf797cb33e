"""One lag from first sight to end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.alert import (
    Alert,
    AlertChange,
    AlertState,
    Cause,
    Explanation,
    Judgement,
    NothingToExplainError,
    Rule,
    Scope,
    Severity,
)

RED, YELLOW = Severity.RED, Severity.YELLOW
SCOPE = Scope(Rule.MONEY_BEHIND_PLAN, UUID(int=1), 2025)
TOLD = Explanation(Cause.FUNDING, "上级资金未到", "上级资金下达晚", date(2025, 9, 30))


def seen(severity: Severity, month: int = 6) -> Judgement:
    return Judgement(severity, date(2025, month, 28), month, 1, "一句话", (("ratio", "0.5"),))


def raised(severity: Severity = RED) -> Alert:
    return Alert(SCOPE, seen(severity))


def gone(alert: Alert) -> AlertChange:
    return alert.see_gone(date(2025, 9, 30), 9, "已恢复")


def last_event(alert: Alert) -> str:
    return type(alert.pending_events[-1]).TOPIC  # type: ignore[attr-defined,no-any-return]


def test_rule_scope_subject_and_year_make_the_alert() -> None:
    of_indicator = Scope(Rule.MONEY_BEHIND_PLAN, UUID(int=1), 2025, UUID(int=2))
    next_year = Scope(Rule.MONEY_BEHIND_PLAN, UUID(int=1), 2026)
    with_unit = Scope(Rule.MONEY_BEHIND_PLAN, UUID(int=1), 2025, None, "450001")
    ids = {Alert.create_id(scope) for scope in (SCOPE, of_indicator, next_year)}
    assert len(ids) == 3
    assert Alert.create_id(with_unit) == Alert.create_id(SCOPE)


def test_the_same_sight_again_changes_nothing() -> None:
    alert = raised()
    assert alert.see(seen(RED, 7), long_yellow=False) is AlertChange.NONE
    assert len(alert.pending_events) == 1
    assert (alert.raised_on, alert.since) == (date(2025, 6, 28), date(2025, 6, 28))


def test_it_worsens_and_eases() -> None:
    alert = raised(YELLOW)
    assert (alert.severity, alert.explanation_owed) == (YELLOW, False)
    assert alert.see(seen(RED, 7), long_yellow=False) is AlertChange.WORSENED
    assert (alert.severity, alert.since) == (RED, date(2025, 7, 28))
    assert (alert.state, alert.explanation_owed) == (AlertState.FIRING, True)
    assert alert.see(seen(YELLOW, 8), long_yellow=False) is AlertChange.EASED
    assert (alert.severity, alert.since) == (YELLOW, date(2025, 8, 28))
    assert alert.explanation_owed
    assert alert.state is AlertState.FIRING


def test_yellow_for_long_owes_an_explanation_once() -> None:
    alert = raised(YELLOW)
    assert alert.see(seen(YELLOW, 7), long_yellow=True) is AlertChange.FELL_DUE
    assert alert.explanation_owed
    assert alert.see(seen(YELLOW, 8), long_yellow=True) is AlertChange.NONE


def test_an_explained_yellow_owes_nothing_more() -> None:
    alert = raised(YELLOW)
    alert.explain(TOLD, date(2025, 7, 1))
    assert alert.see(seen(YELLOW, 8), long_yellow=True) is AlertChange.NONE


def test_with_nothing_owed_it_resolves_by_itself() -> None:
    alert = raised(YELLOW)
    assert gone(alert) is AlertChange.RESOLVED
    assert (alert.state, last_event(alert)) == (AlertState.RESOLVED, "alert.resolved")
    assert gone(alert) is AlertChange.NONE


def test_a_lag_that_is_gone_with_its_explanation_owed_stays_open() -> None:
    alert = raised()
    assert gone(alert) is AlertChange.RECOVERED
    assert (alert.state, last_event(alert)) == (AlertState.RECOVERED, "alert.recovered")
    assert gone(alert) is AlertChange.NONE
    alert.explain(TOLD, date(2025, 10, 8))
    assert (alert.state, last_event(alert)) == (AlertState.RESOLVED, "alert.resolved")
    assert not alert.explanation_owed


def test_an_explained_red_resolves_when_its_lag_is_gone() -> None:
    alert = raised()
    alert.explain(TOLD, date(2025, 7, 1))
    assert (alert.state, alert.explanation_owed) == (AlertState.EXPLAINED, False)
    assert (alert.explanation, alert.explained_on) == (TOLD, date(2025, 7, 1))
    assert gone(alert) is AlertChange.RESOLVED


def test_a_lag_that_comes_back_is_the_same_alert_reopened() -> None:
    alert = raised(YELLOW)
    gone(alert)
    assert alert.see(seen(RED, 10), long_yellow=False) is AlertChange.REOPENED
    assert (alert.state, alert.severity, alert.explanation_owed) == (AlertState.FIRING, RED, True)
    recovered = raised()
    gone(recovered)
    assert recovered.see(seen(RED, 10), long_yellow=True) is AlertChange.REOPENED


def test_worse_than_explained_asks_again() -> None:
    alert = raised(YELLOW)
    alert.explain(TOLD, date(2025, 7, 1))
    alert.see(seen(RED, 8), long_yellow=False)
    assert (alert.state, alert.explanation_owed) == (AlertState.FIRING, True)


def test_a_resolved_alert_takes_no_explanation() -> None:
    alert = raised(YELLOW)
    gone(alert)
    with pytest.raises(NothingToExplainError, match="已销号"):
        alert.explain(TOLD, date(2025, 10, 8))
