"""Rows about payments: lines as they stand, and additive entries by owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow, dict_row

from domain.declaration import Declaration
from domain.payment import Payment, PaymentLine, Share, VoucherKey, VoucherKind
from domain.target import Target
from services.log.reading import LoggedEvent
from services.projections.copying import NULL, copy_lines, known, said, texts
from services.projections.payment_book import (
    Book,
    Code,
    CodeKind,
    Entry,
    Line,
    Moment,
    Standing,
    target_codes,
)
from services.projections.window import Window
from services.readmodel.documents import as_document, from_document
from services.sql import named_statements

SQL = named_statements("services.projections", "payments.sql")

NAMES_AND_CODES = frozenset(
    {Target.Declared, Target.RevisionApproved, Target.CodeAdded, Target.FundLineArrived}
)
CHANGES = frozenset({Payment.LinesAdded, Payment.LineCorrected, Payment.LineClaimed})
PAYMENTS = CHANGES | {Payment.Recorded}

_FACT = tuple(one.name for one in fields(PaymentLine))
"""Fields of a line, each a column of its own."""

TAB = "\t"

Places = dict[Any, tuple[str, int]]
"""Region and year by target."""


class PaymentRows:
    """What was paid, for whom, and what is not claimed yet."""

    name = "payments"
    halts = True

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Load what the window touches, run through it in the order of the log, write sets."""
        entries = [e for e in window.entries if type(e.event) in PAYMENTS or _names(e)]
        if not entries:
            return
        places = _places(entries, cursor)
        book = _load(entries, places, cursor)
        for entry in entries:
            self._take(entry, places, book)
        write(book, cursor)

    def _take(self, entry: LoggedEvent, places: Places, book: Book) -> None:
        moment = Moment(entry.position, entry.recorded_at)
        event = entry.event
        if isinstance(event, Payment.Recorded):
            book.record(event.originator_id, event.voucher, event.lines, moment)
        elif isinstance(event, Payment.LinesAdded):
            voucher = book.vouchers[event.originator_id]
            book.record(event.originator_id, voucher, event.lines, moment)
        elif isinstance(event, Payment.LineCorrected):
            book.correct(event.originator_id, event.new, moment)
        elif isinstance(event, Payment.LineClaimed):
            book.claim(event.originator_id, event.line_key, event.shares, moment)
        else:
            for code in codes_of(entry, places):
                book.add_code(code, event.originator_id, moment)


def _names(entry: LoggedEvent) -> bool:
    return type(entry.event) in NAMES_AND_CODES


def _places(entries: Iterable[LoggedEvent], cursor: Cursor[TupleRow]) -> Places:
    """Region and year of each target whose later events name only a code or a line."""
    named = [entry.event for entry in entries if _names(entry)]
    ids = [
        str(event.originator_id)
        for event in named
        if isinstance(event, Target.CodeAdded | Target.FundLineArrived)
    ]
    places: Places = {}
    if ids:
        cursor.execute(SQL["places"], {"ids": ids})
        places = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
    for event in named:
        if isinstance(event, Target.Declared):
            declaration = event.declaration
            places[event.originator_id] = (declaration.region, declaration.fiscal_year)
    return places


def _load(entries: Iterable[LoggedEvent], places: Places, cursor: Cursor[TupleRow]) -> Book:
    """The lines and codes on record that the window touches."""
    book = Book(frozenset(e.event.originator_id for e in entries if type(e.event) in CHANGES))
    declared = {code for e in entries if _names(e) for code in codes_of(e, places)}
    printed = {code.text for code in declared} | {t for e in entries for t in texts_printed(e)}
    for code, target_id in _known_codes(printed, cursor):
        book.owners[code].append(target_id)
    for line in _known_lines(declared, book.touched, cursor):
        book.load_line(line)
    return book


def codes_of(entry: LoggedEvent, places: Places) -> Iterator[Code]:
    """What an event lets its target be found by."""
    event = entry.event
    found: Iterable[tuple[CodeKind, str]]
    if isinstance(event, Target.Declared | Target.RevisionApproved):
        found = [*_declared_codes(event.declaration), (CodeKind.TARGET, str(event.originator_id))]
        place = (event.declaration.region, event.declaration.fiscal_year)
    elif isinstance(event, Target.CodeAdded):
        found, place = [(CodeKind.PROJECT, event.project_code)], places[event.originator_id]
    elif isinstance(event, Target.FundLineArrived):
        found = target_codes(None, "", [event.line.document_no])
        place = places[event.originator_id]
    else:
        return
    for kind, code in found:
        yield Code(*place, kind, code)


def _declared_codes(declaration: Declaration) -> Iterable[tuple[CodeKind, str]]:
    documents = [line.document_no for line in declaration.fund_lines]
    return target_codes(declaration.project_code, declaration.project_name, documents)


