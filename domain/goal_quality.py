"""Judging what is not a number: dates, grades, and the likelihood of the year's end (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.goal_verdict import Verdict, cannot_determine
from domain.indicator import Grade, Likelihood
from domain.light import Light
from domain.policy_terms import GoalTerms

_BY_GRADE = {
    Grade.ACHIEVED: Light.GREEN,
    Grade.PARTLY: Light.YELLOW,
    Grade.NOT_ACHIEVED: Light.RED,
}
_BY_LIKELIHOOD = {
    Likelihood.CERTAIN: Light.GREEN,
    Likelihood.POSSIBLE: Light.YELLOW,
    Likelihood.IMPOSSIBLE: Light.RED,
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date to be kept: when it is due, when it was done, and what the unit expects."""

    due_on: date
    done_on: date | None = None
    likelihood: Likelihood | None = None


def judge_date(deadline: Deadline, as_of: date, terms: GoalTerms) -> Verdict:
    """Judge a date on a day: it changes when the thing is done, or when a deadline passes."""
    due, done = deadline.due_on, deadline.done_on
    wanted = f"应于{due.year}年{due.month}月{due.day}日前完成"
    if done is not None and done <= as_of:
        return _done(wanted, done, (done - due).days)
    left = (due - as_of).days
    missing = Decimal(max(-left, 0))
    if left < 0:
        return Verdict(Light.RED, f"{wanted}，逾期{-left}天未完成", missing=missing)
    if left <= terms.date_warning_days and not _is_sure(deadline):
        return Verdict(Light.YELLOW, f"{wanted}，还剩{left}天，尚未完成", missing=missing)
    return Verdict(Light.NONE, f"{wanted}，未到期", missing=missing)


def _done(wanted: str, done: date, late: int) -> Verdict:
    said = f"{wanted}，{done.month}月{done.day}日完成"
    if late > 0:
        return Verdict(Light.YELLOW, f"{said}，逾期{late}天完成", missing=Decimal(late))
    return Verdict(Light.GREEN, said, missing=Decimal(0))


def _is_sure(deadline: Deadline) -> bool:
    """In December, when most dates are due, 确定能 is believed."""
    return deadline.due_on.month == 12 and deadline.likelihood is Likelihood.CERTAIN


def judge_grade(grade: Grade | None) -> Verdict:
    """At and after the last checkpoint quality is judged by its grade."""
    if grade is None:
        return cannot_determine("完成等级")
    return Verdict(_BY_GRADE[grade], f"完成等级：{grade}")


def judge_likelihood(likelihood: Likelihood | None) -> Verdict:
    """Before it, quality is judged by what the unit expects."""
    if likelihood is None:
        return cannot_determine("完成目标可能性")
    return Verdict(_BY_LIKELIHOOD[likelihood], f"完成目标可能性：{likelihood}")


def judge_outlook(likelihood: Likelihood | None) -> Verdict:
    """Before the year's end, what is measured only then: a doubt lights up, nothing else."""
    if likelihood in {Likelihood.POSSIBLE, Likelihood.IMPOSSIBLE}:
        return judge_likelihood(likelihood)
    return Verdict(Light.NONE, "年末测量，未到期")
