"""The rows under a heading: indicators block by block, with the levels that hold for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.intake.forms.columns import LEVEL_FIELDS, Column, Group
from services.intake.forms.declaration import DeclaredIndicator, Finding, Severity
from services.intake.forms.headings import Heading
from services.intake.forms.indicators import Context, is_unfilled, read_row, row_findings
from services.intake.forms.labels import Level, Period, Vocabulary
from services.intake.forms.levels import Levels, level_text, parted
from services.intake.forms.placing import Placed, place
from services.intake.readers.grid import Cell, Row

_NOT_MERGED_DOWN = frozenset({"weight", "serial"})
"""A weight that several rows share is not each row's."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a form: the annual block, and the medium-term one where a form has both."""

    annual: list[DeclaredIndicator]
    medium: list[DeclaredIndicator]
    findings: list[Finding]


@dataclass(slots=True)
class Block:
    """One block of columns while its rows are read."""

    group: Group
    period: Period
    levels: Levels = field(default_factory=Levels)


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its cells placed under the headings."""

    row: Row
    placed: Placed

    def own(self, column: Column | None) -> Cell | None:
        """The row's own cell under a heading."""
        return self.placed.under(column)

    def without(self, column: Column) -> Line:
        """The line without its cell under a heading."""
        cells = {at: cell for at, cell in self.placed.cells.items() if at != column.first}
        return replace(self, placed=replace(self.placed, cells=cells))

    def saying(self, column: Column, text: str) -> Line:
        """The line with another text under a heading."""
        said = replace(self.placed.cells[column.first], text=text)
        cells = {**self.placed.cells, column.first: said}
        return replace(self, placed=replace(self.placed, cells=cells))

    def under(self, column: Column) -> Cell | None:
        """The row's own cell under a heading, else what is merged down into it."""
        own = self.placed.under(column)
        if own is not None or self.placed.shifted or column.field in _NOT_MERGED_DOWN:
            return own
        merged = [c for c in self.row.reaching if c.text and _overlaps(c, column)]
        return max(merged, key=lambda cell: cell.column, default=None)


def _overlaps(cell: Cell, column: Column) -> bool:
    return cell.column <= column.last and column.first < cell.column + cell.columns


def line_of(row: Row, heading: Heading, words: Vocabulary) -> Line:
    """Place the cells of a row under its headings."""
    return Line(row, place(row, heading.columns, heading.groups, words))


def is_left_out(row: Row, words: Vocabulary) -> bool:
    """Say whether a row below a heading is no indicator's: a sum, a note."""
    first = row.filled[0].text
    return words.is_sum(first) or words.is_note(first)


