"""A large table whose preview is being made: the page is there at once, and says how far it is."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.aria import aria
from dashboard.components.view import View
from dashboard.pages.imports.head import trail
from dashboard.texts import import_runs as words
from dashboard.texts import terms
from services.intake.drafts import Draft

TICK_MS = 500


def looking_view(draft: Draft) -> View:
    """The page until the preview is there; it asks for it, and meanwhile how far it is."""
    return View(
        draft.name,
        [
            dcc.Store(id=ids.DRAFT_LOOK, data={"draft": str(draft.draft_id)}),
            dcc.Interval(id=ids.LOOK_TICK, interval=TICK_MS),
            html.Div(id=ids.LOOKED),
            html.Div(
                [
                    html.Div(
                        [trail(terms.IMPORTS), html.H1(draft.name, className="file-name")],
                        className="page-head__words",
                    ),
                    html.Div(progress_of(None), id=ids.LOOK, className="card run"),
                ],
                className="look",
            ),
        ],
    )


def progress_of(seen: tuple[str, int, int] | None) -> list[Component]:
    """How far the preview is; the bar moves without a length until that is known."""
    said, done, total = seen or ("", 0, 0)
    return [
        html.H2(words.LOOKING),
        html.Progress(
            value=str(done) if total else None,
            max=str(total or 1),
            className="run__bar",
            **aria(label=words.LOOKING),
        ),
        html.P(said or words.BEGINNING, className="run__said", role="status"),
        html.P(words.LOOKING_NOTE, className="note"),
    ]
