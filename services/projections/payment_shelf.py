"""Lines, codes and rules on record, as the read tables have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow, dict_row

from domain.claim import Basis, Share
from domain.claim_rule import RuleBook
from domain.payment import PaymentLine, VoucherKey, VoucherKind
from services.projections.payment_line import (
    Code,
    CodeKind,
    Line,
    Moment,
    Owner,
    Place,
    Standing,
    owner_by_code,
)
from services.projections.payment_loading import Places
from services.projections.payment_rows import FACT, SQL
from services.readmodel.claim_rules import rule_books
from services.readmodel.documents import from_document


class TableShelf:
    """Asks through the cursor of the window at hand."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        self._cursor = cursor

    def places(self, targets: list[UUID]) -> Places:
        """Region and year of targets that were declared before."""
        self._cursor.execute(SQL["places"], {"ids": [str(target) for target in targets]})
        return {row[0]: Place(row[1], row[2]) for row in self._cursor.fetchall()}

    def codes(self, texts: list[str]) -> Iterator[tuple[Code, Owner]]:
        """The codes of these texts, the first target of a code first."""
        self._cursor.execute(SQL["known_codes"], {"texts": texts})
        for region, year, kind, text, target_id, basis in self._cursor.fetchall():
            owner = owner_by_code(target_id, Basis(basis) if basis else None)
            yield Code(region, year, CodeKind(kind), text), owner

    def lines_of_vouchers(self, vouchers: list[UUID]) -> Iterator[Line]:
        """All lines of vouchers."""
        return self._lines("lines_of_vouchers", vouchers=vouchers)

    def lines_that_wait(self, texts: list[str]) -> Iterator[Line]:
        """Loose lines that print one of these codes."""
        return self._lines("lines_that_wait", texts=texts)

    def loose_lines(self, place: Place) -> Iterator[Line]:
        """What a rule may move."""
        return self._lines("loose_lines", **place._asdict())

    def rules(self) -> dict[Place, RuleBook]:
        """The rules as they stand."""
        books = rule_books(self._cursor)
        return defaultdict(RuleBook, {Place(*place): book for place, book in books.items()})

    def _lines(self, statement: str, **values: object) -> Iterator[Line]:
        with self._cursor.connection.cursor(row_factory=dict_row) as rows:
            yield from map(_line, rows.execute(SQL[statement], values))


def _line(row: dict[str, Any]) -> Line:
    return Line(
        voucher_id=row["voucher_id"],
        voucher=VoucherKey(
            row["region"], row["fiscal_year"], VoucherKind(row["kind"]), row["voucher_no"]
        ),
        fact=PaymentLine(**{name: row[name] for name in FACT}),
        moment=Moment(row["position"], row["recorded_at"]),
        owner=Owner(
            Standing(row["standing"]),
            row["target_id"],
            Basis(row["basis"]) if row["basis"] else None,
            row["rule"],
        ),
        shares=from_document(tuple[Share, ...], row["shares"]) if row["shares"] else (),
    )
