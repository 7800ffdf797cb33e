"""部门整体绩效目标: a department's own goals on a form, as one table a goal or as running text.

The ministry's form is a table (预算绩效管理 财预〔2015〕88号); Hebei prints goal by goal in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.indicator import Indicator
from services.sheets.declaration_form.filled import cell_text
from services.sheets.declaration_form.layout import SYNTHETIC, lay_out_table, signatures
from services.sheets.declaration_form.paper import Box, Form, Imprint, Line, Look, Paper, Prose
from services.sheets.declaration_form.standard import STANDARD
from services.sheets.declaration_form.template import Field

_LABEL, _HALF = 2, 5
_NUMERALS = "一二三四五六七八九十"
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


def lay_out_tables(part: DepartmentGoals, imprint: Imprint) -> Iterator[Form]:
    """Set a department's goals on the ministry's form, each on a page of its own."""
    for goal in part.goals:
        template = replace(STANDARD, side=goal.name)
        table = lay_out_table(goal.indicators, template, part.fiscal_year or _NO_YEAR)
        columns = len(table.widths)
        yield Paper(
            name=goal.name,
            title="部门整体支出绩效目标申报表",
            subtitles=_subtitles(part, imprint),
            above=None,
            head=tuple(_head(part, columns)),
            table=table,
            signatures=signatures(columns),
            imprint=imprint,
        )


def _head(part: DepartmentGoals, columns: int) -> Iterator[Line]:
    after = _LABEL + _HALF
    yield (
        Box(0, _LABEL, Look.LABEL, "部门名称"),
        Box(_LABEL, _HALF, Look.CENTRE, part.department),
        Box(after, _LABEL, Look.LABEL, "部门编码"),
        Box(after + _LABEL, columns - after - _LABEL, Look.CENTRE, part.department_code),
    )
    yield (
        Box(0, _LABEL, Look.LABEL, "年度总体目标"),
        Box(_LABEL, columns - _LABEL, Look.LEFT, part.overall_objective),
    )


def _subtitles(part: DepartmentGoals, imprint: Imprint) -> tuple[str, ...]:
    year = f"（{part.fiscal_year}年度）" if part.fiscal_year else None
    return tuple(filter(None, (year, SYNTHETIC if imprint.synthetic else None)))


def lay_out_prose(part: DepartmentGoals, imprint: Imprint) -> Iterator[Form]:
    """Write a department's goals as the Hebei form does, in words."""
    yield Prose(
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
        yield f"（{_numeral(number)}）{goal.name}", True
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


def _numeral(number: int) -> str:
    """A number up to 99 in Chinese: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    front = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return front + (_NUMERALS[ones - 1] if ones else "")
