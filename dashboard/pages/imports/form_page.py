"""A declaration form that is looked at: its projects, one of them beside its source."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import ANNOTATED, Address
from dashboard.components.aria import aria
from dashboard.components.banners import banner
from dashboard.pages.imports.acting import act_button
from dashboard.pages.imports.editing import edit_bar
from dashboard.pages.imports.findings import finding_list, findings_section
from dashboard.pages.imports.head import draft_head, give_up
from dashboard.pages.imports.projects import outcomes_of, projects_section
from dashboard.pages.imports.reading import reading_pane
from dashboard.pages.imports.remarks import remarks_of
from dashboard.pages.imports.shown import Shown
from dashboard.pages.imports.source import Source
from dashboard.texts import imports as text
from domain.review.finding import Part
from services.intake.forms.declaration import DepartmentGoals
from services.previewing import FormView


def form_page(view: FormView, address: Address) -> list[Component | None]:
    """All that changes when something is corrected."""
    projects = [Shown(view, number) for number in range(len(view.file.forms))]
    shown = projects[min(address.project, len(projects)) - 1] if projects else None
    counted = sum(len(one.form.declared.indicators) for one in projects)
    return [
        dcc.Store(id=ids.DRAFT_STATE, data=state_of(view)),
        draft_head(view.draft, text.read_from(len(projects), counted)),
        *_banners(view),
        projects_section(view, projects, address) if projects else None,
        _project(shown) if shown else _whole(view),
        _department(view),
        _commit(view) if projects else None,
    ]


def state_of(view: FormView) -> dict[str, Any]:
    """What an act needs to know about what was shown: draft, version, and what it would do."""
    return {
        "draft": str(view.draft.draft_id),
        "version": view.draft.version,
        "expected": [
            [str(one.target_id), one.project_name, one.outcome.value]
            for one in (view.report.targets if view.report else ())
        ],
    }


def _banners(view: FormView) -> list[Component]:
    found = [
        banner(remark.message, "note" if remark.severity == "note" else "warning")
        for remark in remarks_of(view, Part.FILE)
    ]
    if view.earlier is not None and view.earlier.running.completed:
        found.append(banner(text.imported_before(view.earlier.meta.actor, view.earlier.at)))
    return found


def _project(shown: Shown) -> Component:
    source = Source(shown.view.located, shown.by_cell, shown.notes)
    return html.Section(
        [
            html.H2(text.project_title(shown.sheet + 1, shown.name)),
            _refusal(shown),
            findings_section(shown),
            html.Div(
                [
                    _pane(text.SOURCE, text.SOURCE_HINT, source.project(shown.sheet), "source"),
                    _pane(text.READING, text.READING_HINT, reading_pane(shown), "read", edit_bar()),
                ],
                className="panes",
            ),
        ],
        className="card",
    )


def _refusal(shown: Shown) -> Component | None:
    refused = shown.view.refusals.get(shown.sheet)
    return banner(text.cannot_declare(refused), "warning") if refused else None


def _pane(
    title: str, hint: str, children: list[Component], name: str, below: Component | None = None
) -> Component:
    return html.Section(
        [
            html.Div([html.H3(title), html.Span(hint, className="order")], className="pane__head"),
            html.Div(children, className=f"pane__body {name}"),
            below,
        ],
        className=f"pane pane--{name}",
        **aria(label=title),
    )


def _whole(view: FormView) -> Component:
    """The file as it is, where nothing was read from it."""
    rows = Source(view.located, {}, {}).rows(range(len(view.located.grid.rows)))
    return html.Section(
        [html.H2(text.SOURCE), html.Div(rows, className="pane__body source")], className="card"
    )


def _department(view: FormView) -> Component | None:
    """The department's own part, to be looked at beside the projects."""
    parts = view.file.reading.department_goals
    if not parts:
        return None
    return html.Details(
        [
            html.Summary(text.DEPARTMENT_PART),
            html.P(text.DEPARTMENT_NOTE, className="note"),
            *(
                shown
                for number, part in enumerate(parts)
                for shown in (
                    *finding_list(remarks_of(view, Part.DEPARTMENT, number)),
                    _goals(part),
                )
            ),
        ],
        className="card department",
    )


def _goals(part: DepartmentGoals) -> Component:
    lines = [
        html.Li(
            [
                html.Strong(goal.name),
                html.Span(goal.objective or ""),
                html.Ul([html.Li(_indicator(row.name, row.value_text)) for row in goal.indicators]),
            ]
        )
        for goal in part.goals
    ]
    return html.Div(
        [
            html.H3(part.department or text.DEPARTMENT_PART),
            html.P(part.overall_objective or formats.NOTHING, className="read__text"),
            html.Ol(lines) if lines else None,
        ]
    )


def _indicator(name: str | None, value: str | None) -> str:
    return f"{name or ''} {value or ''}".strip()


def _commit(view: FormView) -> Component:
    """What bringing it in does, exactly; and the other ways out."""
    outcomes = outcomes_of(view)
    said = text.commit_says(
        (text.OUTCOMES[one] for one in outcomes if one is not None),
        len(view.refusals),
        len(view.file.notes),
    )
    possible = any(one is not None for one in outcomes)
    return html.Div(
        [
            html.P(said, className="commit__says"),
            html.A(
                text.ANNOTATED,
                href=f"{Address().to_import(view.draft.draft_id).path}{ANNOTATED}",
                className="button button--link",
            ),
            give_up(view.draft),
            act_button(text.COMMIT, ids.DRAFT_ACT, "button button--first", do="commit")
            if possible
            else None,
        ],
        className="commit",
        role="group",
        **aria(label=text.COMMIT),
    )
