"""What a click does to a file: correct, adopt, read as something else, bring in, give up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from dash import dcc, html, no_update
from dash.development.base_component import Component

from dashboard import ids
from dashboard.address import IMPORTS, Address, day_or_none
from dashboard.components.banners import banner
from dashboard.pages.imports.desk import desk_of
from dashboard.pages.imports.keys import place_of
from dashboard.pages.imports.listing import waiting_drafts, waiting_section
from dashboard.pages.imports.look import progress_of
from dashboard.pages.imports.mapped import mappings_section
from dashboard.pages.imports.one import draft_body, draft_page
from dashboard.texts import imports as text
from domain.errors import MonitoringError, NotOnRecordError
from domain.importing import ImportKind
from services.bootstrap import Services
from services.declaring import DeclaredAs
from services.drafting import (
    Change,
    DraftDesk,
    choose,
    commit_form,
    correct,
    discard,
    fill_year,
    restore,
)
from services.founding import opened
from services.importing_declarations import DeclaredTarget
from services.intake.drafts import DraftChangedError, DraftGoneError, DraftOptions
from services.intake.forms.fields import HeadField, NotSuchAValueError, RowField, require_sayable
from services.intake.runs import ImportRuns
from services.previewing import look_at_form, proposals
from services.remembering import forget, remembered
from services.running import standings
from services.storing_beside import start_import

Act = Mapping[str, Any]
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Acted:
    """What the page shows then, or where it goes; ``no_update`` where it stays as it is."""

    body: Any
    path: Any = no_update


@dataclass(frozen=True, slots=True)
class _Asked:
    """One act on one draft at one version."""

    services: Services
    desk: DraftDesk
    act: Act
    state: State

    @property
    def draft_id(self) -> UUID:
        return UUID(str(self.state["draft"]))

    @property
    def version(self) -> int:
        return int(self.state["version"])


def act_on_draft(services: Services, act: Act, state: State, search: str | None) -> Acted:
    """Do what was clicked; what is refused is said above what is on record then."""
    desk = desk_of(services)
    asked = _Asked(services, desk, act, state)
    try:
        path = _ACTS[str(act["do"])](asked)
    except DraftGoneError as gone:
        return Acted([_gone(gone)])
    except MonitoringError as refused:
        return Acted([_refused(refused, act), *_body(asked, search)])
    return Acted(no_update, path) if path else Acted(_body(asked, search))


def look_at_draft(services: Services, state: State, search: str | None) -> list[Component | None]:
    """Make the preview of a draft; where it is gone the page says so."""
    desk = desk_of(services)
    asked = _Asked(services, desk, {}, state)
    try:
        return draft_page(_body(asked, search))
    except DraftGoneError as gone:
        return [_gone(gone)]


def progress_of_look(services: Services, state: State) -> list[Component]:
    """How far the preview of a draft is."""
    desk = desk_of(services)
    runs = ImportRuns(desk.lookups.pool)
    return progress_of(runs.seen(UUID(str(state["draft"])), desk.meta.actor))


def shown_waiting(services: Services) -> list[Component]:
    """What waits now."""
    desk = desk_of(services)
    unfinished = standings(services.log, services.lookups, unfinished=True)
    return [waiting_section(waiting_drafts(desk, unfinished))]


def act_on_list(services: Services, act: Act) -> tuple[list[Component], Component]:
    """Give a file up or forget a mapping; what waits then, and what is remembered then."""
    if act["do"] == "discard":
        discard(desk_of(services), UUID(str(act["draft"])))
    if act["do"] == "forget":
        with suppress(NotOnRecordError):  # forgotten in another window
            forget(services.lookups, ImportKind(str(act["kind"])), str(act["fingerprint"]))
    return shown_waiting(services), mappings_section(remembered(services.lookups))


def _body(asked: _Asked, search: str | None) -> list[Component | None]:
    draft = asked.desk.drafts.load(asked.draft_id, asked.desk.now)
    address = Address.read(Address().to_import(draft.draft_id).path, search)
    return draft_body(asked.desk, draft, address)


def _gone(gone: DraftGoneError) -> Component:
    return html.Div(
        [banner(str(gone), "warning"), dcc.Link(text.BACK_TO_LIST, href=IMPORTS)], role="alert"
    )


def _refused(refused: MonitoringError, act: Act) -> Component:
    changed_elsewhere = isinstance(refused, DraftChangedError) and act.get("text")
    typed = text.typed(str(act["text"])) if changed_elsewhere else ""
    return html.Div(
        banner(f"{refused}{typed}", "warning"), id=ids.REFUSED, className="refusal", role="alert"
    )


def _correct(asked: _Asked) -> None:
    place = place_of(str(asked.act["key"]))
    given = asked.act.get("text")
    changes = [Change(place, None if given is None else str(given))]
    correct(asked.desk, asked.draft_id, asked.version, changes)


def _restore(asked: _Asked) -> None:
    place = place_of(str(asked.act["key"]))
    restore(asked.desk, asked.draft_id, asked.version, place)


def _leave_out(asked: _Asked) -> None:
    """A row without name and value is none."""
    place = place_of(str(asked.act["key"]))
    changes = [
        Change(replace(place, field=field), None) for field in (RowField.NAME, RowField.VALUE)
    ]
    correct(asked.desk, asked.draft_id, asked.version, changes)


def _adopt(asked: _Asked) -> None:
    number = int(asked.act["number"])
    _adopt_those(asked, lambda order, _: order == number)


def _adopt_all(asked: _Asked) -> None:
    sheet = int(asked.act["sheet"])
    _adopt_those(asked, lambda _, of_sheet: of_sheet == sheet)


def _adopt_those(asked: _Asked, wanted: Callable[[int, int], bool]) -> None:
    """Take proposals as they were shown: those of another version are refused below."""
    draft = asked.desk.drafts.load(asked.draft_id, asked.desk.now)
    view = look_at_form(asked.desk, draft)
    found = [
        finding
        for order, finding in enumerate(view.review.all_findings)
        if finding.fix and wanted(order, finding.spot.sheet)
    ]
    correct(asked.desk, asked.draft_id, asked.version, proposals(view, found))


def _choose(asked: _Asked) -> None:
    said = _options(asked)
    draft = asked.desk.drafts.load(asked.draft_id, asked.desk.now)
    year = said.get("fiscal_year", str(draft.options.fiscal_year)).strip()
    require_sayable(HeadField.FISCAL_YEAR, year)
    options = DraftOptions(
        int(year),
        _day(said.get("complete_to")),
        _day(said.get("cut_off")),
        allocation=said.get("voucher") == "allocation",
        columns=_columns(asked),
        approved_on=_day(said.get("approved_on")),
        document_no=said.get("document_no", "").strip() or None,
    )
    kind = ImportKind(said.get("kind", draft.kind))
    choose(asked.desk, asked.draft_id, asked.version, kind, options)


def _options(asked: _Asked) -> dict[str, str]:
    """What was typed, and what the button itself says."""
    found = {**(asked.act.get("typed") or {}), **(asked.act.get("options") or {})}
    return {str(name): str(said) for name, said in found.items()}


def _columns(asked: _Asked) -> dict[str, str]:
    """What columns are, by their headings; those that are read rightly are not among them."""
    columns = asked.act.get("columns") or {}
    return {str(heading): str(name) for heading, name in columns.items() if name}


def _fill_year(asked: _Asked) -> None:
    year = _options(asked).get("fiscal_year", "")
    require_sayable(HeadField.FISCAL_YEAR, year.strip())
    fill_year(asked.desk, asked.draft_id, asked.version, year)


def _day(given: str | None) -> date | None:
    if not (given or "").strip():
        return None
    found = day_or_none((given or "").strip())
    if found is None:
        raise NotSuchAValueError(text.no_day(given or ""))
    return found


def _commit(asked: _Asked) -> str:
    opened(asked.desk.log, asked.services.settings.region, asked.desk.meta)
    expected = [
        DeclaredTarget(UUID(target), name, DeclaredAs(outcome))
        for target, name, outcome in asked.state["expected"]
    ]
    import_id = commit_form(asked.desk, asked.draft_id, asked.version, expected)
    return Address().to_import(import_id).path


def _commit_table(asked: _Asked) -> str:
    opened(asked.desk.log, asked.services.settings.region, asked.desk.meta)
    background = asked.services.background
    import_id = start_import(background, asked.desk, asked.draft_id, asked.version)
    return Address().to_import(import_id).path


def _discard(asked: _Asked) -> str:
    discard(asked.desk, asked.draft_id)
    return IMPORTS


_ACTS: Mapping[str, Callable[[_Asked], str | None]] = {
    "correct": _correct,
    "restore": _restore,
    "leave_out": _leave_out,
    "adopt": _adopt,
    "adopt_all": _adopt_all,
    "choose": _choose,
    "fill_year": _fill_year,
    "commit": _commit,
    "commit_table": _commit_table,
    "discard": _discard,
}
