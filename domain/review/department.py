"""A department's own goals, and its projects beside them."""

from __future__ import annotations

from decimal import Decimal

from domain.indicator import Kind
from domain.money import ZERO
from domain.review.check import About, Placed, Remark, Remarks, on_department, on_filing
from domain.review.finding import Field, Part, Severity, Spot
from domain.review.money import in_unit
from domain.review.rewriting import with_number
from domain.review.subject import Filing, ReviewedDepartment, ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import GENERIC
from domain.units import UnitDoesNotConvertError, converted


@on_department(
    "department.no_objective",
    Severity.ERROR,
    About(
        "部门没有总体绩效目标",
        "The department has no overall objective",
        "部门整体目标是各项目目标的依据。",
        "总体绩效目标：（空白）",
        ("D14",),
    ),
)
def no_objective(department: ReviewedDepartment, _: ReviewTerms) -> Remarks:
    """Find a department's part without its text."""
    if not department.objective.strip():
        yield Remark(
            "部门没有总体绩效目标，请填写。",
            "The department has no overall objective.",
            Field.OBJECTIVE,
        )


@on_department(
    "department.goal_without_indicators",
    Severity.WARNING,
    About(
        "分项目标没有指标",
        "A goal without indicators",
        "没有指标的分项目标无从监控。",
        "（三）优化医保支付方式改革（没有绩效指标）",
        ("D14",),
    ),
)
def goal_without_indicators(department: ReviewedDepartment, _: ReviewTerms) -> Remarks:
    """Find goals that nothing measures."""
    for goal in department.goals:
        if not goal.indicators:
            yield Remark(
                f"分项目标“{goal.name}”没有绩效指标，请补充。",
                f"The goal “{goal.name}” has no indicators.",
                Field.OBJECTIVE,
            )


def _numbered(rows: tuple[ReviewedRow, ...]) -> list[ReviewedRow]:
    kinds = (Kind.LEVEL, Kind.CUMULATIVE, Kind.CEILING)
    return [row for row in rows if row.value.number is not None and row.kind in kinds]


def _same(project: ReviewedRow, department: ReviewedRow) -> bool:
    """Whether two rows are one indicator: alike, or one name ends in the other."""
    one, other = project.key, department.key
    short, long = sorted((one, other), key=len)
    alike = one == other or (len(short) >= 3 and long.endswith(short))
    return alike and not GENERIC.fullmatch(short)


@on_filing(
    "department.project_weaker",
    Severity.WARNING,
    About(
        "项目指标低于部门指标",
        "A project aims lower than its department",
        "部门承诺90%，自己的项目只要求80%，项目都完成了部门也完不成。",
        "部门“参保率90%以上”，项目“参保率≥80%”",
        ("D22", "N25"),
    ),
)
def project_weaker(filing: Filing, _: ReviewTerms) -> Placed:
    """Compare rows of one name and unit, in the direction of their kind."""
    goals = [row for part in filing.departments for row in _numbered(part.rows)]
    for number, project in enumerate(filing.projects):
        for at, row in enumerate(project.rows):
            goal = next((one for one in goals if _asks_more(one, row)), None)
            if goal is not None:
                yield (
                    Spot(Part.PROJECT, number),
                    Remark(
                        f"“{row.said}”的指标值“{row.aim}”低于部门整体目标"
                        f"“{goal.said}”的“{goal.aim}”，请核对。",
                        f"“{row.said}” ({row.aim}) is weaker than the department's "
                        f"“{goal.said}” ({goal.aim}).",
                        Field.VALUE,
                        with_number(Row(row, at, project), _wanted(goal, row) or ZERO),
                        row=at,
                    ),
                )


def _asks_more(goal: ReviewedRow, row: ReviewedRow) -> bool:
    """Whether a department asks more of the same indicator than a project does."""
    wanted = _wanted(goal, row) if goal.kind is row.kind and _same(row, goal) else None
    if wanted is None or row.value.number is None:
        return False
    return row.value.number > wanted if row.kind is Kind.CEILING else row.value.number < wanted


def _wanted(goal: ReviewedRow, row: ReviewedRow) -> Decimal | None:
    """The department's number in the project's unit; None where they do not convert."""
    try:
        return converted(goal.value.number or ZERO, goal.value.unit, row.value.unit)
    except UnitDoesNotConvertError:
        return None


@on_filing(
    "department.project_sum",
    Severity.WARNING,
    About(
        "项目资金之和不等于部门项目支出",
        "The projects' money is not the department's",
        "部门项目支出应等于各项目之和；不等的，或漏报了项目，或金额写错。",
        "部门项目支出100.00万元，5个项目合计90.00万元",
        ("D10", "N16"),
    ),
)
def project_sum(filing: Filing, _: ReviewTerms) -> Placed:
    """Add up the projects where the one department of a filing says its project expenditure."""
    said = [part for part in filing.departments if part.project_total is not None]
    totals = [project.money.total for project in filing.projects]
    if len(filing.departments) != 1 or not said or not totals or None in totals:
        return
    (part,) = said
    summed = sum((total for total in totals if total is not None), ZERO)
    if part.project_total is not None and summed != part.project_total:
        unit = part.money.unit
        yield (
            Spot(Part.DEPARTMENT, 0),
            Remark(
                f"{len(totals)}个项目资金合计{in_unit(summed, unit)}，部门项目支出为"
                f"{in_unit(part.project_total, unit)}，请核对是否漏报项目。",
                f"The {len(totals)} projects add up to {in_unit(summed, unit)}; the department's "
                f"project expenditure is {in_unit(part.project_total, unit)}.",
                Field.TOTAL,
            ),
        )


CHECKS = (no_objective, goal_without_indicators, project_weaker, project_sum)
