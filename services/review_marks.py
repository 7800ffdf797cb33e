"""At which cells of a form the findings of its review stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.review.finding import Field, Finding, Part
from domain.review.subject import PrintedRow, ReviewedRow
from services.intake.forms.correcting import Place
from services.intake.forms.fields import RowField
from services.intake.forms.places import CellPlace, Located
from services.intake.readers.grid import Grid
from services.review_answers import proposal_text
from services.reviewing import Review
from services.sheets.marks import Mark

Marks = dict[CellPlace, list[Mark]]

_ROW_FIELDS = frozenset(field.value for field in RowField)
_TEXT_OF: Mapping[Field, str] = {
    Field.CATEGORY: "category",
    Field.SCORING: "scoring_standard",
    Field.COLUMN_UNIT: "column_unit",
    Field.SIGN: "sign",
}
"""What a printed row calls a field, where that is not the field's own name."""


def marks_of(review: Review, located: Located) -> Marks:
    """What to say at each cell; a finding about the file as a whole has none."""
    cells = _Cells(review, located, _first_cells(located.grid))
    marks: Marks = defaultdict(list)
    for finding in review.all_findings:
        fix = "；".join(map(proposal_text, finding.fix))
        text = f"{finding.message}建议：{fix}。" if fix else finding.message
        for cell in cells.of(finding):
            marks[cell].append(Mark(finding.severity, text))
    return marks


def in_sheets(
    grid: Grid, marks: Mapping[CellPlace, Sequence[Mark]]
) -> dict[tuple[str, str], Sequence[Mark]]:
    """The same marks by sheet and cell of the workbook: Sheet1!C7."""
    said: dict[tuple[str, str], Sequence[Mark]] = {}
    for place, of_cell in marks.items():
        sheet, _, cell = grid.rows[place.row].cells[place.cell].where.rpartition("!")
        said[sheet, cell] = of_cell
    return said


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a form by what they print; ``first`` is the first with text at each place."""

    review: Review
    located: Located
    first: Mapping[str, CellPlace]

    def of(self, finding: Finding) -> Iterator[CellPlace]:
        """The cell of each place of a finding."""
        field = finding.field or Field.VALUE
        rows = self._rows(finding)
        if finding.spot.row is None:
            found = self._printed(finding, None, field) or self.first.get(finding.where or "")
            yield from [found] if found else []
            return
        places = {row.printed.where: number for number, row in reversed(list(enumerate(rows)))}
        for where in (finding.where, *finding.also):
            number = finding.spot.row if where == finding.where else places.get(where)
            cell = None if number is None else self._of_row(finding, number, field)
            cell = cell or self.first.get(where or "")
            yield from [cell] if cell else []

    def _rows(self, finding: Finding) -> Sequence[ReviewedRow]:
        filing, spot = self.review.filing, finding.spot
        if spot.part is Part.FILE:
            return ()
        sheets = filing.projects if spot.part is Part.PROJECT else filing.departments
        return sheets[spot.sheet].rows

    def _of_row(self, finding: Finding, number: int, field: Field) -> CellPlace | None:
        """The cell of a row's text: located in a project, looked for beside the name else."""
        name = field if field in _ROW_FIELDS else Field.VALUE
        if finding.spot.part is Part.PROJECT:
            return self._printed(finding, number, name)
        printed = self._rows(finding)[number].printed
        at = self.first.get(printed.where or "")
        text = _text_of(printed, name)
        if at is None or not text:
            return None
        cells = self.located.grid.rows[at.row].cells
        found = (order for order, cell in enumerate(cells) if cell.text == text)
        order = next(found, None)
        return None if order is None else CellPlace(at.row, order)

    def _printed(self, finding: Finding, row: int | None, field: str) -> CellPlace | None:
        if finding.spot.part is not Part.PROJECT:
            return None
        return self.located.cells.get(Place(finding.spot.sheet, row, field))


def _text_of(printed: PrintedRow, field: str) -> str:
    text: str = getattr(printed, _TEXT_OF.get(Field(field), field))
    return text


def _first_cells(grid: Grid) -> dict[str, CellPlace]:
    found: dict[str, CellPlace] = {}
    for number, row in enumerate(grid.rows):
        for order, cell in enumerate(row.cells):
            if cell.text:
                found.setdefault(cell.where, CellPlace(number, order))
    return found
