"""The table of indicators: headings to columns, rows to indicators, levels carried down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from domain.indicator import Comparator, Kind
from domain.kind import propose
from domain.target_value import fold, read_value
from domain.wording import SIGNS
from services.intake.forms.declaration import DeclaredIndicator, Finding, Severity
from services.intake.forms.labels import Vocabulary, bare
from services.intake.readers.grid import Row

_LEVELS = ("indicator_class", "indicator_category")
Columns = dict[str, int]


@dataclass(frozen=True, slots=True)
class Context:
    """What the head of the form says that the reading of a value needs."""

    year: int | None
    budget_wan: Decimal | None


@dataclass(slots=True)
class Table:
    """The rows read so far: the annual block, and the medium-term one where a form has both."""

    annual: list[DeclaredIndicator] = field(default_factory=list)
    medium: list[DeclaredIndicator] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Levels:
    """The class and category that hold until the next are printed."""

    indicator_class: str | None = None
    category: str | None = None

    def carry(self, printed_class: str | None, printed_category: str | None) -> None:
        if printed_class:
            self.indicator_class, self.category = printed_class, None
        if printed_category:
            self.category = printed_category


def is_heading(row: Row, words: Vocabulary) -> bool:
    """Say whether a row heads a table of indicators."""
    fields = {words.column(cell.text) for cell in row.filled}
    return bool(fields & set(_LEVELS)) and bool(fields & {"name", "value"}) and row.table


def read_table(rows: tuple[Row, ...], words: Vocabulary, context: Context) -> Table:
    """Read the rows from the first heading on; repeated headings (page breaks) are followed."""
    table = Table()
    groups: list[Columns] = []
    levels: list[_Levels] = []
    for row in rows:
        if is_heading(row, words):
            groups = column_groups(row, words)
            levels = levels if len(levels) == len(groups) else [_Levels() for _ in groups]
        elif row.table:
            _read_row(table, row, list(zip(groups, levels, strict=True)), words, context)
    return table


def column_groups(row: Row, words: Vocabulary) -> list[Columns]:
    """Cut the headings into groups: a heading that comes again begins the annual block."""
    groups: list[Columns] = [{}]
    for cell in row.filled:
        name = words.column(cell.text)
        if name is None:
            continue
        if name in groups[-1]:
            shared = {key: groups[0][key] for key in ("indicator_class",) if key in groups[0]}
            groups.append(shared if name != "indicator_class" else {})
        groups[-1][name] = cell.column
    return [_with_name(group) for group in groups if "value" in group or "name" in group]


def _with_name(group: Columns) -> Columns:
    """Take the one column without a heading between category and value for the name."""
    category, value = group.get("indicator_category"), group.get("value")
    if "name" not in group and category is not None and value == category + 2:
        return group | {"name": category + 1}
    return group


def _read_row(
    table: Table,
    row: Row,
    groups: list[tuple[Columns, _Levels]],
    words: Vocabulary,
    context: Context,
) -> None:
    for order, (columns, levels) in enumerate(groups):
        indicator = read_row(row, columns, levels, context)
        if indicator is None:
            continue
        annual = order == len(groups) - 1
        (table.annual if annual else table.medium).append(indicator)
        if annual:
            table.findings += _findings(indicator, row, columns, words)


def read_row(
    row: Row, columns: Columns, levels: _Levels, context: Context
) -> DeclaredIndicator | None:
    """Read one printed row; None where it has neither name nor value."""
    text = {name: cell.text for name, at in columns.items() if (cell := row.at(at)) and cell.text}
    levels.carry(text.get("indicator_class"), text.get("indicator_category"))
    name, value_text = text.get("name"), text.get("value")
    if not (name or value_text):
        return None
    at = columns["name"] if name else columns["value"]
    cell = row.at(at)
    indicator = read_indicator(
        (levels.indicator_class, levels.category, name),
        value_text,
        context,
        column_unit=text.get("unit"),
        where=cell.where if cell else row.where,
        sign=text.get("comparator"),
    )
    return replace(
        indicator,
        description=text.get("description"),
        weight=text.get("weight"),
        scoring_standard=text.get("scoring_standard"),
        target_basis=text.get("target_basis"),
    )


def read_indicator(
    key: tuple[str | None, str | None, str | None],
    value_text: str | None,
    context: Context,
    *,
    where: str,
    column_unit: str | None = None,
    sign: str | None = None,
) -> DeclaredIndicator:
    """Read the value beside its text, and propose how it is judged."""
    indicator_class, category, name = key
    printed = value_text or ""
    value = read_value(printed, name=name or "", unit=column_unit, year=context.year)
    comparator = SIGNS.get(fold(sign or ""))
    if comparator and value.comparator is None and value.number is not None:
        value = replace(value, comparator=Comparator(comparator))
    proposal = propose(
        indicator_class or "",
        category or "",
        name or "",
        value,
        year=context.year,
        budget_wan=context.budget_wan,
    )
    return DeclaredIndicator(
        indicator_class,
        category,
        name,
        value_text,
        value,
        proposal,
        where,
        printed_unit=read_value(printed, unit=column_unit).unit,
        printed_sign=sign,
        column_unit=column_unit,
    )


def _findings(
    indicator: DeclaredIndicator, row: Row, columns: Columns, words: Vocabulary
) -> list[Finding]:
    """List what is missing or open in one row, with its place."""
    said = f"“{indicator.name or indicator.value_text}”"
    found: list[Finding] = []

    def add(rule: str, severity: Severity, message: str) -> None:
        found.append(Finding(rule, severity, indicator.where, said + message))

    if indicator.name is None:
        add("indicator.name_missing", Severity.ERROR, "没有指标名称。")
    if indicator.proposal.kind is Kind.BROKEN:
        add("indicator.value_broken", Severity.ERROR, f"：{indicator.proposal.reason_zh}。")
    if indicator.value.unit == "%" and indicator.printed_unit is None:
        add("indicator.percent_assumed", Severity.WARNING, "是比率而数值未写%，按百分数读。")
    if not _levels_known(indicator, words):
        add("indicator.level_unknown", Severity.WARNING, "所在行的一、二级指标无法辨认，疑似错列。")
    if row.cells[-1].column > max(columns.values()) + 1 and row.cells[-1].text:
        add("indicator.row_long", Severity.WARNING, "所在行的栏目多于表头，疑似错列。")
    return found


def _levels_known(indicator: DeclaredIndicator, words: Vocabulary) -> bool:
    """Say whether class and category are known words, and none slid into the name."""
    in_class = bare(indicator.indicator_class or "") in words.classes
    category = indicator.indicator_category
    known = category is None or bare(category) in words.categories
    name = bare(indicator.name or "")
    slid = name.endswith("指标") and name in words.categories
    return in_class and known and not slid
