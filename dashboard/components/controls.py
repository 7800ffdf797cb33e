"""Controls that write the address; what they show is read from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats, ids
from dashboard.address import Address
from dashboard.clocks import Clocks
from dashboard.components.aria import aria, here
from dashboard.texts import frame as text
from dashboard.texts import terms
from domain.plan import month_end


def day_control(
    control: str,
    label: str,
    shown: date | None,
    days: tuple[date, date],
    *,
    may_be_empty: bool = False,
) -> Component:
    """A day, by calendar or by hand. It has no placeholder: that would be read for its name."""
    first, last = days
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            dcc.DatePickerSingle(
                id=control,
                date=shown.isoformat() if shown else None,
                min_date_allowed=first.isoformat(),
                max_date_allowed=last.isoformat(),
                initial_visible_month=(shown or first).isoformat(),
                display_format="YYYY-MM-DD",
                month_format="MMMM",
                first_day_of_week=1,
                placeholder="",
                clearable=may_be_empty,
                className="day",
            ),
        ],
        className="control",
    )


def choice_control(
    control: str,
    label: str,
    options: Sequence[tuple[str, str]],
    shown: str | None,
    nothing: str | None = None,
) -> Component:
    """One of a list of (value, words); ``nothing`` is what an empty choice means."""
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            dcc.Dropdown(
                id=control,
                options=[{"value": value, "label": words} for value, words in options],
                value=shown,
                placeholder=nothing or "",
                clearable=nothing is not None,
                searchable=len(options) > 8,
                labels=_dropdown_words(),
                maxHeight=360,
                className="choice",
            ),
        ],
        className="control",
    )


def typed_control(
    control: str, label: str, shown: str | None, hint: str = "", width: str = "7rem"
) -> Component:
    """A text or a number, taken when it is finished."""
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            dcc.Input(
                id=control,
                type="text",
                value=shown or "",
                placeholder=hint,
                debounce=True,
                style={"width": width},
                autoComplete="off",
                className="typed",
            ),
        ],
        className="control",
    )


def _dropdown_words() -> Any:  # noqa: ANN401  # a dict of Dash's own
    return dict(text.DROPDOWN)


def shown_known_at(address: Address) -> str:
    """What the second clock shows: a day; a position of the log is no day."""
    return address.known_at.isoformat() if isinstance(address.known_at, date) else ""


def clock_controls(clocks: Clocks, address: Address) -> list[Component]:
    """The two clocks: the day to judge, and the day whose knowledge to judge with."""
    known_at = address.known_at if isinstance(address.known_at, date) else None
    return [
        month_ends(clocks, address),
        day_control(
            ids.AS_OF, terms.AS_OF, clocks.moment.as_of, (clocks.first_day, clocks.last_day)
        ),
        day_control(
            ids.KNOWN_AT,
            text.KNOWN_AT_CONTROL,
            known_at,
            (clocks.first_day, date(2100, 12, 31)),
            may_be_empty=True,
        ),
    ]


def month_ends(clocks: Clocks, address: Address) -> Component:
    """The ends of the months, one click each: the year is walked through in steps."""
    year = clocks.moment.fiscal_year
    ends = [month_end(date(year, month, 1)) for month in range(1, 13)]
    links = [
        html.Span(
            dcc.Link(terms.month(end), href=address.with_(as_of=end).href, title=formats.day(end)),
            **here("date", is_here=end == clocks.moment.as_of),
        )
        for end in ends
    ]
    return html.Div(
        [
            html.Span(text.MONTH_ENDS, className="control__label"),
            html.Nav(links, className="months", **aria(label=text.BY_MONTH_END)),
        ],
        className="control",
    )


def controls(shown: dict[str, str | None], parts: Sequence[Component | None]) -> Component:
    """The row of controls, and what they show."""
    return html.Div(
        [
            dcc.Store(id=ids.SHOWN, data=shown),
            *parts,
            html.Button(text.PRINT, id=ids.PRINT, type="button", className="button"),
        ],
        className="controls noprint",
        role="group",
        **aria(label=text.CONTROLS),
    )
