"""Lists of units as printed (单位名单), pasted from Excel or as a file.

Names and telephones are wanted here, and go beside the log (``services/access/contacts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.unit import Post
from services.intake.cells import text_of
from services.intake.columns import Field, FieldError
from services.intake.days import days_of
from services.intake.known_codes import CodeReader
from services.intake.reading import Aids, Heard, sections_in
from services.intake.row_reader import Places, RowReader
from services.intake.sections import Section
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Value
from services.intake.vocabulary import vocabulary_of


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Who a row names for a post."""

    post: Post
    person: str
    telephone: str | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as printed; None is what the list does not say."""

    name: str
    code: str | None
    local_code: str | None
    parent_code: str | None
    department_code: str | None
    department: str | None
    since: date | None
    changed_on: date | None
    document_no: str | None
    persons: tuple[PersonRow, ...]
    places: Places


@dataclass(slots=True)
class UnitFile:
    """A list of units, read."""

    rows: list[UnitRow] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)


def read_units(data: bytes, aids: Aids) -> UnitFile:
    """Read a list of units.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    file = UnitFile()
    for section in sections_in(read_tables(data), vocabulary_of("units"), aids, file.heard):
        file.rows += _Reader(section, aids, file.heard).read()
    return file


class _Reader(RowReader[UnitRow]):
    """Reads the rows of one section."""

    keys = ("code", "name", "local_code")
    content = ("name", "department", "department_code", "parent_code")
    coded_by = "code"

    def __init__(self, section: Section, aids: Aids, heard: Heard) -> None:
        super().__init__(section, heard)
        day = days_of(section.table)
        self.codes = {
            name: CodeReader(self.heading, name, aids.units)
            for name in ("code", "local_code", "parent_code", "department_code")
        }
        self.coded = {name: self.field(name, read) for name, read in self.codes.items()}
        self.name = self.field("name", text_of)
        self.department = self.field("department", text_of)
        self.since = self.field("since", day)
        self.changed_on = self.field("changed_on", day)
        self.document_no = self.field("document_no", text_of)
        self.persons = {
            Post.HEAD: (self.field("head", text_of), self._telephone("head_telephone")),
            Post.REPORTER: (
                self.field("reporter", text_of),
                self._telephone("reporter_telephone"),
            ),
        }

    def _telephone(self, name: str) -> Field:
        return self.field(name, CodeReader(self.heading, name))

    def take(self, number: int, values: Sequence[Value], places: Places) -> UnitRow | None:  # noqa: ARG002
        """Read a unit; a row that names a department only is that department."""
        codes = {name: field(values) for name, field in self.coded.items()}
        name, department = self.name(values), self.department(values)
        if name is None and codes["code"] is None and (department or codes["department_code"]):
            name, codes["code"] = department, codes["department_code"]
        if name is None:
            raise FieldError("name", "单位名称为空。")
        return UnitRow(
            name,
            codes["code"],
            codes["local_code"],
            codes["parent_code"],
            codes["department_code"],
            department,
            self.since(values),
            self.changed_on(values),
            self.document_no(values),
            tuple(self._persons(values)),
            places,
        )

    def _persons(self, values: Sequence[Value]) -> list[PersonRow]:
        found = []
        for post, (person, telephone) in self.persons.items():
            named = person(values)
            if named is not None:
                found.append(PersonRow(post, named, telephone(values)))
        return found

    def finish(self) -> None:
        """Say which codes were restored."""
        for codes in self.codes.values():
            self.heard.notes += codes.notes()
