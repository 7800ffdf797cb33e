"""The standing rules: what each asks, to whom it gives, and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.aria import data
from dashboard.components.tables import Column, cell, row_heading, table
from dashboard.pages.unclaimed.look import Look
from dashboard.texts import terms
from dashboard.texts import unclaimed as text
from services.readmodel.unclaimed_rows import RuleRow

NUMBER = "number"
_KINDS = ("day", "wide", "", "", NUMBER, "wide", "acts")


def rules_section(look: Look) -> Component:
    """All rules of the year, the newest first."""
    rules = look.questions.rules(look.moment)
    new = html.Button(text.NEW_RULE, type="button", className="button", **data(window="rule"))
    return html.Section(
        [
            html.Div(
                [html.H2(text.RULES_CAPTION), new if look.may_act else None],
                className="section-head",
            ),
            _before(rules, look) if look.may_act else None,
            table(
                text.RULES_CAPTION,
                [
                    Column(words, kind)
                    for words, kind in zip(text.RULE_COLUMNS, _KINDS, strict=True)
                ],
                [_row(one, look) for one in rules],
            )
            if rules
            else html.P(text.NO_RULES, className="no-match"),
        ],
        className="card",
    )


def _before(rules: Sequence[RuleRow], look: Look) -> Component | None:
    """The offer to go on with the rules of the year before that this one does not have."""
    year = look.moment.fiscal_year
    last_day = date(year - 1, 12, 31)
    before = look.questions.rules(replace(look.moment, fiscal_year=year - 1, as_of=last_day))
    asked = {one.pattern for one in rules}
    open_ones = [
        one
        for one in before
        if one.rule.in_force(last_day)
        and one.pattern not in asked
        and one.pattern.document_no is None  # documents are of their own year
    ]
    if not open_ones:
        return None
    button = html.Button(
        text.CARRY_RULES,
        type="button",
        className="button button--small",
        **data(do="carry_rules", year=str(year)),
    )
    return html.P([text.rules_before(year, len(open_ones)), button], className="banner")


def _row(one: RuleRow, look: Look) -> Component:
    stop = html.Button(
        text.END_RULE,
        type="button",
        className="link",
        **data(window="end", number=str(one.number), about=text.rule_name(one.number)),
    )
    asked = [
        html.Span(f"{text.RULE_FIELDS[name][0]}：{words}", className="tag")
        for name, words in one.pattern.asked
    ]
    return html.Tr(
        [
            row_heading(
                html.Div(
                    [
                        text.rule_name(one.number),
                        html.Div(
                            text.by_whom(one.actor, formats.moment(one.recorded_at)),
                            className="why",
                        ),
                    ]
                ),
                "day",
            ),
            cell(html.Div(asked, className="with-tags"), "wide"),
            cell(_owner(one, look)),
            cell(text.in_force(one.from_on, one.stops_on)),
            cell(_held(one), NUMBER),
            cell(_reasons(one), "wide"),
            cell(stop if look.may_act else None, "acts"),
        ]
    )


def _owner(one: RuleRow, look: Look) -> Component | str:
    if one.target_id is None:
        return text.BASIC
    name = one.project_name or str(one.target_id)
    return dcc.Link(name, href=look.address.to_target(one.target_id).href)


def _held(one: RuleRow) -> Component:
    amount = f"{formats.yuan(one.amount)}"
    return html.Div([f"{one.lines:,}{text.LINES}", html.Div(amount, className="why")])


def _reasons(one: RuleRow) -> Component:
    ended = None
    if one.end_reason is not None and one.ended_by is not None and one.ended_at is not None:
        whom = text.by_whom(one.ended_by, formats.moment(one.ended_at))
        ended = html.Div(terms.in_brackets(text.ended_for(one.end_reason), whom), className="why")
    return html.Div([one.reason, ended])
