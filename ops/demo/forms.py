"""Declaration forms in the province's layout, printed, and read by the real reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.declaration import Declaration
from ops.demo.story import LABEL, REGION, YEAR, Goal, Story, Unit
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import to_domain

_CHECKPOINTS = ("3月底", "6月底", "10月底", "12月底")
_COLUMNS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")

Cells = Sequence[str]


def form_text(stories: Sequence[Story]) -> str:
    """One unit's file: the department's own part, then a form for each project."""
    unit = stories[0].unit
    lines = [LABEL, "第一部分", "部门整体绩效目标", "一、总体绩效目标", ""]
    lines.append(f"{YEAR}年，{unit.name}按年初预算和工作计划，抓好{len(stories)}个项目的实施。")
    lines += ["二、分项绩效目标", ""]
    for number, story in zip("一二三四五六七八九十", stories, strict=False):
        lines += [f"（{number}）{story.told}", f"绩效目标：{story.objective}", ""]
    lines += ["第二部分", "预算项目绩效目标", ""]
    for order, story in enumerate(stories, start=1):
        lines += _form(order, story)
    return "\n".join(lines) + "\n"


def _form(order: int, story: Story) -> Iterator[str]:
    """One project's form, one cell a line; every line of a cell begins with a tab."""
    yield f"{order}.{story.name}绩效目标表"
    yield from _rows(_head(story))
    yield ""
    yield from _rows(_indicators(story.goals))
    yield ""


def _rows(rows: Iterable[Cells]) -> Iterator[str]:
    for row in rows:
        yield from (f"\t{cell}" for cell in row)
        yield ""


def _head(story: Story) -> Iterator[Cells]:
    yield _unit_line(story.unit)
    yield "项目编码", story.code, "项目名称", story.name
    yield (
        *("预算规模及资金用途", "预算数", _wan(story.total), "其中：财政    资金"),
        *(_wan(story.fiscal), "其他资金", _wan(story.other) if story.other else ""),
    )
    yield "", story.purpose
    if story.plan:
        yield "资金支出计划（%）", *_CHECKPOINTS
        yield "", *story.plan
    yield "绩效目标", f"1.{story.objective}"


def _unit_line(unit: Unit) -> Cells:
    return f"{unit.code}{unit.name}", "单位：万元"


def _indicators(goals: Iterable[Goal]) -> Iterator[Cells]:
    """The table; a class or category that goes on is printed once, as in the real forms."""
    yield _COLUMNS
    before = ("", "")
    for goal in goals:
        place = (goal.indicator_class, goal.category)
        shown_class = "" if place[0] == before[0] else place[0]
        shown_category = "" if place == before else place[1]
        before = place
        yield shown_class, shown_category, goal.name, goal.name, goal.value, goal.basis


def _wan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def form_name(stories: Sequence[Story]) -> str:
    """What the file is called."""
    unit = stories[0].unit
    return f"{LABEL}{unit.code}{unit.name}{YEAR}年绩效目标表.txt"


def declarations(stories: Sequence[Story]) -> list[Declaration]:
    """Print a unit's file, read it, and date what it cannot say: when late money arrived."""
    name = form_name(stories)
    reading = read_file(form_text(stories).encode(), name)
    read = [
        to_domain(declared, region=REGION, fiscal_year=YEAR, source=name)
        for declared in reading.declarations
    ]
    return [
        _arrived(declaration, story.arrived_on)
        for declaration, story in zip(read, stories, strict=True)
    ]


def _arrived(declaration: Declaration, day: date) -> Declaration:
    """The declaration of an added project counts from the day its money arrived (rules §5)."""
    if declaration.effective_on == day:
        return declaration
    lines = tuple(replace(line, arrived_on=day, original=False) for line in declaration.fund_lines)
    return replace(declaration, effective_on=day, fund_lines=lines)
