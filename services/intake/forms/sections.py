"""Cutting a file into its parts: what comes first, then one section a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.target_value import fold
from services.intake.forms.headings import Heading
from services.intake.forms.labels import Vocabulary, money_unit
from services.intake.forms.tokens import Token, tokens
from services.intake.forms.years import year_line
from services.intake.readers.grid import Cell, Row

_ANCHORS = ("project_code", "project_name", "department_name")
_TELLING = frozenset({*_ANCHORS, "implementing_unit", "implementing_unit_code", "unit_or_money"})
"""Fields that tell one form from another."""
_CODE_AND_NAME = re.compile(
    r"[\[【(（]?([0-9]{3,21})[\]】)）]?\s*[-—－_]?\s*((?![年月日元万人次])[\u4e00-\u9fff].{2,})"
)
_LONGEST_HEAD = 40
"""Rows between a title and the table it belongs to."""
_FOREIGN = re.compile(
    r"[^，。；：]{2,38}(?:情况|明细|预算|收支|决算|汇总|统计|一览|分配|安排|清单|拨付|总)表(?:[(（].{1,20}[)）])?[0-9]*"
)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows ``first`` to ``after`` (not included) of the file, one form's."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Sections:
    """``preamble`` holds what comes before the first form."""

    preamble: tuple[Row, ...]
    forms: tuple[Section, ...]


def is_title(row: Row, words: Vocabulary) -> bool:
    """Say whether a row is nothing but the title of a form."""
    return len(row.filled) == 1 and words.is_title(row.filled[0].text)


def by_title(rows: Sequence[Row], words: Vocabulary) -> Iterator[Sequence[Row]]:
    """Cut rows before each title of a form."""
    starts = [n for n, row in enumerate(rows) if n and is_title(row, words)]
    for first, after in zip([0, *starts], [*starts, len(rows)], strict=True):
        yield rows[first:after]


def code_and_name(cell: Cell) -> tuple[str, str] | None:
    """Split a cell of a unit's code and name: 450001怀来县医疗保障局, 820001-某镇人民政府."""
    found = _CODE_AND_NAME.fullmatch(cell.text)
    return (found.group(1), found.group(2)) if found else None


def cut(rows: Sequence[Row], headings: Sequence[Heading], words: Vocabulary) -> Sections:
    """Start a form at its title, or where what tells it from others is printed again."""
    cutter = _Cutter(rows, headings, words)
    for index in range(len(rows)):
        cutter.see(index)
    return cutter.sections()


