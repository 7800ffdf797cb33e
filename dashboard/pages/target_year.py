"""From what the read model answers about a target to what its curve is drawn from. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from dashboard import formats
from dashboard.figures.words import arrival_words
from dashboard.figures.year import (
    Executed,
    Mark,
    TargetYear,
    checkpoint_rows,
    days_of,
)
from dashboard.texts import target as text
from dashboard.texts import terms
from domain.funds import FundLine
from domain.planned import fiscal_lines
from domain.standing import plan_of
from services.readmodel.rows import AlertRow, AlertStep, TargetDetail

_WORST_FIRST = ("red", "yellow", "over", "word")
_SHAPES = {"resolved": "over", "recovered": "over", "explained": "word", "fell_due": "word"}


def target_year(detail: TargetDetail) -> TargetYear:
    """The curve's facts."""
    picture, standing = detail.judged.picture, detail.judged.standing
    plan = plan_of(picture, detail.policy.terms)
    lines = fiscal_lines(picture.fund_lines)
    judged_on = standing.money.judged_on
    executed = Executed(detail.spending)
    year = picture.fiscal_year
    steps = [step for step in detail.alert_steps if step.on_day <= standing.as_of]
    return TargetYear(
        fiscal_year=year,
        as_of=standing.as_of,
        judged_on=judged_on,
        shape=picture.shape,
        default_plan=plan.progress.default,
        plan=detail.plan,
        days=days_of(year, plan, lines, executed, judged_on),
        spending=detail.spending,
        checkpoints=checkpoint_rows(detail.plan.checkpoints, lines, executed, judged_on),
        arrivals=_arrivals(year, lines),
        alerts=_alerts(steps, subjects(detail)),
    )


def subjects(detail: TargetDetail) -> dict[UUID, str]:
    """What each alert of a target is about: its money, or an indicator by name."""
    names = {i.indicator_id: i.name for i in detail.declaration.indicators}
    return {alert.alert_id: _subject(alert, names) for alert in detail.alerts}


def _subject(alert: AlertRow, names: Mapping[UUID, str]) -> str:
    rule = terms.ALERT_RULES.get(alert.rule, alert.rule)
    if alert.indicator_id is None:
        return rule
    return terms.named(rule, names.get(alert.indicator_id, text.SOME_INDICATOR))


def _arrivals(year: int, lines: Iterable[FundLine]) -> tuple[Mark, ...]:
    """A mark a day and sign; money from earlier years is there from the start."""
    words: dict[tuple[date, str], list[str]] = defaultdict(list)
    for line in lines:
        day = max(line.arrived_on, date(year, 1, 1))
        kind = "plus" if line.amount >= 0 else "minus"
        words[day, kind].append(arrival_words(day, line))
    return tuple(Mark(day, kind, tuple(said)) for (day, kind), said in sorted(words.items()))


def _alerts(steps: Iterable[AlertStep], about: Mapping[UUID, str]) -> tuple[Mark, ...]:
    """A mark a day: evaluations fall on one day; the worst of them gives the shape."""
    days: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for step in steps:
        kind = _SHAPES.get(step.what, step.severity)
        days[step.on_day].append((kind, _step_words(step, about)))
    return tuple(
        Mark(
            day,
            min((kind for kind, _ in said), key=_WORST_FIRST.index),
            (formats.month_day(day), *(words for _, words in said)),
        )
        for day, said in sorted(days.items())
    )


def _step_words(step: AlertStep, about: Mapping[UUID, str]) -> str:
    verb = terms.ALERT_STEPS.get(step.what, step.what)
    if step.what not in _SHAPES:
        verb = terms.in_brackets(verb, terms.SEVERITIES[step.severity])
    return terms.named(verb, about.get(step.alert_id, terms.ALERT))
