"""The list of what is wrong with a project, each leading to its place and its remedy."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.aria import data
from dashboard.pages.imports.acting import act_button
from dashboard.pages.imports.keys import cell_id, value_id
from dashboard.pages.imports.marks import severity_badge
from dashboard.pages.imports.remarks import Remark, count
from dashboard.pages.imports.shown import Shown
from dashboard.texts import imports as text

_OPEN = 8
"""So many are shown at once; the rest is one click away."""


def findings_section(shown: Shown) -> Component:
    """All remarks about a project, the gravest first."""
    remarks = shown.remarks
    if not remarks:
        return html.P(text.NO_FINDINGS, className="note")
    counts = count(remarks)
    fixable = [one for one in remarks if one.fix]
    said = text.findings_count(counts["error"], counts["warning"], counts["note"])
    adopt_all = act_button(
        text.adopt_all(len(fixable)), ids.DRAFT_ACT, do="adopt_all", sheet=shown.sheet
    )
    return html.Section(
        [
            html.Div(
                [
                    html.H3(f"{text.FINDINGS}：{said}"),
                    html.Span(text.FINDINGS_NOTE, className="order"),
                    adopt_all if len(fixable) > 1 else None,
                ],
                className="section-head",
            ),
            *finding_list(remarks),
        ],
        className="findings-block",
    )


def finding_list(remarks: list[Remark]) -> list[Component | None]:
    """The first at once, the others one click away."""
    shown = html.Ul([_item(one) for one in remarks[:_OPEN]], className="findings")
    return [shown, _more(remarks[_OPEN:])] if remarks else []


def _more(remarks: list[Remark]) -> Component | None:
    if not remarks:
        return None
    return html.Details(
        [
            html.Summary(text.more_findings(len(remarks))),
            html.Ul([_item(one) for one in remarks], className="findings"),
        ]
    )


def _item(remark: Remark) -> Component:
    return html.Li(
        [
            severity_badge(remark.severity),
            html.Div([html.Div([_place(remark), html.Span(remark.message)]), _remedy(remark)]),
        ],
        className="finding",
    )


def _place(remark: Remark) -> Component | None:
    """A button that leads to the value, or to the cell where nothing was read from it."""
    target = value_id(remark.place) if remark.place else None
    words = text.sheet_row(remark.shown_where or "") or text.OF_THE_FILE
    if target is None and remark.cell is None:
        return html.Span(words, className="finding__place")
    return html.Button(
        words,
        type="button",
        className="finding__place link",
        **data(jump=target, cell=None if remark.cell is None else cell_id(remark.cell)),
    )


def _remedy(remark: Remark) -> Component | None:
    parts: list[Component] = []
    if remark.fix:
        parts.append(
            html.Span(
                [
                    html.Span(text.PROPOSED, className="finding__label"),
                    *(part for old, new in remark.fix for part in _fix(old, new)),
                    act_button(
                        text.ADOPT,
                        ids.DRAFT_ACT,
                        "button button--small",
                        do="adopt",
                        number=remark.number,
                    ),
                ],
                className="finding__fix",
            )
        )
    if remark.why:
        why = html.Summary(text.WHY)
        example = html.P(f"{text.EXAMPLE}：{remark.example}") if remark.example else None
        parts.append(html.Details([why, html.P(remark.why), example], className="finding__why"))
    return html.Div(parts, className="finding__remedy") if parts else None


def _fix(old: str, new: str) -> tuple[Component, Component]:
    return html.Del(old or text.BLANK), html.Ins(new or text.BLANK)
