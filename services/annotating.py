"""审核意见: the findings about a form, as a workbook its department can be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby

from domain.declaration import Declaration
from domain.review.finding import Finding, Part, Spot
from services.intake.forms.declaration import FileReading
from services.intake.forms.document import read_document
from services.intake.forms.places import locate
from services.intake.forms.reading import refused
from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.sandbox.client import in_child
from services.review_answers import proposal_text, why_of
from services.review_marks import in_sheets, marks_of
from services.reviewing import Review, review_reading
from services.sheets.review_summary import (
    FindingLine,
    ReviewSummary,
    Section,
    write_beside_original,
    write_summary,
)
from services.sheets.source_table import source_book

OF_FILE = "文件"
OF_DEPARTMENT = "部门整体绩效目标"
NO_NAME = "（无项目名称）"


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
    marks = marks_of(reviewed.review, locate(reviewed.grid, reviewed.reading))
    if write_beside_original(summary, reviewed.content, in_sheets(reviewed.grid, marks), file):
        return file.getvalue()
    at = {(place.row, place.cell): said for place, said in marks.items()}
    write_summary(summary, file, source_book(reviewed.grid, at))
    return file.getvalue()


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
