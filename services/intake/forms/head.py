"""The head of a form: labels wherever they stand, each with its value beside, behind or below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.target_value import fold
from services.intake.forms.amounts_in_words import amounts_in_words
from services.intake.forms.declaration import Finding, PrintedBudget, Severity
from services.intake.forms.funds import MONEY_FIELDS, Funds, by_term
from services.intake.forms.labels import Named, Period, Vocabulary, money_unit
from services.intake.forms.plan import PrintedPlan, find_plan, is_share
from services.intake.forms.rejoining import fills_up
from services.intake.forms.sections import code_and_name, is_title
from services.intake.forms.tokens import Token, tokens
from services.intake.forms.years import year_in_title, year_line
from services.intake.readers.grid import Cell, Row

_TASKS = frozenset({"任务名称", "主要任务", "年度主要任务"})
"""Labels of the table of a department's tasks, which nobody reads."""
_OF_TASKS = MONEY_FIELDS | {"ignored", "purpose"}
"""What the headings of that table name besides."""
_UNIT_ALONE = re.compile(r"\((?:单位:)?(?:万元|千元|亿元|元)\)")
_OBJECTIVES = ("annual_objective", "medium_term_objective")


@dataclass(frozen=True, slots=True)
class Said:
    """A printed value with its place, and how exact the label before it is."""

    text: str
    where: str
    rank: int
    label: str


