"""The page of one file: waiting to be looked at, or brought in."""

from __future__ import annotations

from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.address import IMPORTS, Address
from dashboard.components.states import notice
from dashboard.components.view import View
from dashboard.pages.imports.desk import desk_of
from dashboard.pages.imports.form_page import form_page
from dashboard.pages.imports.look import looking_view
from dashboard.pages.imports.record import show_record
from dashboard.pages.imports.run import run_view
from dashboard.pages.imports.table_page import table_page, unreadable_page
from dashboard.texts import imports as text
from domain.errors import NotOnRecordError
from domain.importing import ImportKind
from services.bootstrap import Services
from services.drafting import DraftDesk
from services.intake.drafts import Draft, DraftGoneError
from services.intake.readers.grid import UnreadableFileError
from services.intake.runs import ImportRuns
from services.previewing import look_at_form, look_at_table
from services.running import Standing, looking, standing_of

LARGE_BYTES = 1_000_000
"""Of tables above this the preview is made after the page is there, and says how far it is."""


def show_import(services: Services, address: Address, file_id: UUID) -> View:
    """Answer the address of a file.

    Where there is neither a draft nor an import of that id the page says so.
    """
    desk = desk_of(services)
    try:
        draft = desk.drafts.load(file_id, desk.now)
    except DraftGoneError:
        return import_view(services, file_id)
    if draft.import_id is not None:
        return import_view(services, draft.import_id)
    run = _run_of(services, draft)
    if run is not None and (run.under_way or run.rows is not None):
        return run_view(run)
    if draft.kind is not ImportKind.DECLARATIONS and draft.size > LARGE_BYTES:
        return looking_view(draft)
    return View(text.page_title(draft.name), draft_page(draft_body(desk, draft, address)))


def draft_page(body: list[Component | None]) -> list[Component | None]:
    """A draft with what hears the clicks on it."""
    return [dcc.Store(id=ids.DRAFT_ACT), html.Div(body, id=ids.DRAFT, className="draft")]


def _run_of(services: Services, draft: Draft) -> Standing | None:
    """The storing of a draft, where it was begun."""
    import_id = ImportRuns(services.lookups.pool).of_draft(draft.draft_id)
    return None if import_id is None else _standing(services, import_id)


def _standing(services: Services, import_id: UUID) -> Standing | None:
    try:
        return standing_of(services.log, services.lookups, import_id)
    except NotOnRecordError:
        return None


def import_view(services: Services, import_id: UUID) -> View:
    """An import: how far it is, or what it did.

    What was brought in just now may not be read yet: that is waited for.
    """
    standing = _standing(services, import_id)
    if standing is not None and (standing.under_way or standing.stopped):
        return run_view(standing)
    if services.log.exists([import_id]):
        services.read_model.wait_for(services.log.head())
    try:
        return show_record(services, services.read_model.import_(import_id))
    except NotOnRecordError:
        back = dcc.Link(text.BACK_TO_LIST, href=IMPORTS)
        said = notice(text.GONE, str(DraftGoneError()), [back], failed=True)
        return View(text.GONE, [said])


def draft_body(desk: DraftDesk, draft: Draft, address: Address) -> list[Component | None]:
    """All that changes when something is done to a draft."""
    if draft.kind is not ImportKind.DECLARATIONS:
        try:
            with looking(desk.lookups, draft) as progress:
                return table_page(look_at_table(desk, draft, progress))
        except UnreadableFileError as problem:
            return unreadable_page(draft, problem)
    return form_page(look_at_form(desk, draft), address)
