"""Imports that were broken off are gone on with, from the files that are kept (architecture §3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.errors import NotOnRecordError
from services.access.permitting import permit_somewhere
from services.drafting import DraftDesk, commit_table
from services.importing import on_record, upload_of
from services.importing_rows import action_of
from services.intake.files import ImportFiles
from services.intake.runs import AlreadyRunningError, ImportRuns, Run, RunState
from services.log.application import Log
from services.readmodel.lookups import Lookups
from services.recording import Door, ImportReport, Progress, silent
from services.running import NotUnderWayError, Standing, run_file, standing_of

_NOT_KEPT = "这次导入在入库之前就停下了，没有入库任何一行，原文件也没有保留。请重新导入原文件。"


def resume_import(
    log: Log, lookups: Lookups, import_id: UUID, *, today: date, progress: Progress = silent
) -> ImportReport | None:
    """Go on with an import whose file is still kept; None where it was never begun.

    Raises:
        NotOnRecordError: no file of such an import is kept.
        AlreadyRunningError: somebody is at it.
    """
    files = ImportFiles(lookups.pool)
    upload = upload_of(files.load(import_id))
    begun = on_record(log, import_id)
    if begun is None:
        # Kept, and not begun: nobody was told that it is coming in.
        files.finish(import_id)
        return None
    run = _run(lookups, import_id)
    door = Door(log, lookups, today, progress)
    kind = begun.running.file.kind
    draft_id = run.draft_id if run else None
    return run_file(door, upload, kind, meta=begun.meta, draft_id=draft_id).summary


def resume_all(
    log: Log, lookups: Lookups, *, today: date, progress: Progress = silent
) -> Iterator[ImportReport]:
    """Go on with every import that was broken off, oldest first; not with what was cancelled."""
    for import_id in ImportFiles(lookups.pool).unfinished():
        run = _run(lookups, import_id)
        if run is not None and run.state in {RunState.CANCELLED, RunState.RUNNING}:
            continue
        try:
            report = resume_import(log, lookups, import_id, today=today, progress=progress)
        except AlreadyRunningError:
            continue
        if report is not None:
            yield report


def require_resumable(desk: DraftDesk, import_id: UUID) -> Standing:
    """A run that whoever is present may go on with.

    Raises:
        NotOnRecordError, NotAllowedError: as of ``standing_of``, and of the kind's own import.
        AlreadyRunningError: it goes on already.
        NotUnderWayError: it is done.
    """
    standing = standing_of(desk.log, desk.lookups, import_id)
    permit_somewhere(action_of(standing.run.kind))
    if standing.under_way:
        raise AlreadyRunningError
    if not standing.stopped:
        raise NotUnderWayError("这次导入已经完成，不需要继续。")
    return standing


def resume_run(
    desk: DraftDesk, import_id: UUID, progress: Progress = silent
) -> ImportReport | None:
    """Go on with a run that was stopped or broken off; lines on record are not stored again.

    Answers None where it never began, and begins from the file that waits to be looked at.

    Raises:
        NotUnderWayError: it is done, or nothing of it was kept.
        Others as of ``require_resumable``, and of the kind's own import.
    """
    run = require_resumable(desk, import_id).run
    report = None
    try:
        report = resume_import(
            desk.log, desk.lookups, import_id, today=desk.today, progress=progress
        )
    except NotOnRecordError:
        if run.draft_id is None:
            raise NotUnderWayError(_NOT_KEPT) from None
    if report is None:
        _from_the_draft(desk, run, progress)
    return report


def _from_the_draft(desk: DraftDesk, run: Run, progress: Progress) -> None:
    """Begin again with what never began: its file waits to be looked at."""
    if run.draft_id is None:
        raise NotUnderWayError(_NOT_KEPT)
    draft = desk.drafts.load(run.draft_id, desk.now)
    commit_table(desk, draft.draft_id, draft.version, progress)


def _run(lookups: Lookups, import_id: UUID) -> Run | None:
    try:
        return ImportRuns(lookups.pool).load(import_id)
    except NotOnRecordError:
        return None
