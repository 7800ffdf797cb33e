"""Achievement files to rows as printed: our template, and what the province exports (domain §1.3).

A monitoring or self-evaluation form names its project above its table; one file may hold many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.indicator import Likelihood
from services.intake.achieved_value import Said
from services.intake.cells import CellError, text_of
from services.intake.cut_offs import cut_off_said
from services.intake.days import cut_off_of
from services.intake.known_codes import CodeReader
from services.intake.matching import NamedIndicator, NamedProject
from services.intake.not_lines import TOTAL_ROWS, total_said
from services.intake.payment_rows import plain_text
from services.intake.readers.grid import UnreadableFileError
from services.intake.reading import Aids, Heard, sections_in
from services.intake.row_reader import places_of
from services.intake.sections import Section
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem, Table, Value
from services.intake.vocabulary import vocabulary_of

TICKS = tuple(likelihood.value for likelihood in Likelihood)
"""The form's three columns of 完成目标可能性; a mark in one of them chooses it."""

_NO_NAME = frozenset({"……", "...", "…", "/", "-", "—"})


@dataclass(frozen=True, slots=True)
class AchievementRow:
    """One row as printed; ``places`` name its cells by field, for problems."""

    project: NamedProject
    indicator: NamedIndicator
    said: Said
    places: Mapping[str, tuple[str, str]]

    def problem(self, name: str, message: str) -> RowProblem:
        """Say what is wrong with a field of this row."""
        place, heading = self.places.get(name) or next(iter(self.places.values()))
        return RowProblem(place, heading, message)


@dataclass(slots=True)
class AchievementFile:
    """An achievement file, read: its rows, and what there is to say of them."""

    rows: list[AchievementRow] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)

    @property
    def errors(self) -> list[RowProblem]:
        """What could not be read."""
        return self.heard.errors


@dataclass(frozen=True, slots=True)
class AchievementDefaults:
    """What a file that does not say is read as; ``cut_off`` None: it has to say."""

    fiscal_year: int
    today: date
    cut_off: date | None = None
    aids: Aids = field(default_factory=Aids)


