"""The province's export of targets: one row an indicator or a project (domain §4.3).

Rows of one project, wherever they stand, are its declaration as a form's would be; what the
columns do not tell stays open. Rows marked as deleted, and older versions, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.identity import folded
from domain.target_value import fold
from services.intake.cells import CellError, text_of
from services.intake.columns import FieldError
from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    Finding,
    PrintedBudget,
    Severity,
)
from services.intake.forms.indicators import Context, read_indicator, row_findings
from services.intake.forms.labels import vocabulary
from services.intake.forms.money import budget_findings, own_unit, total_wan
from services.intake.known_codes import CodeReader
from services.intake.payment_rows import plain_text, year_of
from services.intake.readers.grid import UnreadableFileError
from services.intake.reading import Aids, Heard, sections_in
from services.intake.row_reader import Places, RowReader
from services.intake.sections import Section
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem, Value
from services.intake.title_year import require_year
from services.intake.vocabulary import vocabulary_of

ABOVE = "项目栏为空、归入上一行项目的行："
DELETED = "标为已删除的行，略去"
OLDER = "旧版本的行，略去"

_DELETED = frozenset({"是", "1", "Y", "YES", "TRUE", "已删除"})
_ALIVE = frozenset({"否", "2", "0", "N", "NO", "FALSE", "正常"})
"""The ministry's tables write 1 for deleted and 2 for not; a sibling component writes 0."""

_MEDIUM = re.compile(r"总体|中期|实施期|中长期")
_HEAD = (
    *("project_name", "implementing_unit", "implementing_unit_code", "supervising_department"),
    *("project_nature", "annual_objective", "purpose", "total", "fiscal", "other"),
)
_WANTED = (
    *("implementing_unit", "supervising_department", "annual_objective", "total"),
    *("name", "value", "weight"),
)
_MONEY = ("total", "fiscal", "other")


@dataclass(frozen=True, slots=True)
class TargetDefaults:
    """What a file that does not say is read as."""

    fiscal_year: int
    aids: Aids = field(default_factory=Aids)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One row as printed: whose it is, what it says of the project, and of an indicator."""

    code: str | None
    head: dict[str, str]
    indicator: dict[str, str]
    version: str | None
    medium_term: bool
    unit: str | None
    places: Places

    @property
    def project(self) -> tuple[str, ...]:
        """What tells its project from others: the code, else name and unit."""
        if self.code:
            return (self.code,)
        names = (self.head.get("project_name"), self.head.get("implementing_unit"))
        return tuple(folded(name or "") for name in names)

    def place(self, *names: str) -> str:
        """Where the first of these fields stands that has a column, else the row."""
        found = (self.places[name][0] for name in names if name in self.places)
        return next(found, next(iter(self.places.values()))[0])


@dataclass(slots=True)
class TargetsFile:
    """An export of targets, read: its projects as declarations, in the order of the file."""

    declared: list[Declaration] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)


def read_targets(data: bytes, defaults: TargetDefaults) -> TargetsFile:
    """Read an export of targets.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    file = TargetsFile()
    rows: list[TargetRow] = []
    columns: set[str] = set()
    tables = read_tables(data, percents=True)
    words = vocabulary_of("targets")
    for section in sections_in(tables, words, defaults.aids, file.heard):
        require_year(section.table, section.heading, defaults.fiscal_year)
        rows += _Reader(section, defaults, file.heard).read()
        columns |= section.heading.columns.keys()
    lacking = [words.title_of(name) for name in _WANTED if name not in columns]
    if lacking:
        file.heard.notes.append(f"表上没有这些栏：{'、'.join(lacking)}。在案的项目按在案的不变。")
    for project in _projects(rows).values():
        file.declared.append(_declared(_latest(project, file.heard), defaults.fiscal_year))
    return file


