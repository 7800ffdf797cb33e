"""An import under way: how far it is, what is on record already, stopping it and going on."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import Address
from dashboard.components.aria import aria
from dashboard.components.banners import banner
from dashboard.components.kpi import kpi, kpis
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.components.view import View
from dashboard.pages.imports.acting import act_button
from dashboard.pages.imports.head import trail
from dashboard.texts import import_runs as words
from dashboard.texts import imports as text
from dashboard.texts import terms
from services.running import Standing

TICK_MS = 1_000


def run_view(standing: Standing) -> View:
    """The page of an import that is not done; it asks each second how far it is."""
    run = standing.run
    return View(
        run.name,
        [
            dcc.Store(id=ids.RUN_ACT),
            dcc.Store(id=ids.RUN_STATE, data={"import": str(run.import_id)}),
            dcc.Interval(id=ids.RUN_TICK, interval=TICK_MS, disabled=not standing.under_way),
            html.Div(run_panel(standing), id=ids.RUN, className="run-page"),
        ],
    )


def run_panel(standing: Standing, refused: str | None = None) -> list[Component | None]:
    """All of the page that changes while the import goes on."""
    return [
        _head(standing),
        html.Div(banner(refused, "warning"), role="alert") if refused else None,
        _progress(standing),
        _figures(standing) if standing.rows is not None else None,
    ]


def _head(standing: Standing) -> Component:
    run = standing.run
    said = [text.KINDS[run.kind], words.begun(run.actor, run.started_at), words.STATES[run.state]]
    return html.Div(
        html.Div(
            [
                trail(terms.IMPORTS),
                html.H1(run.name, className="file-name"),
                html.P([html.Span(one) for one in said], className="subtitle"),
            ],
            className="page-head__words",
        ),
        className="page-head",
    )


def _progress(standing: Standing) -> Component:
    run = standing.run
    stopping = standing.under_way and run.cancel_asked_by is not None
    return html.Section(
        [
            html.H2(words.UNDER_WAY),
            _bar(standing),
            html.P(words.rows_done(standing), className="run__rows"),
            html.P(words.STOPPING if stopping else run.said, className="run__said", role="status"),
            html.P(words.KEPT_SO_FAR, className="note")
            if standing.under_way and standing.rows_done
            else None,
            html.Div(_buttons(standing, stopping=stopping), className="run__acts"),
        ],
        className="card run",
    )


def _bar(standing: Standing) -> Component:
    """Without a value while nobody knows how much there is: the browser shows it as moving."""
    unknown = standing.under_way and not standing.rows
    return html.Progress(
        value=None if unknown else str(standing.rows_done),
        max=str(standing.rows or 1),
        className="run__bar",
        **aria(label=words.UNDER_WAY),
    )


def _buttons(standing: Standing, *, stopping: bool) -> list[Component]:
    run = standing.run
    told = {"import_id": str(run.import_id)}
    if standing.under_way:
        if stopping:
            return []
        return [
            act_button(
                words.CANCEL, ids.RUN_ACT, "button", words.REALLY_CANCEL, do="cancel", **told
            )
        ]
    buttons = [act_button(words.RESUME, ids.RUN_ACT, "button button--first", do="resume", **told)]
    if run.draft_id is not None and standing.rows is None:
        href = Address().to_import(run.draft_id).href
        buttons.append(dcc.Link(words.BACK_TO_DRAFT, href=href, className="button"))
    return buttons


def _figures(standing: Standing) -> Component:
    figures = [kpi(said, f"{getattr(standing, name):,}") for name, said in words.FIGURES.items()]
    return html.Section(kpis(figures, words.SO_FAR), className="key-figures")


def runs_section(found: Sequence[Standing]) -> Component | None:
    """The imports that are not done; None where there are none."""
    if not found:
        return None
    columns = [Column(heading) for heading in words.RUN_COLUMNS]
    shown = table(words.UNDER_WAY, columns, [_line(one) for one in found])
    return html.Section([html.H2(words.UNDER_WAY), shown], className="card")


def _line(standing: Standing) -> Component:
    run = standing.run
    at = formats.moment(run.started_at) if run.started_at else formats.NOTHING
    return row(
        [
            row_heading(dcc.Link(run.name, href=Address().to_import(run.import_id).href), "wide"),
            cell(text.KINDS[run.kind]),
            cell(run.actor),
            cell(at, "day"),
            cell(words.STATES[run.state]),
            cell(words.rows_done(standing)),
        ]
    )
