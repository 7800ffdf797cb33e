"""部门整体绩效目标: a department's own goals on a form.

Indicators with classes and weights are set in the ministry's table, one a goal; goals that are
told in words stay words, as Hebei prints them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.indicator import Indicator
from services.intake.readers.word_numbers import chinese
from services.sheets.declaration_form.filled import cell_text
from services.sheets.declaration_form.layout import SYNTHETIC, lay_out_table, signatures
from services.sheets.declaration_form.paper import Box, Form, Imprint, Line, Look, Paper, Prose
from services.sheets.declaration_form.standard import STANDARD
from services.sheets.declaration_form.template import Field

_LABEL = 2
"""Columns of the grid for a line's label."""
_COLUMNS = frozenset(Field) - {Field.NAME, Field.VALUE, Field.WEIGHT}
"""What an indicator in words has no place for."""
_NO_YEAR = 1900
"""Dates a value without a year where the form has none; only units are looked at."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One of a department's goals (分项绩效目标)."""

    name: str
    objective: str | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class DepartmentGoals:
    """What a department declares for itself, apart from its projects."""

    department: str | None
    department_code: str | None
    fiscal_year: int | None
    overall_objective: str | None
    goals: tuple[Goal, ...]


_NO_GOAL = Goal("绩效指标", None, ())


def is_in_words(part: DepartmentGoals) -> bool:
    """Whether goals say more, and their indicators less, than a table has columns for."""
    rows = [row for goal in part.goals for row in goal.indicators]
    in_columns = any(
        cell_text(row, field, _NO_YEAR, only_needed=True) for row in rows for field in _COLUMNS
    )
    weighted = any(row.weight is not None for row in rows)
    return any(goal.objective for goal in part.goals) and not (in_columns or weighted)


def lay_out_department(part: DepartmentGoals, imprint: Imprint) -> Iterator[Form]:
    """Set a department's goals in a table each, on a page of its own, or all in words."""
    if is_in_words(part):
        yield _prose(part, imprint)
        return
    for goal in part.goals or (_NO_GOAL,):
        yield _table(part, goal, imprint)


def _table(part: DepartmentGoals, goal: Goal, imprint: Imprint) -> Paper:
    template = replace(STANDARD, side=goal.name)
    table = lay_out_table(goal.indicators, template, part.fiscal_year or _NO_YEAR)
    columns = len(table.widths)
    return Paper(
        name=goal.name,
        title="部门整体支出绩效目标申报表",
        subtitles=_subtitles(part, imprint),
        above=None,
        head=tuple(_head(part, columns)),
        table=table,
        signatures=signatures(columns, "部门负责人"),
        imprint=imprint,
    )


def _head(part: DepartmentGoals, columns: int) -> Iterator[Line]:
    lines = (
        ("部门名称", part.department, Look.CENTRE),
        ("部门编码", part.department_code, Look.CENTRE),
        ("年度总体目标", part.overall_objective, Look.LEFT),
    )
    for label, text, look in lines:
        if text:
            yield (
                Box(0, _LABEL, Look.LABEL, label),
                Box(_LABEL, columns - _LABEL, look, text),
            )


def _subtitles(part: DepartmentGoals, imprint: Imprint) -> tuple[str, ...]:
    year = f"（{part.fiscal_year}年度）" if part.fiscal_year else None
    return tuple(filter(None, (year, SYNTHETIC if imprint.synthetic else None)))


def _prose(part: DepartmentGoals, imprint: Imprint) -> Prose:
    return Prose(
        name="部门整体绩效目标",
        title="部门整体绩效目标",
        subtitles=_subtitles(part, imprint),
        paragraphs=tuple(_paragraphs(part, imprint)),
        imprint=imprint,
    )


def _paragraphs(part: DepartmentGoals, imprint: Imprint) -> Iterator[tuple[str, bool]]:
    """Each paragraph, and whether it is a heading."""
    yield "一、总体绩效目标", True
    for line in (part.overall_objective or "").splitlines():
        yield line, False
    yield "二、分项绩效目标", True
    for number, goal in enumerate(part.goals, start=1):
        yield f"（{chinese(number)}）{goal.name}", True
        yield from _of_goal(goal, part.fiscal_year or _NO_YEAR)
    if imprint.notes:
        yield "三、说明", True
        for note in imprint.notes:
            yield note, False


def _of_goal(goal: Goal, year: int) -> Iterator[tuple[str, bool]]:
    for order, line in enumerate((goal.objective or "").splitlines()):
        yield (line if order else f"绩效目标：{line}"), False
    for order, row in enumerate(goal.indicators):
        said = "".join(filter(None, _phrase(row, year)))
        yield (f"{said}；" if order else f"绩效指标：{said}；"), False


def _phrase(row: Indicator, year: int) -> Iterator[str | None]:
    """An indicator in words: its name, sign, value and unit, each once."""
    yield row.name
    yield cell_text(row, Field.SIGN, year, only_needed=True)
    yield row.value.text
    yield cell_text(row, Field.UNIT, year, only_needed=True)
