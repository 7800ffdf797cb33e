"""Achievements are reported, one by one or by file (指标完成值填报、导入; rules §4, §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from domain.errors import MonitoringError
from domain.importing import Import, ImportKind, Tally
from domain.indicator import Achievement, Indicator
from domain.target import Target
from services.importing import (
    Begun,
    Opening,
    already_imported,
    as_first_sent,
    begin,
    complete,
    kept,
    note_chunk,
    on_record,
    report_of,
    store_chunks,
)
from services.intake.achievement_rows import (
    AchievementDefaults,
    AchievementFile,
    read_achievements,
)
from services.intake.achievements import MatchedFile, Reported, match_achievements
from services.intake.files import ImportFiles
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.intake.tables.table import RowProblem
from services.log.appending import Command
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import (
    BadLinesError,
    ImportReport,
    Outcome,
    Progress,
    Recorded,
    Upload,
    require_past,
    silent,
)
from services.retrying import decide_again

CHUNK_REPORTS = 1_000
CHUNK_BYTES = 3_000_000
"""Limits of a chunk, below those of an append: its reports and the import's note."""

_REPORT_BYTES = 500
"""What a report takes in the log besides its free text."""

_TargetReports = tuple[UUID, list[Reported]]


@dataclass(frozen=True, slots=True)
class AchievementReport:
    """One report as a person or a machine hands it in; ``reason`` for replacing an earlier one."""

    target_id: UUID
    achievement: Achievement
    reason: str | None = None


@dataclass(slots=True)
class _Survey:
    """What a file comes to as things stand: reports by target, counts, problems."""

    reports: list[_TargetReports] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def report_achievement(
    log: Log,
    report: AchievementReport,
    *,
    meta: Meta,
    today: date,
    command: Command | None = None,
) -> Recorded:
    """Record a value; the same again records nothing, another for the same day replaces it.

    Raises:
        NotOnRecordError: no such target or indicator.
        FutureDateError: the day lies after today.
        TargetEndedError: the target's life ended before.
        UnitDoesNotConvertError: the unit of measure does not fit the target's.
    """

    def decide() -> Recorded:
        target = log.get(Target, report.target_id)
        changed = target.report(report.achievement, today=today, reason=report.reason)
        done = log.save(target, meta=meta, command=command)
        return Recorded(done.last_position, changed=changed or done.repeated)

    return decide_again(decide)


def preview_achievements(
    log: Log, lookups: Lookups, upload: Upload, *, today: date
) -> ImportReport:
    """Read a file and match it with the targets on record, without storing anything.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
    """
    return _report(upload, _survey(log, lookups, upload, today))


def import_achievements(
    log: Log,
    lookups: Lookups,
    upload: Upload,
    *,
    meta: Meta,
    today: date,
    progress: Progress = silent,
) -> ImportReport:
    """Record the achievements of a file; a broken import of the same file is gone on with.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
        BadLinesError: lines cannot be read or find no indicator, and the upload does not
            accept that.
        FutureDateError: the upload's cut-off lies after today.
    """
    require_past(upload.cut_off, today)
    key = upload.key(ImportKind.ACHIEVEMENTS)
    import_id = Import.create_id(key)
    begun = on_record(log, import_id)
    if begun is not None and begun.running.completed:
        return already_imported(log, begun)
    progress("正在读取文件并核对绩效指标……")
    files = ImportFiles(lookups.pool)
    if begun is not None:
        upload = as_first_sent(files, begun, upload)
    survey = _survey(log, lookups, upload, today)
    if begun is None:
        if survey.problems and not upload.accept_bad_lines:
            raise BadLinesError(_report(upload, survey))
        files.keep(kept(import_id, upload))
    rows = sum(len(reports) for _, reports in survey.reports) + len(survey.problems)
    opening = Opening(key, upload.name, rows, len(survey.problems), None)
    report = _store(log, begin(log, opening, meta), survey, today, progress)
    files.finish(import_id)
    return replace(report, problems=tuple(survey.problems), notes=tuple(survey.notes))


