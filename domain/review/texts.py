"""The prose of a form: years of other forms, reports instead of goals, copied blocks."""

from __future__ import annotations

import re

from domain.indicator import Kind
from domain.review.check import About, Remark, Remarks, on_project, on_row, on_sheet
from domain.review.finding import Field, Severity
from domain.review.subject import ReviewedProject, Row, Sheet
from domain.review.terms import ReviewTerms
from domain.target_value import fold

_YEAR = re.compile(r"(?<![0-9\[【(〔])((?:19|20)[0-9]{2})年(?!.{0,6}(?:结转|结余|批复|印发|号))")
_COMPARED = re.compile(r"(?:较|比|同比|相比|自|从|至|到|以来|基础|基期|上年|去年)[^，。；]{0,6}$")
_DONE = re.compile(
    r"(?:全年|年内|已经?|本年度?|[0-9]{4}年)[^，。；]{0,6}(?:开展|完成|组织|举办|实现|取得|建成|发放)了"
    r"|取得了[^，。；]{0,8}(?:成效|成绩|进展|效果)"
)


@on_sheet(
    "text.other_year",
    Severity.WARNING,
    About(
        "正文的年份与申报年度不符",
        "The text names another year than the form",
        "多半是沿用上年的稿子，目标没有按今年修改。",
        "2025年申报表写“2024年全年开展”",
        ("D28", "N29"),
    ),
)
def other_year(sheet: Sheet, _: ReviewTerms) -> Remarks:
    """Find years in the objective, none the form's own; that of carried-over money is no slip."""
    year, text = sheet.fiscal_year, fold(sheet.objective)
    named = [
        int(found.group(1))
        for found in _YEAR.finditer(text)
        if not _COMPARED.search(text[: found.start()])
    ]
    if year is not None and named and year not in named:
        shown = "、".join(f"{one}年" for one in dict.fromkeys(named))
        yield Remark(
            f"目标正文写的是{shown}，申报年度是{year}年，请核对。",
            f"The objective speaks of {', '.join(map(str, dict.fromkeys(named)))}, "
            f"the form is for {year}.",
            Field.OBJECTIVE,
        )


@on_row(
    "text.other_year_value",
    Severity.WARNING,
    About(
        "完成日期不在申报年度",
        "A day outside the year of the form",
        "年度目标应在年度内完成；日期在别的年份，今年不会到期，也不会亮灯。",
        "2025年申报表写“2024年底完成”",
        ("D28", "N29"),
    ),
)
def other_year_value(row: Row, _: ReviewTerms) -> Remarks:
    """Find a date as value that lies in another year."""
    of, year = row.reviewed, row.sheet.fiscal_year
    due = of.value.due_on
    if of.kind is Kind.DATE and due is not None and year is not None and due.year != year:
        yield Remark(
            f"“{of.said}”的“{of.aim}”不在{year}年度内，请核对。",
            f"“{of.said}” ({of.aim}) is due outside {year}.",
            Field.VALUE,
        )


@on_row(
    "scoring.other_year",
    Severity.WARNING,
    About(
        "评分标准的年份与申报年度不符",
        "The scoring standard names another year",
        "评分标准沿用了别的年度，按它评分会全部扣分或全部得分。",
        "2025年申报表的评分标准写“在2023年度内完成得满分”",
        ("D28", "N29"),
    ),
)
def scoring_other_year(row: Row, _: ReviewTerms) -> Remarks:
    """Find years in the scoring standard, none of which is the form's own."""
    of, year = row.reviewed, row.sheet.fiscal_year
    named = [int(found.group(1)) for found in _YEAR.finditer(fold(of.printed.scoring_standard))]
    if year is not None and named and year not in named:
        yield Remark(
            f"“{of.said}”的评分标准写的是{named[0]}年，申报年度是{year}年，请核对。",
            f"The scoring standard of “{of.said}” speaks of {named[0]}, the form is for {year}.",
            Field.SCORING,
        )


@on_project(
    "text.past_tense",
    Severity.WARNING,
    About(
        "目标写成了总结",
        "The goal is told as done",
        "“开展了”“取得了成效”是总结；目标应写要做到什么。",
        "2025年全年开展了糖化血红蛋白测定等专项检查",
        ("N29",),
    ),
)
def past_tense(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find what a report would say."""
    found = _DONE.search(fold(project.objective))
    if found:
        yield Remark(
            f"目标正文“…{found.group()}…”是总结的写法，请改写为要达到的目标。",
            f"The objective tells what was done (“…{found.group()}…”), not what is aimed at.",
            Field.OBJECTIVE,
        )


@on_project(
    "text.objective_short",
    Severity.NOTE,
    About(
        "年度目标过于简略",
        "The annual objective says too little",
        "目标要说明做什么、做到什么程度，指标才有来处。",
        "巩固参保率",
        ("D24",),
    ),
)
def objective_short(project: ReviewedProject, terms: ReviewTerms) -> Remarks:
    """Find an objective of a few characters."""
    text = re.sub(r"^[0-9]+[.、]", "", fold(project.objective))
    if text and len(text) < terms.shortest_objective:
        yield Remark(
            f"年度目标只有“{text}”，请写明做什么、做到什么程度。",
            f"The annual objective says too little ({text}).",
            Field.OBJECTIVE,
        )


@on_project(
    "text.objective_is_purpose",
    Severity.NOTE,
    About(
        "年度目标与资金用途相同",
        "The objective repeats the purpose",
        "用途说钱花在哪，目标说要达到什么；两处一样，等于没有目标。",
        "资金用途与绩效目标都是“提高工作效率 保障日常工作正常运转”",
        ("D24",),
    ),
)
def objective_is_purpose(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Compare the two texts without numbering and white space."""
    objective, purpose = (
        re.sub(r"^[0-9]+[.、]", "", fold(text)).rstrip("。")
        for text in (project.objective, project.purpose)
    )
    if objective and objective == purpose:
        yield Remark(
            "年度目标与资金用途完全相同，请写明要达到的目标。",
            "The annual objective repeats what the money is for.",
            Field.OBJECTIVE,
        )


@on_project(
    "text.medium_is_annual",
    Severity.NOTE,
    About(
        "中期目标与年度目标完全相同",
        "The medium-term block repeats the annual one",
        "中期目标应覆盖整个项目期，年度目标是其中一年；照抄说明没有分解。",
        "中期与年度的正文、指标值一字不差",
        ("D21",),
    ),
)
def medium_is_annual(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Compare both blocks, in any order; a value cut off or left out is no other."""
    texts = [fold(text) for text in (project.objective, project.medium_objective)]
    annual, medium = (
        {row.key: fold(row.printed.value_text) for row in rows if row.applies}
        for rows in (project.rows, project.medium_rows)
    )
    alike = annual.keys() == medium.keys() and all(
        medium[name].startswith(value) for name, value in annual.items()
    )
    if annual and alike and texts[0] == texts[1] and _longer_than_a_year(project.period):
        yield Remark(
            "中期目标及指标与年度完全相同，请分别填写整个项目期和本年的目标。",
            "The medium-term objective and indicators repeat the annual ones.",
            Field.OBJECTIVE,
        )


def _longer_than_a_year(period: str) -> bool:
    """A project of one year has the same target for both; an unsaid period may be longer."""
    return not re.search(r"(?<![0-9])1年|一年", fold(period))


CHECKS = (
    other_year,
    past_tense,
    objective_short,
    objective_is_purpose,
    medium_is_annual,
    other_year_value,
    scoring_other_year,
)
