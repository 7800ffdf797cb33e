"""The standing rules for unclaimed lines, as they stand now."""

from __future__ import annotations

from collections import defaultdict

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.claim_rule import ClaimRule, LinePattern, RuleBook
from services.readmodel.documents import from_document
from services.sql import named_statements

SQL = named_statements("services.readmodel", "claim_rules.sql")


def rule_books(cursor: Cursor[TupleRow]) -> dict[tuple[str, int], RuleBook]:
    """All rules on record, by region and budget year."""
    books: dict[tuple[str, int], RuleBook] = defaultdict(RuleBook)
    cursor.execute(SQL["rules"])
    for region, year, number, pattern, target_id, from_on, stops_on in cursor.fetchall():
        rule = ClaimRule(number, from_document(LinePattern, pattern), target_id, from_on, stops_on)
        books[region, year].put(rule)
    return books
