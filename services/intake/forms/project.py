"""One project's declaration: its head, then its table, then what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.intake.forms.declaration import Declaration, Finding, Severity
from services.intake.forms.head import Head
from services.intake.forms.head_reader import HeadReader
from services.intake.forms.headings import Heading
from services.intake.forms.indicators import Context
from services.intake.forms.labels import Period, Vocabulary
from services.intake.forms.money import budget_findings, total_wan
from services.intake.forms.plan import read_plan
from services.intake.forms.projects import Entry
from services.intake.forms.settling import settle, take_unit, year_said_by
from services.intake.forms.sheet import Sheet
from services.intake.forms.table import Line, Table, TableReader
from services.intake.forms.terms import terms_of
from services.intake.forms.ticks import chosen
from services.intake.forms.years import Year, years_mentioned

_LEAST_HEAD = 3
"""Fields of the head that make a form of rows without a table of indicators."""


_CODE_BEFORE = re.compile(
    r"([0-9]{6,12}[A-Z]?[0-9]{6,14})\s*[-—_－]\s*([\u4e00-\u9fff].*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a form takes from its file, or from the form before, where it does not say itself."""

    year: Year
    money_unit: str | None = None


def read_project(sheet: Sheet, words: Vocabulary, inherited: Inherited) -> Declaration | None:
    """Read a form of one project; None where the rows are no form at all."""
    head = HeadReader(words).read(sheet.around)
    if not sheet.tables and not head.title and len(head.said) < _LEAST_HEAD:
        return None
    lines = [(table.heading, line) for table in sheet.tables for line in table.lines]
    take_unit(head, inherited.money_unit, sheet.where)
    return _declaration(sheet.where, head, lines, words, inherited)


def read_entry(entry: Entry, sheet: Sheet, words: Vocabulary, inherited: Inherited) -> Declaration:
    """Read one project of a table of many; what stands above the table holds for all."""
    above = HeadReader(words).read(sheet.around)
    reader = HeadReader(words)
    reader.head.funds.say_unit(above.funds.unit)
    for name, (label, value) in entry.head.items():
        reader.keep(label, name, value)
    head = reader.head
    head.said = above.said | head.said
    head.year, head.title = head.year or above.year, above.title
    head.findings = [*entry.findings, *head.findings]
    lines = [(ruled.heading, ruled.line) for ruled in entry.lines]
    return _declaration(entry.where, head, lines, words, inherited)


def _declaration(
    where: str,
    head: Head,
    lines: Sequence[tuple[Heading, Line]],
    words: Vocabulary,
    inherited: Inherited,
) -> Declaration:
    settled = settle(head)
    said_by = year_said_by(head, inherited.year)
    year = head.year or said_by.year
    budget = head.budget()
    table = read_lines(lines, head, Context(year, total_wan(budget)), words)
    plan, plan_findings = read_plan(head.plan, year) if head.plan else (None, [])
    declared = _with_head(Declaration(where), head)
    return replace(
        declared,
        fiscal_year=year,
        annual_budget=budget,
        medium_term_budget=head.budget(medium_term=True),
        spending_plan=plan,
        indicators=tuple(table.annual),
        medium_term_indicators=tuple(table.medium),
        findings=(
            *_missing(head, table, where),
            *year_findings(head.year, said_by, where, table),
            *budget_findings(budget, head.funds.place() or where),
            *plan_findings,
            *settled,
            *head.findings,
            *head.funds.findings,
            *table.findings,
        ),
    )


def _code_and_name(head: Head) -> tuple[str | None, str | None]:
    """Part a system's code from the name that it is printed before: 46902225T000002800011-甲."""
    code, name = head.get("project_code"), head.get("project_name")
    found = _CODE_BEFORE.fullmatch(name or "")
    if found and code in {None, found.group(1)}:
        return found.group(1), found.group(2)
    return code, name


def _with_head(declared: Declaration, head: Head) -> Declaration:
    code, name = _code_and_name(head)
    return replace(
        declared,
        project_name=name,
        project_code=code,
        supervising_department=head.get("supervising_department"),
        implementing_unit=head.get("implementing_unit"),
        implementing_unit_code=head.get("implementing_unit_code"),
        project_nature=(nature := head.get("project_nature")) and chosen(nature),
        project_period=head.get("project_period"),
        purpose=head.get("purpose"),
        annual_objective=head.get("annual_objective"),
        medium_term_objective=head.get("medium_term_objective"),
    )


def read_lines(
    lines: Sequence[tuple[Heading, Line]], head: Head, context: Context, words: Vocabulary
) -> Table:
    """Read the rows of all tables of a form; a repeated heading goes on with its levels."""
    reader = TableReader(words, context)
    terms = {id(h): terms_of(h, head.blocks, context.year) for h, _ in lines}
    only_medium = not any(Period.ANNUAL in found.periods for found in terms.values())
    current: Heading | None = None
    for heading, line in lines:
        if heading is not current:
            found = terms[id(heading)]
            of_year = (Period.ANNUAL,) * len(found.periods)
            reader.open(heading, of_year if only_medium else found.periods)
            current = heading
        reader.read(line)
    said = [found.finding for found in terms.values() if found.finding]
    if current is not None and current.is_implied:
        said.append(_without_headings(lines[0][1]))
    said += [_parted(line) for _, line in lines if line.row.parted][:1]
    return replace(reader.table(), findings=[*said, *reader.table().findings])


def _without_headings(line: Line) -> Finding:
    message = "指标表没有表头，按一级指标、二级指标、三级指标、指标值的次序读，请核对。"
    return Finding("form.headings_missing", Severity.WARNING, line.row.where, message)


def _parted(line: Line) -> Finding:
    message = "指标写成文字而没有分栏，按“类别：名称 指标值”拆分，请逐条核对。"
    return Finding("form.indicators_parted", Severity.WARNING, line.row.where, message)


_REQUIRED = {
    "project_name": "项目名称",
    "implementing_unit": "实施单位",
    "annual_objective": "绩效目标",
}


def _years_in(table: Table) -> str:
    """Say which years the rows speak of, for whoever has to fill in the form's."""
    said = (
        text
        for row in table.annual
        for text in (row.name, row.value_text, row.description, row.scoring_standard)
    )
    years = "、".join(f"{year}年" for year in years_mentioned(said))
    return f"指标文字提到{years}，请确认。" if years else ""


def _missing(head: Head, table: Table, where: str) -> list[Finding]:
    found = [
        Finding(f"{name}.missing", Severity.ERROR, where, f"没有{label}。")
        for name, label in _REQUIRED.items()
        if name not in head.said
    ]
    if not table.annual:
        found.append(Finding("indicators.missing", Severity.ERROR, where, "没有绩效指标。"))
    return found


def year_findings(year: int | None, inherited: Year, where: str, table: Table) -> list[Finding]:
    """Say where the year comes from where the form has none of its own."""
    if year is not None:
        return []
    if inherited.year is None:
        message = f"没有写明年度。{_years_in(table)}"
        return [Finding("fiscal_year.missing", Severity.ERROR, where, message)]
    message = f"本表没有写明年度，取{inherited.said_by}的{inherited.year}年（{inherited.where}）。"
    return [Finding("fiscal_year.inherited", Severity.NOTE, where, message)]
