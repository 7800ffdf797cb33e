"""What is on record about one target: payments, and what happened, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from dash import html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.tables import Column, cell, row, table
from dashboard.texts import target as text
from dashboard.texts import terms
from domain.money import ZERO
from services.readmodel.rows import HistoryLine, PaymentRow, TargetDetail

Row = TypeVar("Row")

NUMBER = "number"
AT_ONCE = 20
"""Rows shown at once; the rest is one click away."""


def payments_section(detail: TargetDetail) -> Component:
    """Voucher lines up to the day looked at, newest first, with their sum."""
    as_of = detail.judged.standing.as_of
    paid = sorted(
        (one for one in detail.payments if one.paid_on <= as_of),
        key=lambda one: (one.paid_on, one.position),
        reverse=True,
    )
    return html.Section(
        [
            html.H2(text.payment_count(len(paid))),
            *_long(_payments, paid, text.NO_PAYMENT_RECORDS),
            _sum(paid, as_of) if paid else None,
        ],
        className="card",
    )


def _payments(rows: Sequence[PaymentRow]) -> Component:
    return table(
        text.PAYMENTS_CAPTION,
        _columns(text.PAYMENT_COLUMNS, wide=4, number=5),
        [_payment(one) for one in rows],
    )


def _columns(headings: Sequence[str], *, wide: int, number: int) -> list[Column]:
    kinds = {wide: "wide", number: NUMBER}
    return [Column(heading, kinds.get(place, "")) for place, heading in enumerate(headings)]


def _payment(one: PaymentRow) -> Component:
    reversal = html.Span(text.REVERSAL, className="tag") if one.amount < 0 else None
    return row(
        [
            cell(formats.short_day(one.paid_on), "day"),
            cell(one.voucher_no),
            cell(one.kind),
            cell(one.fund_nature or formats.NOTHING),
            cell(
                html.Span([one.summary or formats.NOTHING, reversal], className="with-tags"), "wide"
            ),
            cell(formats.yuan(one.amount), NUMBER),
            cell(_standing(one)),
        ]
    )


def _standing(one: PaymentRow) -> Component:
    """Where it stands, and by what it was found."""
    standing = terms.PAYMENT_STANDINGS.get(one.standing, one.standing)
    return html.Div([standing, html.Div(terms.basis_words(one.basis, one.rule), className="why")])


def _sum(paid: Sequence[PaymentRow], as_of: date) -> Component:
    total = sum((one.amount for one in paid), ZERO)
    return html.P(
        text.payment_sum(as_of, formats.yuan(total)),
        className="note",
    )


def history_section(detail: TargetDetail) -> Component:
    """Every event, with who recorded it and when."""
    return html.Section(
        [
            html.H2(text.history_count(len(detail.history))),
            *_long(_events, detail.history, text.NO_HISTORY),
        ],
        className="card",
    )


def _events(rows: Sequence[HistoryLine]) -> Component:
    return table(
        text.HISTORY_CAPTION,
        _columns(text.HISTORY_COLUMNS, wide=2, number=5),
        [
            row(
                [
                    cell(formats.moment(one.recorded_at), "day"),
                    cell(formats.short_day(one.on_day), "day"),
                    cell(one.line, "wide"),
                    cell(_who(one), "day"),
                    cell(terms.SOURCES.get(one.source, one.source), "day"),
                    cell(str(one.position), NUMBER),
                ]
            )
            for one in rows
        ],
    )


def _who(one: HistoryLine) -> Component | str:
    """The account, and who filled in where several people use it."""
    if one.filler is None:
        return one.actor
    return html.Div([one.actor, html.Div(text.filled_in_by(one.filler), className="why")])


def _long(
    make: Callable[[Sequence[Row]], Component], rows: Sequence[Row], nothing: str
) -> list[Component]:
    """The first rows, and the others behind a click."""
    if not rows:
        return [html.P(nothing, className="no-match")]
    shown = [make(rows[:AT_ONCE])]
    if len(rows) > AT_ONCE:
        more = html.Summary(text.others(len(rows) - AT_ONCE))
        shown.append(html.Details([more, make(rows[AT_ONCE:])]))
    return shown
