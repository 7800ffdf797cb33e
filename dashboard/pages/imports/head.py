"""The head of a file that is looked at: its name, what it is read as, and how to change that."""

from __future__ import annotations

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import IMPORTS
from dashboard.components.aria import aria
from dashboard.pages.imports.acting import act_button
from dashboard.texts import imports as text
from dashboard.texts import terms
from domain.importing import ImportKind
from services.intake.drafts import Draft


def draft_head(draft: Draft, *facts: str) -> Component:
    """Name, facts and options of a draft."""
    said = [
        text.KINDS[draft.kind],
        *facts,
        formats.file_size(draft.size),
        text.sent(draft.sent_by, draft.received_at),
        text.kept_until(draft.expires_at),
    ]
    return html.Div(
        [
            html.Div(
                [
                    trail(terms.IMPORTS),
                    html.H1(draft.name, className="file-name"),
                    html.P([html.Span(one) for one in said], className="subtitle"),
                ],
                className="page-head__words",
            ),
            _options(draft),
        ],
        className="page-head",
    )


def trail(here: str) -> Component:
    """The way back to the list."""
    return html.P(dcc.Link(here, href=IMPORTS), className="trail")


def give_up(draft: Draft) -> Component:
    """The button that forgets a draft."""
    asked = text.really_give_up(draft.name)
    return act_button(text.GIVE_UP, ids.DRAFT_ACT, confirm=asked, do="discard")


def _options(draft: Draft) -> Component:
    options = draft.options
    parts = [_select("kind", text.KIND_TO_READ_AS, _kinds(), draft.kind)]
    if draft.kind is ImportKind.DECLARATIONS:
        parts += [
            typed("approved_on", text.APPROVED_ON, _day(options.approved_on)),
            typed("document_no", text.DOCUMENT_NO, options.document_no or ""),
        ]
    else:
        parts.append(typed("fiscal_year", text.FISCAL_YEAR, str(options.fiscal_year)))
    if draft.kind is ImportKind.PAYMENTS:
        allocation = "allocation" if options.allocation else "payment"
        parts += [
            typed("complete_to", terms.COMPLETE_TO, _day(options.complete_to)),
            _select("voucher", text.VOUCHER, list(text.VOUCHERS.items()), allocation),
        ]
    if draft.kind in {ImportKind.ACHIEVEMENTS, ImportKind.MONITORING}:
        parts.append(typed("cut_off", text.CUT_OFF, _day(options.cut_off)))
    return html.Div(
        [*parts, act_button(text.APPLY, ids.DRAFT_ACT, do="choose", collect=True)],
        className="controls",
        role="group",
        **aria(label=text.FILE_SETTINGS),
    )


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, text.KINDS[kind]) for kind in ImportKind]


def _day(day: date | None) -> str:
    return "" if day is None else formats.short_day(day)


def _select(name: str, label: str, options: list[tuple[str, str]], now: str) -> Component:
    """A list; the one that holds stands first, since the browser keeps the choice itself."""
    ordered = sorted(options, key=lambda one: one[0] != now)
    control = f"option-{name}"
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            html.Select(
                [html.Option(words, value=str(value)) for value, words in ordered],
                id=control,
                key=f"{control}-{now}",
                className="plain-choice",
            ),
        ],
        className="control",
    )


def typed(name: str, label: str, now: str) -> Component:
    """A line to type in, which the next act that collects takes with it."""
    control = f"option-{name}"
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            dcc.Input(id=control, type="text", value=now, size="10", className="plain-input"),
        ],
        className="control",
    )
