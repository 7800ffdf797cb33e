"""Judging a day, and recording only what changed since the last look (rules §6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.access.action import Action
from domain.alert import Alert, AlertChange, AlertState, Judgement, Severity
from domain.errors import FutureDateError
from domain.evaluation import Evaluations, Outcome
from domain.event import DomainAggregate
from domain.lag import Lag, gone_sentence, lags_of
from domain.policy_terms import AlertTerms
from services.access.permitting import permit
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.readmodel.judged import JudgedTarget, JudgedYear
from services.readmodel.moment import Moment
from services.readmodel.readmodel import ReadModel, YearNotOnRecordError
from services.readmodel.rows import AlertRow
from services.retrying import decide_again
from services.working_days import YearNotInCalendarError, working_days_between

BATCH = 2_000
"""Alerts saved in one append; each makes one event, or two."""

_SEEN = (AlertState.FIRING, AlertState.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Found:
    """A lag as found, and what the evaluation did with it."""

    alert_id: UUID
    lag: Lag
    change: AlertChange


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What judging a day found and changed.

    ``recorded``: False for a day before the last evaluation, and where nothing was recorded
    since the same day was judged; then ``found`` is what stands, and ``changes`` is empty.
    ``notes`` say what could not be decided, as where the working days of a year are not known.
    """

    fiscal_year: int
    as_of: date
    known_at: int
    recorded: bool
    targets: int
    found: tuple[Found, ...]
    changes: dict[AlertChange, int] = field(default_factory=dict)
    position: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Judges one region's years."""

    log: Log
    projector: Projector
    read_model: ReadModel
    region: str

    def evaluate(
        self, fiscal_year: int, as_of: date, *, today: date, meta: Meta
    ) -> EvaluationReport:
        """Judge every target of a year for a day, and record what changed.

        Safe to repeat: an alert's id follows from its rule, target, subject and year. For a
        day before the last one nothing is recorded.

        Raises:
            FutureDateError: the day lies after today.
            YearNotOnRecordError: nothing is declared for that year.
        """
        permit(Action.EVALUATE)
        if as_of > today:
            raise FutureDateError(as_of, today)
        return decide_again(lambda: self._evaluate(fiscal_year, as_of, meta))

    def _evaluate(self, fiscal_year: int, as_of: date, meta: Meta) -> EvaluationReport:
        known_at = self.projector.catch_up()
        if fiscal_year not in self.read_model.fiscal_years():
            raise YearNotOnRecordError(fiscal_year)
        judged = self.read_model.judged_year(Moment(fiscal_year, as_of, known_at))
        lags = {
            Alert.create_id(lag.scope): lag
            for one in judged.targets
            for lag in lags_of(one.picture, one.standing, judged.policy.terms.alerts)
        }
        if not self._is_news(fiscal_year, as_of, known_at):
            return _unrecorded(judged, lags)
        return self._record(judged, lags, meta)

    def _is_news(self, fiscal_year: int, as_of: date, known_at: int) -> bool:
        last = next(iter(self.read_model.evaluations(fiscal_year, limit=1)), None)
        if last is None or as_of > last.as_of:
            return True
        return as_of == last.as_of and known_at > last.position

    def _record(self, judged: JudgedYear, lags: dict[UUID, Lag], meta: Meta) -> EvaluationReport:
        moment = judged.moment
        stream = Evaluations.create_id(self.region, moment.fiscal_year)
        evaluations = (
            self.log.get(Evaluations, stream)
            if self.log.exists([stream])
            else Evaluations(self.region, moment.fiscal_year)
        )
        sight = Sight(self.log, judged, self._alerts(moment.fiscal_year))
        found = tuple(sight.see(alert_id, lag) for alert_id, lag in lags.items())
        sight.see_gone(set(lags))
        counts = sight.counts()
        outcome = Outcome(
            targets=len(judged.targets),
            raised=counts.get(AlertChange.RAISED, 0) + counts.get(AlertChange.REOPENED, 0),
            worsened=counts.get(AlertChange.WORSENED, 0),
            eased=counts.get(AlertChange.EASED, 0),
            resolved=counts.get(AlertChange.RESOLVED, 0) + counts.get(AlertChange.RECOVERED, 0),
        )
        evaluations.record(moment.as_of, moment.known_at, judged.policy.version, outcome)
        *earlier, last = list(_batches(sight.changed)) or [()]
        for batch in earlier:
            self.log.save(*batch, meta=meta)
        # The evaluation goes with its last batch: of fewer alerts it is all or nothing.
        done = self.log.save(*last, evaluations, meta=meta)
        return EvaluationReport(
            moment.fiscal_year,
            moment.as_of,
            moment.known_at,
            recorded=True,
            targets=len(judged.targets),
            found=found,
            changes=counts,
            position=done.last_position,
            notes=tuple(sorted(sight.notes)),
        )

    def _alerts(self, fiscal_year: int) -> dict[UUID, AlertRow]:
        now = Moment(fiscal_year, date.max, self.read_model.position())
        return {row.alert_id: row for row in self.read_model.alerts(now)}


