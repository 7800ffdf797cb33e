"""What is remembered of the columns of sources, each with a button that forgets it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.pages.imports.acting import act_button
from dashboard.texts import import_runs as words
from dashboard.texts import imports as text
from services.intake.mappings import Remembered
from services.remembering import said_of


def mappings_section(found: Sequence[Remembered]) -> Component:
    """All that is remembered, the latest first."""
    if not found:
        shown: Component = html.P(words.NO_MAPPINGS, className="no-match")
    else:
        columns = [Column(heading) for heading in words.MAPPING_COLUMNS]
        shown = table(words.MAPPINGS, columns, [_line(one) for one in found])
    head = html.Div(
        [html.H2(words.MAPPINGS), html.Span(words.MAPPINGS_NOTE, className="order")],
        className="section-head",
    )
    return html.Section([head, shown], className="card")


def _line(one: Remembered) -> Component:
    said = "、".join(words.column(heading, name) for heading, name in said_of(one))
    return row(
        [
            cell(text.KINDS[one.kind]),
            row_heading(said, "wide"),
            cell(one.file_name),
            cell(one.actor),
            cell(formats.moment(one.remembered_at), "day"),
            cell(
                act_button(
                    words.FORGET,
                    ids.LIST_ACT,
                    "button button--small",
                    words.REALLY_FORGET,
                    do="forget",
                    kind=one.kind,
                    fingerprint=one.fingerprint,
                )
            ),
        ]
    )
