"""数据导入: where files are sent, what waits to be looked at, and what was brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import IMPORTS, SAMPLES, Address
from dashboard.components import banners
from dashboard.components.aria import aria, data
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.components.view import View
from dashboard.pages.imports.acting import act_button
from dashboard.pages.imports.desk import desk_of
from dashboard.pages.imports.mapped import mappings_section
from dashboard.pages.imports.run import runs_section
from dashboard.texts import imports as text
from dashboard.texts import terms
from dashboard.texts.import_runs import STATES
from domain.importing import ImportKind
from services.bootstrap import Services
from services.drafting import DraftDesk
from services.file_size import MOST_BYTES
from services.intake.drafts import Draft
from services.readmodel.rows import ImportRow
from services.remembering import remembered
from services.running import Standing, standings
from services.sampling import SAMPLED

NUMBER = "number"
ROWS_A_PAGE = 50

_WAITING_KINDS = ("wide", "", NUMBER, NUMBER, "", "day", "day", "")
_PAST_KINDS = ("wide", "", NUMBER, "", "day", *(NUMBER,) * 6, "")


def show_imports(services: Services, address: Address) -> View:
    """Answer the address of the list."""
    desk = desk_of(services)
    unfinished = standings(services.log, services.lookups, unfinished=True)
    waiting = waiting_drafts(desk, unfinished)
    page = max(address.rows, 1)
    found = services.read_model.imports(limit=page * ROWS_A_PAGE + 1)
    shown = found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    more = len(found) > page * ROWS_A_PAGE
    states = {one.run.import_id: STATES[one.run.state] for one in unfinished}
    return View(
        terms.IMPORTS,
        [
            html.H1(terms.IMPORTS),
            *banners.reading_banners(services.read_model.readings()),
            dcc.Store(id=ids.UPLOADED),
            dcc.Store(id=ids.LIST_ACT),
            _upload(),
            runs_section(unfinished),
            html.Div(waiting_section(waiting), id=ids.WAITING),
            _past(shown, page, address, states, more=more),
            html.Div(mappings_section(remembered(services.lookups)), id=ids.MAPPINGS),
        ],
    )


def waiting_drafts(desk: DraftDesk, unfinished: Sequence[Standing]) -> list[Draft]:
    """What waits to be looked at; what is being stored is shown as that alone."""
    stored = {one.run.draft_id for one in unfinished if one.under_way or one.rows is not None}
    return [one for one in desk.drafts.waiting(desk.now) if one.draft_id not in stored]


def _upload() -> Component:
    choices = [("", text.RECOGNISE), *((kind.value, text.KINDS[kind]) for kind in ImportKind)]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text.UPLOAD),
                    html.Strong(text.NO_SECRETS, className="no-secrets"),
                ],
                className="section-head",
            ),
            html.Div(
                [
                    html.P(text.DROP_HERE, className="drop__here"),
                    html.Button(
                        text.CHOOSE_FILES,
                        id=ids.UPLOAD_CHOOSE,
                        type="button",
                        className="button button--first",
                    ),
                    html.P(text.PASTE_HINT),
                    html.P(text.FORMATS),
                ],
                id=ids.UPLOAD_ZONE,
                className="drop",
                **data(
                    limit=str(MOST_BYTES),
                    **{name.lower(): words for name, words in text.PROGRESS_WORDS.items()},
                ),
            ),
            html.Div(
                [
                    html.Label(text.KIND_TO_READ_AS, htmlFor=ids.UPLOAD_KIND),
                    html.Select(
                        [html.Option(words, value=value) for value, words in choices],
                        id=ids.UPLOAD_KIND,
                        className="plain-choice",
                    ),
                ],
                className="control control--inline",
            ),
            _samples(),
            html.Ul(
                id=ids.UPLOAD_LIST,
                className="uploads",
                **aria(live="polite", label=text.UPLOADED_LIST),
            ),
        ],
        className="card",
    )


def _samples() -> Component:
    """Templates for who has no table yet."""
    links = [
        html.Li(html.A(text.KINDS[kind], href=f"{SAMPLES}{kind}", download="")) for kind in SAMPLED
    ]
    return html.Details([html.Summary(text.SAMPLES), html.P(text.SAMPLES_HINT), html.Ul(links)])


def waiting_section(waiting: list[Draft]) -> Component:
    """What was sent and is not brought in yet."""
    if not waiting:
        shown: Component = html.P(text.NOTHING_WAITS, className="no-match")
    else:
        columns = [
            Column(heading, kind)
            for heading, kind in zip(text.WAITING_COLUMNS, _WAITING_KINDS, strict=True)
        ]
        shown = table(text.WAITING, columns, [_waiting(one) for one in waiting])
    return html.Section([html.H2(text.WAITING), shown], className="card")


def _waiting(draft: Draft) -> Component:
    return row(
        [
            row_heading(
                dcc.Link(draft.name, href=Address().to_import(draft.draft_id).href), "wide"
            ),
            cell(text.KINDS[draft.kind]),
            cell(formats.file_size(draft.size), NUMBER),
            cell(str(len(draft.notes)) if draft.notes else formats.NOTHING, NUMBER),
            cell(draft.sent_by),
            cell(formats.moment(draft.received_at), "day"),
            cell(formats.moment(draft.expires_at), "day"),
            cell(
                act_button(
                    text.GIVE_UP,
                    ids.LIST_ACT,
                    "button button--small",
                    text.really_give_up(draft.name),
                    do="discard",
                    draft=str(draft.draft_id),
                )
            ),
        ]
    )


def _past(
    found: list[ImportRow], page: int, address: Address, states: Mapping[UUID, str], *, more: bool
) -> Component:
    if not found:
        shown: Component = html.P(text.NOTHING_YET, className="no-match")
    else:
        columns = [
            Column(heading, kind)
            for heading, kind in zip(text.PAST_COLUMNS, _PAST_KINDS, strict=True)
        ]
        shown = table(text.PAST, columns, [_brought_in(one, states) for one in found])
    return html.Section(
        [html.H2(text.PAST), shown, _pager(page, address, more=more)], className="card"
    )


def _brought_in(one: ImportRow, states: Mapping[UUID, str]) -> Component:
    left = one.completed_position is None
    counts = (one.rows, one.stored, one.known, one.conflicts, one.refused, one.corrections)
    return row(
        [
            row_heading(dcc.Link(one.name, href=Address().to_import(one.import_id).href), "wide"),
            cell(text.KINDS[one.kind]),
            cell(str(one.fiscal_year), NUMBER),
            cell(one.actor),
            cell(formats.moment(one.recorded_at), "day"),
            *(cell(f"{count:,}" if count else formats.NOTHING, NUMBER) for count in counts),
            cell(states.get(one.import_id, text.RUNNING if left else text.DONE)),
        ]
    )


def _pager(page: int, address: Address, *, more: bool) -> Component | None:
    links = []
    if page > 1:
        links.append(dcc.Link(text.NEWEST, href=IMPORTS, className="chip"))
    if more:
        links.append(dcc.Link(text.OLDER, href=address.with_(rows=page + 1).href, className="chip"))
    if not links:
        return None
    return html.Nav(links, className="pager noprint", **aria(label=text.PAGES))
