"""Judging indicators that are measured in numbers: cumulative, level, ceiling (rules §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.expectation import due_on, expected, pace
from domain.goal_verdict import Remark, Verdict
from domain.indicator import Comparator, Indicator, Kind, TargetValue
from domain.kind_words import STANDARD
from domain.light import Light, mildest
from domain.money import ratio
from domain.plan import Window
from domain.policy_terms import GoalTerms
from domain.sentence import (
    month_text,
    period_text,
    plain_text,
    points_text,
    quantity_text,
    reached_text,
)
from domain.units import Unit, one_unit, unit_named

_LOWER = (Comparator.AT_MOST, Comparator.LESS_THAN)
_STRICT = (Comparator.MORE_THAN, Comparator.LESS_THAN)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value against one target, both in the target's unit, at the value's date."""

    indicator: Indicator
    printed: TargetValue
    target: Decimal
    value: Decimal
    on: date
    window: Window

    @property
    def unit(self) -> Unit:
        """The target's unit."""
        return unit_named(self.printed.unit or "")

    @property
    def lower_is_better(self) -> bool:
        """The direction: as printed, else as the kind has it."""
        if self.printed.comparator in (None, Comparator.EQUAL):
            return self.indicator.kind is Kind.CEILING
        return self.printed.comparator in _LOWER

    @property
    def is_standard(self) -> bool:
        """Whether it is met by equality alone: = and an amount for one, or a grade."""
        equal = self.printed.comparator is Comparator.EQUAL and self.indicator.kind is Kind.LEVEL
        return equal and (self.unit.standard or bool(STANDARD.search(self.indicator.name)))

    @property
    def all_due(self) -> bool:
        """Whether the last checkpoint is reached."""
        return self.on >= due_on(self.indicator, self.target, self.window)

    @property
    def missing(self) -> Decimal:
        """What lacks to the whole target; negative when it is passed on the good side."""
        gap = self.target - self.value
        return -gap if self.lower_is_better else gap

    @property
    def met(self) -> bool:
        """Whether the whole target is met; a strict sign is not met by equality."""
        if self.is_standard:
            return self.missing == 0
        if self.printed.comparator in _STRICT:
            return self.missing < 0
        return self.missing <= 0

    @property
    def of_target(self) -> Decimal | None:
        """The value as a share of the whole-year target; None where that is 0."""
        return ratio(self.value, self.target)

    @property
    def short_share(self) -> Decimal | None:
        """What lacks, in percentage points of a rate, else as a share of the target."""
        if self.unit.is_percent:
            return ratio(self.missing * self.unit.factor, Decimal(100))
        return ratio(self.missing, self.target)

    @property
    def whole(self) -> str:
        """The whole target, as printed."""
        return f"{plain_text(self.target)}{self.printed.unit or ''}"

    @property
    def wanted(self) -> str:
        """The whole target with its sign, printed or meant."""
        meant = Comparator.AT_MOST if self.lower_is_better else Comparator.AT_LEAST
        return f"{self.printed.comparator or meant}{self.whole}"

    def said(self, number: Decimal) -> str:
        """A number with the target's unit."""
        return quantity_text(number, self.printed.unit)

    @property
    def read(self) -> str:
        """The beginning of every reason."""
        how = "支出" if self.indicator.from_payments else "报"
        return f"{month_text(self.on)}{how}{self.said(self.value)}"

    def behind(self, due: Decimal, reached: Decimal | None) -> str:
        """How far the value got to what is due, and what lacks."""
        done = "" if reached is None else f"，完成{reached_text(reached)}"
        return done if self.value >= due else f"{done}，少{self.said(due - self.value)}"


def judge_number(measured: Measurement, terms: GoalTerms) -> Verdict:
    """Judge by kind and direction, then remark, and raise to blue where the policy does."""
    if measured.indicator.kind is Kind.CEILING or measured.lower_is_better:
        verdict = _ceiling(measured)
    elif measured.indicator.kind is Kind.LEVEL:
        verdict = _level(measured, terms)
    elif measured.all_due:
        verdict = _all_due(measured, terms)
    else:
        verdict = _under_way(measured, terms)
    remarks = tuple(_remarks(measured, terms))
    return replace(
        verdict,
        light=Light.BLUE if _is_blue(measured, verdict.light, terms) else verdict.light,
        reason="".join((verdict.reason, *(f"（{remark}）" for remark in remarks))),
        value=measured.value,
        remarks=remarks,
    )


