"""A table as sections: a heading, the rows below it, and what the labels above it say.

Pages repeat their heading, sheets hold several forms below each other; rows are handed on as
they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.intake.choice import ColumnChoice, ColumnRead, Fate
from services.intake.headings import Heading, find_heading, heading_at
from services.intake.not_lines import EXAMPLES, RULERS, is_example, is_ruler
from services.intake.personal import holds_persons
from services.intake.tables.table import Table, Value, is_blank
from services.intake.vocabulary import Vocabulary, is_personal
from services.intake.vocabulary.folding import normalised_heading

Rows = list[tuple[int, Sequence[Value]]]

_TITLE_ROWS = 6
_TITLE_CELLS = 4
"""Of a row between two tables; a line has more cells filled."""


@dataclass(slots=True)
class Section:
    """A heading with its rows; ``repeated`` counts where it stood again.

    ``said`` is what labels above it say, by field (项目名称 of a form); ``passed`` counts rows
    that are none, by what they are.
    """

    table: Table
    heading: Heading
    said: Mapping[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=list)
    repeated: int = 0
    passed: Counter[str] = field(default_factory=Counter)


def sections_of(
    table: Table,
    vocabulary: Vocabulary,
    choice: ColumnChoice,
    *,
    known: frozenset[str] = frozenset(),
) -> list[Section]:
    """Cut a table into sections; none where it has no heading of this vocabulary.

    ``known`` are fields that are told otherwise than by a column.

    Raises:
        UnreadableFileError: a row looks like the heading but lacks a needed column.
    """
    return _Cutter(table, vocabulary, choice, known).cut()


class _Cutter:
    """Goes through the rows of a table once."""

    def __init__(
        self, table: Table, vocabulary: Vocabulary, choice: ColumnChoice, known: frozenset[str]
    ) -> None:
        self.table = table
        self.vocabulary = vocabulary
        self.choice = choice
        self.known = known
        self.said: dict[str, str] = {}
        self.sections: list[Section] = []
        self.words = vocabulary.words | set(choice.given)
        self.between = False

    def cut(self) -> list[Section]:
        """Find the first heading, then take row after row."""
        rows = self.table.rows
        self._hear(rows)
        first = find_heading(
            self.table, self.vocabulary, self.choice, known=self.known | self.said.keys()
        )
        if first is None:
            return []
        self.said = {}
        place = 0
        while place < len(rows) and rows[place][0] < first.row:
            self._listen(rows[place][1])
            place += 1
        self._open(first)
        self._rest(place)
        return self.sections

    def _hear(self, rows: Sequence[tuple[int, Sequence[Value]]]) -> None:
        """Hear all that labels say anywhere: it tells whether a heading is complete."""
        for _, values in rows:
            self._listen(values)

    def _rest(self, place: int) -> None:
        rows = self.table.rows
        skipped_to = self.sections[-1].heading.last_row
        for at in range(place, len(rows)):
            number, values = rows[at]
            if number <= skipped_to:
                continue
            if self._passes_over(values):
                continue
            if len(self.words.intersection(values)) > 1:
                again = self._heading_again(at)
                if again is not None:
                    skipped_to = again.last_row
                    continue
            # A form's head, with its money, stands between two tables.
            self.between |= self._listen(values)
            if not self.between:
                self.sections[-1].rows.append((number, values))

    def _passes_over(self, values: Sequence[Value]) -> bool:
        """Count a row that is none whatever the table holds."""
        now = self.sections[-1]
        if is_ruler(values) and not now.rows:
            now.passed[RULERS] += 1
        elif is_example(values):
            now.passed[EXAMPLES] += 1
        else:
            return False
        return True

    def _open(self, heading: Heading) -> None:
        # The words as they are printed here find the heading again on the next page.
        for number, values in self.table.rows:
            if heading.row <= number <= heading.last_row:
                self.words |= {value for value in values if isinstance(value, str) and value}
        self.between = False
        self.sections.append(Section(self.table, heading, dict(self.said)))

    def _heading_again(self, at: int) -> Heading | None:
        """The heading that stands at a row: the same one again, or that of a new section."""
        now = self.sections[-1]
        found = heading_at(self.table.rows, at, self.vocabulary, self.choice, self._above(at))
        # What the top of the table states counts until something else is stated.
        found = replace(found, stated_unit=found.stated_unit or now.heading.stated_unit)
        if self.vocabulary.missing(self.known | self.said.keys() | found.columns.keys()):
            return None
        places = {name: column.index for name, column in now.heading.columns.items()}
        if places == {name: column.index for name, column in found.columns.items()}:
            if self.said == now.said and self._units(found) == self._units(now.heading):
                now.repeated += 1
                self.between = False
                return found
        elif len(found.columns) * 2 < len(places):
            # A row of values that happen to be words of the vocabulary.
            return None
        self._open(found)
        return found

    def _units(self, heading: Heading) -> list[str | None]:
        return [heading.unit_of(name) for name in sorted(self.vocabulary.money)]

    def _above(self, at: int) -> list[str]:
        """What is printed right above a row: titles, a unit of money; no lines."""
        texts: list[str] = []
        for _, values in reversed(self.table.rows[max(at - _TITLE_ROWS, 0) : at]):
            filled = [str(value) for value in values if not is_blank(value)]
            if len(set(filled)) > _TITLE_CELLS:
                break
            texts = ["".join(text.split()) for text in filled] + texts
        return texts

    def _listen(self, values: Sequence[Value]) -> bool:
        """Hear what stands beside the labels of a form; answer whether anything does."""
        heard: dict[str, str] = {}
        if not self.vocabulary.labels:
            return False
        for at, value in enumerate(values):
            if isinstance(value, str) and value:
                wanted, beside = self._labelled(value, values[at + 1 :])
                if wanted is not None and beside is not None:
                    heard[wanted] = beside
        if "project_name" in heard:
            # The next form of the sheet begins.
            self.said = {}
        self.said |= heard
        return bool(heard)

    def _labelled(self, text: str, right: Sequence[Value]) -> tuple[str | None, str | None]:
        """The field of a label, and what it says: behind its colon, or in the next filled cell."""
        label, _, behind = text.replace("：", ":").partition(":")
        wanted = self.vocabulary.labels.get(normalised_heading(label))
        if wanted is None or behind.strip():
            return wanted, behind.strip()
        beside = next((v for v in right if not is_blank(v) and v != text), None)
        return wanted, None if beside is None or self._is_word(beside) else str(beside)

    def _is_word(self, value: Value) -> bool:
        """Whether a cell is itself a heading or a label, as in a row of headings."""
        if not isinstance(value, str):
            return False
        folded = normalised_heading(value)
        return folded in self.vocabulary.labels or folded in self.vocabulary.words


def columns_read(section: Section, vocabulary: Vocabulary) -> Iterator[ColumnRead]:
    """What became of each column of a section, for the preview."""
    heading = section.heading
    fields: dict[int, str] = {}
    for name, column in heading.columns.items():
        fields.setdefault(column.index, name)
    for at, printed in enumerate(heading.printed):
        if not printed:
            continue
        wanted = fields.get(at)
        title = vocabulary.headings[wanted][0] if wanted else None
        fate = heading.columns[wanted].fate if wanted else _fate_of_unread(section, at, printed)
        yield ColumnRead(section.table.place(heading.row, at), printed, wanted, title, fate)


def personal_columns(section: Section) -> list[int]:
    """The columns about persons that are not read, whether they have a heading or not."""
    read = {column.index for column in section.heading.columns.values()}
    width = max((len(values) for _, values in section.rows), default=0)
    printed = [*section.heading.printed, *[""] * width][:width]
    return [
        at for at, text in enumerate(printed) if at not in read and _is_personal(section, at, text)
    ]


def _fate_of_unread(section: Section, at: int, printed: str) -> Fate:
    return Fate.PERSONAL if _is_personal(section, at, printed) else Fate.UNREAD


def _is_personal(section: Section, at: int, printed: str) -> bool:
    return is_personal(normalised_heading(printed)) or holds_persons(section.rows, at)
