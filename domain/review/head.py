"""The head of a form: what a target cannot be declared without."""

from __future__ import annotations

import re

from domain.review.check import About, Remark, Remarks, on_project
from domain.review.finding import Field, Severity
from domain.review.subject import ReviewedProject
from domain.review.terms import ReviewTerms
from domain.target_value import fold

_YEARS = re.compile(r"([0-9]{1,4})年")
_FROM_TO = re.compile(r"((?:19|20|21)[0-9]{2})年?(?:-|—|–|~|至|到)+((?:19|20|21|22)[0-9]{2})年?")


@on_project(
    "head.missing",
    Severity.ERROR,
    About(
        "表头缺项",
        "The head lacks what a target needs",
        "没有项目名称、实施单位或年度，不知道是谁、哪一年的目标。",
        "项目名称：（空白）",
    ),
)
def missing(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a form without name, unit or year."""
    needed = (
        ("项目名称", "project name", project.name),
        ("实施单位", "implementing unit", project.unit_name),
        ("年度", "fiscal year", project.fiscal_year),
    )
    for label, label_en, said in needed:
        if not said:
            yield Remark(f"没有{label}，请填写。", f"There is no {label_en}.", Field.HEAD)


@on_project(
    "head.no_objective",
    Severity.ERROR,
    About(
        "没有年度绩效目标",
        "There is no annual objective",
        "先有目标，再分解为指标；没有目标，指标无从对照。",
        "年度目标：（空白）",
        ("D14",),
    ),
)
def no_objective(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a form without its annual objective."""
    if not project.objective.strip():
        yield Remark("没有年度绩效目标，请填写。", "There is no annual objective.", Field.OBJECTIVE)


@on_project(
    "head.no_indicators",
    Severity.ERROR,
    About(
        "没有绩效指标",
        "There are no indicators",
        "没有可衡量的指标，目标是否完成无从判断。",
        "（指标表空白）",
        ("D14", "N22"),
    ),
)
def no_indicators(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a form whose table is empty, or says throughout that nothing applies."""
    if not project.applying:
        yield Remark("没有绩效指标，请填写。", "There are no indicators.", Field.HEAD)


@on_project(
    "head.period",
    Severity.WARNING,
    About(
        "项目期过长",
        "The project runs absurdly long",
        "项目期是资金和目标的期限；99年等于没有期限，中期目标也无从谈起。",
        "项目期99年；中期目标（2025年—2123年）",
        ("D20", "N30"),
    ),
)
def period(project: ReviewedProject, terms: ReviewTerms) -> Remarks:
    """Find a term of more years than a project can run."""
    years = _longest(project.period, project.fiscal_year)
    if years > terms.longest_period_years:
        yield Remark(
            f"项目期“{project.period}”过长，请按实际实施期限填写（常年性项目可逐年申报）。",
            f"The project is to run {years} years ({project.period}); give its real term.",
            Field.PERIOD,
        )


def _longest(text: str, year: int | None) -> int:
    """The longest term in years that a text names: as a number, or from year to year."""
    folded = fold(text)
    spans = [int(to) - int(since) + 1 for since, to in _FROM_TO.findall(folded)]
    counts = [int(found) for found in _YEARS.findall(folded) if not 1900 <= int(found) <= 2300]
    ends = [int(found) - (year or int(found)) + 1 for found in re.findall(r"2[0-9]{3}", folded)]
    return max((*spans, *counts, *ends), default=0)


CHECKS = (missing, no_objective, no_indicators, period)
