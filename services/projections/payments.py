"""Rows about payments: lines as they stand, and additive entries by owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.claim_rules import ClaimRules
from domain.payment import Payment
from services.log.reading import LoggedEvent
from services.projections.claims import write_claims
from services.projections.payment_book import Book
from services.projections.payment_line import Moment, Place
from services.projections.payment_loading import (
    NAMES_AND_CODES,
    Places,
    Shelf,
    codes_of,
    load,
    places_of,
)
from services.projections.payment_rows import write
from services.projections.payment_shelf import TableShelf
from services.projections.window import EventClass, Window


def _recorded(book: Book, event: Payment.Recorded, moment: Moment) -> None:
    book.record(event.originator_id, event.voucher, event.lines, moment)


def _lines_added(book: Book, event: Payment.LinesAdded, moment: Moment) -> None:
    voucher = book.vouchers[event.originator_id]
    book.record(event.originator_id, voucher, event.lines, moment)


def _corrected(book: Book, event: Payment.LineCorrected, moment: Moment) -> None:
    book.correct(event.originator_id, event.new, moment)


def _claimed(book: Book, event: Payment.LineClaimed, moment: Moment) -> None:
    book.claim(event.originator_id, event.line_key, event.shares, moment)


def _withdrawn(book: Book, event: Payment.ClaimWithdrawn, moment: Moment) -> None:
    book.claim(event.originator_id, event.line_key, (), moment)


def _rule_added(book: Book, event: ClaimRules.RuleAdded, moment: Moment) -> None:
    book.put_rule(Place(event.region, event.fiscal_year), event.rule, moment)


def _rule_ended(book: Book, event: ClaimRules.RuleEnded, moment: Moment) -> None:
    place = Place(event.region, event.fiscal_year)
    known = book.rules[place].rule(event.number)
    book.put_rule(place, replace(known, stops_on=event.stops_on), moment)


TAKES: dict[EventClass, Callable[[Book, Any, Moment], None]] = {
    Payment.Recorded: _recorded,
    Payment.LinesAdded: _lines_added,
    Payment.LineCorrected: _corrected,
    Payment.LineClaimed: _claimed,
    Payment.ClaimWithdrawn: _withdrawn,
    ClaimRules.RuleAdded: _rule_added,
    ClaimRules.RuleEnded: _rule_ended,
}
"""What each event does to the book, besides those that name a target's codes."""

KNOWN = NAMES_AND_CODES | TAKES.keys()


class PaymentRows:
    """What was paid, for whom, and what is not claimed yet."""

    name = "payments"
    halts = True

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Load what the window touches, run through it in the order of the log, write sets."""
        entries = [entry for entry in window.entries if type(entry.event) in KNOWN]
        if not entries:
            return
        write(run(entries, TableShelf(cursor)), cursor)
        write_claims(entries, cursor)


def run(entries: Sequence[LoggedEvent], shelf: Shelf) -> Book:
    """Take events in the order of the log; the book says what they change on the shelf."""
    places = places_of(entries, shelf)
    book = load(entries, places, shelf)
    for entry in entries:
        _take(entry, places, book)
    return book


def _take(entry: LoggedEvent, places: Places, book: Book) -> None:
    moment = Moment(entry.position, entry.recorded_at)
    take = TAKES.get(type(entry.event))
    if take is not None:
        take(book, entry.event, moment)
        return
    for code, owner in codes_of(entry, places):
        book.add_code(code, owner, moment)
