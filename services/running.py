"""Imports under way: begun with a row that says how far they are, stopped, and what they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.errors import MonitoringError
from domain.importing import Import, ImportKind
from services.access.permitting import permit_somewhere
from services.access.present import present
from services.access.seeing import sees_whole
from services.importing import on_record
from services.importing_rows import action_of
from services.incoming import FileReport, import_file, kind_of_file
from services.intake.drafts import Draft, Drafts
from services.intake.runs import STOPPED, ImportRuns, Run, RunState
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.documents import plain
from services.readmodel.lookups import Lookups
from services.recording import Door, ImportReport, Progress, Upload

MOST_KEPT = 200
"""Problems and conflicts of a report that are kept with its run."""

BROKEN_OFF = "入库中断，原因已记入日志。已入库的行保留，点“继续”即接着进行，不会重复入库。"
CANCELLED = "已取消。已入库的行保留，点“继续”即接着进行，不会重复入库。"
NOTHING_STORED = "已取消，没有入库任何一行。点“继续”即重新开始。"


class ImportCancelledError(MonitoringError):
    """Somebody stopped the import; what is on record stays."""

    code = "import_cancelled"

    def __init__(self, said: str = CANCELLED) -> None:
        super().__init__(said)


class NotUnderWayError(MonitoringError):
    """An import that is to be stopped or gone on with is not in a state for it."""

    code = "import_not_under_way"


@dataclass(frozen=True, slots=True)
class Standing:
    """A run, and what of it is on record: ``rows_done`` of ``rows`` lines, None before it began."""

    run: Run
    rows: int | None = None
    rows_done: int = 0
    stored: int = 0
    known: int = 0
    conflicts: int = 0
    refused: int = 0

    @property
    def under_way(self) -> bool:
        """Whether it goes on at this moment."""
        return self.run.state is RunState.RUNNING

    @property
    def stopped(self) -> bool:
        """Whether it can be gone on with."""
        return self.run.state in STOPPED


def run_file(
    door: Door,
    upload: Upload,
    kind: ImportKind | None = None,
    *,
    meta: Meta,
    draft_id: UUID | None = None,
) -> FileReport:
    """Store a file as ``import_file`` does, and say meanwhile how far it is.

    Forms are one append and have no run. A file that is refused before anything is stored leaves
    a run only where somebody looks for it on its draft's page.

    Raises:
        ImportCancelledError: somebody stopped it.
        AlreadyRunningError: the same file is being stored by somebody else.
    """
    known = kind or kind_of_file(door, upload)
    import_id = Import.create_id(upload.key(known))
    begun = on_record(door.log, import_id)
    if known is ImportKind.DECLARATIONS or (begun is not None and begun.running.completed):
        report = import_file(door, upload, known, meta=meta)
    else:
        run = Run(import_id, known, upload.name, meta.actor, RunState.RUNNING, draft_id)
        with _followed(door, run) as listened:
            report = import_file(listened, upload, known, meta=meta)
            ImportRuns(door.lookups.pool).end(
                import_id, RunState.DONE, "已完成", _kept(report.summary)
            )
    if draft_id is not None:
        Drafts(door.lookups.pool, meta.actor).finish(draft_id, report.summary.import_id)
    return replace(report, guessed=kind is None)


@contextmanager
def _followed(door: Door, run: Run) -> Iterator[Door]:
    """A door that writes how far the run is, and hears whether it should stop."""
    runs = ImportRuns(door.lookups.pool)

    def heard(said: str, done: int = 0, total: int = 0, /) -> None:
        by = runs.hear(run.import_id, said, done, total)
        if by is not None:
            raise ImportCancelledError
        door.progress(said, done, total)

    def ended(state: RunState, said: str) -> None:
        if run.draft_id is None and on_record(door.log, run.import_id) is None:
            runs.forget(run.import_id)
        else:
            runs.end(run.import_id, state, said)

    with runs.held(run.import_id):
        runs.start(run)
        try:
            yield replace(door, progress=heard)
        except (ImportCancelledError, KeyboardInterrupt):
            nothing = on_record(door.log, run.import_id) is None
            ended(RunState.CANCELLED, NOTHING_STORED if nothing else CANCELLED)
            raise
        except MonitoringError as problem:
            ended(RunState.BROKEN, str(problem))
            raise
        except BaseException:
            ended(RunState.BROKEN, BROKEN_OFF)
            raise


@contextmanager
def looking(lookups: Lookups, draft: Draft) -> Iterator[Progress]:
    """Tell how far the preview of a draft is, for the length of a block."""
    runs = ImportRuns(lookups.pool)
    runs.look(draft)

    def heard(said: str, done: int = 0, total: int = 0, /) -> None:
        runs.hear(draft.draft_id, said, done, total)

    try:
        yield heard
    finally:
        runs.forget(draft.draft_id)


def _kept(report: ImportReport) -> Mapping[str, Any]:
    """What a report says, with the first of what there may be too much of."""
    short = replace(
        report,
        problems=report.problems[:MOST_KEPT],
        conflicts=report.conflicts[:MOST_KEPT],
        findings=report.findings[:MOST_KEPT],
    )
    said: Mapping[str, Any] = plain(short)
    return said


def visible_to() -> str | None:
    """Whose runs whoever is present sees: None all, else those of that login alone."""
    actor = present().actor
    return None if sees_whole(actor) else actor.login


def standing_of(log: Log, lookups: Lookups, import_id: UUID) -> Standing:
    """How an import goes.

    Raises:
        NotOnRecordError: there is no such run, or it is nobody's business of who asks.
    """
    return _standing(log, ImportRuns(lookups.pool).load(import_id, visible_to()))


def standings(log: Log, lookups: Lookups, *, unfinished: bool = False) -> list[Standing]:
    """The runs that whoever is present may see, the latest first."""
    found = ImportRuns(lookups.pool).listed(visible_to(), unfinished=unfinished)
    return [_standing(log, run) for run in found]


def _standing(log: Log, run: Run) -> Standing:
    begun = on_record(log, run.import_id)
    if begun is None:
        return Standing(run)
    of = begun.running
    done = of.tally.stored + of.tally.known + of.tally.conflicts + of.refused
    return Standing(
        run, of.rows, done, of.tally.stored, of.tally.known, of.tally.conflicts, of.refused
    )


def cancel_run(log: Log, lookups: Lookups, import_id: UUID) -> Standing:
    """Ask a run to stop after its present chunk; what is on record stays.

    Raises:
        NotOnRecordError, NotAllowedError: as of ``standing_of``, and of the kind's own import.
        NotUnderWayError: it ended before.
    """
    standing = standing_of(log, lookups, import_id)
    permit_somewhere(action_of(standing.run.kind))
    runs = ImportRuns(lookups.pool)
    if not standing.under_way or not runs.ask_to_stop(import_id, present().actor.login):
        raise NotUnderWayError("这次导入不在进行中，不需要取消。请刷新页面查看结果。")
    return standing_of(log, lookups, import_id)
