"""Readings printed again as forms with merged cells, in the layout of their family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    DepartmentGoals,
    FileReading,
    PrintedBudget,
)
from tests.one_form import Form, Printed

Rows = Sequence[DeclaredIndicator]
Levelled = list[tuple[str, int]]


def printed(reading: FileReading) -> list[Form]:
    """All forms of a file, each kind in the layout that has room for what it says."""
    if any(d.medium_term_indicators for d in reading.declarations):
        return [two_terms(d) for d in reading.declarations]
    if any(d.spending_plan for d in reading.declarations):
        prose = [line for part in reading.department_goals for line in prose_of(part)]
        return [prose, *(with_plan(d) for d in reading.declarations)]
    if reading.department_goals:
        return [many_projects(reading), *(whole(part) for part in reading.department_goals)]
    return [plain(d) for d in reading.declarations]


def two_terms(declared: Declaration) -> Form:
    """Medium term on the left, the year on the right."""
    medium, year = declared.medium_term_budget, declared.annual_budget
    return [
        [Printed("项目支出绩效目标申报表", 8)],
        [Printed(f"（{declared.fiscal_year}年度）", 8)],
        [Printed("项目名称"), Printed(declared.project_name or "", 7)],
        [
            *(Printed("主管部门及代码"), Printed(declared.supervising_department or "", 3)),
            *(Printed("实施单位"), Printed(declared.implementing_unit or "", 3)),
        ],
        [Printed("项目属性"), Printed(declared.project_nature or "", 7)],
        [
            Printed(f"项目资金（{year.unit}）", rows=3),
            *_money("中期资金总额：", medium.total, "年度资金总额：", year.total),
        ],
        _money("其中：财政拨款", medium.fiscal, "其中：财政拨款", year.fiscal),
        _money("其他资金", medium.other, "其他资金", year.other),
        [
            Printed("总体目标", rows=2),
            Printed("中期目标（2025年—2123年）", 4),
            Printed("年度目标", 3),
        ],
        [
            Printed(declared.medium_term_objective or "", 4),
            Printed(declared.annual_objective or "", 3),
        ],
        [
            Printed("绩效指标", rows=len(declared.indicators) + 1),
            *map(Printed, ("一级指标", "二级指标", "三级指标", "指标值")),
            *map(Printed, ("二级指标", "三级指标", "指标值")),
        ],
        *_two_blocks(declared),
    ]


def _money(label: str, amount: str | None, other: str, beside: str | None) -> list[Printed]:
    return [Printed(label, 2), Printed(amount or "", 2), Printed(other, 2), Printed(beside or "")]


def _two_blocks(declared: Declaration) -> Iterable[list[Printed]]:
    annual = declared.indicators
    medium = declared.medium_term_indicators
    classes = _merged([row.indicator_class for row in annual])
    left = _merged([(row.indicator_class, row.indicator_category) for row in medium])
    right = _merged([(row.indicator_class, row.indicator_category) for row in annual])
    for at, (one, other) in enumerate(zip(medium, annual, strict=True)):
        row = _level(other.indicator_class, classes[at])
        row += [*_level(one.indicator_category, left[at]), *_name_and_value(one)]
        yield [*row, *_level(other.indicator_category, right[at]), *_name_and_value(other)]


def _name_and_value(row: DeclaredIndicator) -> list[Printed]:
    return [Printed(row.name or ""), Printed(row.value_text or "")]


def _level(text: str | None, rows: int) -> list[Printed]:
    """A level where it begins; nothing where it is merged down."""
    return [Printed(text or "", rows=rows)] if rows else []


def _merged(keys: Sequence[object]) -> list[int]:
    """How many rows each level goes on from where it begins, else 0."""
    spans: list[int] = []
    for _, run in groupby(keys):
        length = len(list(run))
        spans += [length, *[0] * (length - 1)]
    return spans


def _levels(rows: Rows) -> list[list[Printed]]:
    classes = _merged([row.indicator_class for row in rows])
    categories = _merged([(row.indicator_class, row.indicator_category) for row in rows])
    return [
        [*_level(row.indicator_class, over), *_level(row.indicator_category, under)]
        for row, over, under in zip(rows, classes, categories, strict=True)
    ]


def with_plan(declared: Declaration) -> Form:
    """The layout with a spending plan, descriptions and bases."""
    budget, plan = declared.annual_budget, declared.spending_plan or ()
    unit = f"{declared.implementing_unit_code}{declared.implementing_unit}"
    return [
        [Printed(f"{declared.project_name}绩效目标表", 8)],
        [Printed(f"（{declared.fiscal_year}年度）", 8)],
        [Printed(unit, 4), Printed(f"单位：{budget.unit}", 4)],
        [
            *(Printed("项目编码", 2), Printed(declared.project_code or "", 2)),
            *(Printed("项目名称", 2), Printed(declared.project_name or "", 2)),
        ],
        [
            *(Printed("预算规模及资金用途", 2, rows=2), Printed("预算数"), *_amount(budget.total)),
            *(Printed("其中：财政资金"), *_amount(budget.fiscal)),
            *(Printed("其他资金"), *_amount(budget.other)),
        ],
        [Printed(declared.purpose or "", 6)],
        [
            Printed("资金支出计划（%）", 4, rows=2),
            *(Printed(f"{point.on.month}月底") for point in plan),
        ],
        [Printed(f"{point.share:.0%}") for point in plan],
        [Printed("绩效目标", 2), Printed(declared.annual_objective or "", 6)],
        [
            *(Printed("一级指标"), Printed("二级指标"), Printed("三级指标", 2)),
            *(Printed("绩效指标描述", 2), Printed("指标值"), Printed("指标值确定依据")),
        ],
        *(
            [
                *levels,
                *(Printed(row.name or "", 2), Printed(row.description or "", 2)),
                *(Printed(row.value_text or ""), Printed(row.target_basis or "")),
            ]
            for levels, row in zip(_levels(declared.indicators), declared.indicators, strict=True)
        ),
    ]


def _amount(text: str | None) -> list[Printed]:
    return [Printed(text or "")]


def prose_of(part: DepartmentGoals) -> Form:
    """A department's goals as paragraphs."""
    lines = ["部门整体绩效目标", "一、总体绩效目标", part.overall_objective or ""]
    lines.append("二、分项绩效目标")
    for number, goal in zip("一二三四五六七八九", part.goals, strict=False):
        phrases = [f"{row.name}{row.value_text or ''}" for row in goal.indicators]
        lines += [f"（{number}）{goal.name}", f"绩效目标：{goal.objective}"]
        lines.append(f"绩效指标：{'；'.join(phrases)}")
    return [[Printed(line)] for line in lines]


