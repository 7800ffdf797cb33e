"""What the lists of lines share: how a line names itself, and a box that is drawn by the script."""

from __future__ import annotations

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.aria import data
from dashboard.texts import terms
from dashboard.texts import unclaimed as text
from domain.payment import VoucherKind
from services.readmodel.unclaimed_rows import ClaimedLine, UnclaimedLine

Line = UnclaimedLine | ClaimedLine


def key_of(line: Line) -> str:
    """How the page and its script name a line."""
    return json.dumps([str(line.voucher_id), line.line_key], ensure_ascii=False)


def about(line: Line) -> str:
    """A line in words."""
    return text.line_about(line.voucher_no, line.paid_on, formats.yuan(line.amount))


def of_row(line: Line, **more: str | None) -> dict[str, Any]:
    """What a row says to the script: which line it is, and how much."""
    cents = str(int(line.amount * 100))
    return data(line=key_of(line), cents=cents, about=about(line), **more)


def box(label: str, **said: str) -> Component:
    """A check box; ``assets/unclaimed.js`` draws it."""
    return html.Span(className="box", **data(input="checkbox", label=label, **said))


def voucher(line: Line) -> Component:
    """Its day and its number."""
    kind = text.ALLOCATION_MARK if line.kind == VoucherKind.ALLOCATION else None
    return html.Div(
        [
            html.Div(formats.short_day(line.paid_on), className="nowrap"),
            html.Div(
                [html.Span(line.voucher_no), html.Span(kind, className="tag") if kind else None],
                className="why",
            ),
        ]
    )


def unit(line: Line) -> str:
    """Its unit as printed."""
    return line.unit_name or line.unit_code or text.NO_UNIT


def printed(line: Line) -> Component:
    """What it prints of a project."""
    below = [line.project_code if line.project_name else None, line.document_no]
    return html.Div(
        [
            html.Div(line.project_name or line.project_code or text.NO_PRINTED_PROJECT),
            html.Div("　".join(one for one in below if one), className="why"),
        ]
    )


def summary(line: Line) -> Component:
    """What it was paid for, and from which money."""
    below = [line.economic_class, line.fund_nature]
    return html.Div(
        [
            html.Div(line.summary or formats.NOTHING),
            html.Div("　".join(one for one in below if one), className="why"),
        ]
    )


def owner_words(share_target: str | None, *, unclaimed: bool) -> str:
    """Whose a part is, in words."""
    if unclaimed:
        return terms.UNCLAIMED
    return share_target or text.BASIC
