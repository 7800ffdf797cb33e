"""Achievement files come in (指标完成值导入; rules §4, §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.access.action import Action
from domain.errors import MonitoringError
from domain.importing import ImportKind, Tally
from domain.indicator import Indicator
from domain.target import Target
from services.access.permitting import permit_target
from services.helping import aids_for
from services.importing_rows import RowsKind, Survey, import_rows, preview_rows
from services.intake.achievement_rows import (
    AchievementDefaults,
    AchievementFile,
    read_achievements,
)
from services.intake.achievements import MatchedFile, Reported, match_achievements
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import Door, ImportReport, Progress, Upload, require_past, silent

_REPORT_BYTES = 500
"""What a report takes in the log besides its free text."""

TargetReports = tuple[UUID, list[Reported]]
"""The reports of one target, in the order of the file."""


def preview_achievements(
    log: Log, lookups: Lookups, upload: Upload, *, today: date, progress: Progress = silent
) -> ImportReport:
    """Read a file and match it with the targets on record, without storing anything.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
    """
    return preview_rows(Door(log, lookups, today, progress), upload, ACHIEVEMENTS)


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
    return import_rows(Door(log, lookups, today, progress), upload, ACHIEVEMENTS, meta=meta)


def _read(door: Door, upload: Upload) -> AchievementFile:
    aids = aids_for(door.lookups, upload, ImportKind.ACHIEVEMENTS)
    defaults = AchievementDefaults(upload.fiscal_year, door.today, upload.cut_off, aids)
    file = in_child(read_achievements, upload.content, defaults)
    if not (file.rows or file.errors):
        raise UnreadableFileError("表头以下没有填报完成值。")
    return file


def survey_achievements(door: Door, upload: Upload, file: AchievementFile) -> Survey[TargetReports]:
    """Match, and try every report on its target as it stands; nothing is stored."""
    targets: dict[UUID, Target] = {}

    def indicators(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Indicator]]:
        targets.update(door.log.get_many(Target, ids))
        return {key: tuple(target.indicators.values()) for key, target in targets.items()}

    book = door.lookups.targets(upload.region, upload.fiscal_year)
    matched = match_achievements(file.rows, book, indicators)
    survey: Survey[TargetReports] = Survey(
        problems=[*file.errors, *matched.errors],
        findings=file.heard.findings,
        notes=[*file.heard.all_notes(), *matched.notes],
        columns=file.heard.columns,
    )
    _try(matched, targets, door.today, survey)
    return survey


def _try(
    matched: MatchedFile,
    targets: Mapping[UUID, Target],
    today: date,
    survey: Survey[TargetReports],
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
            survey.items.append((target_id, sound))


def decide_reports(door: Door, chunk: Sequence[TargetReports]) -> tuple[Tally, list[Target]]:
    """Record the reports of a chunk on their targets."""
    targets = door.log.get_many(Target, [target_id for target_id, _ in chunk])
    tally = Tally()
    for target_id, reports in chunk:
        permit_target(Action.REPORT_ACHIEVEMENT, targets[target_id])
        for reported in reports:
            changed = targets[target_id].report(reported.achievement, today=door.today)
            tally += Tally(stored=1) if changed else Tally(known=1)
    return tally, list(targets.values())


def weigh_reports(of_target: TargetReports) -> tuple[int, int]:
    """Rows, and bytes estimated from above: three a character of Chinese."""
    _, reports = of_target
    size = 0
    for reported in reports:
        said = reported.achievement
        texts = (said.text, said.forecast, said.note, said.evidence)
        size += _REPORT_BYTES + sum(3 * len(text) for text in texts if text)
    return len(reports), size


ACHIEVEMENTS = RowsKind(
    ImportKind.ACHIEVEMENTS,
    AchievementFile,
    _read,
    survey_achievements,
    decide_reports,
    weigh_reports,
)