def many_projects(reading: FileReading) -> Form:
    """One table for all projects of a unit, each one's head merged beside its rows."""
    rows: Form = [
        [Printed("项目支出绩效目标表", 14)],
        [Printed(f"单位：{reading.declarations[0].implementing_unit}", 14)],
        [Printed("金额单位：万元", 14)],
        [
            *(Printed(text, rows=2) for text in ("单位代码", "单位（专项）名称", "支出方向")),
            *(Printed("资金总额", rows=2), Printed("实施期绩效目标", rows=2)),
            Printed("绩效指标", 9),
        ],
        [
            *map(Printed, ("一级指标", "二级指标", "三级指标", "指标值", "指标值内容")),
            *map(Printed, ("评（扣分标准）", "度量单位", "指标值类型", "备注")),
        ],
    ]
    for declared in reading.declarations:
        rows += _of_many(declared)
    return rows


def _of_many(declared: Declaration) -> Iterable[list[Printed]]:
    count = len(declared.indicators)
    head = (
        *(declared.implementing_unit_code, declared.project_name, ""),
        *(declared.annual_budget.total, declared.annual_objective),
    )
    levels = _levels(declared.indicators)
    for at, row in enumerate(declared.indicators):
        beside = [Printed(text or "", rows=count) for text in head] if at == 0 else []
        yield [*beside, *levels[at], *_long(row), Printed("")]


def _long(row: DeclaredIndicator) -> list[Printed]:
    texts = (row.name, row.value_text, row.description, row.scoring_standard)
    return [Printed(text or "") for text in (*texts, row.column_unit, row.printed_sign)]


def whole(part: DepartmentGoals) -> Form:
    """A department's own form, its head beside the rows."""
    rows = [row for goal in part.goals for row in goal.indicators]
    head = (part.department_code, part.department, "1,426.26", part.overall_objective)
    form: Form = [
        [Printed("整体支出绩效目标表", 13)],
        [Printed("金额单位：万元", 13)],
        [
            *(
                Printed(text, rows=2)
                for text in ("单位编码", "单位名称", "资金总额", "整体绩效目标")
            ),
            Printed(part.goals[0].name, 9),
        ],
        [
            *map(Printed, ("一级指标", "二级指标", "三级指标", "指标值类型", "指标值", "计量单位")),
            *map(Printed, ("指标解释", "评(扣)分标准", "备注")),
        ],
    ]
    levels = _levels(rows)
    for at, row in enumerate(rows):
        beside = [Printed(text or "", rows=len(rows)) for text in head] if at == 0 else []
        texts = (row.name, row.printed_sign, row.value_text, row.column_unit, row.description)
        form.append(
            [
                *(*beside, *levels[at], *(Printed(text or "") for text in texts)),
                *(Printed(row.scoring_standard or ""), Printed(row.weight or "")),
            ]
        )
    return form


def plain(declared: Declaration) -> Form:
    """The year alone, name and value only."""
    budget: PrintedBudget = declared.annual_budget
    levels = _levels(declared.indicators)
    return [
        [Printed("部门项目支出预算绩效目标表", 4)],
        [Printed(f"（{declared.fiscal_year}年）", 4)],
        [Printed("项目名称"), Printed(declared.project_name or "", 3)],
        [
            *(Printed("主管部门"), Printed(declared.supervising_department or "")),
            *(Printed("实施单位"), Printed(declared.implementing_unit or "")),
        ],
        [
            *(Printed("项目属性"), Printed(declared.project_nature or "")),
            *(Printed(f"项目年度金额（{budget.unit}）"), Printed(budget.total or "")),
        ],
        [Printed("项目年度绩效目标"), Printed(declared.annual_objective or "", 3)],
        [*map(Printed, ("一级绩效指标", "二级绩效指标", "", "绩效值"))],
        *(
            [*of_row, *_name_and_value(row)]
            for of_row, row in zip(levels, declared.indicators, strict=True)
        ),
    ]