def texts_printed(entry: LoggedEvent) -> Iterator[str]:
    """What the lines of an event can be matched by."""
    event = entry.event
    lines: tuple[PaymentLine, ...] = ()
    if isinstance(event, Payment.Recorded | Payment.LinesAdded):
        lines = event.lines
    elif isinstance(event, Payment.LineCorrected):
        lines = (event.new,)
    for fact in lines:
        text = fact.project_code or fact.document_no
        if text:
            yield text


def _known_codes(printed: set[str], cursor: Cursor[TupleRow]) -> Iterator[tuple[Code, Any]]:
    if not printed:
        return
    cursor.execute(SQL["known_codes"], {"texts": list(printed)})
    for region, year, kind, code, target_id in cursor.fetchall():
        yield Code(region, year, CodeKind(kind), code), target_id


def _known_lines(
    declared: set[Code], vouchers: frozenset[UUID], cursor: Cursor[TupleRow]
) -> Iterator[Line]:
    if not declared and not vouchers:
        return
    parameters = {"texts": list({code.text for code in declared}), "vouchers": list(vouchers)}
    with cursor.connection.cursor(row_factory=dict_row) as rows:
        rows.execute(SQL["known_lines"], parameters)
        for row in rows:
            yield _line(row)


def _line(row: dict[str, Any]) -> Line:
    return Line(
        voucher_id=row["voucher_id"],
        voucher=VoucherKey(
            row["region"], row["fiscal_year"], VoucherKind(row["kind"]), row["voucher_no"]
        ),
        fact=PaymentLine(**{name: row[name] for name in _FACT}),
        moment=Moment(row["position"], row["recorded_at"]),
        target_id=row["target_id"],
        standing=Standing(row["standing"]),
        shares=from_document(tuple[Share, ...], row["shares"]) if row["shares"] else (),
    )


def write(book: Book, cursor: Cursor[TupleRow]) -> None:
    """Write the book's new codes, lines and entries as sets."""
    if book.new_codes:
        cursor.executemany(
            SQL["add_code"],
            [
                (code.region, code.fiscal_year, code.kind, code.text, target_id, position)
                for code, target_id, position in book.new_codes
            ],
        )
    if book.new_lines:
        copy_lines(cursor, SQL["copy_lines"], map(line_text, book.new_lines))
        entered = [line for line in book.new_lines if line.entered]
        cursor.execute(
            SQL["enter_lines"],
            {
                "first": book.new_lines[0].moment.position,
                "last": book.new_lines[-1].moment.position,
                "vouchers": [line.voucher_id for line in entered],
                "line_keys": [line.fact.line_key for line in entered],
            },
        )
    if book.changed:
        fresh = {(line.voucher_id, line.fact.line_key) for line in book.new_lines}
        changed = [changed_row(line) for key, line in book.changed.items() if key not in fresh]
        cursor.executemany(SQL["change_line"], changed)
    copy_lines(cursor, SQL["copy_entries"], map(entry_text, book.entries))


def line_text(line: Line) -> str:
    """A line as a row of ``payment_lines``, in the order of its COPY statement."""
    voucher, fact, moment = line.voucher, line.fact, line.moment
    line_key, region, voucher_no, *free, shares = texts(
        fact.line_key,
        voucher.region,
        voucher.voucher_no,
        fact.project_code,
        fact.project_name,
        fact.unit_code,
        fact.unit_name,
        fact.document_no,
        fact.fund_nature,
        fact.economic_class,
        fact.payee_account,
        fact.summary,
        as_document(line.shares) if line.shares else None,
    )
    vouchered_on = NULL if fact.vouchered_on is None else fact.vouchered_on
    source_row = NULL if fact.source_row is None else fact.source_row
    return (
        f"{line.voucher_id.int:032x}\t{line_key}\t{moment.position}\t{said(moment.recorded_at)}\t"
        f"{region}\t{voucher.budget_year}\t{voucher.kind}\t{voucher_no}\t{fact.amount}\t"
        f"{said(fact.paid_on)}\t{vouchered_on}\t{source_row}\t{TAB.join(free)}\t"
        f"{known(line.target_id)}\t{line.standing}\t{shares}"
    )


def entry_text(entry: Entry) -> str:
    """An entry as a row of ``payment_entries``, in the order of its COPY statement."""
    line, fact, moment = entry.line, entry.fact, entry.moment
    voucher = line.voucher
    region, unit, nature, account, line_key = texts(
        voucher.region, fact.unit_code, fact.fund_nature, fact.payee_account, fact.line_key
    )
    return (
        f"{moment.position}\t{said(moment.recorded_at)}\t{said(fact.paid_on)}\t{entry.amount}\t{region}\t"
        f"{voucher.budget_year}\t{entry.standing}\t{known(entry.target_id)}\t{unit}\t"
        f"{voucher.kind}\t{nature}\t{account}\t{line.voucher_id.int:032x}\t{line_key}"
    )


def changed_row(line: Line) -> dict[str, object]:
    """What a correction or a claim changes in a line's row."""
    return {
        **{name: getattr(line.fact, name) for name in _FACT},
        "voucher_id": line.voucher_id,
        "target_id": line.target_id,
        "standing": line.standing,
        "shares": as_document(line.shares) if line.shares else None,
    }
