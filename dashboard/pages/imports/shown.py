"""One project of a form as the page shows it: its reading, its corrections, its remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.pages.imports.remarks import Remark, remarks_of
from dashboard.texts import imports as text
from domain.review.finding import Part
from services.intake.forms.correcting import CorrectedForm, Place, Replaced, printed_text
from services.intake.forms.declaration import DeclaredIndicator
from services.intake.forms.fields import HeadField, RowField, head_text, row_text
from services.intake.forms.places import CellPlace
from services.previewing import FormView


@dataclass(frozen=True)
class Shown:
    """The nth project of a file, counted from 0."""

    view: FormView
    sheet: int

    @property
    def form(self) -> CorrectedForm:
        """The project as corrected."""
        return self.view.file.forms[self.sheet]

    @property
    def name(self) -> str:
        """What the project is called here."""
        return self.form.declared.project_name or text.no_name(self.sheet + 1)

    @cached_property
    def remarks(self) -> list[Remark]:
        """All that is wrong with it."""
        return remarks_of(self.view, Part.PROJECT, self.sheet)

    @cached_property
    def by_place(self) -> Mapping[Place, list[Remark]]:
        """What is wrong, by the value it is about."""
        found: dict[Place, list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            if remark.place is not None:
                found[remark.place].append(remark)
        return found

    @cached_property
    def by_cell(self) -> Mapping[CellPlace, list[Remark]]:
        """What is wrong, by the cell where it stands."""
        found: dict[CellPlace, list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            if remark.cell is not None:
                found[remark.cell].append(remark)
        return found

    @cached_property
    def notes(self) -> Mapping[Place, Replaced]:
        """What was corrected."""
        return {note.place: note for note in self.view.file.notes if note.place.sheet == self.sheet}

    @cached_property
    def rows(self) -> list[tuple[int, DeclaredIndicator | None]]:
        """Each printed row with what it reads as, None where it was left out."""
        kept = dict(zip(self.form.rows, self.form.declared.indicators, strict=True))
        printed = self.view.file.reading.declarations[self.sheet].indicators
        return [(number, kept.get(number)) for number in range(len(printed))]

    def head(self, field: HeadField) -> tuple[Place, str | None]:
        """A field of the head, with what it says now."""
        return Place(self.sheet, None, field), head_text(self.form.declared, field)

    def cell(self, row: int, field: RowField) -> tuple[Place, str | None]:
        """A field of a row, with what it says now."""
        place = Place(self.sheet, row, field)
        now = dict(self.rows).get(row)
        return place, None if now is None else row_text(now, field)

    def printed(self, place: Place) -> str | None:
        """What the file prints there."""
        return printed_text(self.view.file.reading, place)
