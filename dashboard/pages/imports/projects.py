"""The projects of a file: what each says, what is wrong, and what bringing it in does to it."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import Address
from dashboard.components.aria import here
from dashboard.components.tables import Column, cell, row_heading, table
from dashboard.pages.imports.acting import act_button
from dashboard.pages.imports.head import typed
from dashboard.pages.imports.marks import mark
from dashboard.pages.imports.remarks import ORDER, count
from dashboard.pages.imports.shown import Shown
from dashboard.texts import imports as text
from services.declaring import DeclaredAs
from services.previewing import FormView

NUMBER = "number"
_KINDS = (NUMBER, "wide", "", NUMBER, NUMBER, NUMBER, "", "")


def projects_section(view: FormView, projects: list[Shown], address: Address) -> Component:
    """One row a project; the one looked at is marked."""
    outcomes = outcomes_of(view)
    rows = [_row(one, outcomes[one.sheet], address) for one in projects]
    columns = [
        Column(heading, kind) for heading, kind in zip(text.PROJECT_COLUMNS, _KINDS, strict=True)
    ]
    return html.Section(
        [
            html.H2(text.PROJECTS),
            _missing_years(projects),
            html.Div(
                table(text.PROJECTS, columns, rows, class_name="table--file-projects"),
                className="file-projects",
            ),
        ],
        className="card",
    )


def _missing_years(projects: list[Shown]) -> Component | None:
    """Where forms print no year somebody says it, for all of them at once."""
    without = [one for one in projects if one.form.declared.fiscal_year is None]
    if not without:
        return None
    return html.Div(
        [
            html.P(text.no_years(len(without)), className="fill__says"),
            typed("fiscal_year", text.FISCAL_YEAR, ""),
            act_button(text.FILL_YEARS, ids.DRAFT_ACT, do="fill_year", collect=True),
        ],
        className="fill",
        role="group",
    )


def outcomes_of(view: FormView) -> list[DeclaredAs | None]:
    """What bringing the file in does to each project, None where it cannot be declared."""
    declared = iter(view.report.targets if view.report else ())
    return [
        None if number in view.refusals else next(declared).outcome
        for number in range(len(view.file.forms))
    ]


def _row(shown: Shown, outcome: DeclaredAs | None, address: Address) -> Component:
    declared = shown.form.declared
    is_here = address.project == shown.sheet + 1
    to = address.with_(project=shown.sheet + 1).href
    link = html.Span(dcc.Link(shown.name, href=to), **here("true", is_here=is_here))
    budget = declared.annual_budget
    amount = f"{budget.total}{budget.unit or ''}" if budget.total else formats.NOTHING
    return html.Tr(
        [
            cell(str(shown.sheet + 1), NUMBER),
            row_heading(link, "wide"),
            cell(declared.implementing_unit or formats.NOTHING),
            cell(amount, NUMBER),
            cell(str(len(declared.indicators)), NUMBER),
            cell(str(len(shown.notes)) if shown.notes else formats.NOTHING, NUMBER),
            cell(_counts(shown)),
            cell(_outcome(shown, outcome)),
        ],
        className="is-here" if is_here else None,
    )


def _counts(shown: Shown) -> Component | str:
    counts = count(shown.remarks)
    found = [
        html.Span([mark(severity), str(counts[severity])], className="counted")
        for severity in ORDER
        if counts[severity]
    ]
    return html.Span(found, className="counts-of-marks") if found else formats.NOTHING


def _outcome(shown: Shown, outcome: DeclaredAs | None) -> Component | str:
    if outcome is None:
        return html.Span(
            text.CANNOT_DECLARE,
            className="refused",
            title=text.cannot_declare(shown.view.refusals[shown.sheet]),
        )
    return text.OUTCOMES[outcome]
