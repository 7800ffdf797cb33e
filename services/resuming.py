"""Imports that were broken off are gone on with, from the files that are kept (architecture §3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from services.importing import on_record, upload_of
from services.incoming import import_file
from services.intake.files import ImportFiles
from services.log.application import Log
from services.readmodel.lookups import Lookups
from services.recording import Door, ImportReport, Progress, silent


def resume_import(
    log: Log, lookups: Lookups, import_id: UUID, *, today: date, progress: Progress = silent
) -> ImportReport | None:
    """Go on with an import whose file is still kept; None where it was never begun.

    Raises:
        NotOnRecordError: no file of such an import is kept.
    """
    files = ImportFiles(lookups.pool)
    upload = upload_of(files.load(import_id))
    begun = on_record(log, import_id)
    if begun is None:
        # Kept, and not begun: nobody was told that it is coming in.
        files.finish(import_id)
        return None
    door = Door(log, lookups, today, progress)
    return import_file(door, upload, begun.running.file.kind, meta=begun.meta).summary


def resume_all(
    log: Log, lookups: Lookups, *, today: date, progress: Progress = silent
) -> Iterator[ImportReport]:
    """Go on with every import that was broken off, oldest first."""
    for import_id in ImportFiles(lookups.pool).unfinished():
        report = resume_import(log, lookups, import_id, today=today, progress=progress)
        if report is not None:
            yield report