class _Reader(RowReader[TargetRow]):
    """Reads the rows of one section."""

    keys = ("project_code", "project_name", "name")
    content = ("project_name", "name", "value", "indicator_class", "total", "annual_objective")

    def __init__(self, section: Section, defaults: TargetDefaults, heard: Heard) -> None:
        super().__init__(section, heard)
        self.defaults = defaults
        self.above: tuple[str | None, dict[str, str]] | None = None
        self.codes = CodeReader(self.heading, "project_code", defaults.aids.projects)
        units = CodeReader(self.heading, "implementing_unit_code", defaults.aids.units)
        self.unit_codes = units
        self.code = self.field("project_code", self.codes)
        self.fiscal_year = self.field("fiscal_year", year_of)
        self.deleted = self.field("deleted", _is_deleted)
        self.version = self.field("version", text_of)
        self.block = self.field("block", _is_medium_term)
        self.head = {
            name: self.field(name, units if name == "implementing_unit_code" else plain_text)
            for name in _HEAD
        }
        self.row = {
            name: self.field(name, text_of)
            for name in (
                *("indicator_class", "indicator_category", "name", "comparator", "value", "unit"),
                *("weight", "description", "scoring_standard", "target_basis"),
            )
        }
        self.unit = self._unit()

    def _unit(self) -> str | None:
        """The unit of all money of the table: a project's budget is read in one.

        Raises:
            UnreadableFileError: its columns are in several.
        """
        printed = [self.heading.columns[name] for name in _MONEY if name in self.heading.columns]
        units = {
            self.heading.unit_of(name) or "元" for name in _MONEY if name in self.heading.columns
        }
        if len(units) > 1:
            headings = "、".join(column.heading for column in printed)
            raise UnreadableFileError(f"各金额列的单位不同：{headings}。请换算成同一单位后重试。")
        return next(filter(None, map(self.heading.unit_of, _MONEY)), None)

    def title(self) -> None:
        """What follows a title belongs to no project above it."""
        self.above = None

    def take(self, number: int, values: Sequence[Value], places: Places) -> TargetRow | None:  # noqa: ARG002
        """Read a row of an indicator, or of a project."""
        if self.deleted(values):
            self.heard.leave_out(DELETED)
            return None
        year = self.fiscal_year(values)
        if year is not None and year != self.defaults.fiscal_year:
            message = f"这一行是{year}年度的，所选年度是{self.defaults.fiscal_year}年。"
            raise FieldError("fiscal_year", message)
        code, head = self.code(values), _filled(self.head, values)
        if not (code or head.get("project_name")):
            code, head = self._of_above(head)
        self.above = (code, head)
        row = _filled(self.row, values)
        medium_term = bool(self.block(values))
        return TargetRow(code, head, row, self.version(values), medium_term, self.unit, places)

    def _of_above(self, head: dict[str, str]) -> tuple[str | None, dict[str, str]]:
        """A row that prints nothing of its project goes on with the one above, as merged cells do.

        Raises:
            FieldError: there is none, or the row prints something of another one.
        """
        if head or self.above is None:
            raise FieldError("project_code", "项目编码和项目名称都为空。")
        self.heard.leave_out(ABOVE)
        return self.above

    def finish(self) -> None:
        """Say which codes were restored."""
        self.heard.notes += [*self.codes.notes(), *self.unit_codes.notes()]


def _filled(fields: dict[str, Any], values: Sequence[Value]) -> dict[str, str]:
    read = ((name, column(values)) for name, column in fields.items())
    return {name: text for name, text in read if text is not None}


def _is_deleted(value: Value) -> bool | None:
    printed = fold(text_of(value) or "").upper()
    if not printed:
        return None
    if printed not in _DELETED | _ALIVE:
        raise CellError(f"“{printed[:40]}”看不出是否已删除。请填“是”或“否”（1为是，2为否）。")
    return printed in _DELETED


def _is_medium_term(value: Value) -> bool | None:
    printed = text_of(value)
    if printed is None or "年度" in printed:
        return False
    if _MEDIUM.search(printed):
        return True
    raise CellError(f"“{printed[:40]}”看不出是年度指标还是总体指标。请填“年度”或“总体”。")


