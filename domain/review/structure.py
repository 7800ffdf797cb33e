"""What kinds of indicators a form has: required ones, too many in words, one twice."""

from __future__ import annotations

from collections.abc import Iterator

from domain.indicator import Kind
from domain.review.check import About, Remark, Remarks, on_project, on_sheet
from domain.review.finding import Field, Severity
from domain.review.subject import ReviewedProject, Sheet
from domain.review.terms import ReviewTerms
from domain.review.words import QUALITY, QUANTITY, TIMELINESS, VAGUE
from domain.scoring.profile import Group, group_of
from domain.target_value import fold


@on_project(
    "structure.required_category",
    Severity.WARNING,
    About(
        "缺少应有的指标类别",
        "A required category is missing",
        "产出要有数量、质量、时效，还要有成本和至少一项效益，才说得清花多少钱、办多少事、办得怎样。",
        "只有数量指标，没有质量、时效指标",
        ("D14", "N22"),
    ),
)
def required_category(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find which of quantity, quality, time, cost and outcome has no row that applies."""
    missing = list(_missing(project)) if project.applying else []
    if missing:
        labels = "、".join(label for label, _ in missing)
        yield Remark(
            f"没有{labels}，请补充或说明不适用的理由。",
            f"Missing: {', '.join(label for _, label in missing)}.",
            Field.CATEGORY,
        )


def _missing(project: ReviewedProject) -> Iterator[tuple[str, str]]:
    """The missing categories, as far as the form prints levels at all."""
    rows = [row for _, row in project.applying]
    groups = {group_of(row.printed.indicator_class, row.printed.category) for row in rows}
    if any(row.printed.category for row in rows):
        for pattern, label, label_en in (
            (QUANTITY, "数量指标", "quantity"),
            (QUALITY, "质量指标", "quality"),
            (TIMELINESS, "时效指标", "time"),
        ):
            if not any(pattern.search(row.place) for row in rows):
                yield label, label_en
    if groups != {None}:
        if not any(row.is_cost for row in rows):
            yield "成本指标", "cost"
        if Group.OUTCOMES not in groups:
            yield "效益指标", "outcome"


@on_project(
    "structure.no_satisfaction",
    Severity.NOTE,
    About(
        "没有满意度指标",
        "There is no satisfaction indicator",
        "面向群众或企业的项目要设满意度；确无服务对象的，其10分并入效益指标。",
        "（没有服务对象满意度指标）",
        ("D14", "N22"),
    ),
)
def no_satisfaction(project: ReviewedProject, _: ReviewTerms) -> Remarks:
    """Find a form without anybody asked."""
    groups = {
        group_of(row.printed.indicator_class, row.printed.category) for _, row in project.applying
    }
    if groups - {None} and Group.SATISFACTION not in groups:
        yield Remark(
            "没有满意度指标；有服务对象的请补充，没有的其分值并入效益指标。",
            "There is no satisfaction indicator; its points go to the outcomes.",
            Field.CATEGORY,
        )


@on_sheet(
    "structure.too_qualitative",
    Severity.WARNING,
    About(
        "定性指标过多",
        "Too many indicators are in words",
        "能量化的应尽量量化；定性指标由人打分，监控时只能填“确定能、有可能”。",
        "12项指标中8项是“有效提高”“效果显著”",
        ("D24", "N21"),
    ),
)
def too_qualitative(sheet: Sheet, terms: ReviewTerms) -> Remarks:
    """Count the rows in words among those that apply."""
    applying = sheet.applying
    in_words = [n for n, row in applying if row.kind is Kind.QUALITATIVE]
    if len(in_words) > len(applying) * terms.qualitative_share:
        yield Remark(
            f"{len(applying)}项指标中有{len(in_words)}项是定性的，请尽量量化。",
            f"{len(in_words)} of {len(applying)} indicators are in words; quantify what can be.",
            Field.VALUE,
            row=in_words[0],
            also=tuple(in_words[1:]),
        )


@on_sheet(
    "structure.vague_values",
    Severity.NOTE,
    About(
        "定性指标值空泛",
        "Values of nothing but good wishes",
        "“显著提升”“有效保障”没有说明到什么程度算完成；应写明分级标准或可核对的事实。",
        "医保综合监管能力 显著提升",
        ("D24",),
    ),
)
def vague_values(sheet: Sheet, _: ReviewTerms) -> Remarks:
    """Find values in words without a grade or a fact; told once a form."""
    vague = [
        n
        for n, row in sheet.applying
        if row.kind is Kind.QUALITATIVE
        and not row.printed.scoring_standard
        and VAGUE.fullmatch(fold(row.printed.value_text))
    ]
    if vague:
        said = dict.fromkeys(fold(sheet.rows[n].printed.value_text) for n in vague)
        shown = "、".join(f"“{text}”" for text in said)
        yield Remark(
            f"{len(vague)}项定性指标只写{shown}，没有说明达到什么程度算完成，建议写明分级标准。",
            f"{len(vague)} values are vague ({shown}); say what counts as achieved.",
            Field.VALUE,
            row=vague[0],
            also=tuple(vague[1:]),
        )


@on_sheet(
    "structure.duplicate",
    Severity.WARNING,
    About(
        "指标重复",
        "One indicator twice",
        "同一指标出现两次，填报和计分都会重复。",
        "“群众满意度”既在社会效益又在满意度",
        ("D15", "N24"),
    ),
)
def duplicate(sheet: Sheet, _: ReviewTerms) -> Remarks:
    """Find rows of one name and one value, or of one name in one place."""
    rows: dict[str, list[int]] = {}
    for number, row in sheet.applying:
        if row.key:
            rows.setdefault(row.key, []).append(number)
    for numbers in rows.values():
        if len(numbers) > 1:
            said = sheet.rows[numbers[0]].said
            yield Remark(
                f"指标“{said}”出现{len(numbers)}次，请合并或改名区分。",
                f"The indicator “{said}” occurs {len(numbers)} times.",
                Field.NAME,
                row=numbers[1],
                also=(numbers[0], *numbers[2:]),
            )


@on_sheet(
    "structure.satisfaction_elsewhere",
    Severity.WARNING,
    About(
        "满意度又作效益指标",
        "Satisfaction is counted as an outcome, too",
        "满意度已有自己的指标，再放进效益，一件事算两次分。",
        "社会效益：受益群众幸福感（调查受助对象满意度）",
        ("D16", "N20"),
    ),
)
def satisfaction_elsewhere(sheet: Sheet, _: ReviewTerms) -> Remarks:
    """Find 满意度 outside its class, where that class has a row of its own."""
    own = [row for _, row in sheet.applying if "满意" in row.place and "满意" in row.name]
    for number, row in sheet.applying if own else ():
        outcome = group_of(row.printed.indicator_class, row.printed.category) is Group.OUTCOMES
        asked = "满意" in row.printed.name + row.printed.description
        if outcome and asked and "满意" not in row.place:
            yield Remark(
                f"“{row.said}”是满意度，已有满意度指标“{own[0].said}”，"
                "不宜再作效益指标，请改为可核对的效益。",
                f"“{row.said}” is about satisfaction, which “{own[0].said}” already measures.",
                Field.NAME,
                row=number,
            )


CHECKS = (
    required_category,
    no_satisfaction,
    too_qualitative,
    vague_values,
    duplicate,
    satisfaction_elsewhere,
)