def _ceiling(measured: Measurement) -> Verdict:
    """Within is green, above red, on any day."""
    if measured.met:
        light, outcome = Light.GREEN, "符合"
    else:
        light, outcome = Light.RED, f"不符合，相差{measured.said(measured.missing)}"
    return Verdict(
        light,
        f"{measured.read}，指标值{measured.wanted}，{outcome}",
        expected=measured.target,
        ratio=measured.of_target,
        missing=measured.missing,
    )


def _level(measured: Measurement, terms: GoalTerms) -> Verdict:
    """Against the whole target; a small shortfall is yellow, a smaller one at the end."""
    if measured.met:
        light, outcome = Light.GREEN, "完成"
    else:
        light, outcome = _short_level(measured, terms)
    return Verdict(
        light,
        f"{measured.read}，指标值{measured.wanted}，{outcome}",
        expected=measured.target,
        ratio=measured.of_target,
        missing=measured.missing,
    )


def _short_level(measured: Measurement, terms: GoalTerms) -> tuple[Light, str]:
    if measured.is_standard:
        return Light.RED, "与标准不符"
    tolerance = terms.final_level_tolerance if measured.all_due else terms.level_tolerance
    short = measured.short_share
    light = Light.YELLOW if short is not None and short * 100 <= tolerance else Light.RED
    if measured.unit.is_percent:
        return light, f"低{points_text(short or Decimal(0))}"
    lacking = measured.said(measured.missing)
    return light, f"少{lacking}" if short is None else f"少{lacking}（{reached_text(short)}）"


def _all_due(measured: Measurement, terms: GoalTerms) -> Verdict:
    """At and after the last checkpoint the whole target is due."""
    reached = measured.of_target
    light = Light.RED
    if measured.met:
        light = Light.GREEN
    elif reached is not None and reached >= terms.final_yellow_from:
        light = Light.YELLOW
    return Verdict(
        light,
        f"{measured.read}，全年目标{measured.whole}{measured.behind(measured.target, reached)}",
        expected=measured.target,
        ratio=reached,
        missing=measured.missing,
    )


def _under_way(measured: Measurement, terms: GoalTerms) -> Verdict:
    """Before it, what is expected by now; one whole unit short is yellow at worst."""
    unit = measured.printed.unit
    due = expected(measured.indicator, measured.target, unit, measured.window, measured.on)
    reached = ratio(measured.value, due.amount)
    period = period_text(measured.window.start, measured.on)
    reason = (
        f"{measured.read}，全年目标{measured.whole}，"
        f"{period}应完成{measured.said(due.amount)}（{due.working}）"
    )
    if reached is None:
        return Verdict(Light.NONE, reason, expected=due.amount)
    light = terms.bands.light(reached)
    if due.amount - measured.value <= one_unit(unit):
        light = mildest((light, Light.YELLOW))
    reason += measured.behind(due.amount, reached)
    if light is not Light.GREEN and not measured.indicator.milestones:
        whole_year = pace(measured.value, unit, measured.window, measured.on)
        reason += f"；照此全年约{measured.said(whole_year)}"
    return Verdict(
        light, reason, expected=due.amount, ratio=reached, missing=due.amount - measured.value
    )


def _remarks(measured: Measurement, terms: GoalTerms) -> Iterator[Remark]:
    sign, reached = measured.printed.comparator, measured.of_target
    if sign is Comparator.EQUAL and not measured.is_standard and measured.missing < 0:
        yield Remark.EXCEEDS_EQUAL
    if sign in _STRICT and measured.missing == 0:
        yield Remark.EQUALS_STRICT
    near = reached is not None and reached >= terms.ceiling_hint_from
    if measured.lower_is_better and measured.met and near:
        yield Remark.NEAR_CEILING


def _is_blue(measured: Measurement, light: Light, terms: GoalTerms) -> bool:
    reached = measured.of_target
    far = reached is not None and reached >= terms.blue_from
    return terms.blue_on and light is Light.GREEN and not measured.lower_is_better and far
