"""Files of codes for projects that were declared without one (补录项目编码、县编号; rules §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.intake.cells import text_of
from services.intake.columns import FieldError
from services.intake.known_codes import CodeReader
from services.intake.reading import Aids, Heard, sections_in
from services.intake.row_reader import Places, RowReader
from services.intake.sections import Section
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Value
from services.intake.vocabulary import vocabulary_of


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A project by its name or its county number, and the codes it takes."""

    project_name: str
    unit_name: str | None
    local_code: str | None
    new_code: str | None
    places: Places

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, the county's own first: the real one comes later."""
        return tuple(code for code in (self.local_code, self.new_code) if code)


@dataclass(slots=True)
class CodeFile:
    """A file of codes, read."""

    rows: list[CodeRow] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)


def read_project_codes(data: bytes, aids: Aids) -> CodeFile:
    """Read a list of codes.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    file = CodeFile()
    for section in sections_in(read_tables(data), vocabulary_of("codes"), aids, file.heard):
        file.rows += _Reader(section, file.heard).read()
    return file


class _Reader(RowReader[CodeRow]):
    """Reads the rows of one section."""

    keys = ("project_name", "new_code", "local_code")

    def __init__(self, section: Section, heard: Heard) -> None:
        super().__init__(section, heard)
        self.project_name = self.field("project_name", text_of)
        self.unit_name = self.field("unit_name", text_of)
        self.new_code = self.field("new_code", CodeReader(self.heading, "new_code"))
        self.local_code = self.field("local_code", CodeReader(self.heading, "local_code"))

    def take(self, number: int, values: Sequence[Value], places: Places) -> CodeRow | None:  # noqa: ARG002
        """Read a project's codes."""
        name = self.project_name(values)
        if name is None:
            raise FieldError("project_name", "项目名称为空。")
        row = CodeRow(
            name,
            self.unit_name(values),
            self.local_code(values),
            self.new_code(values),
            places,
        )
        if not row.codes:
            self.heard.leave_out("编码未填，略去")
            return None
        return row