class TableReader:
    """Reads the rows of one form's tables, one after the other."""

    def __init__(self, words: Vocabulary, context: Context) -> None:
        self._words = words
        self._context = context
        self._blocks: list[Block] = []
        self._headings = 0
        self._annual: list[tuple[int, int, DeclaredIndicator]] = []
        self._medium: list[DeclaredIndicator] = []
        self._findings: list[Finding] = []

    def table(self) -> Table:
        """What was read: blocks side by side that are one list come one after the other."""
        rows = sorted(self._annual, key=lambda row: row[:2])
        return Table([row for _, _, row in rows], self._medium, self._findings)

    def open(self, heading: Heading, periods: Sequence[Period]) -> None:
        """Open the blocks of a heading; the same blocks as before keep the levels that hold."""
        before, self._headings = self._blocks, self._headings + 1
        pairs = zip(heading.groups, periods, strict=True)
        self._blocks = [Block(group, period) for group, period in pairs]
        if [block.period for block in before] == list(periods):
            for block, old in zip(self._blocks, before, strict=True):
                block.levels = old.levels
        if heading.headline is not None:
            for block in self._blocks:
                block.levels = Levels(heading.headline)

    def read(self, line: Line) -> None:
        """Read a row in each of its blocks."""
        self._carry(line)
        for order, block in enumerate(self._blocks):
            indicator = self._read_block(line, block)
            if indicator is None:
                continue
            if block.period is Period.ANNUAL:
                self._annual.append((self._headings, order, indicator))
                self._findings += self._open_in(line, block, indicator)
            else:
                self._medium.append(indicator)

    def _carry(self, line: Line) -> None:
        """Carry the levels down; in a row that slid, one block's category is the other's."""
        printed = [self._printed_levels(line, block.group) for block in self._blocks]
        seen = next((category for _, category in printed if category), None)
        for block, (printed_class, category) in zip(self._blocks, printed, strict=True):
            borrowed = seen if line.placed.shifted and self._is_named(line, block) else None
            before = block.levels.indicator_class
            block.levels.carry(printed_class, category or borrowed)
            if block.period is Period.ANNUAL and printed_class and printed[0][1] is None:
                self._say_if_open(line, before, printed_class)

    def _is_named(self, line: Line, block: Block) -> bool:
        return line.own(block.group.columns.get("name")) is not None

    def _printed_levels(self, line: Line, group: Group) -> tuple[str | None, str | None]:
        cells = _cells_of(line, group, self._words)
        texts = [
            level_text(cell.text if cell else None, self._words)
            for cell in map(cells.get, LEVEL_FIELDS)
        ]
        return parted(group.fixed_class or texts[0], texts[1], self._words)

    def _say_if_open(self, line: Line, before: str | None, printed: str) -> None:
        """Say where a word that both levels know stands in the first column of a row that slid."""
        either = self._words.level(printed) is Level.EITHER
        if either and line.placed.shifted and before and printed != before:
            message = (
                f"“{printed}”印在一级指标栏而本行少一格，有两种读法：一级指标，或“{before}”下的二级指标。"
                "因其印在一级指标栏，按一级指标读，请核对。"
            )
            self._findings.append(
                Finding("indicator.two_readings", Severity.NOTE, line.row.where, message)
            )

    def _read_block(self, line: Line, block: Block) -> DeclaredIndicator | None:
        cells = _cells_of(line, block.group, self._words)
        said = {name: cell.text for name, cell in cells.items()}
        blank = not _prints_something(line, block)
        if blank or is_unfilled(said.get("name"), said.get("value")):
            return None
        return read_row(block.levels.both, cells, self._context)

    def _open_in(self, line: Line, block: Block, indicator: DeclaredIndicator) -> list[Finding]:
        levelled = any(name in block.group.columns for name in LEVEL_FIELDS)
        words = self._words if levelled else None
        return [*row_findings(indicator, words), *_of_placing(line, indicator)]


def _cells_of(line: Line, group: Group, words: Vocabulary) -> dict[str, Cell]:
    """The cells of one block in a row, by field; a lower level that is no category is the name."""
    found: Mapping[str, Cell | None] = {
        name: line.under(column) for name, column in group.columns.items()
    }
    cells = {name: cell for name, cell in found.items() if cell is not None}
    lower = cells.get("indicator_category")
    if "name" not in group.columns and lower is not None and words.level(lower.text) is None:
        cells["name"] = cells.pop("indicator_category")
    return cells


def _prints_something(line: Line, block: Block) -> bool:
    """Say whether a row has a name or a value for a block; a shared name alone is the year's."""
    columns = block.group.columns
    value = line.own(columns.get("value"))
    if "name" not in block.group.own and block.period is Period.MEDIUM:
        return value is not None
    return value is not None or line.own(columns.get("name")) is not None


def _of_placing(line: Line, indicator: DeclaredIndicator) -> list[Finding]:
    """Say that a row slid and how it was read, or that it has more cells than headings."""
    said = f"“{indicator.name or indicator.value_text}”"
    if line.placed.shifted:
        levels = "、".join(filter(None, (indicator.indicator_class, indicator.indicator_category)))
        read_as = levels or "无一、二级指标"
        value = f"指标值“{indicator.value_text}”" if indicator.value_text else "指标值空白"
        message = f"{said}所在行与表头错开，按各格内容对齐：读作{read_as}，{value}。请核对。"
        sure = indicator.name and indicator.value_text and indicator.indicator_category
        severity = Severity.NOTE if sure else Severity.WARNING
        return [Finding("indicator.row_shifted", severity, indicator.where, message)]
    if len(line.placed.left_over) > 1:
        message = f"{said}所在行的栏目多于表头，疑似错列。"
        return [Finding("indicator.row_long", Severity.WARNING, indicator.where, message)]
    return []
