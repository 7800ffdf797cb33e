"""Files of last year's values come in (基期值导入; rules §4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.baseline import Baseline
from domain.errors import MonitoringError
from domain.importing import ImportKind, Tally
from domain.target import Target
from services.helping import aids_for
from services.importing_rows import RowsKind, Survey
from services.intake.baselines import (
    BaselineDefaults,
    BaselineFile,
    BaselineRow,
    baseline_of,
    read_baselines,
)
from services.intake.cells import CellError
from services.intake.matching import UnmatchedError
from services.intake.readers.grid import UnreadableFileError
from services.intake.row_reader import problem_at
from services.intake.sandbox.client import in_child
from services.recording import Door, Upload

_BASELINE_BYTES = 3_000
"""What a baseline takes in the log, its indicator with it, estimated from above."""

_TargetBaselines = tuple[UUID, list[Baseline]]


def _read(door: Door, upload: Upload) -> BaselineFile:
    aids = aids_for(door.lookups, upload, ImportKind.BASELINES)
    defaults = BaselineDefaults(upload.fiscal_year, aids)
    file = in_child(read_baselines, upload.content, defaults)
    if not (file.rows or file.heard.errors):
        raise UnreadableFileError("表头以下没有基期值。")
    return file


def _survey(door: Door, upload: Upload, file: BaselineFile) -> Survey[_TargetBaselines]:
    """Match the rows, and try each on its target as it stands; nothing is stored."""
    survey: Survey[_TargetBaselines] = Survey(
        problems=[*file.heard.errors],
        findings=file.heard.findings,
        notes=file.heard.all_notes(),
        columns=file.heard.columns,
    )
    book = door.lookups.targets(upload.region, upload.fiscal_year)
    found: list[tuple[BaselineRow, UUID]] = []
    for row in file.rows:
        try:
            found.append((row, row.project.find(book).target_id))
        except UnmatchedError as problem:
            survey.problems.append(problem_at(row.places, problem.field, str(problem)))
    targets = door.log.get_many(Target, {target_id for _, target_id in found})
    by_target: dict[UUID, list[Baseline]] = defaultdict(list)
    for row, target_id in found:
        baseline = _try(row, targets[target_id], door.today, survey)
        if baseline is not None:
            by_target[target_id].append(baseline)
    survey.items = list(by_target.items())
    return survey


def _try(
    row: BaselineRow, target: Target, today: date, survey: Survey[_TargetBaselines]
) -> Baseline | None:
    name = "indicator"
    try:
        indicator = row.indicator.find(tuple(target.indicators.values()))
        name = "baseline"
        baseline = baseline_of(row, indicator)
        changed = target.set_baseline(baseline, on=today)
    except (CellError, MonitoringError) as problem:
        survey.problems.append(problem_at(row.places, name, str(problem)))
        return None
    survey.tally += Tally(stored=1) if changed else Tally(known=1)
    return baseline


def _decide(door: Door, chunk: Sequence[_TargetBaselines]) -> tuple[Tally, list[Target]]:
    targets = door.log.get_many(Target, [target_id for target_id, _ in chunk])
    tally = Tally()
    for target_id, baselines in chunk:
        for baseline in baselines:
            changed = targets[target_id].set_baseline(baseline, on=door.today)
            tally += Tally(stored=1) if changed else Tally(known=1)
    return tally, list(targets.values())


def _weigh(of_target: _TargetBaselines) -> tuple[int, int]:
    _, baselines = of_target
    return len(baselines), _BASELINE_BYTES * len(baselines)


BASELINES = RowsKind(ImportKind.BASELINES, BaselineFile, _read, _survey, _decide, _weigh)
