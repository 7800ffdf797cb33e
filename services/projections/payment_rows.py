"""What a window did to voucher lines, written as sets."""

from __future__ import annotations

from dataclasses import fields

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.payment import PaymentLine
from services.projections.copying import NULL, copy_lines, said, texts
from services.projections.payment_book import Book
from services.projections.payment_line import Entry, Line, Owner
from services.readmodel.documents import as_document
from services.sql import named_statements

SQL = named_statements("services.projections", "payments.sql")

FACT = tuple(one.name for one in fields(PaymentLine))
"""Fields of a line, each a column of its own."""

TAB = "\t"


def write(book: Book, cursor: Cursor[TupleRow]) -> None:
    """Write the book's new codes, lines and entries."""
    if book.new_codes:
        cursor.executemany(
            SQL["add_code"],
            [(*code, owner.target_id, owner.basis, at) for code, owner, at in book.new_codes],
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
        f"{line.owner.columns}\t{line.owner.is_loose}\t{shares}"
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
        f"{voucher.budget_year}\t{entry.owner.columns}\t{unit}\t"
        f"{voucher.kind}\t{nature}\t{account}\t{line.voucher_id.int:032x}\t{line_key}"
    )


def owner_row(owner: Owner) -> dict[str, object]:
    """Whose a line is, by column."""
    return {
        "standing": owner.standing,
        "target_id": owner.target_id,
        "basis": owner.basis,
        "rule": owner.rule,
        "loose": owner.is_loose,
    }


def changed_row(line: Line) -> dict[str, object]:
    """What a correction, a claim or a rule changes in a line's row."""
    return {
        **{name: getattr(line.fact, name) for name in FACT},
        **owner_row(line.owner),
        "voucher_id": line.voucher_id,
        "shares": as_document(line.shares) if line.shares else None,
    }
