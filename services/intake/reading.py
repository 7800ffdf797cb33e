"""What every kind of table is read with, and what reading one comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.intake.choice import ColumnChoice, ColumnRead, Fate
from services.intake.headings import Heading
from services.intake.known_codes import KnownCodes
from services.intake.not_lines import HEADINGS_AGAIN
from services.intake.personal import DROPPED, without_persons
from services.intake.readers.grid import UnreadableFileError
from services.intake.sections import Section, columns_read, sections_of
from services.intake.tables.table import RowProblem, Table
from services.intake.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps to read a table: what people said of its columns, and the codes on record."""

    choice: ColumnChoice = field(default_factory=ColumnChoice)
    units: KnownCodes = field(default_factory=KnownCodes)
    projects: KnownCodes = field(default_factory=KnownCodes)


@dataclass(slots=True)
class Heard:
    """What there is to say of a table besides its rows.

    ``errors`` are rows that cannot be taken, ``findings`` what a person should look at,
    ``left_out`` counts rows that are no lines, ``columns`` says what became of each column.
    """

    errors: list[RowProblem] = field(default_factory=list)
    findings: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    columns: list[ColumnRead] = field(default_factory=list)

    def refuse(self, place: str, heading: str, message: str) -> None:
        """A row that cannot be taken; no number of a person is repeated."""
        self.errors.append(RowProblem(place, heading, without_persons(message)))

    def say(self, note: str) -> None:
        """Say something once, however many sections say it."""
        if note not in self.notes:
            self.notes.append(note)

    def leave_out(self, what: str, rows: int = 1) -> None:
        """Count rows that are no lines."""
        self.left_out[what] = self.left_out.get(what, 0) + rows

    def listen_to(self, section: Section, vocabulary: Vocabulary) -> None:
        """Note what a section says of itself, before its rows are read."""
        self.notes += [remark for remark in section.table.remarks if remark not in self.notes]
        columns = list(columns_read(section, vocabulary))
        self.columns += columns
        personal = [column.heading for column in columns if column.fate is Fate.PERSONAL]
        if personal:
            self.notes.append(f"含个人信息的列不导入：{'、'.join(personal)}。")
        if any(column.fate is Fate.REMEMBERED for column in columns):
            self.notes.append("列的对应关系按上次的取用，不对的可以改。")
        if section.repeated:
            self.leave_out(HEADINGS_AGAIN, section.repeated)
        for what, rows in section.passed.items():
            self.leave_out(what, rows)

    def all_notes(self) -> list[str]:
        """All notes, and how many rows were left out."""
        return [*self.notes, *(f"{what}{rows}行。" for what, rows in self.left_out.items())]


def sections_in(
    tables: Sequence[Table],
    vocabulary: Vocabulary,
    aids: Aids,
    heard: Heard,
    *,
    known: frozenset[str] = frozenset(),
) -> list[Section]:
    """All sections of a file's tables; a table without the heading is passed over, and that said.

    ``known`` are fields that are told otherwise than by a column.

    Raises:
        UnreadableFileError: no table has the heading, or one lacks a needed column.
    """
    sections: list[Section] = []
    unread = []
    for table in tables:
        found = sections_of(table, vocabulary, aids.choice, known=known)
        sections += found
        if not found and table.sheet:
            unread.append(table.sheet)
    if not sections:
        needed = "、".join(vocabulary.missing(known))
        raise UnreadableFileError(f"没有找到表头。{vocabulary.title}至少需要：{needed}。")
    heard.notes += [f"“{sheet}”没有认出表头，未读取。" for sheet in unread]
    for section in sections:
        _require_kept(section, vocabulary)
        heard.listen_to(section, vocabulary)
    return sections


def _require_kept(section: Section, vocabulary: Vocabulary) -> None:
    """Refuse to read a column of which nothing was kept when the file came.

    Raises:
        UnreadableFileError: it says how the column can be brought in.
    """
    for name, column in section.heading.columns.items():
        cells = (values[column.index] for _, values in section.rows if column.index < len(values))
        if any(cell == DROPPED for cell in cells):
            raise UnreadableFileError(
                f"“{column.heading}”列在上传时按个人信息略去，没有保留。要作为“{vocabulary.title_of(name)}”"
                "导入，请先选定文件类型再重新上传；如果它不是个人信息，请在文件中改了列名再上传。"
            )


def unit_notes(heading: Heading, wanted: str) -> list[str]:
    """Say in which unit money was read, where that is not plain."""
    unit = heading.unit_of(wanted)
    if unit is None:
        return ["文件未注明金额单位，按元读取。"]
    return [] if unit == "元" else [f"金额单位：{unit}。"]
