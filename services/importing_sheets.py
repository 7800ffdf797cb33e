"""The province's exports of monitoring and self-evaluation come in (domain §1.3, §2.7).

What indicators have achieved is reported as from any file; money, weights and scores of the
sheets are compared with the record, and what differs is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from domain.importing import ImportKind
from domain.target import Target
from services.comparing import (
    Compared,
    compare_money,
    compare_rows,
    compare_scores,
    days_of,
    merged,
    sheets_of,
)
from services.helping import aids_for
from services.importing_achievements import (
    TargetReports,
    decide_reports,
    survey_achievements,
    weigh_reports,
)
from services.importing_rows import RowsKind, Survey
from services.intake.achievement_rows import AchievementDefaults
from services.intake.provincial_sheets import (
    ProvincialFile,
    read_monitoring,
    read_self_evaluations,
)
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.recording import Door, Upload


def _read(
    door: Door,
    upload: Upload,
    kind: ImportKind,
    read: Callable[[bytes, AchievementDefaults], ProvincialFile],
    cut_off: date | None,
) -> ProvincialFile:
    aids = aids_for(door.lookups, upload, kind)
    defaults = AchievementDefaults(upload.fiscal_year, door.today, cut_off, aids)
    file = in_child(read, upload.content, defaults)
    if not (file.rows or file.reports.errors):
        raise UnreadableFileError("表头以下没有指标。请核对是否导出了空表。")
    return file


def _read_monitoring(door: Door, upload: Upload) -> ProvincialFile:
    return _read(door, upload, ImportKind.MONITORING, read_monitoring, upload.cut_off)


def _read_self_evaluations(door: Door, upload: Upload) -> ProvincialFile:
    """A self-evaluation stands for its whole year."""
    cut_off = upload.cut_off or date(upload.fiscal_year, 12, 31)
    return _read(door, upload, ImportKind.SELF_EVALUATIONS, read_self_evaluations, cut_off)


def _survey(door: Door, upload: Upload, file: ProvincialFile) -> Survey[TargetReports]:
    survey = survey_achievements(door, upload, file.reports)
    compared = merged(_compared(door, upload, file))
    survey.findings = [*survey.findings, *compared.findings]
    survey.notes += compared.notes()
    return survey


def _compared(door: Door, upload: Upload, file: ProvincialFile) -> Iterator[Compared]:
    sheets = sheets_of(file, door.lookups.targets(upload.region, upload.fiscal_year))
    for day, ids in days_of(sheets).items():
        pictures = door.lookups.pictures(upload.fiscal_year, day, ids)
        yield compare_money(sheets, day, pictures)
    targets = door.log.get_many(Target, sheets)
    for target_id, sheet in sheets.items():
        indicators = tuple(targets[target_id].indicators.values())
        yield compare_rows(sheet, indicators)
        yield compare_scores(sheet, indicators)


def _kind(
    kind: ImportKind, read: Callable[[Door, Upload], ProvincialFile]
) -> RowsKind[Any, TargetReports]:
    return RowsKind(kind, ProvincialFile, read, _survey, decide_reports, weigh_reports)


MONITORING = _kind(ImportKind.MONITORING, _read_monitoring)
SELF_EVALUATIONS = _kind(ImportKind.SELF_EVALUATIONS, _read_self_evaluations)