class _Cutter:
    """Walks down a file and notes where forms begin and end."""

    def __init__(self, rows: Sequence[Row], headings: Sequence[Heading], words: Vocabulary) -> None:
        self._rows = rows
        self._words = words
        self._heading_at = {h.first: h for h in headings}
        self._in_heading = {i for h in headings for i in range(h.first, h.after)}
        self._starts: list[tuple[int, bool]] = []
        self._said: dict[str, str] = {}
        self._title: str | None = None
        self._table: Heading | None = None
        self._foreign = False

    def see(self, index: int) -> None:
        """Look at one row: it begins a form, ends one, or goes on."""
        row = self._rows[index]
        if index and self._is_other_sheet(index):
            self._end(index)
        if index in self._in_heading:
            self._see_heading(index)
        elif is_title(row, self._words):
            self._foreign = False
            self._see_title(index)
        elif self._is_foreign(row):
            self._foreign = True
            self._end_or_take_back(index)
        elif not (self._table and self._table.names_projects):
            self._see_labels(index)

    def sections(self) -> Sections:
        """Answer the sections that are forms."""
        bounds = [*self._starts, (len(self._rows), False)]
        forms = tuple(
            Section(start, end) for (start, is_form), (end, _) in pairwise(bounds) if is_form
        )
        return Sections(tuple(self._rows[: bounds[0][0]]), forms)

    def _see_heading(self, index: int) -> None:
        heading = self._heading_at.get(index)
        if heading is None or (self._foreign and not heading.groups):
            return
        if not self._is_open():
            self._begin(self._with_lines_above(index))
        self._table = heading

    def _see_title(self, index: int) -> None:
        text = _plain_title(self._rows[index].text)
        used = bool(self._said) or self._table is not None
        only_above = self._title is None and self._table is None and not self._names_project()
        if not self._is_open() or (used and not only_above and not self._goes_on(index, text)):
            self._begin(self._with_lines_above(index))
        self._title = text if self._title is None or not used else self._title

    def _names_project(self) -> bool:
        return "project_name" in self._said or "project_code" in self._said

    def _see_labels(self, index: int) -> None:
        said = _telling(tokens(self._rows[index], self._words), self._rows[index])
        anchors = {name for name in said if name in _ANCHORS}
        if self._foreign and not any(said[name] for name in anchors):
            return
        again = {name for name in anchors if self._said.get(name, said[name]) != said[name]}
        if anchors and (not self._is_open() or again or self._begins_below_a_table(said)):
            self._begin(self._with_lines_above(index))
        self._said |= said if self._is_open() else {}

    def _begins_below_a_table(self, said: dict[str, str]) -> bool:
        """Say whether a label below a table is another form's: not what this one said before."""
        if self._table is None:
            return False
        return any(
            self._said.get(name) != value for name, value in said.items() if name in _ANCHORS
        )

    def _goes_on(self, index: int, title: str) -> bool:
        """Say whether a title only repeats at the top of a page: nothing new before the table."""
        if title != self._title and not self._heads_a_part(index):
            return False
        until = min(len(self._rows), index + _LONGEST_HEAD)
        for later in range(index + 1, until):
            if later in self._in_heading:
                return True
            row = self._rows[later]
            if is_title(row, self._words):
                return False
            said = _telling(tokens(row, self._words), row)
            if any(self._said.get(name) != value for name, value in said.items()):
                return False
        return False

    def _heads_a_part(self, index: int) -> bool:
        """Say whether a title heads one table of the project's form: 长期绩效目标表."""
        cell = self._rows[index].filled[0]
        of_a_part = self._words.period(cell.text) is not None and self._words.is_group(cell.text)
        return self._rows[index].table and self._names_project() and of_a_part

    def _is_open(self) -> bool:
        return bool(self._starts) and self._starts[-1][1]

    def _begin(self, index: int) -> None:
        if self._starts and self._starts[-1][0] == index:
            self._starts.pop()
        self._starts.append((index, True))
        self._said, self._title, self._table = {}, None, None

    def _end(self, index: int) -> None:
        if self._is_open():
            self._starts.append((index, False))
            self._said, self._title, self._table = {}, None, None

    def _end_or_take_back(self, index: int) -> None:
        """End the form; one of which only the title was seen was none, but a line of a list."""
        if self._is_open() and not self._said and self._table is None:
            self._starts.pop()
        else:
            self._end(index)

    def _is_other_sheet(self, index: int) -> bool:
        """Say whether a workbook's next sheet begins; pages and tables go on."""
        before, now = self._rows[index - 1], self._rows[index]
        return before.part != now.part and not re.match(r"(?:p[0-9]+|表[0-9]+|)$", now.part)

    def _is_foreign(self, row: Row) -> bool:
        """Say whether a row is the title of some other table of the budget."""
        if len(row.filled) != 1 or (self._said and self._table is None):
            return False
        text = fold(row.filled[0].text).lstrip("#")
        return bool(_FOREIGN.fullmatch(text)) and not tokens(row, self._words)

    def _with_lines_above(self, index: int) -> int:
        """Step back over the lines of unit, year and money that an untitled form begins with."""
        first = index
        free = self._starts[-1][0] if self._starts else -1
        while first - 1 > free and first - 1 not in self._in_heading:
            if not self._is_line_above(self._rows[first - 1]):
                break
            first -= 1
        return first

    def _is_line_above(self, row: Row) -> bool:
        if year_line(row.text) or any(map(code_and_name, row.filled)):
            return True
        named = {token.field for token in tokens(row, self._words)}
        unit = money_unit(row.text) is not None
        return bool(named) and (
            named <= {"unit_or_money", "money_unit", "implementing_unit"} or unit
        )


def _plain_title(text: str) -> str:
    """Take a title without what a repeated one may add: 续, numbers, marks of headings."""
    return re.sub(r"[#\s0-9()（）续]|续表", "", fold(text))


def _telling(found: Sequence[Token], row: Row) -> dict[str, str]:
    """What a row says that tells one form from another."""
    said: dict[str, str] = {}
    for order, token in enumerate(found):
        after = found[order + 1].cell.column if order + 1 < len(found) else None
        if token.field in _TELLING:
            said.setdefault(token.field, token.value or _beside(row, token.cell, after))
    return {name: value for name, value in said.items() if money_unit(value) != value}


def _beside(row: Row, label: Cell, until: int | None) -> str:
    for cell in row.filled:
        if cell.column > label.column and (until is None or cell.column < until):
            return cell.text
    return ""
