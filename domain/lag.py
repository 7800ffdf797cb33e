"""What an evaluation finds: the lags of one target, each with its sentence (rules §6).

Sentences are made after the models of `cases`: a head can read them on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.alert import Rule, Scope, Severity
from domain.goal_verdict import IndicatorStanding
from domain.indicator import Indicator
from domain.light import Light
from domain.money_light import MoneyCause
from domain.picture import TargetPicture
from domain.policy_terms import AlertTerms
from domain.sentence import day_text
from domain.standing import TargetStanding

_SEVERITIES = {Light.RED: Severity.RED, Light.YELLOW: Severity.YELLOW}
_COLOURS = {Severity.RED: "红", Severity.YELLOW: "黄"}


@dataclass(frozen=True, slots=True)
class Lag:
    """One lag seen on one day. ``inputs`` are the figures behind it, as (name, text) pairs."""

    scope: Scope
    severity: Severity
    sentence: str
    inputs: tuple[tuple[str, str], ...]


def lags_of(picture: TargetPicture, standing: TargetStanding, terms: AlertTerms) -> Iterator[Lag]:
    """The lags of one target: its money's, and each indicator's."""
    severity = _SEVERITIES.get(standing.money.light)
    if severity is not None:
        yield _money(picture, standing, severity, terms)
    names = {known.indicator.indicator_id: known.indicator for known in picture.indicators}
    for one in standing.goals.indicators:
        severity = _SEVERITIES.get(one.light)
        if severity is not None:
            yield _goal(picture, names[one.indicator_id], one, severity, standing.as_of, terms)


def _money(
    picture: TargetPicture, standing: TargetStanding, severity: Severity, terms: AlertTerms
) -> Lag:
    money = standing.money
    over = money.cause is MoneyCause.OVER_BUDGET
    rule = Rule.MONEY_OVER_BUDGET if over else Rule.MONEY_BEHIND_PLAN
    reply_by = (money.judged_on or standing.as_of) + timedelta(days=terms.money_reply_days)
    asked = "说明超支原因并补办追加" if over else "填报原因和支出安排"
    sentence = (
        f"【执行预警·{_COLOURS[severity]}】{_named(picture)}：{money.reason}。"
        f"请于{day_text(reply_by)}前{asked}。"
    )
    inputs = (
        ("judged_on", str(money.judged_on)),
        ("executed", str(money.executed)),
        ("budget", str(money.budget)),
        ("planned", str(money.planned)),
        ("ratio", str(money.ratio)),
        ("cause", str(money.cause or "")),
    )
    return Lag(_scope(picture, rule, None), severity, sentence, inputs)


def _goal(
    picture: TargetPicture,
    indicator: Indicator,
    standing: IndicatorStanding,
    severity: Severity,
    as_of: date,
    terms: AlertTerms,
) -> Lag:
    verdict = standing.verdict
    reply_by = (standing.read_on or as_of) + timedelta(days=terms.goal_reply_days)
    if reply_by <= as_of:
        reply_by = as_of + timedelta(days=terms.goal_reply_days)
    sentence = (
        f"【目标预警·{_COLOURS[severity]}】{_named(picture)}：“{indicator.name}”{verdict.reason}。"
        f"请于{day_text(reply_by)}前说明原因并填报全年预计数。"
    )
    inputs = (
        ("read_on", str(standing.read_on)),
        ("value", str(verdict.value)),
        ("expected", str(verdict.expected)),
        ("ratio", str(verdict.ratio)),
        ("target", indicator.value.text),
    )
    scope = _scope(picture, Rule.INDICATOR_BEHIND, indicator.indicator_id)
    return Lag(scope, severity, sentence, inputs)


def gone_sentence(picture: TargetPicture, standing: TargetStanding, scope: Scope) -> str:
    """Why a lag is over, in the words of the light that took its place."""
    if scope.indicator_id is None:
        return f"{_named(picture)}：{standing.money.reason}。"
    names = {known.indicator.indicator_id: known.indicator.name for known in picture.indicators}
    for one in standing.goals.indicators:
        if one.indicator_id == scope.indicator_id:
            return f"{_named(picture)}：“{names[one.indicator_id]}”{one.reason}。"
    return f"{_named(picture)}：该指标已不再考核。"


def _named(picture: TargetPicture) -> str:
    return f"{picture.project_name}（{picture.unit_name}）"


def _scope(picture: TargetPicture, rule: Rule, indicator_id: UUID | None) -> Scope:
    return Scope(rule, picture.target_id, picture.fiscal_year, indicator_id, picture.unit_code)
