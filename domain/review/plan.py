"""The spending plan: rising, ending at 100 %, inside its year, and this project's own."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import accumulate, pairwise

from domain.money import percent_text
from domain.review.check import About, Placed, Remark, Remarks, on_filing, on_project
from domain.review.finding import Change, Field, Part, Severity, Spot
from domain.review.subject import Filing, PlanPoint, ReviewedProject
from domain.review.terms import ReviewTerms

_WHOLE = Decimal(1)


def _said(plan: tuple[PlanPoint, ...]) -> str:
    return "、".join(f"{p.on.month}月底{_percent(p.share)}" for p in plan)


def _said_en(plan: tuple[PlanPoint, ...]) -> str:
    return ", ".join(f"{p.on:%m-%d} {_percent(p.share)}" for p in plan)


def _percent(share: Decimal) -> str:
    text = percent_text(share, 2).removesuffix("%").rstrip("0").rstrip(".")
    return f"{text or '0'}%"


def _are_increments(plan: tuple[PlanPoint, ...]) -> bool:
    """Say whether the shares are what each period spends: together they are the whole."""
    return len(plan) > 1 and plan[-1].share != _WHOLE and sum(p.share for p in plan) == _WHOLE


@on_project(
    "plan.increments",
    Severity.ERROR,
    About(
        "支出计划写成了各期比例",
        "The plan gives the share of each period",
        "表内要填的是累计比例；写成各期比例，计划进度会一直偏低。",
        "25%、25%、25%、25%",
        ("D27", "N26"),
    ),
)
def increments(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find shares that add up to the whole, and propose the running sums."""
    plan = project.plan or ()
    if _are_increments(plan):
        sums = tuple(accumulate(point.share for point in plan))
        fix = tuple(
            Change(Field.PLAN, _percent(point.share), _percent(share), number)
            for number, (point, share) in enumerate(zip(plan, sums, strict=True))
            if point.share != share
        )
        shown = "、".join(map(_percent, sums))
        yield Remark(
            f"资金支出计划（{_said(plan)}）像是各期比例，应填累计比例：{shown}。",
            f"The plan gives the share of each period ({_said_en(plan)}); sum them up.",
            Field.PLAN,
            fix,
        )


@on_project(
    "plan.not_rising",
    Severity.ERROR,
    About(
        "支出计划逐期下降",
        "The plan falls",
        "累计比例只能增加；下降的无法作为进度依据，系统改用默认进度。",
        "25%、20%、75%、100%",
        ("D27", "N26"),
    ),
)
def not_rising(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a share below the one before, or below nothing."""
    plan = project.plan or ()
    falls = any(a.share > b.share for a, b in pairwise(plan)) or any(p.share < 0 for p in plan)
    if falls and not _are_increments(plan):
        yield Remark(
            f"资金支出计划（{_said(plan)}）应逐期累计、不得下降。",
            f"The plan falls ({_said_en(plan)}); shares are cumulative.",
            Field.PLAN,
        )


@on_project(
    "plan.not_complete",
    Severity.ERROR,
    About(
        "支出计划最后一期不是100%",
        "The plan does not end at 100%",
        "年度预算应在年内支出完；不到100%的，余额没有计划，超过的没有资金。",
        "25%、50%、75%、90%",
        ("D27", "N26"),
    ),
)
def not_complete(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a last share that is not the whole."""
    plan = project.plan or ()
    if plan and plan[-1].share != _WHOLE and not _are_increments(plan):
        last = len(plan) - 1
        yield Remark(
            f"资金支出计划（{_said(plan)}）最后一期应为100%。",
            f"The plan does not end at 100% ({_said_en(plan)}).",
            Field.PLAN,
            (Change(Field.PLAN, _percent(plan[-1].share), "100%", last),),
        )


@on_project(
    "plan.days",
    Severity.ERROR,
    About(
        "支出计划的日期不对",
        "The days of the plan are wrong",
        "节点应在预算年度内、不重复、由前到后，否则不知按哪天考核。",
        "3月底、3月底、10月底、次年1月底",
        ("N27",),
    ),
)
def days(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find checkpoints outside the year, twice, or out of order."""
    plan = project.plan or ()
    year = project.fiscal_year
    outside = [p for p in plan if year is not None and p.on.year != year]
    unordered = any(a.on >= b.on for a, b in pairwise(plan))
    if outside or unordered:
        shown = "、".join(p.on.isoformat() for p in plan)
        yield Remark(
            f"资金支出计划的日期（{shown}）应在{year or '预算'}年度内，由前到后，不重复。",
            f"The days of the plan ({shown}) must lie in the fiscal year, rising, none twice.",
            Field.PLAN,
        )


@on_filing(
    "plan.boilerplate",
    Severity.NOTE,
    About(
        "各项目支出计划完全相同",
        "All projects have the same plan",
        "结转资金、配套资金、日常经费的支出节奏各不相同；千篇一律的计划多半没有测算。",
        "7个项目都是25%、50%、75%、100%",
        ("N28",),
    ),
)
def boilerplate(filing: Filing, terms: ReviewTerms) -> Placed:
    """Find one plan on many projects; told once, at the first of them."""
    plans = [project.plan for project in filing.projects]
    for plan, times in Counter(plan for plan in plans if plan).items():
        if times >= terms.same_plan_projects:
            yield (
                Spot(Part.PROJECT, plans.index(plan)),
                Remark(
                    f"{times}个项目的资金支出计划完全相同（{_said(plan)}），请按各项目实际安排测算。",
                    f"{times} projects have the same plan ({_said_en(plan)}).",
                    Field.PLAN,
                ),
            )


CHECKS = (increments, not_rising, not_complete, days, boilerplate)
