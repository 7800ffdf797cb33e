"""A file to its declarations: the one way in for the command line, the screen and the API."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.intake.forms.declaration import (
    Declaration,
    DepartmentGoals,
    FileReading,
    Finding,
    Severity,
)
from services.intake.forms.department import read_department
from services.intake.forms.head import Head, read_head
from services.intake.forms.indicators import Context, Table, is_heading, read_table
from services.intake.forms.labels import Vocabulary, vocabulary
from services.intake.forms.money import budget_findings, total_wan
from services.intake.forms.plan import read_plan
from services.intake.forms.sections import cut
from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Grid, Remark, Row, UnreadableFileError


@dataclass(frozen=True, slots=True)
class _Year:
    """The fiscal year that a form without one takes from its file, and where it stands."""

    year: int | None = None
    where: str | None = None


def read_file(source: Path | bytes, name: str | None = None) -> FileReading:
    """Read a file; what is wrong with it is told in ``errors`` and findings, never raised.

    ``name`` is shown and names the format; by default the path as given.
    """
    shown = name or (str(source) if isinstance(source, Path) else "")
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
        grid = read_grid(data, shown)
    except OSError:
        return refused(shown, "file.not_found", "文件不存在或打不开。")
    except UnreadableFileError as error:
        return refused(shown, error.code, str(error))
    return read_forms(grid)


def refused(name: str, rule: str, message: str) -> FileReading:
    """The reading of a file of which nothing can be read."""
    return FileReading(name, errors=(Finding(rule, Severity.ERROR, None, message),))


def read_forms(grid: Grid) -> FileReading:
    """Read every form of a grid."""
    words = vocabulary()
    sections = cut(grid.rows, words)
    department = read_department(sections.preamble, words)
    inherited = _Year(department.fiscal_year, department.year_where) if department else _Year()
    errors = [_said(remark) for remark in grid.remarks]
    declarations: list[Declaration] = []
    for rows in sections.forms:
        if _is_many_projects(rows, words):
            errors.append(_many_projects(rows))
        else:
            declarations.append(read_form(rows, words, inherited))
    goals: tuple[DepartmentGoals, ...] = (department,) if department else ()
    if not declarations and not goals and not errors:
        message = "没有找到绩效目标表（没有“项目名称”“一级指标”等栏目）。"
        errors.append(Finding("form.not_found", Severity.ERROR, None, message))
    return FileReading(grid.name, goals, tuple(declarations), tuple(errors))


def _said(remark: Remark) -> Finding:
    severity = Severity.ERROR if remark.lost else Severity.NOTE
    return Finding(remark.rule, severity, remark.where, remark.message)


def _is_many_projects(rows: tuple[Row, ...], words: Vocabulary) -> bool:
    """Recognise the layout with each project's head in columns beside its indicators."""
    for above, row in zip((None, *rows), rows, strict=False):
        if not is_heading(row, words):
            continue
        pushed = row.filled[0].column >= 2
        if _heads(row, words) > 1 or (above and pushed and _heads(above, words) > 1):
            return True
    return False


def _heads(row: Row, words: Vocabulary) -> int:
    """Count the labels in a row that belong to a project's head."""
    heads = {words.head_field(cell.text) for cell in row.filled}
    return len(heads & {"implementing_unit_code", "implementing_unit", "total"})


def _many_projects(rows: tuple[Row, ...]) -> Finding:
    message = "多个项目同在一张表、项目信息排在指标左侧的版式暂不能读取。"
    return Finding("layout.many_projects", Severity.ERROR, rows[0].where, message)


def read_form(rows: tuple[Row, ...], words: Vocabulary, inherited: _Year) -> Declaration:
    """Read one project's form: its head, then its table, then what is missing."""
    first = next((i for i, row in enumerate(rows) if is_heading(row, words)), len(rows))
    head = read_head(rows[:first], words)
    year = head.year or inherited.year
    budget = head.budget()
    table = read_table(rows[first:], words, Context(year, total_wan(budget)))
    plan, plan_findings = read_plan(head.plan, year) if head.plan else (None, [])
    where = rows[0].where
    findings = [
        *_missing(head, table, where),
        *_year_findings(head, inherited, where),
        *budget_findings(budget, head.places.get("total", where)),
        *plan_findings,
        *head.findings,
        *table.findings,
    ]
    said = head.values.get
    return Declaration(
        where,
        project_name=said("project_name"),
        project_code=said("project_code"),
        fiscal_year=year,
        supervising_department=said("supervising_department"),
        implementing_unit=said("implementing_unit"),
        implementing_unit_code=said("implementing_unit_code"),
        project_nature=said("project_nature"),
        purpose=said("purpose"),
        annual_objective=said("annual_objective"),
        medium_term_objective=said("medium_term_objective"),
        annual_budget=budget,
        medium_term_budget=head.budget(medium_term=True),
        spending_plan=plan,
        indicators=tuple(table.annual),
        medium_term_indicators=tuple(table.medium),
        findings=tuple(findings),
    )


_REQUIRED = {
    "project_name": "项目名称",
    "implementing_unit": "实施单位",
    "annual_objective": "绩效目标",
}


def _missing(head: Head, table: Table, where: str) -> list[Finding]:
    found = [
        Finding(f"{name}.missing", Severity.ERROR, where, f"没有{label}。")
        for name, label in _REQUIRED.items()
        if name not in head.values
    ]
    if not table.annual:
        found.append(Finding("indicators.missing", Severity.ERROR, where, "没有绩效指标。"))
    return found


def _year_findings(head: Head, inherited: _Year, where: str) -> list[Finding]:
    if head.year is not None:
        return []
    if inherited.year is None:
        return [Finding("fiscal_year.missing", Severity.ERROR, where, "没有写明年度。")]
    message = f"本表没有写明年度，取部门整体绩效目标的{inherited.year}年（{inherited.where}）。"
    return [Finding("fiscal_year.inherited", Severity.NOTE, where, message)]
