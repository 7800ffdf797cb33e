"""Rows of a section one by one: what is no line is passed over, what cannot be read is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from services.intake.columns import Field, FieldError
from services.intake.not_lines import (
    FOOTERS,
    TITLES,
    TOTAL_ROWS,
    is_footer,
    is_signed,
    is_title,
    total_said,
)
from services.intake.reading import Heard
from services.intake.sections import Section
from services.intake.tables.table import RowProblem, Value, is_blank

Row = TypeVar("Row")

Places = Mapping[str, tuple[str, str]]
"""Where the cells of a row stand, and what their headings are, by field."""


def places_of(section: Section, number: int) -> Places:
    """Where the cells of a row stand, by field."""
    return {
        name: (section.table.place(number, column.index), column.heading)
        for name, column in section.heading.columns.items()
    }


def problem_at(places: Places, name: str, message: str) -> RowProblem:
    """Say what is wrong with a field of a row, at its cell or the row's first."""
    place, heading = places.get(name) or next(iter(places.values()))
    return RowProblem(place, heading, message)


class RowReader(Generic[Row]):
    """Reads a section; a kind says which fields it has, and what a row is.

    ``keys`` are fields of which a line has at least one; a row without any is a note. ``content``
    are those of which it has one besides: without, words where ``coded_by`` stands are a title.
    """

    keys: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    coded_by = "project_code"

    def __init__(self, section: Section, heard: Heard) -> None:
        self.section = section
        self.heading = section.heading
        self.heard = heard
        self.rows: list[Row] = []

    def field(self, name: str, read: Callable[[Value], Any]) -> Field:
        """A column, read cell by cell."""
        return Field(self.heading, name, read)

    def read(self) -> list[Row]:
        """Take every row of the section."""
        for number, values in self.section.rows:
            what = self._no_line(number, values)
            if what is not None:
                self.heard.leave_out(what)
                continue
            places = places_of(self.section, number)
            try:
                row = self.take(number, values, places)
            except FieldError as problem:
                at = problem_at(places, problem.field, str(problem))
                self.heard.refuse(at.place, at.field, at.message)
            else:
                if row is not None:
                    self.rows.append(row)
        self.finish()
        return self.rows

    def take(self, number: int, values: Sequence[Value], places: Places) -> Row | None:
        """Read a row; None where it is none, which the kind counts.

        Raises:
            FieldError: a field cannot be read.
        """
        raise NotImplementedError

    def total(self, number: int, said: str, values: Sequence[Value]) -> None:
        """Hear what a total says; a kind with amounts compares it."""

    def title(self) -> None:
        """Hear that a title, or the name of a group, stands between the lines."""

    def finish(self) -> None:
        """After the last row."""

    def _no_line(self, number: int, values: Sequence[Value]) -> str | None:
        if is_signed(values):
            return FOOTERS
        said = total_said(values)
        if said is not None and self._is_keyless(values, said):
            self.total(number, said, values)
            return TOTAL_ROWS
        if self._is_keyless(values) and is_footer(values):
            return FOOTERS
        if self.content and self._is_title(values):
            self.title()
            return TITLES
        return None

    def _is_title(self, values: Sequence[Value]) -> bool:
        """Whether a row has words where its code stands, or nothing in any column that is read."""
        if self._has(self.content, values):
            return False
        code = self.heading.columns.get(self.coded_by)
        at = None if code is None or code.index >= len(values) else values[code.index]
        return is_title(values, at) and not (
            is_blank(at) and self._has(self.heading.columns, values)
        )

    def _is_keyless(self, values: Sequence[Value], said: str | None = None) -> bool:
        """Whether no key of a line is filled, but for the word of a total itself."""
        return not self._has(self.keys, values, said)

    def _has(self, names: Iterable[str], values: Sequence[Value], said: str | None = None) -> bool:
        """Whether one of several fields is filled with anything but what a total says."""
        for name in names:
            column = self.heading.columns.get(name)
            if column is not None and column.index < len(values):
                value = values[column.index]
                if not is_blank(value) and "".join(str(value).split()) != said:
                    return True
        return False


def needed(field: Field, name: str, values: Sequence[Value], message: str) -> Any:  # noqa: ANN401
    """The value of a field that a row cannot be without; FieldError where it is blank."""
    found = field(values)
    if found is None:
        raise FieldError(name, message)
    return found
