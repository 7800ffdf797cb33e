"""What is on record about one target: payments, and what happened, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from dash import html
from dash.development.base_component import Component

from dashboard import text
from dashboard.components.tables import Column, cell, row, table
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
            html.H2(f"支付（{len(paid)}笔）"),
            *_long(_payments, paid, "没有支付记录。"),
            _sum(paid, as_of) if paid else None,
        ],
        className="card",
    )


def _payments(rows: Sequence[PaymentRow]) -> Component:
    return table(
        "支付明细",
        [
            Column("支付日期"),
            Column("凭证号"),
            Column("凭证"),
            Column("资金性质"),
            Column("摘要", "wide"),
            Column("金额（元）", NUMBER),
            Column("归属"),
        ],
        [_payment(one) for one in rows],
    )


def _payment(one: PaymentRow) -> Component:
    reversal = html.Span("冲销", className="tag") if one.amount < 0 else None
    return row(
        [
            cell(text.short_day(one.paid_on), "day"),
            cell(one.voucher_no),
            cell(one.kind),
            cell(one.fund_nature or text.NOTHING),
            cell(html.Span([one.summary or text.NOTHING, reversal], className="with-tags"), "wide"),
            cell(text.yuan(one.amount), NUMBER),
            cell(text.PAYMENT_STANDINGS.get(one.standing, one.standing)),
        ]
    )


def _sum(paid: Sequence[PaymentRow], as_of: date) -> Component:
    total = sum((one.amount for one in paid), ZERO)
    return html.P(
        f"截至{text.day(as_of)}合计{text.yuan(total)}元（凭证合计；计入支出的口径见资金灯）。",
        className="note",
    )


def history_section(detail: TargetDetail) -> Component:
    """Every event, with who recorded it and when."""
    return html.Section(
        [
            html.H2(f"办理记录（{len(detail.history)}条）"),
            *_long(_events, detail.history, "没有记录。"),
        ],
        className="card",
    )


def _events(rows: Sequence[HistoryLine]) -> Component:
    return table(
        "办理记录",
        [
            Column("录入时间"),
            Column("业务日期"),
            Column("事项", "wide"),
            Column("录入人"),
            Column("来源"),
            Column("记录号", NUMBER),
        ],
        [
            row(
                [
                    cell(text.moment(one.recorded_at), "day"),
                    cell(text.short_day(one.on_day), "day"),
                    cell(one.line, "wide"),
                    cell(one.actor, "day"),
                    cell(text.SOURCES.get(one.source, one.source), "day"),
                    cell(str(one.position), NUMBER),
                ]
            )
            for one in rows
        ],
    )


def _long(
    make: Callable[[Sequence[Row]], Component], rows: Sequence[Row], nothing: str
) -> list[Component]:
    """The first rows, and the others behind a click."""
    if not rows:
        return [html.P(nothing, className="no-match")]
    shown = [make(rows[:AT_ONCE])]
    if len(rows) > AT_ONCE:
        more = html.Summary(f"其余{len(rows) - AT_ONCE}条")
        shown.append(html.Details([more, make(rows[AT_ONCE:])]))
    return shown
