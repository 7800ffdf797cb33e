"""A declaration form becomes targets (绩效目标申报表导入; rules §5).

Preview and commit read and decide by the same code; what is stored is one append, together
with the note that the file was brought in, and with what a person corrected in it before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import chain
from uuid import UUID

import msgspec

from domain.access.action import Action
from domain.approval import GivenApproval
from domain.correction import Correction
from domain.declaration import Declaration
from domain.errors import MonitoringError
from domain.importing import FileKey, Import, ImportKind, Tally
from domain.target import Target
from services.access.permitting import permit_declared
from services.declaring import DeclaredAs, declared
from services.importing import Begun, already_imported, on_record, patiently, report_of
from services.intake.forms.correcting import CorrectedForm, Replaced, corrected_forms
from services.intake.forms.declaration import FileReading
from services.intake.forms.file import read_form_file
from services.intake.forms.to_target import to_domain
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import RowProblem
from services.log.application import Log
from services.log.meta import Meta
from services.recording import BadLinesError, ImportReport, Outcome, Upload
from services.retrying import decide_again


class PreviewOutdatedError(MonitoringError):
    """Somebody recorded something since the preview, so that it would come to something else."""

    code = "preview_outdated"

    def __init__(self, names: Sequence[str]) -> None:
        said = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
        super().__init__(f"预览之后情况有变（{said}），未入库。预览已更新，请核对后再入库。")


@dataclass(frozen=True)
class FormFile:
    """A declaration form as it is brought in: what was sent, how it reads, what was replaced.

    ``year_said``: the upload's year is that of forms that print none, because somebody said so;
    otherwise they cannot be declared.
    """

    upload: Upload
    reading: FileReading
    notes: tuple[Replaced, ...] = ()
    year_said: bool = True

    @classmethod
    def as_printed(cls, upload: Upload) -> FormFile:
        """Read a form and correct nothing."""
        return cls(upload, read_form_file(upload.content, upload.name))

    @cached_property
    def forms(self) -> tuple[CorrectedForm, ...]:
        """The forms of the file, as corrected."""
        return corrected_forms(self.reading, self.notes)

    @property
    def corrected(self) -> FileReading:
        """The reading with what was replaced."""
        return replace(self.reading, declarations=tuple(form.declared for form in self.forms))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """All that a person replaced, project by project."""
        return tuple(chain.from_iterable(form.corrections for form in self.forms))

    @property
    def key(self) -> FileKey:
        """What makes it the same import: the file, and what was put in place of what."""
        key = self.upload.key(ImportKind.DECLARATIONS)
        if not self.notes:
            return key
        said = sorted((note.place.sheet, str(note.place), note.text or "") for note in self.notes)
        return replace(key, corrected=sha256(msgspec.json.encode(said)).hexdigest())


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

    approval: GivenApproval | None = None
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
    return preview_form(log, FormFile.as_printed(upload), today=today)


def import_declarations(log: Log, upload: Upload, *, meta: Meta, today: date) -> DeclarationsReport:
    """Declare what a form holds as it is printed; see ``import_form``."""
    return import_form(log, FormFile.as_printed(upload), meta=meta, today=today)


def preview_form(log: Log, file: FormFile, *, today: date) -> DeclarationsReport:
    """Say what a form would do as it was corrected, without storing anything.

    Raises:
        UnreadableFileError: nothing in it is a declaration.
    """
    return _preview(log, file, _survey(file), today)


def import_form(
    log: Log,
    file: FormFile,
    *,
    meta: Meta,
    today: date,
    expected: Sequence[DeclaredTarget] | None = None,
) -> DeclarationsReport:
    """Declare what a form holds; other values for a target on record are proposed revisions.

    The same file with the same corrections again stores nothing. ``expected`` is what a
    preview showed: nothing else is done.

    Raises:
        UnreadableFileError: nothing in it is a declaration.
        BadLinesError: projects cannot be declared, and the upload does not accept that.
        PreviewOutdatedError: it would come to something else than was expected.
    """
    survey = _survey(file)

    def decide() -> DeclarationsReport:
        begun = on_record(log, Import.create_id(file.key))
        _decide(log, survey, today)
        if begun is not None and begun.running.completed:
            return DeclarationsReport(already_imported(log, begun), tuple(survey.outcomes))
        if begun is None and survey.problems and not file.upload.accept_bad_lines:
            raise BadLinesError(_summary(file, survey))
        if expected is not None:
            _require_as_expected(expected, survey.outcomes)
        return _store(log, file, survey, begun, meta)

    return patiently(lambda: decide_again(decide))


def _store(
    log: Log, file: FormFile, survey: _Survey, begun: Begun | None, meta: Meta
) -> DeclarationsReport:
    """Append targets, corrections and the import's whole life at once."""
    running = (
        begun.running
        if begun
        else Import(file.key, file.upload.name, survey.rows, len(survey.problems), None)
    )
    targets: list[Target] = []
    if not running.chunks:
        running.correct(file.corrections)
        running.store_chunk(0, survey.tally)
        targets = list(survey.targets.values())
    running.complete()
    done = log.save(running, *targets, meta=begun.meta if begun else meta)
    begun = begun or Begun(running, meta, done.recorded_at, anew=True)
    summary = report_of(begun, running, Outcome.COMPLETED, (), done.last_position)
    return DeclarationsReport(summary, tuple(survey.outcomes))


