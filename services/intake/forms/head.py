"""The head of a form: labels wherever they stand, each with its value beside or below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.target_value import fold
from services.intake.forms.declaration import Finding, PrintedBudget, Severity
from services.intake.forms.labels import Vocabulary, money_unit, split_label
from services.intake.forms.plan import PrintedPlan, find_plan
from services.intake.forms.sections import code_and_name, is_title
from services.intake.readers.grid import Cell, Row

_AMOUNTS = ("total", "fiscal", "other")
_YEAR_LINE = re.compile(r"\(?((?:19|20)[0-9]{2})(?:年度?)?\)?")


@dataclass(slots=True)
class Head:
    """What was found so far; ``values`` and ``medium`` hold printed text by field."""

    values: dict[str, str] = field(default_factory=dict)
    medium: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    plan: PrintedPlan | None = None
    unit: str | None = None
    year: int | None = None
    findings: list[Finding] = field(default_factory=list)
    open_field: str | None = None

    def keep(self, name: str, value: str, where: str) -> None:
        """Keep the first value of a field; another one is a finding, never an overwrite."""
        if name not in self.values:
            self.values[name] = value
            self.places[name] = where
        elif self.values[name] != value:
            message = f"“{value}”与前面的“{self.values[name]}”不一致，取前者。"
            self.findings.append(Finding("form.repeated", Severity.WARNING, where, message))

    def budget(self, *, medium_term: bool = False) -> PrintedBudget:
        """Put the amounts together, in the form's unit."""
        source = self.medium if medium_term else self.values
        total, fiscal, other = (source.get(name) for name in _AMOUNTS)
        return PrintedBudget(total, fiscal, other, self.unit)


def read_head(rows: tuple[Row, ...], words: Vocabulary) -> Head:
    """Read the rows of a form before its table of indicators."""
    head = Head()
    skipped = -1
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        if index == skipped or is_title(row, words):
            continue
        if _labels(row, words):
            taken = _read_row(head, row, following, words)
            skipped = index + 1 if taken else skipped
        else:
            _read_unlabelled(head, row)
    return head


def _labels(row: Row, words: Vocabulary) -> list[tuple[Cell, str]]:
    """List the cells that are labels, alone or with their value behind a colon."""
    found = []
    for cell in row.filled:
        parts = split_label(cell.text)
        name = words.head_field(cell.text) or (words.head_field(parts[0]) if parts else None)
        if name:
            found.append((cell, name))
    return found


def _read_row(head: Head, row: Row, following: Row | None, words: Vocabulary) -> bool:
    """Read a row of labels; True where the row below was its values."""
    labels = _labels(row, words)
    head.unit = head.unit or _bracketed_unit([cell for cell, _ in labels])
    head.open_field = labels[0][1] if labels[0][1] in words.below else None
    taken = False
    for order, (cell, name) in enumerate(labels):
        until = labels[order + 1][0].column if order + 1 < len(labels) else None
        if name == "spending_plan":
            shares = None if following is None or _labels(following, words) else following
            head.plan = find_plan(cell, row, shares)
            taken = shares is not None
            continue
        value = _value_beside(row, cell, until, words)
        if value is None and name in words.below and len(labels) > 1:
            value = _value_below(cell, following, words)
            taken = taken or value is not None
        if value is not None:
            _keep(head, name, value, medium_term=_is_medium(name, order, labels))
    _read_unit_line(head, row, labels)
    return taken


def _is_medium(name: str, order: int, labels: list[tuple[Cell, str]]) -> bool:
    """Say whether the label is the first of two alike in its row: medium term, then annual."""
    later = [other for _, other in labels[order + 1 :]]
    paired = name == "medium_term_total" and "total" in later
    return paired or (name in _AMOUNTS and name in later)


def _value_beside(row: Row, label: Cell, until: int | None, words: Vocabulary) -> Cell | None:
    """Take the value behind the colon, else the first text to the right before a label."""
    parts = split_label(label.text)
    if parts and words.head_field(label.text) is None:
        return Cell(parts[1], label.where, label.column)
    for cell in row.filled:
        if cell.column > label.column and (until is None or cell.column < until):
            return cell
    return None


def _value_below(label: Cell, following: Row | None, words: Vocabulary) -> Cell | None:
    """Take the text under a label of a column, unless the row below has labels of its own."""
    if following is None or _labels(following, words):
        return None
    under = following.at(label.column)
    return under if under and under.text else None


def _keep(head: Head, name: str, value: Cell, *, medium_term: bool) -> None:
    if medium_term or name == "medium_term_total":
        head.medium["total" if name == "medium_term_total" else name] = value.text
    elif name in {"unit_or_money", "money_unit"}:
        _keep_unit(head, value)
    elif name == "fiscal_year":
        head.year = _year(value.text) or head.year
    elif name != "ignored":
        head.keep(name, value.text, value.where)


def _keep_unit(head: Head, value: Cell) -> None:
    """Tell 单位：万元 from 单位：某局."""
    unit = money_unit(value.text)
    if unit and unit == fold(value.text):
        head.unit = unit
    else:
        head.keep("implementing_unit", value.text, value.where)


def _bracketed_unit(labels: list[Cell]) -> str | None:
    units = [money_unit(cell.text) for cell in labels if "(" in fold(cell.text)]
    return next((unit for unit in units if unit), None)


def _read_unit_line(head: Head, row: Row, labels: list[tuple[Cell, str]]) -> None:
    """Read 450001怀来县医疗保障局 where it stands beside nothing but the unit of money."""
    if any(name not in {"unit_or_money", "money_unit"} for _, name in labels):
        return
    for cell in row.filled:
        parts = code_and_name(cell)
        if parts:
            head.keep("implementing_unit_code", parts[0], cell.where)
            head.keep("implementing_unit", parts[1], cell.where)


def _read_unlabelled(head: Head, row: Row) -> None:
    """Read what stands without a label: a unit line, a year, or more of an open field."""
    year = _year(row.text)
    continues = row.table and len(row.filled) == 1 and row.filled[0].column > 0
    if year is not None:
        head.year = head.year or year
    elif any(map(code_and_name, row.filled)):
        _read_unit_line(head, row, [])
    elif continues and head.open_field:
        _append(head, head.open_field, row.filled[0])
    else:
        message = f"未归入任何栏目的文字：{row.text[:30]}"
        head.findings.append(Finding("form.unplaced_text", Severity.NOTE, row.where, message))


def _append(head: Head, name: str, cell: Cell) -> None:
    before = head.values.get(name)
    head.values[name] = f"{before}\n{cell.text}" if before else cell.text
    head.places.setdefault(name, cell.where)


def _year(text: str) -> int | None:
    found = _YEAR_LINE.fullmatch(fold(text))
    return int(found.group(1)) if found else None
