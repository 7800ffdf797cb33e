"""The light of goals (目标灯): each indicator at its latest reading, the worst one (rules §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.goal_number import Measurement, judge_number
from domain.goal_quality import Deadline, judge_date, judge_grade, judge_likelihood, judge_outlook
from domain.goal_verdict import IndicatorStanding, Verdict, cannot_determine
from domain.indicator import (
    Achievement,
    Indicator,
    Kind,
    Likelihood,
    Measured,
    TargetValue,
    ToConfirm,
    open_questions,
)
from domain.light import Light, worst
from domain.money import ratio
from domain.monitoring_round import MonitoringRound
from domain.picture import KnownIndicator, Reading
from domain.plan import Window
from domain.policy_terms import GoalTerms
from domain.units import UnitDoesNotConvertError, converted, unit_named

_OPEN_QUESTION = {
    ToConfirm.COST_DIRECTION: "待核实：成本指标的方向",
    ToConfirm.CUT_OFF: "待核实：指标值残缺",
    ToConfirm.BASELINE: "待补基期值",
    ToConfirm.TWO_VALUES: "待核实：一格两个数值",
    ToConfirm.NAME_CONTRADICTS_VALUE: "待核实：名称与指标值不一致",
    ToConfirm.UNIT_DOES_NOT_FIT: "待核实：计量单位不符",
    ToConfirm.BEFORE_MONTH: "待核实：“×月前”的截止日",
}


@dataclass(frozen=True, slots=True)
class Paid:
    """What payments say of an indicator that is read from them.

    ``amount`` and ``budget`` in yuan over the total row, at ``judged_on``; ``last_on`` is the
    day of the latest payment.
    """

    judged_on: date
    amount: Decimal
    budget: Decimal
    last_on: date | None = None

    @property
    def in_full_on(self) -> date | None:
        """The day everything was paid, or None."""
        return self.last_on if 0 < self.budget <= self.amount else None


@dataclass(frozen=True, slots=True)
class GoalContext:
    """What all indicators of one target share; ``paid`` is None before any payment file."""

    as_of: date
    window: Window
    terms: GoalTerms
    rounds: tuple[MonitoringRound, ...] = ()
    paid: Paid | None = None

    def owed_since(self) -> date | None:
        """The first day whose reading answers the latest round that is over; None: none is.

        A round whose cut-off lies before the project began asks nothing of it.
        """
        asked = (one for one in self.rounds if one.cut_off >= self.window.start)
        over = (one for one in asked if one.is_over(self.as_of))
        latest = max(over, key=lambda one: one.cut_off, default=None)
        return latest.period_start if latest else None

    def final_from(self, measured: Measured) -> date:
        """The day from which a reading is the final one.

        The last checkpoint; for what is measured at the year's end already the opening of the
        year-end round; and once that round is over, whatever was reported in its period.
        """
        closing = [one for one in self.rounds if one.closes_the_year]
        over = (one.period_start for one in closing if one.is_over(self.as_of))
        asked = measured is Measured.YEAR_END
        openings = (one.opening for one in closing if asked)
        return min((*over, *openings, self.window.end))


def judge_indicator(known: KnownIndicator, context: GoalContext) -> IndicatorStanding:
    """Judge one indicator, or say why it has no light."""
    indicator = known.indicator
    closed = _closed(indicator)
    if closed is not None:
        return IndicatorStanding(
            indicator.indicator_id, closed, to_confirm=open_questions(indicator)
        )
    if len(indicator.parts) < 2:
        return _judge_part(known, 0, context)
    parts = tuple(_judge_part(known, part, context) for part in range(len(indicator.parts)))
    return _worst_part(indicator, parts)


def _closed(indicator: Indicator) -> Verdict | None:
    """Say why an indicator is not judged at all, or None."""
    if indicator.kind is Kind.NOT_APPLICABLE:
        return Verdict(Light.NONE, "不适用")
    questions = open_questions(indicator)
    if questions:
        return Verdict(Light.NONE, "；".join(_OPEN_QUESTION[one] for one in questions))
    return None


def _worst_part(indicator: Indicator, parts: tuple[IndicatorStanding, ...]) -> IndicatorStanding:
    """Two values in a cell: the worst light, never added."""
    numbered = zip("abcdefghijklmnopqrstuvwxyz", parts, strict=False)
    reason = "；".join(f"({letter}) {part.reason}" for letter, part in numbered)
    lacking = [part.verdict.undetermined for part in parts if part.verdict.undetermined]
    return IndicatorStanding(
        indicator.indicator_id,
        Verdict(
            worst(part.light for part in parts),
            reason,
            undetermined="、".join(dict.fromkeys(lacking)) or None,
        ),
        read_on=min((part.read_on for part in parts if part.read_on), default=None),
        not_reported=any(part.not_reported for part in parts),
        parts=parts,
    )


def _judge_part(known: KnownIndicator, part: int, context: GoalContext) -> IndicatorStanding:
    """Judge a plain indicator (part 0), or one value of a cell with several."""
    indicator_id, since = known.indicator.indicator_id, context.owed_since()
    if known.indicator.from_payments:
        read_on = context.paid.judged_on if context.paid else None
        return IndicatorStanding(indicator_id, _from_payments(known.indicator, context), read_on)
    reading = next((one for one in known.readings if one.achievement.part == part), None)
    if reading is None:
        verdict = Verdict(Light.NONE, "尚未报送" if since is None else "未报")
        return IndicatorStanding(indicator_id, verdict, not_reported=since is not None)
    report = reading.achievement
    finished = known.indicator.kind is Kind.DATE and report.done_on is not None
    owed = since is not None and report.reported_on < since
    return IndicatorStanding(
        indicator_id,
        _judge_reading(known.indicator, reading, context),
        report.reported_on,
        not_reported=owed and not finished,  # what is done is not asked for again
    )


def _from_payments(indicator: Indicator, context: GoalContext) -> Verdict:
    """Judge what nobody types: its value comes from payments, at the day they reach to."""
    paid = context.paid
    if paid is None:
        return cannot_determine("支付数据截至日")
    if indicator.kind is Kind.DATE:
        return _date(indicator.value, paid.in_full_on, None, paid.judged_on, context.terms)
    unit = unit_named(indicator.value.unit or "")
    report = Achievement(indicator.indicator_id, paid.judged_on, "", paid.amount, "元")
    if unit.is_percent:
        rate = ratio(paid.amount, paid.budget)
        if rate is None:
            return cannot_determine("全年预算数")
        report = replace(report, number=rate * 100, unit="%")
    return _number(indicator, report, context)


def _judge_reading(indicator: Indicator, reading: Reading, context: GoalContext) -> Verdict:
    """Judge a reading by the target of its own day; a date by the deadline in force."""
    report = reading.achievement
    if indicator.kind is Kind.DATE:
        value = _value_of(indicator, report.part)
        return _date(value, report.done_on, report.likelihood, context.as_of, context.terms)
    judged = reading.against or indicator
    closed = _closed(judged)
    if closed is not None:
        return closed
    before_the_end = report.reported_on < context.final_from(judged.measured)
    if judged.measured is Measured.YEAR_END and before_the_end:
        return judge_outlook(report.likelihood)
    if judged.kind is Kind.QUALITATIVE:
        return judge_likelihood(report.likelihood) if before_the_end else judge_grade(report.grade)
    return _number(judged, report, context)


def _date(
    value: TargetValue,
    done_on: date | None,
    likelihood: Likelihood | None,
    on: date,
    terms: GoalTerms,
) -> Verdict:
    if value.due_on is None:
        return cannot_determine("完成期限")
    return judge_date(Deadline(value.due_on, done_on, likelihood), on, terms)


def _number(indicator: Indicator, report: Achievement, context: GoalContext) -> Verdict:
    """Judge a number, once it is sure that there is a target, a value and one unit of both."""
    printed = _value_of(indicator, report.part)
    target = indicator.baseline if printed.number is None else printed.number
    if target is None:
        return cannot_determine("指标值")
    if target < 0:
        return cannot_determine("非负的指标值")
    if report.number is None:
        return cannot_determine("完成值")
    try:
        value = converted(report.number, report.unit, printed.unit)
    except UnitDoesNotConvertError as problem:
        return cannot_determine(f"可换算的计量单位：{problem.given}与{problem.wanted}")
    window, on = context.window, report.reported_on
    return judge_number(Measurement(indicator, printed, target, value, on, window), context.terms)


def _value_of(indicator: Indicator, part: int) -> TargetValue:
    return indicator.parts[part] if part < len(indicator.parts) else indicator.value


@dataclass(frozen=True, slots=True)
class GoalsStanding:
    """The light of a target's goals, and what it rests on.

    ``not_reported`` counts every indicator marked 未报, also those whose old light stays.
    """

    light: Light
    indicators: tuple[IndicatorStanding, ...] = ()

    def count(self, light: Light) -> int:
        """How many indicators show a colour."""
        return sum(one.light is light for one in self.indicators)

    @property
    def not_reported(self) -> int:
        """How many are marked 未报."""
        return sum(one.not_reported for one in self.indicators)

    @property
    def to_confirm(self) -> int:
        """How many wait for a person (待核实)."""
        return sum(bool(one.to_confirm) for one in self.indicators)

    @property
    def undetermined(self) -> int:
        """How many lack something for a light (无法判定)."""
        return sum(one.verdict.undetermined is not None for one in self.indicators)

    @property
    def text(self) -> str:
        """What the light rests on, as it stands beside it: 红1 黄2 绿5 未报1."""
        counts = (
            *((word, self.count(light)) for light, word in _SHORT.items()),
            ("未报", self.not_reported),
            ("待核实", self.to_confirm),
            ("无法判定", self.undetermined),
        )
        return " ".join(f"{word}{count}" for word, count in counts if count)


_SHORT = {Light.RED: "红", Light.YELLOW: "黄", Light.GREEN: "绿", Light.BLUE: "蓝"}


def judge_goals(indicators: Iterable[KnownIndicator], context: GoalContext) -> GoalsStanding:
    """Judge all indicators of a target; the worst light is the target's."""
    standings = tuple(judge_indicator(known, context) for known in indicators)
    return GoalsStanding(worst(one.light for one in standings), standings)
