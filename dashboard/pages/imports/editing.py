"""The bar that corrects the value that is chosen; assets/imports.js fills it and reads it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.aria import aria, data
from dashboard.texts import imports as text
from services.intake.forms.fields import HeadField, RowField


def edit_bar() -> Component:
    """Closed until a value is chosen."""
    return html.Div(
        [
            html.P(text.EDIT_NOTHING, className="edit__nothing"),
            html.Div(
                [
                    html.P(
                        [
                            html.Strong(className="edit__label"),
                            html.Span(className="edit__about"),
                            html.Span(className="edit__where"),
                        ],
                        className="edit__head",
                    ),
                    html.P(className="edit__was"),
                    html.P(className="edit__said"),
                    html.Div(
                        [
                            html.Label(text.EDIT_LABEL, htmlFor=ids.EDIT_TEXT, className="sr-only"),
                            html.Textarea(id=ids.EDIT_TEXT, rows=1, spellCheck="false"),
                            *_choices(),
                            html.Button(
                                text.SAVE,
                                type="button",
                                className="button button--first",
                                **data(edit="save"),
                            ),
                            html.Button(
                                text.RESTORE,
                                type="button",
                                className="button",
                                **data(edit="restore"),
                            ),
                            html.Button(
                                text.NOT_AN_INDICATOR,
                                type="button",
                                className="button",
                                **data(edit="leave-out"),
                            ),
                        ],
                        className="edit__controls",
                    ),
                ],
                className="edit__chosen",
                hidden=True,
            ),
        ],
        id=ids.EDIT,
        className="edit",
        role="group",
        **aria(label=text.EDIT),
    )


def _choices() -> list[Component]:
    """Lists of what a field can say; the one that fits is shown instead of the text."""
    kinds = [(kind.value, words) for kind, words in text.INDICATOR_KINDS.items()]
    units = [(unit, unit) for unit in text.MONEY_UNITS]
    return [_choice(RowField.KIND, kinds), _choice(HeadField.MONEY_UNIT, units)]


def _choice(field: str, options: list[tuple[str, str]]) -> Component:
    return html.Select(
        [html.Option(words, value=value) for value, words in options],
        className="edit__choice",
        hidden=True,
        **data(choices=field),
        **aria(label=text.FIELDS[field]),
    )
