"""One form's rows, parted: its head and what else stands around, and its tables with their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.intake.forms.columns import LEVEL_FIELDS
from services.intake.forms.headings import Heading
from services.intake.forms.labels import Vocabulary
from services.intake.forms.rejoining import goes_on, joined
from services.intake.forms.sections import Section, is_title
from services.intake.forms.table import Line, is_left_out, line_of
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Row


@dataclass(slots=True)
class Under:
    """A heading with the rows under it."""

    heading: Heading
    lines: list[Line] = field(default_factory=list)

    def add(self, row: Row, words: Vocabulary) -> None:
        """Add a row; sums, notes and lines of running text are none of the table's."""
        if row.table and not is_left_out(row, words):
            self.lines.append(line_of(row, self.heading, words))

    def take_rest(self, row: Row, after: Row | None, words: Vocabulary) -> bool:
        """Add a row to the last one where it only goes on with it."""
        before = self.lines[-1].row if self.lines else None
        if before is None or not goes_on(before, row, after, self.heading, words):
            return False
        self.lines[-1] = line_of(joined(before, row), self.heading, words)
        return True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: ``around`` are its rows outside tables; ``where`` is its first place."""

    where: str
    around: tuple[Row, ...]
    tables: tuple[Under, ...]

    @property
    def title(self) -> str | None:
        """The text of the first row, which names the form where it has a title."""
        return self.around[0].text if self.around else None


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
            tables.append(Under(heading))
            within, index = True, heading.after
            continue
        row = rows[index]
        after = rows[index + 1] if index + 1 < section.after else None
        if within and tables[-1].take_rest(row, after, words):
            index += 1
            continue
        within = within and not _leaves(row, tables[-1].heading, words)
        if tables and (within or _comes_back(row, words)):
            within = True
            tables[-1].add(row, words)
        else:
            around.append(row)
        index += 1
    return Sheet(rows[section.first].where, tuple(around), tuple(tables))


def _leaves(row: Row, heading: Heading, words: Vocabulary) -> bool:
    """Say whether a row below a table is about something else: a label where levels stand."""
    if is_title(row, words):
        return True
    if heading.names_projects or not row.table:
        return False
    names = [g.columns["name"].first for g in heading.groups if "name" in g.columns]
    levels = any(column.field in LEVEL_FIELDS for column in heading.columns)
    first = row.filled[0]
    if any(words.level(cell.text) for cell in row.filled):
        return False
    beyond = first.column >= min(names, default=0) and levels
    found = tokens(row, words)
    return bool(found) and found[0].cell is first and not beyond


def _comes_back(row: Row, words: Vocabulary) -> bool:
    """Say whether a row outside is one of the table's again: it prints a level."""
    return row.table and any(words.is_level(cell.text) for cell in row.filled)
