"""A department's or unit's own goals in a form of their own (部门整体绩效目标表)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from services.intake.forms.columns import UNKNOWN
from services.intake.forms.declaration import (
    DepartmentGoal,
    DepartmentGoals,
    Finding,
    Severity,
)
from services.intake.forms.head import Head
from services.intake.forms.head_reader import HeadReader
from services.intake.forms.headings import Heading
from services.intake.forms.indicators import Context
from services.intake.forms.labels import Vocabulary
from services.intake.forms.project import Inherited, read_lines, year_findings
from services.intake.forms.projects import entries
from services.intake.forms.sheet import Sheet
from services.intake.forms.table import Line
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Cell

_UNTITLED = "年度绩效指标"

_Lines = Sequence[tuple[Heading, Line]]
_Goals = Iterator[DepartmentGoal]


def is_whole(sheet: Sheet, words: Vocabulary) -> bool:
    """Say whether a form is a department's own: by its title, else by its labels."""
    if sheet.title is not None or not sheet.tables:
        return words.is_whole(sheet.title or "")
    fields = {token.field for row in sheet.around for token in tokens(row, words)}
    for table in sheet.tables:
        fields |= {column.field for column in table.heading.head}
    return "department_name" in fields and not fields & {"project_name", "project_code"}


def read_whole(sheet: Sheet, words: Vocabulary, inherited: Inherited) -> list[DepartmentGoals]:
    """Read the goals of the unit, or of each unit where a table has several."""
    above = HeadReader(words).read(sheet.around)
    if not any(table.heading.names_projects for table in sheet.tables):
        lines = [(table.heading, line) for table in sheet.tables for line in table.lines]
        return [_goals(sheet.where, above, lines, words, inherited)]
    found = []
    for entry in entries(sheet, words):
        reader = HeadReader(words)
        for name, (label, value) in entry.head.items():
            reader.keep(label, name, value)
        head = reader.head
        head.said = above.said | head.said
        head.year, head.title = head.year or above.year, above.title
        lines = [(ruled.heading, ruled.line) for ruled in entry.lines]
        found.append(_goals(entry.where, head, lines, words, inherited))
    return found


def _goals(
    where: str,
    head: Head,
    lines: _Lines,
    words: Vocabulary,
    inherited: Inherited,
) -> DepartmentGoals:
    year = head.year or inherited.year.year
    table = read_lines(lines, head, Context(year, None), words)
    department = _first(head, "department_name", "implementing_unit", "supervising_department")
    overall = _first(head, "annual_objective", "medium_term_objective")
    return DepartmentGoals(
        where,
        fiscal_year=year,
        department=department,
        department_code=_first(head, "department_code", "implementing_unit_code"),
        overall_objective=overall,
        goals=tuple(_goal_by_goal(lines, head, Context(year, None), words)),
        findings=(
            *_missing(department, overall, table.annual, where),
            *year_findings(head.year, inherited.year, where, table),
            *head.findings,
            *table.findings,
        ),
    )


def _first(head: Head, *names: str) -> str | None:
    return next(filter(None, map(head.get, names)), None)


def _goal_by_goal(lines: _Lines, head: Head, context: Context, words: Vocabulary) -> _Goals:
    """Part the rows where another title heads their columns: it names their goal."""
    titles: list[Cell | None] = []
    for heading, _ in lines:
        titles.append(_title_of(heading) or (titles[-1] if titles else None))
    for name, part in groupby(zip(titles, lines, strict=True), lambda pair: _name(pair[0])):
        of_goal = list(part)
        title, (_, first) = of_goal[0]
        rows = read_lines([line for _, line in of_goal], head, context, words).annual
        if rows:
            where = title.where if title else first.row.where
            yield DepartmentGoal(name, None, tuple(rows), where)


def _name(title: Cell | None) -> str:
    return title.text if title else _UNTITLED


def _title_of(heading: Heading) -> Cell | None:
    """Find what stands over the columns of indicators, or left of them."""
    columns = [column for group in heading.groups for column in group.columns.values()]
    over = (column.above for column in columns if column.above is not None)
    first = min(column.first for column in columns)
    left = (c.label for c in heading.columns if c.field == UNKNOWN and c.first < first)
    return next(over, None) or next(left, None)


def _missing(
    department: str | None, overall: str | None, rows: Sequence[object], where: str
) -> list[Finding]:
    said = {
        "department.missing": (department, "部门整体绩效目标没有写明部门名称。", Severity.ERROR),
        "objective.missing": (overall, "没有总体绩效目标。", Severity.ERROR),
        "indicators.missing": (rows, "没有绩效指标。", Severity.ERROR),
    }
    return [
        Finding(rule, severity, where, message)
        for rule, (value, message, severity) in said.items()
        if not value
    ]
