"""What a window's events touch of the lines, codes and rules on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol
from uuid import UUID

from domain.claim import Basis
from domain.claim_rule import RuleBook
from domain.claim_rules import ClaimRules
from domain.declaration import Declaration
from domain.payment import Payment, PaymentLine
from domain.target import Target
from services.log.reading import LoggedEvent
from services.projections.payment_book import Book
from services.projections.payment_line import (
    Code,
    CodeKind,
    Finding,
    Line,
    Owner,
    Place,
    owner_by_code,
    target_codes,
)

NAMES_AND_CODES = frozenset(
    {Target.Declared, Target.RevisionApproved, Target.CodeAdded, Target.FundLineArrived}
)
CHANGES = frozenset(
    {Payment.LinesAdded, Payment.LineCorrected, Payment.LineClaimed, Payment.ClaimWithdrawn}
)

Places = dict[Any, Place]
"""Region and year by target."""


def names_a_code(entry: LoggedEvent) -> bool:
    """Whether an event may let its target be found by something."""
    return type(entry.event) in NAMES_AND_CODES


class Shelf(Protocol):
    """What is on record, by what is asked of it."""

    def places(self, targets: list[UUID]) -> Places:
        """Region and year of targets that were declared before."""

    def codes(self, texts: list[str]) -> Iterator[tuple[Code, Owner]]:
        """The codes of these texts, the first target of a code first."""

    def lines_of_vouchers(self, vouchers: list[UUID]) -> Iterator[Line]:
        """All lines of vouchers."""

    def lines_that_wait(self, texts: list[str]) -> Iterator[Line]:
        """Loose lines that print one of these codes."""

    def loose_lines(self, place: Place) -> Iterator[Line]:
        """What a rule may move."""

    def rules(self) -> dict[Place, RuleBook]:
        """The rules as they stand."""


def places_of(entries: Iterable[LoggedEvent], shelf: Shelf) -> Places:
    """Region and year of each target whose later events name only a code or a line."""
    named = [entry.event for entry in entries if names_a_code(entry)]
    ids = [
        event.originator_id
        for event in named
        if isinstance(event, Target.CodeAdded | Target.FundLineArrived)
    ]
    places = shelf.places(ids) if ids else {}
    for event in named:
        if isinstance(event, Target.Declared):
            declaration = event.declaration
            places[event.originator_id] = Place(declaration.region, declaration.fiscal_year)
    return places


def load(entries: Sequence[LoggedEvent], places: Places, shelf: Shelf) -> Book:
    """A book with the lines, codes and rules on record that the events touch."""
    touched = frozenset(e.event.originator_id for e in entries if type(e.event) in CHANGES)
    ruled = frozenset(_ruled(entries))
    book = Book(touched, ruled, rules=shelf.rules())
    declared = {code.text for e in entries if names_a_code(e) for code, _ in codes_of(e, places)}
    printed = declared | {text for e in entries for text in texts_printed(e)}
    for line in _known_lines(declared, book, shelf):
        book.load_line(line)
        if line.voucher_id in touched:
            printed.update(_texts([line.fact]))
    if printed:
        for code, owner in shelf.codes(list(printed)):
            book.owners[code].append(owner)
    return book


def _known_lines(declared: set[str], book: Book, shelf: Shelf) -> Iterator[Line]:
    """Lines of touched vouchers, those that wait for a code, and those a rule may move."""
    if book.touched:
        yield from shelf.lines_of_vouchers(list(book.touched))
    if declared:
        yield from shelf.lines_that_wait(list(declared))
    for place in sorted(book.ruled):
        yield from shelf.loose_lines(place)


def _ruled(entries: Iterable[LoggedEvent]) -> Iterator[Place]:
    for entry in entries:
        event = entry.event
        if isinstance(event, ClaimRules.RuleAdded | ClaimRules.RuleEnded):
            yield Place(event.region, event.fiscal_year)


def codes_of(entry: LoggedEvent, places: Places) -> Iterator[tuple[Code, Owner]]:
    """What an event lets its target be found by, and whose a line is that prints it."""
    event = entry.event
    found: Iterable[Finding]
    if isinstance(event, Target.Declared | Target.RevisionApproved):
        found = [
            *_declared_codes(event.declaration),
            (CodeKind.TARGET, str(event.originator_id), None),
        ]
        place = Place(event.declaration.region, event.declaration.fiscal_year)
    elif isinstance(event, Target.CodeAdded):
        found = [(CodeKind.PROJECT, event.project_code, Basis.PROJECT_CODE)]
        place = places[event.originator_id]
    elif isinstance(event, Target.FundLineArrived):
        found = target_codes(None, "", [event.line.document_no])
        place = places[event.originator_id]
    else:
        return
    for kind, text, basis in found:
        yield Code(*place, kind, text), owner_by_code(event.originator_id, basis)


def _declared_codes(declaration: Declaration) -> Iterable[Finding]:
    documents = [line.document_no for line in declaration.fund_lines]
    return target_codes(declaration.project_code, declaration.project_name, documents)


def texts_printed(entry: LoggedEvent) -> Iterator[str]:
    """What the lines of an event can be matched by."""
    event = entry.event
    if isinstance(event, Payment.Recorded | Payment.LinesAdded):
        return _texts(event.lines)
    return _texts([event.new] if isinstance(event, Payment.LineCorrected) else [])


def _texts(lines: Iterable[PaymentLine]) -> Iterator[str]:
    for fact in lines:
        text = fact.project_code or fact.document_no
        if text:
            yield text
