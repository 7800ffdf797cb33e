"""A declaration form becomes targets (绩效目标申报表导入; rules §5).

Preview and commit read and decide by the same code; what is stored is one append, together
with the note that the file was brought in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.declaration import Declaration
from domain.errors import MonitoringError
from domain.importing import Import, ImportKind, Tally
from domain.target import Target
from services.declaring import DeclaredAs
from services.importing import (
    Opening,
    already_imported,
    begin,
    complete,
    note_chunk,
    on_record,
    report_of,
)
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import to_domain
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import RowProblem
from services.log.application import Log
from services.log.meta import Meta
from services.recording import BadLinesError, ImportReport, Outcome, Upload


@dataclass(frozen=True, slots=True)
class DeclaredTarget:
    """What a file does to one target."""

    target_id: UUID
    project_name: str
    outcome: DeclaredAs


@dataclass(frozen=True, slots=True)
class DeclarationsReport:
    """What became of a form: counted by projects, and project by project."""

    summary: ImportReport
    targets: tuple[DeclaredTarget, ...]


@dataclass(slots=True)
class _Survey:
    """What a file comes to as things stand."""

    declarations: list[Declaration] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    targets: dict[UUID, Target] = field(default_factory=dict)
    outcomes: list[DeclaredTarget] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """Projects that change something, and those on record as they are."""
        known = sum(one.outcome is DeclaredAs.UNCHANGED for one in self.outcomes)
        return Tally(stored=len(self.outcomes) - known, known=known)

    @property
    def rows(self) -> int:
        """Projects of the file, those that cannot be declared included."""
        return len(self.declarations) + len(self.problems)


def preview_declarations(log: Log, upload: Upload, *, today: date) -> DeclarationsReport:
    """Read a form and say what it would do, without storing anything.

    Raises:
        UnreadableFileError: nothing in it is a declaration.
    """
    return _preview(log, upload, _survey(upload), today)


def import_declarations(log: Log, upload: Upload, *, meta: Meta, today: date) -> DeclarationsReport:
    """Declare what a form holds; other values for a target on record are proposed revisions.

    The same file again stores nothing.

    Raises:
        UnreadableFileError: nothing in it is a declaration.
        BadLinesError: projects cannot be declared, and the upload does not accept that.
    """
    key = upload.key(ImportKind.DECLARATIONS)
    survey = _survey(upload)
    begun = on_record(log, Import.create_id(key))
    if begun is not None and begun.running.completed:
        _decide(log, survey, today)
        return DeclarationsReport(already_imported(log, begun), tuple(survey.outcomes))
    if begun is None and survey.problems and not upload.accept_bad_lines:
        raise BadLinesError(_preview(log, upload, survey, today).summary)
    opening = Opening(key, upload.name, survey.rows, len(survey.problems), None)
    begun = begin(log, opening, meta)

    def decide() -> tuple[Tally, Sequence[Target]]:
        _decide(log, survey, today)
        return survey.tally, list(survey.targets.values())

    note_chunk(log, begun, 0, decide)
    running, position = complete(log, begun)
    summary = report_of(begun, running, Outcome.COMPLETED, (), position)
    return DeclarationsReport(summary, tuple(survey.outcomes))


def _survey(upload: Upload) -> _Survey:
    reading = read_file(upload.content, upload.name)
    if not reading.declarations:
        said = "；".join(error.message for error in reading.errors)
        raise UnreadableFileError(said or "文件里没有绩效目标申报表。")
    survey = _Survey(problems=[_problem(e.where, e.message) for e in reading.errors])
    for declared in reading.declarations:
        try:
            survey.declarations.append(
                to_domain(
                    declared,
                    region=upload.region,
                    fiscal_year=upload.fiscal_year,
                    source=upload.name,
                )
            )
        except MonitoringError as problem:
            survey.problems.append(_problem(declared.where, str(problem)))
    return survey


def _problem(where: str | None, message: str) -> RowProblem:
    return RowProblem(where or "全文", "申报表", message)


def _decide(log: Log, survey: _Survey, today: date) -> None:
    """Say what each declaration does to its target, as the record stands now."""
    ids = [Target.create_id(declaration) for declaration in survey.declarations]
    survey.targets = dict(log.get_many(Target, ids))
    survey.outcomes = [
        _declared(survey.targets, target_id, declaration, today)
        for target_id, declaration in zip(ids, survey.declarations, strict=True)
    ]


def _declared(
    targets: dict[UUID, Target], target_id: UUID, declaration: Declaration, today: date
) -> DeclaredTarget:
    target = targets.get(target_id)
    if target is None:
        targets[target_id] = Target(declaration)
        outcome = DeclaredAs.NEW
    else:
        number = target.propose_revision(
            declaration, reason="重新申报", document_no=None, proposed_on=today
        )
        outcome = DeclaredAs.UNCHANGED if number is None else DeclaredAs.REVISION
    return DeclaredTarget(target_id, declaration.project_name, outcome)


def _preview(log: Log, upload: Upload, survey: _Survey, today: date) -> DeclarationsReport:
    _decide(log, survey, today)
    summary = ImportReport(
        import_id=Import.create_id(upload.key(ImportKind.DECLARATIONS)),
        outcome=Outcome.PREVIEW,
        name=upload.name,
        rows=survey.rows,
        stored=survey.tally.stored,
        known=survey.tally.known,
        conflict_count=0,
        refused=len(survey.problems),
        problems=tuple(survey.problems),
    )
    return DeclarationsReport(summary, tuple(survey.outcomes))
