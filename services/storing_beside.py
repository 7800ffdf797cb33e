"""Imports are begun and gone on with beside the request that asks for it (数据导入：后台入库)."""

from __future__ import annotations

from uuid import UUID

from services.access.permitting import permit_somewhere
from services.background import Background
from services.drafting import DraftDesk, commit_table, import_id_of
from services.importing_rows import action_of
from services.intake.runs import AlreadyRunningError, ImportRuns
from services.recording import ImportReport, Progress
from services.resuming import require_resumable, resume_run


def start_import(background: Background, desk: DraftDesk, draft_id: UUID, version: int) -> UUID:
    """Store a table that was looked at; answers the import, which may go on after the answer.

    Asked twice it is done once.

    Raises:
        DraftGoneError, DraftChangedError: see there.
        AlreadyRunningError: it is being stored.
        TooManyImportsError: too many are.
    """
    draft = desk.drafts.load(draft_id, desk.now)
    if draft.import_id is not None:
        return draft.import_id
    permit_somewhere(action_of(draft.kind))
    import_id = import_id_of(desk, draft_id, version)
    if ImportRuns(desk.lookups.pool).is_held(import_id):
        raise AlreadyRunningError

    def work(progress: Progress) -> UUID:
        return commit_table(desk, draft_id, version, progress)

    background.soon(work)
    return import_id


def start_resuming(background: Background, desk: DraftDesk, import_id: UUID) -> None:
    """Go on with a run that was stopped or broken off; errors as of ``resume_run``."""
    require_resumable(desk, import_id)

    def work(progress: Progress) -> ImportReport | None:
        return resume_run(desk, import_id, progress)

    background.soon(work)
