"""The questions of one unit: what is printed, what is proposed and why, and the other answers."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.address import Address
from dashboard.components.aria import aria, data
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.texts import confirmations as text
from domain.confirmation.question import Question
from services.confirming import OpenQuestion, key_text

_KINDS = ("", "indicator", "", "", "wide", "acts")


def questions_section(found: Sequence[OpenQuestion], address: Address) -> Component:
    """What blocks a light."""
    if not found:
        return html.Section(
            [html.H2(text.QUESTIONS), html.P(text.NONE_OF_UNIT, className="no-match")],
            className="card",
        )
    return _section(text.QUESTIONS, found, address)


def proposals_section(found: Sequence[OpenQuestion], address: Address) -> Component | None:
    """What is in use as proposed, behind a click."""
    if not found:
        return None
    return html.Details(
        [
            html.Summary(f"{text.PROPOSALS}（{len(found)}）"),
            html.P(text.PROPOSALS_WHY, className="note"),
            _section(text.PROPOSALS, found, address, heading=False),
        ],
        className="proposals",
    )


def _section(
    title: str, found: Sequence[OpenQuestion], address: Address, *, heading: bool = True
) -> Component:
    proposed = sum(one.question.proposal is not None for one in found)
    targets = len({one.question.target_id for one in found})
    return html.Section(
        [
            html.Div(
                [
                    html.H2(title) if heading else None,
                    html.Span(text.count(len(found), targets), className="order"),
                    html.Button(
                        text.accept_all(proposed),
                        type="button",
                        className="button",
                        **data(do="confirm_all"),
                    )
                    if proposed
                    else None,
                ],
                className="section-head",
            ),
            table(
                title,
                [Column(heading, kind) for heading, kind in zip(text.COLUMNS, _KINDS, strict=True)],
                [_question(one, address) for one in found],
                class_name="table--questions",
            ),
        ],
        className="card",
    )


def _question(one: OpenQuestion, address: Address) -> Component:
    asked = one.question
    key = key_text(asked)
    of_row = row(
        [
            row_heading(_project(one, address)),
            cell(asked.about if asked.indicator_id else text.ON_THE_PROJECT, "indicator"),
            cell(asked.printed, "printed"),
            cell(_asks(asked)),
            cell(_proposal(asked), "wide"),
            cell(_acts(asked, key), "acts"),
        ]
    )
    proposal = asked.proposal.key if asked.proposal else None
    return html.Tr(of_row.children, id=f"question-{key}", **data(question=key, proposal=proposal))


def _project(one: OpenQuestion, address: Address) -> Component:
    to = Address().to_target(one.question.target_id).with_(year=address.year)
    return dcc.Link(one.row.asked.project_name, href=to.href)


def _asks(asked: Question) -> Component:
    return html.Div(
        [html.Span(asked.topic.label, className="tag"), html.Div(asked.topic.asks, className="why")]
    )


def _proposal(asked: Question) -> Component:
    label = asked.proposal.label if asked.proposal else text.NO_PROPOSAL
    return html.Div([html.Div(label), html.Div(asked.reason, className="why")])


def _acts(asked: Question, key: str) -> Component:
    accept = (
        html.Button(
            text.ACCEPT,
            type="button",
            className="button button--small",
            **aria(label=text.accept_this(asked.about)),
            **data(do="confirm", question=key, choice=asked.proposal.key),
        )
        if asked.proposal
        else None
    )
    return html.Div([accept, _change(asked, key)], className="acts__one")


def _change(asked: Question, key: str) -> Component | None:
    """The other answers; there is none where the proposal is all there is."""
    others = [choice for choice in asked.choices if choice is not asked.proposal]
    if not others and asked.typed is None:
        return None
    return html.Details(
        [
            html.Summary(text.CHANGE, **aria(label=text.change_this(asked.about))),
            html.Div(
                [
                    _choices(asked, others) if others else None,
                    _typed(asked.typed) if asked.typed else None,
                    html.Label([text.REASON, dcc.Input(name="reason", type="text")]),
                    html.Button(
                        text.SETTLE,
                        type="button",
                        className="button button--small",
                        **data(do="confirm", question=key),
                    ),
                ],
                className="form",
                **data(form="question"),
            ),
        ]
    )


def _choices(asked: Question, others: Sequence[object]) -> Component:
    options = [html.Option(text.CHOOSE_FIRST, value="")]
    options += [
        html.Option(choice.label, value=choice.key) for choice in asked.choices if choice in others
    ]
    return html.Label([text.CHOICE, html.Select(options, name="choice")])


def _typed(hint: str) -> Component:
    return html.Label([f"{text.OTHER}（{hint}）", dcc.Input(name="typed", type="text")])
