"""A table that is looked at: what it holds, what its columns are read as, and what it would do."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.components.aria import aria, data
from dashboard.components.banners import banner
from dashboard.components.kpi import kpi, kpis
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.pages.imports.acting import act_button
from dashboard.pages.imports.head import draft_head, give_up
from dashboard.texts import imports as text
from dashboard.texts import terms
from domain.importing import ImportKind
from services.intake.choice import ColumnRead, Fate
from services.intake.drafts import Draft
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.sample import Sample
from services.intake.tables.table import RowProblem
from services.previewing import TableView
from services.recording import Conflict, ImportReport

NUMBER = "number"
ROWS_SHOWN = 200
_FIGURES = ("rows", "stored", "known", "conflict_count", "refused", "unclaimed")


def table_page(view: TableView) -> list[Component | None]:
    """All that changes when something is said about the file."""
    report = view.report
    return [
        dcc.Store(
            id=ids.DRAFT_STATE,
            data={"draft": str(view.draft.draft_id), "version": view.draft.version},
        ),
        draft_head(view.draft, text.rows_of(report.rows)),
        *_banners(view),
        _figures(report),
        _columns(view) if report.columns else None,
        _problems(text.REFUSED_ROWS, report.problems),
        _conflicts(report.conflicts, report.conflict_count),
        _problems(text.ODD_ROWS, report.findings),
        *(_sample(one) for one in view.samples),
        _commit(view),
    ]


def unreadable_page(draft: Draft, problem: UnreadableFileError) -> list[Component | None]:
    """A file that is no such table: it can be read as something else, or given up."""
    return [
        dcc.Store(
            id=ids.DRAFT_STATE, data={"draft": str(draft.draft_id), "version": draft.version}
        ),
        draft_head(draft),
        html.Div(banner(str(problem), "warning"), role="alert"),
        html.Div([html.P(className="commit__says"), give_up(draft)], className="commit"),
    ]


def _banners(view: TableView) -> list[Component]:
    report = view.report
    found = [banner(note) for note in report.notes]
    if view.earlier is not None and view.earlier.running.completed:
        found.append(banner(text.imported_before(view.earlier.meta.actor, view.earlier.at)))
    if view.draft.kind is ImportKind.PAYMENTS and view.draft.options.complete_to is None:
        found.append(_complete_to(report))
    return found


def _complete_to(report: ImportReport) -> Component:
    """Up to which day the payments are all there is for a person to say (rules §2)."""
    day = report.proposed_complete_to
    proposal = None
    if day is not None:
        proposal = act_button(
            text.take_day(day),
            ids.DRAFT_ACT,
            do="choose",
            collect=True,
            options={"complete_to": day.isoformat()},
        )
    return html.Div(
        [html.P(text.NO_COMPLETE_TO, className="fill__says"), proposal],
        className="fill",
        role="group",
    )


def _figures(report: ImportReport) -> Component:
    counts = {name: getattr(report, name) for name in _FIGURES}
    figures = [
        kpi(text.TABLE_FIGURES[name], f"{count:,}")
        for name, count in counts.items()
        if count is not None
    ]
    if report.amount is not None:
        figures.insert(1, kpi(text.AMOUNT, formats.wan(report.amount), terms.WAN))
    return html.Section(kpis(figures, text.WHAT_IT_WOULD_DO), className="key-figures")


def _columns(view: TableView) -> Component:
    headings = [Column(heading) for heading in text.COLUMN_COLUMNS]
    rows = [_column(one, number, view) for number, one in enumerate(view.report.columns)]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text.COLUMNS),
                    html.Span(text.COLUMNS_NOTE, className="order"),
                    act_button(text.APPLY_COLUMNS, ids.DRAFT_ACT, do="choose", collect=True),
                ],
                className="section-head",
            ),
            html.Div(
                table(text.COLUMNS, headings, rows, class_name="table--columns"),
                className="long-list",
            ),
        ],
        className="card",
    )


def _column(one: ColumnRead, number: int, view: TableView) -> Component:
    said = one.title if one.fate is not Fate.UNREAD and one.title else text.NOT_READ
    return row(
        [
            cell(text.sheet_row(one.place), "day"),
            row_heading(one.heading),
            cell(said),
            cell(text.FATES[one.fate]),
            cell(_choice(one, number, view)),
        ]
    )


def _choice(one: ColumnRead, number: int, view: TableView) -> Component | None:
    """What the column is, where it was read wrongly; personal ones are dropped in any case."""
    if one.fate is Fate.PERSONAL:
        return None
    now = view.draft.options.columns.get(one.heading, "")
    choices = [
        ("", text.AS_READ),
        *((name, name) for name in view.fields),
        (text.LEAVE, text.LEAVE),
    ]
    ordered = sorted(choices, key=lambda choice: choice[0] != now)
    return html.Select(
        [html.Option(words, value=value) for value, words in ordered],
        id=f"column-{number}",
        key=f"column-{number}-{now}",
        className="plain-choice",
        **data(heading=one.heading),
        **aria(label=text.column_is(one.heading)),
    )


def _problems(title: str, problems: Sequence[RowProblem]) -> Component | None:
    if not problems:
        return None
    columns = [Column(heading) for heading in text.PROBLEM_COLUMNS]
    rows = [
        row([cell(text.sheet_row(one.place), "day"), cell(one.field), cell(one.message, "wide")])
        for one in problems[:ROWS_SHOWN]
    ]
    return _listed(title, len(problems), table(title, columns, rows))


def _conflicts(conflicts: Sequence[Conflict], count: int) -> Component | None:
    if not conflicts:
        return None
    columns = [Column(heading) for heading in text.CONFLICT_COLUMNS]
    rows = [_conflict(one) for one in conflicts[:ROWS_SHOWN]]
    return _listed(text.CONFLICTS, count, table(text.CONFLICTS, columns, rows))


def _conflict(one: Conflict) -> Component:
    return row(
        [
            cell(formats.NOTHING if one.source_row is None else str(one.source_row), NUMBER),
            row_heading(one.voucher_no),
            cell(formats.yuan(one.known_amount), NUMBER),
            cell(formats.short_day(one.known_on), "day"),
            cell(formats.yuan(one.given_amount), NUMBER),
            cell(formats.short_day(one.given_on), "day"),
        ]
    )


def _listed(title: str, count: int, shown: Component) -> Component:
    """A list that may be long: the first rows, and how many there are."""
    more = html.P(text.first_of(ROWS_SHOWN, count), className="note")
    return html.Section(
        [
            html.H2(text.counted_rows(title, count)),
            html.Div(shown, className="long-list"),
            more if count > ROWS_SHOWN else None,
        ],
        className="card",
    )


def _sample(sample: Sample) -> Component:
    rows = [
        html.Tr(
            [html.Th(str(number), scope="row", className="source__gutter"), *map(html.Td, texts)]
        )
        for number, texts in sample.rows
    ]
    return html.Section(
        [
            html.H2(text.sample_title(sample.sheet)),
            html.P(text.first_of(len(sample.rows), sample.count), className="order"),
            html.Div(
                html.Table(html.Tbody(rows), className="source__table source"),
                className="table-scroll",
            ),
        ],
        className="card",
    )


def _commit(view: TableView) -> Component:
    report = view.report
    possible = report.stored > 0
    return html.Div(
        [
            html.P(
                text.table_commit_says(report.stored, report.known, report.refused),
                className="commit__says",
            ),
            give_up(view.draft),
            act_button(text.COMMIT, ids.DRAFT_ACT, "button button--first", do="commit_table")
            if possible
            else None,
        ],
        className="commit",
        role="group",
        **aria(label=text.COMMIT),
    )