def _require_as_expected(
    expected: Sequence[DeclaredTarget], outcomes: Sequence[DeclaredTarget]
) -> None:
    changed = set(expected) ^ set(outcomes)
    if changed:
        raise PreviewOutdatedError(sorted({one.project_name for one in changed}))


def declarations_of(file: FormFile) -> Iterator[Declaration | MonitoringError]:
    """What each form of a file declares as corrected, or why it cannot be declared."""
    upload = file.upload
    for form in file.forms:
        try:
            declaration = to_domain(
                form.declared,
                region=upload.region,
                fiscal_year=upload.fiscal_year if file.year_said else None,
                source=upload.name,
            )
        except MonitoringError as problem:
            yield problem
        else:
            yield replace(declaration, corrections=form.corrections)


def _survey(file: FormFile) -> _Survey:
    if not file.reading.declarations:
        said = "；".join(error.message for error in file.reading.errors)
        raise UnreadableFileError(said or "文件里没有绩效目标申报表。")
    problems = [_problem(error.where, error.message) for error in file.reading.errors]
    survey = _Survey(file.upload.approval, problems=problems)
    for form, declaration in zip(file.forms, declarations_of(file), strict=True):
        if isinstance(declaration, MonitoringError):
            survey.problems.append(_problem(form.declared.where, str(declaration)))
        else:
            survey.declarations.append(declaration)
    return survey


def _problem(where: str | None, message: str) -> RowProblem:
    return RowProblem(where or "全文", "申报表", message)


def _decide(log: Log, survey: _Survey, today: date) -> None:
    """Say what each declaration does to its target, as the record stands now."""
    for declaration in survey.declarations:
        permit_declared(Action.IMPORT_DECLARATIONS, declaration)
    ids = [Target.create_id(declaration) for declaration in survey.declarations]
    survey.targets = dict(log.get_many(Target, ids))
    survey.outcomes = []
    for target_id, declaration in zip(ids, survey.declarations, strict=True):
        survey.targets[target_id], outcome = declared(
            survey.targets.get(target_id), declaration, on=today, approval=survey.approval
        )
        survey.outcomes.append(DeclaredTarget(target_id, declaration.project_name, outcome))


def _preview(log: Log, file: FormFile, survey: _Survey, today: date) -> DeclarationsReport:
    _decide(log, survey, today)
    return DeclarationsReport(_summary(file, survey), tuple(survey.outcomes))


def _summary(file: FormFile, survey: _Survey) -> ImportReport:
    return ImportReport(
        import_id=Import.create_id(file.key),
        outcome=Outcome.PREVIEW,
        name=file.upload.name,
        rows=survey.rows,
        stored=survey.tally.stored,
        known=survey.tally.known,
        conflict_count=0,
        refused=len(survey.problems),
        problems=tuple(survey.problems),
    )
