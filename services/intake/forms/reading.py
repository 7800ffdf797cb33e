"""A file to its declarations: the one way in for the command line, the screen and the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from services.intake.forms.declaration import (
    Declaration,
    DepartmentGoals,
    FileReading,
    Finding,
    Severity,
)
from services.intake.forms.department import read_department
from services.intake.forms.headings import find_headings
from services.intake.forms.labels import Vocabulary, vocabulary
from services.intake.forms.lines import tidied
from services.intake.forms.loose import as_tables
from services.intake.forms.project import Inherited, read_entry, read_project
from services.intake.forms.projects import entries
from services.intake.forms.repeating import merged_again
from services.intake.forms.run_together import set_apart
from services.intake.forms.sections import cut
from services.intake.forms.sheet import Sheet, part
from services.intake.forms.unfolding import unfolded
from services.intake.forms.whole import is_whole, read_whole
from services.intake.forms.wrapping import unwrapped
from services.intake.forms.years import Year, year_of_file
from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Grid, Remark, Row, UnreadableFileError


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


@dataclass(slots=True)
class _Read:
    """What was read of a file so far."""

    goals: list[DepartmentGoals] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)


def read_forms(grid: Grid) -> FileReading:
    """Read every form of a grid."""
    words = vocabulary()
    lines = tidied(tuple(map(unwrapped, _without_furniture(grid, words))), words)
    lines = set_apart(lines, words)
    rows = unfolded(as_tables(merged_again(lines, words), words), words)
    headings = find_headings(rows, words)
    sections = cut(rows, headings, words)
    department = read_department(sections.preamble, words)
    read = _Read([department] if department else [])
    inherited = _inherited(department, sections.preamble)
    for section in sections.forms:
        sheet = part(rows, section, headings, words)
        _read_sheet(read, sheet, words, inherited)
    errors = [_said(remark) for remark in grid.remarks]
    if not (read.declarations or read.goals or errors):
        message = "没有找到绩效目标表（没有“项目名称”“一级指标”等栏目）。"
        errors.append(Finding("form.not_found", Severity.ERROR, None, message))
    return FileReading(grid.name, tuple(read.goals), tuple(read.declarations), tuple(errors))


def _said(remark: Remark) -> Finding:
    severity = Severity.ERROR if remark.lost else Severity.NOTE
    return Finding(remark.rule, severity, remark.where, remark.message)


def _without_furniture(grid: Grid, words: Vocabulary) -> tuple[Row, ...]:
    """Leave out what a page only repeats: its number, 续表."""
    return tuple(
        row
        for row in grid.rows
        if not (words.is_furniture(row.text) or _numbers_columns(row) or _is_signed(row, words))
    )


def _numbers_columns(row: Row) -> bool:
    """Say whether a row below headings only numbers them: 1 2 3 4, 栏次 1 2 3."""
    texts = [cell.text.strip() for cell in row.filled]
    numbers = texts[1:] if texts and not texts[0].isdecimal() else texts
    return len(numbers) > 3 and numbers == [str(n + 1) for n in range(len(numbers))]


def _is_signed(row: Row, words: Vocabulary) -> bool:
    """Say whether a row of a table is for those who sign below it."""
    return (
        row.table
        and len(row.filled) > 1
        and all(words.is_signature(cell.text) for cell in row.filled)
    )


def _inherited(department: DepartmentGoals | None, preamble: tuple[Row, ...]) -> Inherited:
    """What a form without a year takes from its file."""
    if department is not None and department.fiscal_year is not None:
        year = Year(department.fiscal_year, department.year_where, "部门整体绩效目标")
    else:
        year = year_of_file(preamble)
    return Inherited(year)


def _read_sheet(read: _Read, sheet: Sheet, words: Vocabulary, of_file: Inherited) -> None:
    """Read one form, a department's own or of one project or more."""
    inherited = _from_before(read, sheet, of_file)
    if is_whole(sheet, words):
        read.goals += read_whole(sheet, words, inherited)
    elif any(table.heading.names_projects for table in sheet.tables):
        parted = entries(sheet, words)
        read.declarations += [read_entry(entry, sheet, words, inherited) for entry in parted]
    else:
        declared = read_project(sheet, words, inherited)
        read.declarations += [declared] if declared else []


def _from_before(read: _Read, sheet: Sheet, of_file: Inherited) -> Inherited:
    """Let a form without a title go on under that of the form before."""
    before = read.declarations[-1] if read.declarations else None
    if sheet.title is not None or before is None:
        return of_file
    year = Year(before.fiscal_year, before.where, "前一张表")
    unit = before.annual_budget.unit
    return Inherited(year if before.fiscal_year else of_file.year, unit)
