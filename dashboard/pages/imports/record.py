"""One file that was brought in: what it did, to which targets, and what was corrected in it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.kpi import kpi, kpis
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.components.view import View
from dashboard.pages.imports.head import trail
from dashboard.texts import imports as text
from dashboard.texts import terms
from domain.correction import Correction
from domain.importing import Import, ImportKind
from services.bootstrap import Services
from services.readmodel.rows import ImportedTarget, ImportRow

ROWS_SHOWN = 200


def show_record(services: Services, row_: ImportRow) -> View:
    """Answer the address of a file that was brought in."""
    targets = services.read_model.import_targets(row_.import_id)
    corrections = services.log.get(Import, row_.import_id).corrections
    return View(
        row_.name,
        [
            _head(row_),
            _figures(row_),
            _targets(targets) if row_.kind == ImportKind.DECLARATIONS else None,
            _corrections(corrections),
        ],
    )


def _head(one: ImportRow) -> Component:
    state = text.RUNNING if one.completed_position is None else text.DONE
    said = [
        text.KINDS[one.kind],
        terms.fiscal_year(one.fiscal_year),
        text.brought_in_by(one.actor, one.recorded_at),
        state,
        f"{terms.POSITION} {one.position}",
    ]
    if one.complete_to is not None:
        said.append(f"{terms.COMPLETE_TO} {formats.short_day(one.complete_to)}")
    return html.Div(
        html.Div(
            [
                trail(terms.IMPORTS),
                html.H1(one.name, className="file-name"),
                html.P([html.Span(words) for words in said], className="subtitle"),
            ],
            className="page-head__words",
        ),
        className="page-head",
    )


def _figures(one: ImportRow) -> Component:
    counts = {
        "projects" if one.kind == ImportKind.DECLARATIONS else "rows": one.rows,
        "stored": one.stored,
        "known": one.known,
        "conflicts": one.conflicts,
        "refused": one.refused,
        "corrections": one.corrections,
    }
    figures = [kpi(text.RECORD_FIGURES[name], f"{count:,}") for name, count in counts.items()]
    return html.Section(kpis(figures, text.WHAT_IT_DID), className="key-figures")


def _targets(targets: Sequence[ImportedTarget]) -> Component:
    if not targets:
        shown: Component = html.P(text.NO_TARGETS_OF_IMPORT, className="no-match")
    else:
        columns = [Column(heading) for heading in text.TARGETS_OF_IMPORT_COLUMNS]
        shown = table(text.TARGETS_OF_IMPORT, columns, [_target(one) for one in targets])
    return html.Section([html.H2(text.TARGETS_OF_IMPORT), shown], className="card")


def _target(one: ImportedTarget) -> Component:
    link = dcc.Link(one.project_name, href=Address().to_target(one.target_id).href)
    return row([row_heading(link, "wide"), cell(one.line)])


def _corrections(corrections: Sequence[Correction]) -> Component:
    if not corrections:
        shown: Component = html.P(text.NO_CORRECTIONS, className="no-match")
    else:
        columns = [Column(heading) for heading in text.CORRECTION_COLUMNS]
        rows = [_correction(one) for one in corrections[:ROWS_SHOWN]]
        shown = table(text.CORRECTIONS, columns, rows)
    heading = text.counted(text.CORRECTIONS, len(corrections))
    return html.Section([html.H2(heading), shown], className="card")


def _correction(one: Correction) -> Component:
    return row(
        [
            cell(one.project),
            cell(one.about or formats.NOTHING),
            cell(text.FIELDS.get(one.field, one.field)),
            cell(one.printed or text.BLANK, "printed-text"),
            cell(one.corrected or text.BLANK, "printed-text"),
            cell(text.sheet_row(one.where or "") or formats.NOTHING, "day"),
            cell(one.by),
            cell(text.adopted(one.check) if one.check else text.BY_HAND),
        ]
    )
