"""The list of unclaimed lines: each with what it is like, and what can be done about it."""

from __future__ import annotations

import json

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.components.aria import aria, data
from dashboard.components.pager import pager
from dashboard.components.tables import Column, cell, row_heading, table
from dashboard.pages.unclaimed import parts
from dashboard.pages.unclaimed.look import ROWS_A_PAGE, Look
from dashboard.texts import terms
from dashboard.texts import unclaimed as text
from domain.claim import Basis, Share
from domain.proposal import Proposal, Proposer
from services.readmodel.unclaimed_rows import LinePage, Order, UnclaimedLine

NUMBER = "number"
_KINDS = ("day", "unit", "wide", "summary", NUMBER, "proposal", "acts")


def lines_section(look: Look) -> Component:
    """A page of the list, or why there is nothing on it."""
    address = look.address
    page = look.questions.page(
        look.moment,
        look.wanted,
        order=Order(address.order or Order.UNIT),
        start=look.start,
        limit=ROWS_A_PAGE,
    )
    if not page.rows:
        return _nothing(look)
    proposer = Proposer(look.candidates)
    number = page.start // ROWS_A_PAGE + 1
    pages = -(-page.lines // ROWS_A_PAGE)
    return html.Section(
        [
            _head(page, address, number, pages),
            table(
                text.CAPTION,
                _columns(look),
                [_row(line, proposer.propose(line.printed()), look) for line in page.rows],
                class_name="table--lines",
            ),
            pager(address, number, pages),
            _bar() if look.may_act else None,
        ],
        className="card",
        **data(scope=f"lines {look.moment.fiscal_year}"),
    )


def _nothing(look: Look) -> Component:
    if look.is_narrowed:
        clear = Address(look.address.path, look.address.year)
        found = html.P(
            [text.NO_MATCH, "　", dcc.Link(text.CLEAR_FILTER, href=clear.href)],
            className="no-match",
        )
        return html.Section(found, className="card")
    return html.Section(
        [
            html.H2(text.ALL_CLAIMED),
            html.P(text.ALL_CLAIMED_SAYS, className="no-match"),
        ],
        className="card",
        role="status",
    )


def _head(page: LinePage[UnclaimedLine], address: Address, number: int, pages: int) -> Component:
    orders: list[Component | str] = []
    for order, words in text.ORDERS.items():
        here = order == address.order
        orders.append(
            html.Strong(words) if here else dcc.Link(words, href=address.with_(order=order).href)
        )
        orders.append("　")
    return html.Div(
        [
            html.H2(text.found(page.lines, formats.yuan(page.amount))),
            html.Span([f"{text.ORDER_BY}　", *orders], className="order"),
            html.Span(text.page_of(number, pages), className="order order--end")
            if pages > 1
            else None,
            html.Span(text.KEYS, className="order keys"),
        ],
        className="section-head",
    )


def _columns(look: Look) -> list[Column]:
    columns = [Column(words, kind) for words, kind in zip(text.COLUMNS, _KINDS, strict=True)]
    if not look.may_act:
        return columns[:-1]
    return [Column(parts.box(text.PICK_ALL, pick="all"), "box-cell"), *columns]


def _row(line: UnclaimedLine, proposals: tuple[Proposal, ...], look: Look) -> Component:
    in_parts = len(line.shares) > 1 and line.basis == Basis.HAND
    told = parts.of_row(
        line,
        whole=str(int(line.line_amount * 100)),
        printed=_printed(line),
        parts=_parts(line.shares),
    )
    pick = None if in_parts else parts.box(text.pick(parts.about(line)), pick="one")
    cells = [
        cell(pick, "box-cell"),
        row_heading(parts.voucher(line), "day"),
        cell(parts.unit(line), "unit"),
        cell(parts.printed(line), "wide"),
        cell(parts.summary(line), "summary"),
        cell(_amount(line), NUMBER),
        cell(_proposals(line, proposals, look, adoptable=not line.shares), "proposal"),
        cell(_acts(line, whole=not in_parts), "acts"),
    ]
    if not look.may_act:
        cells = cells[1:-1]
    broken = "is-broken" if line.basis == Basis.REOPENED else None
    return html.Tr(cells, className=broken, **told)


def _amount(line: UnclaimedLine) -> Component:
    remarks: list[Component] = []
    if line.amount < 0:
        remarks.append(html.Div(html.Span(text.REVERSAL, className="tag")))
    if line.basis == Basis.HAND and len(line.shares) == 1:
        remarks.append(html.Div(html.Span(text.LEFT_OPEN, className="tag")))
    if line.amount != line.line_amount:
        words = text.of_line(formats.yuan(line.line_amount))
        remarks.append(html.Div(words, className="why"))
    return html.Div([html.Div(formats.yuan(line.amount)), *remarks])


def _printed(line: UnclaimedLine) -> str:
    """What a rule for lines like this one would ask for."""
    asked = {
        "unit": line.unit_code or line.unit_name,
        "project_code": line.project_code,
        "project_name": line.project_name,
        "document_no": line.document_no,
        "fund_nature": line.fund_nature,
        "economic_class": line.economic_class,
        "summary": line.summary,
    }
    return json.dumps({name: words for name, words in asked.items() if words}, ensure_ascii=False)


def _parts(shares: tuple[Share, ...]) -> str:
    return json.dumps(
        [
            {"owner": _owner(share), "amount": f"{share.amount:.2f}"}
            for share in shares
            if len(shares) > 1
        ]
    )


def _owner(share: Share) -> str:
    if share.target_id is not None:
        return str(share.target_id)
    return "open" if share.unclaimed else "basic"


def _proposals(
    line: UnclaimedLine, proposals: tuple[Proposal, ...], look: Look, *, adoptable: bool
) -> Component:
    if line.basis == Basis.REOPENED:
        return html.Div([html.Span(text.BROKEN, className="broken"), _said(line, look)])
    if not proposals:
        return html.Span(text.NO_PROPOSAL, className="why")
    act = adoptable and look.may_act
    first, *others = (_proposal(one, adoptable=act) for one in proposals)
    more = html.Details([html.Summary(text.more_proposals(len(others))), *others])
    return html.Div([first, more if others else None])


def _said(line: UnclaimedLine, look: Look) -> Component:
    """The parts that were right before the correction."""
    told = [
        text.part_of(
            parts.owner_words(
                look.names.get(share.target_id) if share.target_id else None,
                unclaimed=share.unclaimed,
            ),
            formats.yuan(share.amount),
        )
        for share in line.shares
    ]
    return html.Div(terms.listed(told), className="why")


def _proposal(one: Proposal, *, adoptable: bool) -> Component:
    adopt = html.Button(
        text.ADOPT,
        type="button",
        className="button button--small",
        **aria(label=text.adopt_this(one.project_name)),
        **data(adopt=str(one.target_id), reason=text.adopted(one.reasons)),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.Span(one.project_name),
                    html.Div(
                        f"{text.score(one.score)}　{terms.listed(one.reasons)}", className="why"
                    ),
                ],
                className="proposal__words",
            ),
            adopt if adoptable else None,
        ],
        className="proposal__one",
    )


