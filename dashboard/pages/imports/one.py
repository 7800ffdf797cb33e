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
from dashboard.pages.imports.record import show_record
from dashboard.pages.imports.table_page import table_page, unreadable_page
from dashboard.texts import imports as text
from domain.errors import NotOnRecordError
from domain.importing import ImportKind
from services.bootstrap import Services
from services.drafting import DraftDesk
from services.intake.drafts import Draft, DraftGoneError
from services.intake.readers.grid import UnreadableFileError
from services.previewing import look_at_form, look_at_table


def show_import(services: Services, address: Address, file_id: UUID) -> View:
    """Answer the address of a file.

    Where there is neither a draft nor an import of that id the page says so.
    """
    desk = desk_of(services)
    try:
        draft = desk.drafts.load(file_id, desk.now)
    except DraftGoneError:
        return _brought_in(services, file_id)
    if draft.import_id is not None:
        return _brought_in(services, draft.import_id)
    body = html.Div(draft_body(desk, draft, address), id=ids.DRAFT, className="draft")
    return View(text.page_title(draft.name), [dcc.Store(id=ids.DRAFT_ACT), body])


def _brought_in(services: Services, import_id: UUID) -> View:
    """What was brought in just now may not be read yet: that is waited for."""
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
            return table_page(look_at_table(desk, draft))
        except UnreadableFileError as problem:
            return unreadable_page(draft, problem)
    return form_page(look_at_form(desk, draft), address)
