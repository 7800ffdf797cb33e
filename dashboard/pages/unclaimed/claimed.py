"""The list of lines that people claimed, split or marked, to be looked at and taken back."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.components.aria import data
from dashboard.components.pager import pager
from dashboard.components.tables import Column, cell, row_heading, table
from dashboard.pages.unclaimed import parts
from dashboard.pages.unclaimed.lines import chosen_bar
from dashboard.pages.unclaimed.look import ROWS_A_PAGE, Look
from dashboard.texts import unclaimed as text
from domain.claim import Basis
from services.readmodel.unclaimed_rows import ClaimedLine

NUMBER = "number"
_KINDS = ("day", "day", "unit", "wide", NUMBER, "", "wide", "acts")


def claimed_section(look: Look) -> Component:
    """A page of the list, the latest first."""
    page = look.questions.claimed(look.moment, look.wanted, start=look.start, limit=ROWS_A_PAGE)
    if not page.rows:
        words = text.NO_MATCH if look.is_narrowed else text.NOTHING_CLAIMED
        return html.Section(html.P(words, className="no-match"), className="card")
    number = page.start // ROWS_A_PAGE + 1
    pages = -(-page.lines // ROWS_A_PAGE)
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text.found(page.lines, formats.yuan(page.amount))),
                    html.Span(text.page_of(number, pages), className="order order--end")
                    if pages > 1
                    else None,
                    html.Span(text.KEYS, className="order keys"),
                ],
                className="section-head",
            ),
            table(
                text.CLAIMED_CAPTION,
                _columns(look),
                [_row(line, look) for line in page.rows],
                class_name="table--lines",
            ),
            pager(look.address, number, pages),
            chosen_bar([("withdraw", text.WITHDRAW_CHOSEN)]) if look.may_act else None,
        ],
        className="card",
        **data(scope=f"claimed {look.moment.fiscal_year}"),
    )


def _columns(look: Look) -> list[Column]:
    kinds = zip(text.CLAIMED_COLUMNS, _KINDS, strict=True)
    columns = [Column(words, kind) for words, kind in kinds]
    if not look.may_act:
        return columns[:-1]
    return [Column(parts.box(text.PICK_ALL, pick="all"), "box-cell"), *columns]


def _row(line: ClaimedLine, look: Look) -> Component:
    when = text.by_whom(line.actor, formats.moment(line.recorded_at))
    withdraw = html.Button(
        text.WITHDRAW, type="button", className="link", **data(window="withdraw")
    )
    cells = [
        cell(parts.box(text.pick(parts.about(line)), pick="one"), "box-cell"),
        cell(html.Span(when, className="why"), "day"),
        row_heading(parts.voucher(line), "day"),
        cell(parts.unit(line), "unit"),
        cell(parts.printed(line), "wide"),
        cell(formats.yuan(line.amount), NUMBER),
        cell(_owners(line, look)),
        cell(line.reason, "wide"),
        cell(withdraw, "acts"),
    ]
    return html.Tr(cells if look.may_act else cells[1:-1], **parts.of_row(line))


def _owners(line: ClaimedLine, look: Look) -> Component:
    alone = len(line.shares) == 1
    told: list[Component] = []
    for share in line.shares:
        name = look.names.get(share.target_id, str(share.target_id)) if share.target_id else None
        words = parts.owner_words(name, unclaimed=share.unclaimed)
        if not alone:
            words = text.part_of(words, formats.yuan(share.amount))
        to = look.address.to_target(share.target_id).href if share.target_id else None
        told.append(html.Div(dcc.Link(words, href=to) if to else words))
    if line.basis == Basis.REOPENED:
        told.append(html.Div(text.BROKEN, className="broken"))
    return html.Div(told)
