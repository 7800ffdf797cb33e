"""审核意见: the findings about a form, as a workbook its department can be sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby

from domain.declaration import Declaration
from domain.review.finding import Change, Field, Finding, Part, Spot
from services.intake.forms.correcting import Place
from services.intake.forms.declaration import FileReading
from services.intake.forms.document import read_document
from services.intake.forms.fields import RowField
from services.intake.forms.places import CellPlace, Located, locate
from services.intake.forms.reading import refused
from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.sandbox.client import in_child
from services.review_answers import why_of
from services.reviewing import Review, review_reading
from services.sheets.marks import Mark
from services.sheets.review_summary import (
    FindingLine,
    ReviewSummary,
    Section,
    write_beside_original,
    write_summary,
)
from services.sheets.source_table import source_book

FIELD_NAMES: Mapping[Field, str] = {
    Field.CLASS: "一级指标",
    Field.CATEGORY: "二级指标",
    Field.NAME: "三级指标",
    Field.VALUE: "指标值",
    Field.SIGN: "指标值类型",
    Field.COLUMN_UNIT: "计量单位",
    Field.WEIGHT: "分值",
    Field.DESCRIPTION: "指标解释",
    Field.MONEY_UNIT: "金额单位",
    Field.PLAN: "支出计划",
}
"""What a fix changes, as forms call it; no fix changes any other field."""

OF_FILE = "文件"
OF_DEPARTMENT = "部门整体绩效目标"
NO_NAME = "（无项目名称）"
_ROW_FIELDS = frozenset(field.value for field in RowField)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A file that was reviewed: its bytes, what was read, and what was found.

    ``grid`` is None where nothing could be read.
    """

    name: str
    content: bytes
    grid: Grid | None
    reading: FileReading
    review: Review


def check_file(content: bytes, name: str, on_record: Sequence[Declaration] = ()) -> Reviewed:
    """Read a file in a child process and review it; what cannot be read is a finding.

    ``on_record`` are other targets of that year and department, to compare with.
    """
    try:
        document = in_child(read_document, content, name)
    except UnreadableFileError as error:
        reading = refused(name, error.code, str(error))
        return Reviewed(name, content, None, reading, review_reading(reading))
    reviewed = review_reading(document.reading, on_record=on_record)
    return Reviewed(name, content, document.grid, document.reading, reviewed)


def annotated_file(reviewed: Reviewed) -> bytes:
    """What is wrong with a file as a workbook, with marks at its cells, written in a child.

    Raises:
        UnreadableFileError: writing into the file took too much time or memory.
    """
    return in_child(annotated, reviewed)


def proposal_text(change: Change) -> str:
    """Say a change: 指标值“≥60万元” → “≤60万元”."""
    shown = change.new or "（留空）"
    return f"{FIELD_NAMES[change.field]}“{change.old}” → “{shown}”"


def annotated(reviewed: Reviewed) -> bytes:
    """Write the list of findings and, behind it, the form with marks at the cells.

    A workbook keeps its own sheets; of any other file a table is rebuilt from what was read.
    What others sent is opened here: call it ``in_child``.
    """
    summary = _summary(reviewed)
    file = BytesIO()
    if reviewed.grid is None:
        write_summary(summary, file)
        return file.getvalue()
    located = locate(reviewed.grid, reviewed.reading)
    marks = _marks(reviewed.review, located)
    in_sheets = _in_sheets(reviewed.grid, marks)
    if write_beside_original(summary, reviewed.content, in_sheets, file):
        return file.getvalue()
    at = {(place.row, place.cell): said for place, said in marks.items()}
    write_summary(summary, file, source_book(reviewed.grid, at))
    return file.getvalue()


def _in_sheets(
    grid: Grid, marks: Mapping[CellPlace, Sequence[Mark]]
) -> dict[tuple[str, str], Sequence[Mark]]:
    """The same marks by sheet and cell of the workbook: Sheet1!C7."""
    said: dict[tuple[str, str], Sequence[Mark]] = {}
    for place, of_cell in marks.items():
        sheet, _, cell = grid.rows[place.row].cells[place.cell].where.rpartition("!")
        said[sheet, cell] = of_cell
    return said


def _marks(review: Review, located: Located) -> dict[CellPlace, list[Mark]]:
    """What to say at each cell; a finding about the file as a whole has none."""
    marks: dict[CellPlace, list[Mark]] = defaultdict(list)
    first = _first_cells(located.grid)
    for finding in review.all_findings:
        fix = "；".join(map(proposal_text, finding.fix))
        text = f"{finding.message}建议：{fix}。" if fix else finding.message
        for where, place in _places(finding, review):
            cell = located.cells.get(place) if place else None
            cell = cell or first.get(where or "")
            if cell is not None:
                marks[cell].append(Mark(finding.severity, text))
    return marks


def _places(finding: Finding, review: Review) -> Iterator[tuple[str | None, Place | None]]:
    """Where a finding stands, and the printed texts there that it is about.

    The texts of a department's part are not looked for: its prose has no cells.
    """
    spot, field = finding.spot, finding.field or Field.VALUE
    if spot.part is not Part.PROJECT:
        yield from ((where, None) for where in (finding.where, *finding.also))
        return
    name = field if field in _ROW_FIELDS else Field.VALUE
    yield finding.where, Place(spot.sheet, spot.row, field if spot.row is None else name)
    rows = review.filing.projects[spot.sheet].rows
    for where in finding.also:
        number = next((n for n, row in enumerate(rows) if row.printed.where == where), None)
        yield where, None if number is None else Place(spot.sheet, number, name)


def _first_cells(grid: Grid) -> dict[str, CellPlace]:
    """The first cell with text at each place."""
    found: dict[str, CellPlace] = {}
    for number, row in enumerate(grid.rows):
        for order, cell in enumerate(row.cells):
            if cell.text:
                found.setdefault(cell.where, CellPlace(number, order))
    return found


def _summary(reviewed: Reviewed) -> ReviewSummary:
    filing = reviewed.review.filing
    indicators = sum(len(project.rows) for project in filing.projects)
    return ReviewSummary(
        reviewed.name,
        f"{len(filing.projects)}个项目，{indicators}项绩效指标",
        tuple(_sections(reviewed.review)),
    )


def _sections(review: Review) -> Iterator[Section]:
    def sheet(finding: Finding) -> Spot:
        return replace(finding.spot, row=None)

    for spot, findings in groupby(review.all_findings, sheet):
        yield Section(_title(review, spot), tuple(map(_line, findings)))


def _title(review: Review, spot: Spot) -> str:
    if spot.part is Part.FILE:
        return OF_FILE
    if spot.part is Part.DEPARTMENT:
        name = review.filing.departments[spot.sheet].name
        return f"{OF_DEPARTMENT}　{name}" if name else OF_DEPARTMENT
    project = review.filing.projects[spot.sheet]
    unit = f"　{project.unit_name}" if project.unit_name else ""
    return f"项目{spot.sheet + 1}　{project.name or NO_NAME}{unit}"


def _line(finding: Finding) -> FindingLine:
    also = f"\n等{len(finding.also) + 1}处" if finding.also else ""
    return FindingLine(
        finding.severity,
        f"{finding.where or '—'}{also}",
        finding.indicator or "",
        finding.message,
        why_of(finding.check),
        "\n".join(map(proposal_text, finding.fix)),
    )