def read_achievements(data: bytes, defaults: AchievementDefaults) -> AchievementFile:
    """Read an achievement file.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    return achievements_in(read_tables(data, percents=True), defaults)


def achievements_in(tables: Sequence[Table], defaults: AchievementDefaults) -> AchievementFile:
    """Read the tables of an achievement file; see ``read_achievements``."""
    vocabulary = vocabulary_of("achievements")
    file = AchievementFile()
    for section in sections_in(tables, vocabulary, defaults.aids, file.heard):
        AchievementReader(section, defaults, file).read()
    return file


class AchievementReader:
    """Reads the rows of one section; sheets that print more than reports hear it by the way."""

    def __init__(
        self, section: Section, defaults: AchievementDefaults, file: AchievementFile
    ) -> None:
        self.section = section
        self.heading = section.heading
        self.defaults = defaults
        self.file = file
        self.heard = file.heard
        self.at = {name: column.index for name, column in self.heading.columns.items()}
        self.codes = CodeReader(self.heading, "project_code", defaults.aids.projects)
        self.cut_off = self._cut_off()
        self.levels: dict[str, str | None] = {}

    def _cut_off(self) -> date | None:
        """The day that rows without one of their own stand for.

        Raises:
            UnreadableFileError: nothing says it.
        """
        year = self.defaults.fiscal_year
        said = cut_off_said(self.section.table, self.heading, year)
        day = self.defaults.cut_off or said
        if day is None and "reported_on" not in self.at:
            place = self.section.table.place(self.heading.row)
            raise UnreadableFileError(
                f"{place}的表头缺少：截至日期。请补上该列，或另行指定截至日期。"
            )
        if said is not None and self.defaults.cut_off is None and "reported_on" not in self.at:
            self.heard.say(f"表上写明的截至日期：{said}。")
        return day

    def read(self) -> None:
        """Take every row of the section."""
        for number, values in self.section.rows:
            self._note_levels(values)
            name = self.text(values, "indicator")
            if total_said(values):
                self.heard.leave_out(TOTAL_ROWS)
                self.aside(number, values)
            elif name is None or name in _NO_NAME:
                self.aside(number, values)
            else:
                self._take(number, values)
        self.heard.notes += self.codes.notes()

    def aside(self, number: int, values: Sequence[Value]) -> None:
        """Hear a row that is no report: a total, a blank row of the form."""

    def beside(self, number: int, values: Sequence[Value]) -> None:
        """Hear what the row of an indicator prints besides its report."""

    def note(self, values: Sequence[Value]) -> str | None:
        """What is said of a value: why it is behind, what is done."""
        return self.text(values, "note")

    def _take(self, number: int, values: Sequence[Value]) -> None:
        """Take one row; or note that it was left out because nothing was reported."""
        places = places_of(self.section, number)
        name = "project_code"
        try:
            self.beside(number, values)
            name = "reported_on"
            said = self._said(values)
            if said.is_blank:
                self.heard.leave_out("完成值未填，略去")
                return
            name = "project_code"
            row = AchievementRow(self.project(values), self.indicator(values), said, places)
        except CellError as problem:
            place, heading = places.get(name) or (self.section.table.place(number), name)
            self.heard.refuse(place, heading, str(problem))
        else:
            self.file.rows.append(row)

    def project(self, values: Sequence[Value]) -> NamedProject:
        """Whose the row is, by itself or by the form's head."""
        said = self.section.said
        return NamedProject(
            self.codes(self.value(values, "project_code") or said.get("project_code")),
            self.text(values, "project_name") or said.get("project_name"),
            self.text(values, "unit_name") or said.get("unit_name"),
        )

    def _note_levels(self, values: Sequence[Value]) -> None:
        """In a form a level that is left blank is that of the row above."""
        is_form = bool(self.section.said)
        for name in ("indicator_class", "category"):
            above = self.levels.get(name) if is_form else None
            self.levels[name] = self.text(values, name) or above

    def indicator(self, values: Sequence[Value]) -> NamedIndicator:
        """The row's indicator, with its levels."""
        return NamedIndicator(
            self.text(values, "indicator") or "",
            self.levels["indicator_class"],
            self.levels["category"],
        )

    def _said(self, values: Sequence[Value]) -> Said:
        return Said(
            self.reported_on(values),
            self.text(values, "value"),
            self.text(values, "measure_unit"),
            self.text(values, "forecast"),
            self._ticked(values) or self._likelihood(values),
            self.note(values),
            self.text(values, "evidence"),
        )

    def reported_on(self, values: Sequence[Value]) -> date:
        """The day that a row stands for.

        Raises:
            CellError: none is said, or none that can be.
        """
        value = self.value(values, "reported_on")
        year = self.defaults.fiscal_year
        day = cut_off_of(value, year, from_1904=self.section.table.from_1904) or self.cut_off
        if day is None:
            raise CellError("截至日期为空。")
        if day > self.defaults.today:
            raise CellError(f"截至日期{day}晚于今天（{self.defaults.today}）。")
        if day.year != year:
            raise CellError(f"截至日期{day}不在{year}年度内。")
        return day

    def _likelihood(self, values: Sequence[Value]) -> str | None:
        """Read it from its own column; the group above the three is none."""
        is_group = self.at.get("likelihood") in {self.at.get(word, -1) for word in TICKS}
        return None if is_group else self.text(values, "likelihood")

    def _ticked(self, values: Sequence[Value]) -> str | None:
        """Read likelihood from the form's three columns, one of which is ticked."""
        return next((word for word in TICKS if text_of(self.value(values, word))), None)

    def value(self, values: Sequence[Value], name: str) -> Value:
        """The cell of a field; None where there is no column."""
        index = self.at.get(name)
        return values[index] if index is not None and index < len(values) else None

    def text(self, values: Sequence[Value], name: str) -> str | None:
        """The text of a field, without numbers of persons."""
        return plain_text(self.value(values, name))
