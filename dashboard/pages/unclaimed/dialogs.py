"""The windows in which lines are claimed, split, withdrawn, and rules set and ended.

They are drawn once; ``assets/unclaimed.js`` opens them, fills them and reads them.
"""

from __future__ import annotations

import json
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.address import RULES_VIEW
from dashboard.components.aria import aria, data
from dashboard.pages.unclaimed.look import Look
from dashboard.texts import unclaimed as text

OWNERS = "claim-owners"
PARTS = 8
"""Parts a line can be split into on the screen; the interface takes more."""

WORDS = {
    "notTarget": text.NOT_A_TARGET,
    "reasonMissing": text.REASON_MISSING,
    "remainder": text.REMAINDER,
    "exact": text.EXACT,
    "basic": text.BASIC_REASON,
    "tryFirst": text.TRY_FIRST,
}
"""What the script says; it has no words of its own."""


def dialogs(look: Look) -> list[Component]:
    """The windows, and the list of projects to choose from."""
    first = f"{look.moment.fiscal_year}-01-01"
    return [
        _owners(look),
        html.Div(
            id="claim-words", hidden=True, **data(words=json.dumps(WORDS, ensure_ascii=False))
        ),
        dcc.Store(id=ids.RULE_TRIAL),
        _window(
            "claim",
            text.CLAIM_TITLE,
            [_owner(text.OWNER), _text("reason", text.REASON)],
            text.CLAIM_DO,
        ),
        _window("split", text.SPLIT_TITLE, [_split()], text.SPLIT_DO, "dialog--wide"),
        _window(
            "withdraw",
            text.WITHDRAW_TITLE,
            [html.P(text.WITHDRAW_SAYS, className="note"), _text("reason", text.REASON)],
            text.WITHDRAW_DO,
        ),
        _window("rule", text.RULE_TITLE, [_rule(first)], text.RULE_DO, "dialog--wide"),
        _window(
            "end",
            text.END_TITLE,
            [
                _text("stops_on", text.STOPS_ON, hint=text.DAY_HINT),
                html.P(text.STOP_SAYS, className="note"),
                _text("reason", text.REASON),
            ],
            text.END_DO,
        )
        if look.address.view == RULES_VIEW
        else html.Div(),
    ]


def _owners(look: Look) -> Component:
    known = [("basic", text.PART_BASIC), ("open", text.PART_OPEN)]
    known += [
        (
            str(one.target_id),
            text.target_label(one.project_name, one.unit_name, one.project_code),
        )
        for one in sorted(look.candidates, key=lambda one: (one.unit_name, one.project_name))
    ]
    options = [html.Option(value=words, **data(id=key)) for key, words in known]
    return html.Datalist(options, id=OWNERS)


def _window(
    name: str, title: str, children: list[Component], does: str, class_name: str = ""
) -> Component:
    heading = f"dialog-{name}-title"
    return html.Dialog(
        html.Div(
            [
                html.H2(title, id=heading),
                html.P(className="dialog__about"),
                *children,
                html.P(className="dialog__refused", role="alert"),
                html.Div(
                    [
                        html.Button(
                            text.CANCEL, type="button", className="button", **data(close="1")
                        ),
                        html.Button(
                            does,
                            type="button",
                            className="button button--first",
                            **data(send=name),
                        ),
                    ],
                    className="dialog__buttons",
                ),
            ],
            className="dialog__inside",
        ),
        id=f"dialog-{name}",
        className=f"dialog {class_name}".strip(),
        **aria(labelledby=heading),
    )


def _field(words: str, hint: str = "", **said: str) -> Component:
    """A label with a field in it, which the script draws."""
    return html.Label(
        [
            html.Span(words, className="field__words"),
            html.Span(className="field", **data(input="text", hint=hint, **said)),
        ],
        className="form-field",
    )


def _text(name: str, words: str, hint: str = "", value: str = "") -> Component:
    return _field(words, hint, name=name, value=value)


def _owner(words: str) -> Component:
    return _field(words, text.OWNER_HINT, name="owner", list=OWNERS)


def _split() -> Component:
    rows = [
        html.Div(
            [
                _owner(text.PART),
                _text("amount", text.PART_AMOUNT),
                html.Button(
                    "✕",
                    type="button",
                    className="link part__drop",
                    **aria(label=text.DROP_PART),
                    **data(part="drop"),
                ),
            ],
            className="part",
            hidden=True,
        )
        for _ in range(PARTS)
    ]
    return html.Div(
        [
            html.Div(rows, className="parts"),
            html.Div(
                [
                    _button(text.ADD_PART, "add"),
                    _button(text.TAKE_REST, "rest"),
                    _button(text.REST_OPEN, "open"),
                    html.Output(className="remainder", **aria(live="polite")),
                ],
                className="parts__foot",
            ),
            _text("reason", text.REASON),
        ]
    )


def _button(words: str, act: str) -> Component:
    said: dict[str, Any] = data(part=act)
    return html.Button(words, type="button", className="button button--small", **said)


def _rule(first: str) -> Component:
    asked = [_text(name, words, hint=hint) for name, (words, hint) in text.RULE_FIELDS.items()]
    return html.Div(
        [
            html.P(text.RULE_SAYS, className="note"),
            html.Div(asked, className="rule__asked", **data(asked="1")),
            html.Div(
                [
                    _owner(text.OWNER),
                    _text("from_on", text.FROM_ON, hint=text.DAY_HINT, value=first),
                    _text("reason", text.REASON),
                ],
                className="rule__gives",
            ),
            html.Div(
                [
                    html.Button(
                        text.RULE_TRY, type="button", className="button", **data(trial="1")
                    ),
                    html.Span(text.TRY_FIRST, className="order"),
                ],
                className="rule__try",
            ),
            html.Div(id=ids.RULE_PREVIEW, className="rule__preview", role="status"),
        ]
    )
