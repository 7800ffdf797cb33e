"""A department's goals beside what was read back from their form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from services.sheets.declaration_form.department import DepartmentGoals, Goal
from services.sheets.declaration_form.differences import (
    Difference,
    compared,
    indicator_differences,
)

_HEAD = {
    "department": "部门名称",
    "department_code": "部门编码",
    "fiscal_year": "年度",
    "overall_objective": "总体绩效目标",
}
_NOT_IN_WORDS = "部门整体绩效目标写成文字，没有此栏"
_LACKS = {
    "department": _NOT_IN_WORDS,
    "department_code": _NOT_IN_WORDS,
    "goals.objective": "部门整体绩效目标列成表，没有分项目标的说明一栏",
}
"""What words, or a table, have no place for, and why."""


def department_differences(
    declared: DepartmentGoals, read: Sequence[DepartmentGoals]
) -> tuple[Difference, ...]:
    """Compare a department's goals with those of its form, which may be one page a goal."""
    found = _compared(declared, _joined(read))
    return tuple(replace(one, why=one.why or _LACKS.get(one.field)) for one in found)


def _joined(parts: Sequence[DepartmentGoals]) -> DepartmentGoals:
    return replace(parts[0], goals=tuple(goal for part in parts for goal in part.goals))


def _compared(declared: DepartmentGoals, read: DepartmentGoals) -> Iterator[Difference]:
    for field, name in _HEAD.items():
        yield from compared(field, name, getattr(declared, field), getattr(read, field))
    nothing = Goal("", None, ())
    for goal, other in zip_longest(declared.goals, read.goals, fillvalue=nothing):
        front = f"分项目标“{goal.name or other.name}”"
        yield from compared("goals.name", front, goal.name, other.name)
        yield from compared("goals.objective", f"{front}的说明", goal.objective, other.objective)
        for one in indicator_differences(goal.indicators, other.indicators):
            yield replace(one, place=f"{front}{one.place}")