@dataclass(slots=True)
class Head:
    """What was found so far, by field; ``blocks`` are the periods in the order of columns."""

    said: dict[str, Said] = field(default_factory=dict)
    funds: Funds = field(default_factory=Funds)
    plan: PrintedPlan | None = None
    year: int | None = None
    title: str | None = None
    blocks: tuple[Period, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    open_field: str | None = None

    def get(self, name: str) -> str | None:
        """The printed value of a field."""
        found = self.said.get(name)
        return None if found is None else found.text

    def place(self, name: str) -> str | None:
        """Where a field is printed."""
        found = self.said.get(name)
        return None if found is None else found.where

    def keep(self, named: Named, label: str, value: Cell) -> None:
        """Keep the value of the most exact label; two under one label are a finding."""
        name, text = named.field, value.text
        before = self.said.get(name)
        now = Said(text, value.where, named.rank, label)
        if before is None:
            self.said[name] = now
        elif before.rank != now.rank:
            exact, general = sorted((before, now), key=lambda said: said.rank)
            self.said[name] = exact
            self._keep_general(name, general)
        elif before.label != label and name in _OBJECTIVES:
            self.append(name, value)
        elif before.text != text:
            message = f"“{text}”与前面的“{before.text}”不一致，取前者。"
            self.findings.append(Finding("form.repeated", Severity.WARNING, now.where, message))

    def _keep_general(self, name: str, general: Said) -> None:
        """Let an objective for all the term stand where the year has one of its own."""
        if name == "annual_objective" and "medium_term_objective" not in self.said:
            self.said["medium_term_objective"] = general

    def append(self, name: str, cell: Cell) -> None:
        """Add a further paragraph to a field."""
        before = self.said.get(name)
        text = f"{before.text}\n{cell.text}" if before else cell.text
        rank, label = (before.rank, before.label) if before else (0, "")
        self.said[name] = Said(text, before.where if before else cell.where, rank, label)

    def budget(self, *, medium_term: bool = False) -> PrintedBudget:
        """Put the amounts together, in the form's unit."""
        return self.funds.budget(Period.MEDIUM if medium_term else Period.ANNUAL)


class HeadReader:
    """Reads the rows of a form that are no indicators."""

    def __init__(self, words: Vocabulary) -> None:
        self.head = Head()
        self._words = words
        self._pending: list[Token] = []
        self._periods: list[tuple[Cell, Period]] = []
        self._taken = False
        self._of_tasks = False
        self._width = 0
        self._before: Row | None = None

    def read(self, rows: Sequence[Row]) -> Head:
        """Read the rows one after the other."""
        self._width = max((len(row.cells) for row in rows), default=0)
        for index, row in enumerate(rows):
            following = rows[index + 1] if index + 1 < len(rows) else None
            if self._taken:
                self._taken = False
            elif is_title(row, self._words):
                self._read_title(row)
            elif not self._words.is_furniture(row.text):
                self._read_row(row, following)
            self._before = row
        return self.head

    def keep(self, label: Cell, name: str, value: Cell) -> None:
        """Keep what stands under a heading of a project's head, as if it stood beside it."""
        named = self._words.head_label(label.text)
        rank = named.rank if named else 0
        token = Token(label, Named(name, rank), label.text, self._words.period(label.text))
        self.head.funds.begin_row()
        self.head.funds.say_unit(_unit_in_brackets(label.text))
        self._keep(token, [value])

    def _read_title(self, row: Row) -> None:
        self.head.title = self.head.title or row.text
        self.head.year = self.head.year or year_in_title(row.text)
        self.head.funds.say_unit(_unit_in_brackets(row.text))

    def _read_row(self, row: Row, following: Row | None) -> None:
        found = tokens(row, self._words)
        if found:
            self._pending = []
            self._read_labels(row, found, following)
        elif not self._read_below(row):
            self._read_unlabelled(row)

    def _read_labels(self, row: Row, found: list[Token], following: Row | None) -> None:
        """Read a row of labels, each with what stands beside it; note those without."""
        self.head.year = self.head.year or _year_beside(row, found)
        self._say_units(found)
        self._note_blocks(found)
        self.head.open_field = self._opened(found)
        tasks = any(token.label in _TASKS for token in found)
        self._of_tasks = tasks or (self._of_tasks and all(t.field in _OF_TASKS for t in found))
        self.head.funds.begin_row()
        for order, token in enumerate(found):
            if token.field == "spending_plan":
                self._read_plan(token.cell, row, following)
                continue
            beside = self._beside(row, found, order)
            if beside:
                self._keep(token, beside)
            elif token.value is None:
                self._pending.append(token)
        self._read_unit_line(row, found)
        self._drop_pending(found)

    def _opened(self, found: list[Token]) -> str | None:
        return found[0].field if found[0].field in self._words.below else None

    def _drop_pending(self, found: list[Token]) -> None:
        """Look below only from a row of nothing but labels, or for what may stand there."""
        objectives = [token for token in self._pending if token.field in _OBJECTIVES]
        if len(objectives) > 2:  # the first only heads the other two: 总体目标
            self._pending.remove(objectives[0])
        read = [token for token in found if token.field != "ignored" and token not in objectives]
        left = [token for token in self._pending if token not in objectives]
        if len(left) < len(read) or len(found) < 2:
            may = self._words.below if len(found) > 1 else frozenset()
            self._pending = [token for token in self._pending if token.field in may]

    def _beside(self, row: Row, found: list[Token], order: int) -> list[Cell]:
        """List the values of a label: behind its colon, else to its right before a label."""
        token = found[order]
        if token.value is not None:
            return [Cell(token.value, token.cell.where, token.cell.column)]
        if token.label != token.cell.text:
            return []
        until = found[order + 1].cell.column if order + 1 < len(found) else None
        return [
            cell
            for cell in row.filled
            if cell.column > token.cell.column and (until is None or cell.column < until)
        ]

    def _keep(self, token: Token, values: list[Cell]) -> None:
        value, name = values[0], token.field
        of_terms = by_term(values, self._periods)
        if name == "annual_objective" and len(of_terms) > 1:
            self._keep_both(token, of_terms)
        elif name in MONEY_FIELDS:
            self._keep_money(token, values)
        elif name == "unit_or_money":
            self._keep_unit(token, value)
        elif name == "money_unit":
            self.head.funds.say_unit(money_unit(value.text))
        elif name == "fiscal_year":
            self.head.year = year_line(value.text) or self.head.year
        elif name == "implementing_unit":
            self._keep_office(token, value)
        elif name != "ignored":
            self.head.keep(token.named, token.label, value)

    def _keep_money(self, token: Token, values: list[Cell]) -> None:
        """Keep an amount, or each of a sentence that tells several."""
        told = amounts_in_words(values[0], self._words)
        for of, value in told or [(token, values[0])]:
            self.head.funds.add(of, [value] if told else values, self._periods)

    def _keep_both(self, token: Token, values: Mapping[Period, Cell]) -> None:
        """Keep an objective printed for both terms, each under its heading."""
        for period, value in values.items():
            name = _OBJECTIVES[period is Period.MEDIUM]
            self.head.keep(Named(name, token.named.rank), token.label, value)

    def _keep_unit(self, token: Token, value: Cell) -> None:
        """Tell 单位：万元 from 单位：某局."""
        unit = money_unit(value.text)
        if unit and unit == fold(value.text).removeprefix("人民币"):
            self.head.funds.say_unit(unit)
        else:
            self._keep_office(token, value)

    def _keep_office(self, token: Token, value: Cell) -> None:
        """Keep a unit, and its code where the cell prints both."""
        rank = token.named.rank + (100 if token.field == "unit_or_money" else 0)
        parts = code_and_name(value)
        name = parts[1] if parts else value.text
        if parts:
            self.head.keep(
                Named("implementing_unit_code", rank + 1),
                token.label,
                Cell(parts[0], value.where, 0),
            )
        self.head.keep(Named("implementing_unit", rank), token.label, Cell(name, value.where, 0))

    def _say_units(self, found: list[Token]) -> None:
        for token in found:
            if token.field in MONEY_FIELDS or token.field in {
                "ignored",
                "purpose",
                "spending_plan",
            }:
                self.head.funds.say_unit(_unit_in_brackets(token.label))

    def _note_blocks(self, found: list[Token]) -> None:
        """Note a row that prints both periods side by side: medium term and the year."""
        periods = [(t.cell, p) for t in found if (p := self._period_of(t)) is not None]
        if {Period.MEDIUM, Period.ANNUAL} <= {period for _, period in periods}:
            self._periods = periods
            self.head.blocks = tuple(period for _, period in periods)

    def _period_of(self, token: Token) -> Period | None:
        if token.field in {"medium_term_objective", "medium_term_total"}:
            return Period.MEDIUM
        return token.period

    def _read_plan(self, label: Cell, row: Row, following: Row | None) -> None:
        shares = following
        if following is not None and self._says_more(following, label):
            shares = None
        plan = find_plan(label, row, shares)
        if plan.points:
            self.head.plan = plan
            self._taken = shares is not None and any(is_share(c.text) for c in shares.filled)
        elif self.head.plan is None:
            self.head.plan = plan

    def _says_more(self, row: Row, label: Cell) -> bool:
        """Say whether a row has labels, other than one merged down that is printed again."""
        return any(token.label != label.text for token in tokens(row, self._words))

    def _read_below(self, row: Row) -> bool:
        """Read a row without labels as the values of the labels above it."""
        pending, self._pending = self._pending, []
        under = [(token, cell) for token in pending if (cell := _below(token.cell, row))]
        if len(under) < len(pending) == len(row.filled):
            under = list(zip(pending, row.filled, strict=True))
        for token, cell in under:
            if token.field in MONEY_FIELDS and _UNIT_ALONE.fullmatch(fold(cell.text)):
                self.head.funds.say_unit(money_unit(cell.text))
            else:
                self._keep(token, [cell])
        return bool(under)

    def _read_unlabelled(self, row: Row) -> None:
        """Read what stands without a label: a unit line, a year, or more of an open field."""
        year = year_line(row.text)
        continued = self._continued(row)
        if year is not None:
            self.head.year = self.head.year or year
            self.head.funds.say_unit(money_unit(row.text))
        elif any(map(code_and_name, row.filled)):
            self._read_unit_line(row, [])
        elif continued:
            self.head.append(continued, row.filled[-1])
        elif not self._of_tasks:
            message = f"未归入任何栏目的文字：{row.text[:30]}"
            finding = Finding("form.unplaced_text", Severity.NOTE, row.where, message)
            self.head.findings.append(finding)

    def _continued(self, row: Row) -> str | None:
        """Name the field that goes on in a row: of a label merged down into it, or the last one."""
        if len(row.filled) != 1:
            return None
        for cell in row.reaching:
            named = self._words.head_label(cell.text)
            if named and named.field in self._words.below:
                return named.field
        goes_on = not row.table or row.filled[0].column > 0
        broken = self._before is not None and fills_up(self._before, row, self._width)
        return self.head.open_field if goes_on or broken else None

    def _read_unit_line(self, row: Row, found: list[Token]) -> None:
        """Read 450001怀来县医疗保障局 where it stands beside nothing but the unit of money."""
        if any(token.field not in {"unit_or_money", "money_unit"} for token in found):
            return
        labels = {token.cell for token in found}
        for cell in row.filled:
            parts = None if cell in labels else code_and_name(cell)
            if parts:
                self.head.keep(
                    Named("implementing_unit_code", 0), "", Cell(parts[0], cell.where, 0)
                )
                self.head.keep(Named("implementing_unit", 0), "", Cell(parts[1], cell.where, 0))


def _year_beside(row: Row, found: Sequence[Token]) -> int | None:
    """Find the year beside labels; in a table before them all, where it is no label's value."""
    cells = [c for c in row.filled if not row.table or c.column < found[0].cell.column]
    return next(filter(None, (year_line(cell.text) for cell in cells)), None)


def _unit_in_brackets(label: str) -> str | None:
    return money_unit(label) if "(" in fold(label) else None


def _below(label: Cell, row: Row) -> Cell | None:
    """Find a row's own cell under a label."""
    for cell in row.filled:
        if cell.column <= label.column < cell.column + cell.columns:
            return cell
    return None