def _projects(rows: Sequence[TargetRow]) -> dict[tuple[str, ...], list[TargetRow]]:
    projects: dict[tuple[str, ...], list[TargetRow]] = {}
    for row in rows:
        projects.setdefault(row.project, []).append(row)
    return projects


def _latest(rows: list[TargetRow], heard: Heard) -> list[TargetRow]:
    """The rows of a project's latest version; those without a version always count."""
    versions = {row.version for row in rows if row.version is not None}
    if len(versions) < 2:
        return rows
    unread = next((row for row in rows if row.version and not _number(row.version)), None)
    if unread is not None:
        place = unread.place("version")
        message = f"版本号“{(unread.version or '')[:40]}”比不出先后，各版本的行都已读取，请核对。"
        heard.findings.append(RowProblem(place, "版本号", message))
        return rows
    latest = max(versions, key=_number)
    kept = [row for row in rows if row.version in {None, latest}]
    heard.leave_out(OLDER, len(rows) - len(kept))
    return kept


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"[0-9]+", version)))


def _declared(rows: Sequence[TargetRow], year: int) -> Declaration:
    """One project's rows as its declaration."""
    first = rows[0]
    head: dict[str, str] = {}
    findings: list[Finding] = []
    for row in rows:
        for name, text in row.head.items():
            known = head.setdefault(name, text)
            if folded(known) != folded(text):
                findings.append(_contradiction(row, name, known, text))
    unit = _unit(rows, head)
    budget = PrintedBudget(head.get("total"), head.get("fiscal"), head.get("other"), unit)
    context = Context(year, total_wan(budget))
    indicators = [(row, _indicator(row, context)) for row in rows if _is_indicator(row)]
    findings += _findings([one for _, one in indicators], budget, first)
    return Declaration(
        where=first.place("name", "project_name", "project_code"),
        project_name=head.get("project_name"),
        project_code=first.code,
        fiscal_year=year,
        supervising_department=head.get("supervising_department"),
        implementing_unit=head.get("implementing_unit"),
        implementing_unit_code=head.get("implementing_unit_code"),
        project_nature=head.get("project_nature"),
        purpose=head.get("purpose"),
        annual_objective=head.get("annual_objective"),
        annual_budget=budget,
        indicators=tuple(one for row, one in indicators if not row.medium_term),
        medium_term_indicators=tuple(one for row, one in indicators if row.medium_term),
        findings=tuple(findings),
    )


def _contradiction(row: TargetRow, name: str, known: str, text: str) -> Finding:
    message = f"同一项目前面写的是“{known[:40]}”，这里是“{text[:40]}”，按前面的读取，请核对。"
    return Finding("export.contradiction", Severity.WARNING, row.place(name), message)


def _unit(rows: Sequence[TargetRow], head: dict[str, str]) -> str | None:
    """The unit of a project's money: of the column, else behind the amount itself."""
    said = next((row.unit for row in rows if row.unit), None)
    return said or next(filter(None, (own_unit(head.get(n, "")) for n in _MONEY)), None)


def _is_indicator(row: TargetRow) -> bool:
    return "name" in row.indicator or "value" in row.indicator


def _indicator(row: TargetRow, context: Context) -> DeclaredIndicator:
    said = row.indicator
    key = (said.get("indicator_class"), said.get("indicator_category"), said.get("name"))
    read = read_indicator(
        key,
        said.get("value"),
        context,
        where=row.place("name", "value"),
        column_unit=said.get("unit"),
        sign=said.get("comparator"),
    )
    return replace(
        read,
        description=said.get("description"),
        weight=said.get("weight"),
        scoring_standard=said.get("scoring_standard"),
        target_basis=said.get("target_basis"),
    )


def _findings(
    indicators: Sequence[DeclaredIndicator], budget: PrintedBudget, first: TargetRow
) -> Iterator[Finding]:
    for indicator in indicators:
        yield from row_findings(indicator, vocabulary())
    if budget.to_json() is not None:
        yield from budget_findings(budget, first.place(*_MONEY))