def _acts(line: UnclaimedLine, *, whole: bool) -> Component:
    words = [("claim", text.CLAIM)] if whole and line.basis != Basis.REOPENED else []
    words.append(("split", text.SPLIT))
    if not line.shares:
        words.append(("rule", text.RULE))
    if line.shares:
        words.append(("withdraw", text.WITHDRAW))
    return html.Div(
        [
            html.Button(word, type="button", className="link", **data(window=name))
            for name, word in words
        ],
        className="acts__row",
    )


def _bar() -> Component:
    """What is chosen, and what to do with it; hidden while nothing is."""
    return chosen_bar([("claim", text.CLAIM_CHOSEN), ("basic", text.MARK_BASIC)])


def chosen_bar(acts: list[tuple[str, str]]) -> Component:
    """The bar at the bottom; ``assets/unclaimed.js`` shows it."""
    return html.Div(
        [
            html.Strong(className="chosen__says", **data(says=text.CHOSEN_SAYS)),
            *(
                html.Button(words, type="button", className="button", **data(window=name, many="1"))
                for name, words in acts
            ),
            html.Button(text.CHOOSE_NONE, type="button", className="link", **data(pick="none")),
        ],
        className="chosen noprint",
        role="group",
        hidden=True,
        **aria(label=text.CHOSEN),
    )
