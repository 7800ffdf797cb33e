"""What a draft would come to: how it reads, what is wrong with it, what it would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import MonitoringError
from domain.importing import Import
from domain.review.finding import Change as ProposedChange
from domain.review.finding import Field, Finding, Part
from services.drafting import Change, DraftDesk, document_of, form_file, upload_of
from services.importing import Begun, on_record
from services.importing_declarations import (
    DeclarationsReport,
    FormFile,
    declarations_of,
    preview_form,
)
from services.incoming import preview_file
from services.intake.choice import NoSuchHeadingError
from services.intake.drafts import Draft
from services.intake.forms.correcting import Place
from services.intake.forms.declaration import Declaration
from services.intake.forms.fields import HeadField
from services.intake.forms.places import Located, locate
from services.intake.forms.plan_text import plan_text
from services.intake.guessing import TABLES
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.intake.tables.sample import Sample, samples_of
from services.intake.vocabulary import vocabulary_of
from services.recording import Door, ImportReport, Progress, silent
from services.reviewing import Review, review_reading


@dataclass(frozen=True, slots=True)
class FormView:
    """A draft of a declaration form, looked at.

    ``refusals`` are the forms that cannot be declared, by their number, each with its reason.
    ``report`` is None where the file declares nothing at all. ``earlier`` is the import of the
    same file with the same corrections, where there was one.
    """

    draft: Draft
    file: FormFile
    located: Located
    review: Review
    refusals: Mapping[int, MonitoringError]
    report: DeclarationsReport | None
    earlier: Begun | None


def look_at_form(desk: DraftDesk, draft: Draft) -> FormView:
    """Read a form with its corrections, review it, and say what it would do."""
    file = form_file(desk, draft)
    refusals = {
        number: declared
        for number, declared in enumerate(declarations_of(file))
        if isinstance(declared, MonitoringError)
    }
    return FormView(
        draft,
        file,
        locate(document_of(draft).grid, file.reading),
        review_reading(file.corrected),
        refusals,
        preview_form(desk.log, file, today=desk.today) if file.reading.declarations else None,
        on_record(desk.log, Import.create_id(file.key)),
    )


@dataclass(frozen=True, slots=True)
class TableView:
    """A draft of a table, looked at: its first rows, what it would do, and what columns may be.

    ``fields`` are the names of what its kind has columns for. ``report`` is None where it cannot
    be read as that kind, ``problem`` says why. ``earlier`` is the import of the same file, where
    there was one.
    """

    draft: Draft
    samples: tuple[Sample, ...]
    fields: tuple[str, ...]
    report: ImportReport | None = None
    problem: str | None = None
    earlier: Begun | None = None


def look_at_table(desk: DraftDesk, draft: Draft, progress: Progress = silent) -> TableView:
    """Read a table and say what it would do.

    Raises:
        UnreadableFileError: it is no table.
    """
    words = vocabulary_of(TABLES[draft.kind])
    fields = tuple(names[0] for names in words.headings.values())
    seen = TableView(draft, in_child(samples_of, draft.content), fields)
    door = Door(desk.log, desk.lookups, desk.today, progress)
    try:
        report = preview_file(door, upload_of(desk, draft), draft.kind).summary
    except (UnreadableFileError, NoSuchHeadingError) as problem:
        return replace(seen, problem=str(problem))
    return replace(seen, report=report, earlier=on_record(desk.log, report.import_id))


def proposals(view: FormView, findings: Sequence[Finding]) -> list[Change]:
    """What adopting the fixes of some findings puts in place of what.

    Of several proposals for one text the first is taken: the others were made for a text that
    is not there any more, and are made anew if they still hold.
    """
    changes: dict[Place, Change] = {}
    for finding in findings:
        if finding.spot.part is Part.PROJECT:
            new = [_change(view, finding, proposed) for proposed in finding.fix]
            if not any(one.place in changes for one in new):
                changes |= {one.place: one for one in new}
    return list(changes.values())


def _change(view: FormView, finding: Finding, proposed: ProposedChange) -> Change:
    """A proposal on the reading as corrected, as a change of what is printed."""
    sheet = finding.spot.sheet
    form = view.file.forms[sheet]
    if proposed.field is Field.PLAN and proposed.row is not None:
        place = Place(sheet, None, HeadField.PLAN)
        return Change(place, _plan(form.declared, proposed), finding.check)
    row = None if proposed.row is None else form.rows[proposed.row]
    return Change(Place(sheet, row, proposed.field.value), proposed.new, finding.check)


def _plan(declared: Declaration, proposed: ProposedChange) -> str:
    """The whole plan with one share of it changed."""
    points = list(declared.spending_plan or ())
    number = proposed.row or 0
    share = Decimal(proposed.new.removesuffix("%")) / 100
    points[number] = replace(points[number], share=share)
    return plan_text(points)
