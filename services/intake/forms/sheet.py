"""One form's rows, parted: its head and what else stands around, and its tables with their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.intake.forms.columns import LEVEL_FIELDS, Column
from services.intake.forms.headings import Heading
from services.intake.forms.implied import implied_heading
from services.intake.forms.labels import Vocabulary, bare
from services.intake.forms.rejoining import goes_on, joined
from services.intake.forms.sections import Section, is_title
from services.intake.forms.table import Line, is_left_out, line_of
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Row

_LONGEST_LEVEL = 12
"""Rows over which the two halves of a broken level may be apart."""


@dataclass(slots=True)
class Under:
    """A heading with the rows under it."""

    heading: Heading
    lines: list[Line] = field(default_factory=list)

    def add(self, row: Row, words: Vocabulary) -> None:
        """Add a row; sums, notes and lines of running text are none of the table's."""
        if row.table and not is_left_out(row, words):
            rest = self._with_broken_levels(line_of(row, self.heading, words), words)
            if rest is not None:
                self.lines.append(rest)

    def _with_broken_levels(self, line: Line, words: Vocabulary) -> Line | None:
        """Give the rest of a level that was broken in its cell back to it: 产出 / 指标."""
        for column in self.heading.columns:
            rest = line.own(column) if column.field in LEVEL_FIELDS else None
            if rest is not None and self._complete(column, rest.text, words):
                line = line.without(column)
        return line if line.placed.cells else None

    def _complete(self, column: Column, rest: str, words: Vocabulary) -> bool:
        if words.level(rest) is not None:
            return False
        for at in range(len(self.lines) - 1, max(-1, len(self.lines) - _LONGEST_LEVEL), -1):
            begun = self.lines[at].own(column)
            if begun is None:
                continue
            whole = f"{begun.text}{rest}"
            if words.is_level(whole):
                self.lines[at] = self.lines[at].saying(column, whole)
                return True
            return False
        return False

    def take_rest(self, row: Row, after: Row | None, words: Vocabulary) -> bool:
        """Add a row to the last one where it only goes on with it."""
        before = self.lines[-1].row if self.lines else None
        if before is None or not goes_on(before, row, after, self.heading, words):
            return False
        self.lines[-1] = line_of(joined(before, row), self.heading, words)
        return True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: ``around`` are its rows outside tables; ``where`` is its first place.

    ``title`` is None where it begins with its labels.
    """

    where: str
    around: tuple[Row, ...]
    tables: tuple[Under, ...]
    title: str | None = None


def part(
    rows: Sequence[Row], section: Section, headings: Sequence[Heading], words: Vocabulary
) -> Sheet:
    """Part the rows of a section."""
    starts = {h.first: h for h in headings if section.first <= h.first < section.after}
    around: list[Row] = []
    tables: list[Under] = []
    within = False
    index = section.first
    while index < section.after:
        heading = starts.get(index)
        if heading is not None:
            headline = _headline(rows[max(section.first, index - 1)], words)
            tables.append(Under(replace(heading, headline=headline)))
            within, index = True, heading.after
            continue
        row = rows[index]
        after = rows[index + 1] if index + 1 < section.after else None
        if within and tables[-1].take_rest(row, after, words):
            index += 1
            continue
        implied = None if starts or tables else implied_heading(rows, index, words)
        if implied is not None:
            tables.append(Under(implied))
        within = within and not _leaves(row, tables[-1].heading, words)
        if tables and (within or _comes_back(row, words)):
            within = True
            tables[-1].add(row, words)
        else:
            around.append(row)
        index += 1
    title = next((row.text for row in around if is_title(row, words)), None)
    return Sheet(rows[section.first].where, tuple(around), tuple(tables), title)


def _headline(above: Row, words: Vocabulary) -> str | None:
    """The line above a table where it is nothing but a class: （一）产出指标."""
    is_class = not above.table and words.is_level(above.text)
    return bare(above.text) if is_class else None


def _leaves(row: Row, heading: Heading, words: Vocabulary) -> bool:
    """Say whether a row below a table is about something else: a label where levels stand."""
    if is_title(row, words):
        return True
    if heading.names_projects or not row.table:
        return False
    names = [g.columns["name"].first for g in heading.groups if "name" in g.columns]
    levels = any(column.field in LEVEL_FIELDS for column in heading.columns)
    first = row.filled[0]
    if words.is_sum(first.text) or any(words.level(cell.text) for cell in row.filled):
        return False
    beyond = first.column >= min(names, default=0) and levels
    found = tokens(row, words)
    return bool(found) and found[0].cell is first and not beyond


def _comes_back(row: Row, words: Vocabulary) -> bool:
    """Say whether a row outside is one of the table's again: it prints a level."""
    return row.table and any(words.is_level(cell.text) for cell in row.filled)
