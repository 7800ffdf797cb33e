"""Reading a form's head: labels wherever they stand, with their values beside, behind or below."""

from __future__ import annotations

from collections.abc import Sequence

from domain.target_value import fold
from services.intake.forms.declaration import Finding, Severity
from services.intake.forms.funds import MONEY_FIELDS
from services.intake.forms.head import OBJECTIVES, Head
from services.intake.forms.head_keeping import Keeper
from services.intake.forms.head_rows import (
    UNIT_ALONE,
    after_adjustment,
    cell_below,
    heads_details,
    past_columns,
    unit_in_brackets,
    year_beside,
)
from services.intake.forms.labels import Named, Period, Vocabulary, money_unit
from services.intake.forms.plan import find_plan, is_share
from services.intake.forms.rejoining import fills_up
from services.intake.forms.sections import code_and_name, is_title
from services.intake.forms.tokens import Token, tokens
from services.intake.forms.years import year_in_title, year_line
from services.intake.readers.grid import Cell, Row

_TASKS = frozenset({"任务名称", "主要任务", "年度主要任务"})
"""Labels of the table of a department's tasks, which nobody reads."""
_OF_TASKS = MONEY_FIELDS | {"ignored", "purpose"}
"""What the headings of that table name besides."""


class HeadReader:
    """Reads the rows of a form that are no indicators."""

    def __init__(self, words: Vocabulary) -> None:
        self.head = Head()
        self._keeper = Keeper(self.head, words)
        self._words = words
        self._pending: list[Token] = []
        self._past: frozenset[int] = frozenset()
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
        self.head.funds.say_unit(unit_in_brackets(label.text))
        self._keeper.keep(token, [value])

    def _read_title(self, row: Row) -> None:
        self.head.title = self.head.title or row.text
        self.head.year = self.head.year or year_in_title(row.text)
        self.head.funds.say_unit(unit_in_brackets(row.text))

    def _read_row(self, row: Row, following: Row | None) -> None:
        row = after_adjustment(row)
        found, past = tokens(row, self._words), past_columns(row)
        if past or heads_details(row, self._words):
            self._past, self._pending = past, []
            for cell in row.filled:
                self.head.funds.say_unit(unit_in_brackets(cell.text))
        elif found:
            self._pending = []
            self._read_labels(row, found, following)
        elif not self._read_below(row):
            self._read_unlabelled(row)

    def _read_labels(self, row: Row, found: list[Token], following: Row | None) -> None:
        """Read a row of labels, each with what stands beside it; note those without."""
        self.head.year = self.head.year or year_beside(row, found)
        self._keeper.say_units(found)
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
                self._keeper.keep(token, beside)
            elif token.value is None:
                self._pending.append(token)
        self._keeper.keep_told(row, found)
        self._read_unit_line(row, found)
        self._drop_pending(found)

    def _opened(self, found: list[Token]) -> str | None:
        return found[0].field if found[0].field in self._words.below else None

    def _drop_pending(self, found: list[Token]) -> None:
        """Look below only from a row of nothing but labels, or for what may stand there."""
        objectives = [token for token in self._pending if token.field in OBJECTIVES]
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
            if cell.column not in self._past or token.field not in MONEY_FIELDS
        ]

    def _note_blocks(self, found: list[Token]) -> None:
        """Note a row that prints both periods side by side: medium term and the year."""
        periods = [(t.cell, p) for t in found if (p := self._period_of(t)) is not None]
        if {Period.MEDIUM, Period.ANNUAL} <= {period for _, period in periods}:
            self._keeper.periods = periods
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
        under = [(token, cell) for token in pending if (cell := cell_below(token.cell, row))]
        if len(under) < len(pending) == len(row.filled):
            under = list(zip(pending, row.filled, strict=True))
        for token, cell in under:
            if token.field in MONEY_FIELDS and UNIT_ALONE.fullmatch(fold(cell.text)):
                self.head.funds.say_unit(money_unit(cell.text))
            else:
                self._keeper.keep(token, [cell])
        return bool(under)

    def _read_unlabelled(self, row: Row) -> None:
        """Read what stands without a label: a unit line, a year, or more of an open field."""
        year = year_line(row.text)
        continued = self._continued(row)
        if UNIT_ALONE.fullmatch(fold(row.text)):
            self.head.funds.say_unit(money_unit(row.text))
        elif year is not None:
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