def _survey(log: Log, lookups: Lookups, upload: Upload, today: date) -> _Survey:
    """Read, match, and try every report on its target as it stands; nothing is stored."""
    file = _read(upload, today)
    targets: dict[UUID, Target] = {}

    def indicators(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Indicator]]:
        targets.update(log.get_many(Target, ids))
        return {key: tuple(target.indicators.values()) for key, target in targets.items()}

    book = lookups.targets(upload.region, upload.fiscal_year)
    matched = match_achievements(file.rows, book, indicators)
    survey = _Survey(
        problems=[*file.errors, *matched.errors], notes=[*file.heard.all_notes(), *matched.notes]
    )
    _try(matched, targets, today, survey)
    return survey


def _read(upload: Upload, today: date) -> AchievementFile:
    defaults = AchievementDefaults(upload.fiscal_year, today, upload.cut_off)
    file = in_child(read_achievements, upload.content, defaults)
    if not (file.rows or file.errors):
        raise UnreadableFileError("表头以下没有填报完成值。")
    return file


def _try(
    matched: MatchedFile, targets: Mapping[UUID, Target], today: date, survey: _Survey
) -> None:
    for target_id, reports in matched.reports.items():
        sound = []
        for reported in reports:
            try:
                changed = targets[target_id].report(reported.achievement, today=today)
            except MonitoringError as problem:
                survey.problems.append(reported.row.problem("value", str(problem)))
            else:
                sound.append(reported)
                survey.tally += Tally(stored=1) if changed else Tally(known=1)
        if sound:
            survey.reports.append((target_id, sound))


def _store(
    log: Log, begun: Begun, survey: _Survey, today: date, progress: Progress
) -> ImportReport:
    def store(number: int, chunk: Sequence[_TargetReports]) -> None:
        def decide() -> tuple[Tally, list[Target]]:
            targets = log.get_many(Target, [target_id for target_id, _ in chunk])
            tally = Tally()
            for target_id, reports in chunk:
                for reported in reports:
                    changed = targets[target_id].report(reported.achievement, today=today)
                    tally += Tally(stored=1) if changed else Tally(known=1)
            return tally, list(targets.values())

        note_chunk(log, begun, number, decide)

    store_chunks(begun, list(_chunks(survey.reports)), store, progress)
    running, position = complete(log, begun)
    outcome = Outcome.COMPLETED if begun.anew else Outcome.RESUMED
    return report_of(begun, running, outcome, (), position)


def _chunks(reports: Sequence[_TargetReports]) -> Iterator[list[_TargetReports]]:
    """Cut by targets, up to a thousand reports; the same file cuts the same way."""
    chunk: list[_TargetReports] = []
    count = size = 0
    for target_id, of_target in reports:
        weight = sum(map(_weight, of_target))
        count, size = count + len(of_target), size + weight
        if chunk and (count > CHUNK_REPORTS or size > CHUNK_BYTES):
            yield chunk
            chunk, count, size = [], len(of_target), weight
        chunk.append((target_id, of_target))
    if chunk:
        yield chunk


def _weight(reported: Reported) -> int:
    """Estimate the bytes of a report from above: three a character of Chinese."""
    said = reported.achievement
    texts = (said.text, said.forecast, said.note, said.evidence)
    return _REPORT_BYTES + sum(3 * len(text) for text in texts if text)


def _report(upload: Upload, survey: _Survey) -> ImportReport:
    tally = survey.tally
    return ImportReport(
        import_id=Import.create_id(upload.key(ImportKind.ACHIEVEMENTS)),
        outcome=Outcome.PREVIEW,
        name=upload.name,
        rows=tally.stored + tally.known + len(survey.problems),
        stored=tally.stored,
        known=tally.known,
        conflict_count=0,
        refused=len(survey.problems),
        problems=tuple(survey.problems),
        notes=tuple(survey.notes),
    )