class Sight:
    """What an evaluation sees, against the alerts on record; loads only those it may change."""

    def __init__(self, log: Log, judged: JudgedYear, known: dict[UUID, AlertRow]) -> None:
        self._log = log
        self._judged = judged
        self._known = known
        self._targets = {one.picture.target_id: one for one in judged.targets}
        self._changes: list[AlertChange] = []
        self.changed: list[Alert] = []
        self.notes: set[str] = set()

    @property
    def _terms(self) -> AlertTerms:
        return self._judged.policy.terms.alerts

    def see(self, alert_id: UUID, lag: Lag) -> Found:
        """Raise an alert for a lag, or let the one on record see it."""
        judgement = self._judgement(lag)
        row = self._known.get(alert_id)
        if row is None:
            return self._note(alert_id, lag, Alert(lag.scope, judgement), AlertChange.RAISED)
        long_yellow = self._is_long_yellow(row, lag)
        seen_before = row.state in _SEEN and row.severity == lag.severity
        if seen_before and not long_yellow:
            return Found(alert_id, lag, AlertChange.NONE)
        alert = self._log.get(Alert, alert_id)
        change = alert.see(judgement, long_yellow=long_yellow)
        return self._note(alert_id, lag, alert, change)

    def see_gone(self, still_there: set[UUID]) -> None:
        """Close what was on record and is not seen any more."""
        moment = self._judged.moment
        for alert_id, row in self._known.items():
            if alert_id in still_there or row.state not in _SEEN:
                continue
            alert = self._log.get(Alert, alert_id)
            sentence = self._gone_sentence(alert)
            change = alert.see_gone(moment.as_of, moment.known_at, sentence)
            self._changes.append(change)
            self.changed.append(alert)

    def counts(self) -> dict[AlertChange, int]:
        """How many of each change."""
        return {
            change: self._changes.count(change)
            for change in AlertChange
            if change is not AlertChange.NONE and change in self._changes
        }

    def _note(self, alert_id: UUID, lag: Lag, alert: Alert, change: AlertChange) -> Found:
        if change is not AlertChange.NONE:
            self._changes.append(change)
            self.changed.append(alert)
        return Found(alert_id, lag, change)

    def _judgement(self, lag: Lag) -> Judgement:
        moment = self._judged.moment
        return Judgement(
            lag.severity,
            moment.as_of,
            moment.known_at,
            self._judged.policy.version,
            lag.sentence,
            lag.inputs,
        )

    def _is_long_yellow(self, row: AlertRow, lag: Lag) -> bool:
        yellow = lag.severity is Severity.YELLOW and row.severity == Severity.YELLOW
        if not yellow or row.owed or row.state != AlertState.FIRING:
            return False
        try:
            days = working_days_between(row.since, self._judged.moment.as_of)
        except YearNotInCalendarError as problem:
            self.notes.add(str(problem))
            return False
        return days >= self._terms.explanation_after_yellow_working_days

    def _gone_sentence(self, alert: Alert) -> str:
        one: JudgedTarget | None = self._targets.get(alert.scope.target_id)
        if one is None:
            return "该项目已不在监控范围，预警解除。"
        return gone_sentence(one.picture, one.standing, alert.scope)


def _unrecorded(judged: JudgedYear, lags: dict[UUID, Lag]) -> EvaluationReport:
    return EvaluationReport(
        judged.moment.fiscal_year,
        judged.moment.as_of,
        judged.moment.known_at,
        recorded=False,
        targets=len(judged.targets),
        found=tuple(Found(alert_id, lag, AlertChange.NONE) for alert_id, lag in lags.items()),
    )


def _batches(alerts: Sequence[Alert]) -> Iterator[Sequence[DomainAggregate]]:
    for start in range(0, len(alerts), BATCH):
        yield alerts[start : start + BATCH]
