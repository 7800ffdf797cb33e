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
_HEADINGS_WITHIN = 10
_FIGURES = ("rows", "stored", "known", "conflict_count", "refused", "unclaimed")


def table_page(view: TableView) -> list[Component | None]:
    """All that changes when something is said about the file."""
    report = view.report
    if report is None:
        return _unread(view)
    return [
        _state(view.draft),
        draft_head(view.draft, text.rows_of(report.rows)),
        *_banners(view, report),
        _figures(report),
        _columns([(one.place, one.heading, one) for one in report.columns], view),
        _problems(text.REFUSED_ROWS, report.problems),
        _conflicts(report.conflicts, report.conflict_count),
        _problems(text.ODD_ROWS, report.findings),
        *(_sample(one) for one in view.samples),
        _commit(view.draft, report),
    ]


def _unread(view: TableView) -> list[Component | None]:
    """A table whose headings nobody knows yet: a person says what its columns are."""
    return [
        _state(view.draft),
        draft_head(view.draft),
        html.Div(banner(view.problem or "", "warning"), role="alert"),
        _columns([("", heading, None) for heading in _headings(view.samples)], view),
        *(_sample(one) for one in view.samples),
        html.Div([html.P(className="commit__says"), give_up(view.draft)], className="commit"),
    ]


def _headings(samples: Sequence[Sample]) -> list[str]:
    """The row that looks most like headings: of the first ones the one with most texts."""
    rows = [row for sample in samples[:1] for _, row in sample.rows[:_HEADINGS_WITHIN]]
    texts = ([one for one in row if one and not one[:1].isdigit()] for row in rows)
    return max(texts, key=len, default=[])


def _state(draft: Draft) -> Component:
    return dcc.Store(
        id=ids.DRAFT_STATE, data={"draft": str(draft.draft_id), "version": draft.version}
    )


def unreadable_page(draft: Draft, problem: UnreadableFileError) -> list[Component | None]:
    """A file that is no such table: it can be read as something else, or given up."""
    return [
        _state(draft),
        draft_head(draft),
        html.Div(banner(str(problem), "warning"), role="alert"),
        html.Div([html.P(className="commit__says"), give_up(draft)], className="commit"),
    ]


def _banners(view: TableView, report: ImportReport) -> list[Component]:
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


def _columns(
    found: Sequence[tuple[str, str, ColumnRead | None]], view: TableView
) -> Component | None:
    """Each column by its place and heading, with what it was read as."""
    if not found:
        return None
    headings = [Column(heading) for heading in text.COLUMN_COLUMNS]
    rows = [_column(one, number, view) for number, one in enumerate(found)]
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


def _column(column: tuple[str, str, ColumnRead | None], number: int, view: TableView) -> Component:
    place, heading, read = column
    fate = Fate.UNREAD if read is None else read.fate
    return row(
        [
            cell(text.sheet_row(place) or formats.NOTHING, "day"),
            row_heading(heading),
            cell((read and read.title) or text.NOT_READ),
            cell(text.FATES[fate] if read else formats.NOTHING),
            # What is about persons is dropped in any case.
            cell(None if fate is Fate.PERSONAL else _choice(heading, number, view)),
        ]
    )


def _choice(heading: str, number: int, view: TableView) -> Component:
    """What the column is, where it was read wrongly."""
    now = view.draft.options.columns.get(heading, "")
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
        **data(heading=heading),
        **aria(label=text.column_is(heading)),
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


def _commit(draft: Draft, report: ImportReport) -> Component:
    possible = report.stored > 0
    return html.Div(
        [
            html.P(
                text.table_commit_says(report.stored, report.known, report.refused),
                className="commit__says",
            ),
            give_up(draft),
            act_button(text.COMMIT, ids.DRAFT_ACT, "button button--first", do="commit_table")
            if possible
            else None,
        ],
        className="commit",
        role="group",
        **aria(label=text.COMMIT),
    )
