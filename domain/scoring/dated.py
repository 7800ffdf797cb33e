"""Scoring something to be done by a day (rules §8, Dates)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from domain.scoring.actual import Actual
from domain.scoring.policy import ScoringPolicy
from domain.scoring.result import (
    NOTHING,
    Flag,
    Outcome,
    RowScore,
    outcome_of,
    plain,
    points,
    undetermined,
)

_NOT_DONE = re.compile(r"^否$|未|没有|尚|无法|不能")
_NOT_DONE_BY_THEN = re.compile(
    r"(?:未能?|没有?|无法|不能)(?:完成|支付|拨付|付|实施|开展|启动|验收|到位|执行)|预计|计划于|拟于|将于"
)
_ON_TIME = re.compile(r"按时|按期|如期|准时|及时|提前")


def score_date(due_on: date, actual: Actual, weight: Decimal, policy: ScoringPolicy) -> RowScore:
    """Score the day something was done against the day it was due.

    A report that says 按时完成 without the day counts as in time, flagged; one that says
    neither that nor a day cannot be judged. A day beside 未支付 or 预计 is not a day of
    completion.
    """
    undone = _NOT_DONE if actual.done_on is None else _NOT_DONE_BY_THEN
    if undone.search(actual.text):
        working = f"{day_text(due_on)}到期，完成情况“{actual.text}”，未完成，得0分。"
        return RowScore(NOTHING, Outcome.NOT_MET, working)
    if actual.done_on is not None:
        return _by_day(due_on, actual.done_on, weight, policy)
    if _ON_TIME.search(actual.text):
        working = (
            f"{day_text(due_on)}到期，填报“{actual.text}”，得满分{plain(weight)}分；请补完成日期。"
        )
        return RowScore(points(weight, weight), Outcome.MET, working, (Flag.NO_DAY_OF_COMPLETION,))
    return undetermined(f"完成值“{actual.text}”没有完成日期")


def _by_day(due_on: date, done_on: date, weight: Decimal, policy: ScoringPolicy) -> RowScore:
    late = (done_on - due_on).days
    years = done_on.year != due_on.year
    said = f"{day_text(due_on, year=years)}到期，{day_text(done_on, year=years)}完成"
    if late <= 0:
        working = f"{said}，按时完成，得满分{plain(weight)}分。"
        return RowScore(points(weight, weight), Outcome.MET, working)
    share = next((s.share for s in policy.late_shares if late <= s.days), NOTHING)
    earned = points(weight * share, weight)
    sum_ = f"{plain(weight)}×{plain(share)}={earned}分"
    working = f"{said}，逾期{late}天完成：{sum_}，须人工确认。"
    return RowScore(earned, outcome_of(earned, met=False), working, (Flag.LATE,))


def day_text(day: date, *, year: bool = False) -> str:
    """Print a day as officials write it, 4月18日; with its year only where years differ."""
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
