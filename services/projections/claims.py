"""Rows about what people said of voucher lines: each claim, and the standing rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.claim import Share
from domain.claim_rules import ClaimRules
from domain.payment import Payment
from services.log.reading import LoggedEvent
from services.projections.window import EventClass
from services.readmodel.documents import as_document
from services.sql import named_statements

SQL = named_statements("services.projections", "claims.sql")

Row = dict[str, Any]


def _said(event: Payment.LineClaimed | Payment.ClaimWithdrawn, shares: tuple[Share, ...]) -> Row:
    return {
        "voucher_id": event.originator_id,
        "line_key": event.line_key,
        "shares": as_document(shares) if shares else None,
        "reason": event.reason,
    }


def _claimed(event: Payment.LineClaimed) -> Row:
    return _said(event, event.shares)


def _withdrawn(event: Payment.ClaimWithdrawn) -> Row:
    return _said(event, ())


def _rule_added(event: ClaimRules.RuleAdded) -> Row:
    rule = event.rule
    return {
        "region": event.region,
        "fiscal_year": event.fiscal_year,
        "number": rule.number,
        "pattern": as_document(rule.pattern),
        "target_id": rule.target_id,
        "from_on": rule.from_on,
        "reason": event.reason,
    }


def _rule_ended(event: ClaimRules.RuleEnded) -> Row:
    return {
        "region": event.region,
        "fiscal_year": event.fiscal_year,
        "number": event.number,
        "stops_on": event.stops_on,
        "reason": event.reason,
    }


ROWS: dict[EventClass, tuple[str, Callable[[Any], Row]]] = {
    Payment.LineClaimed: ("claim", _claimed),
    Payment.ClaimWithdrawn: ("claim", _withdrawn),
    ClaimRules.RuleAdded: ("rule", _rule_added),
    ClaimRules.RuleEnded: ("rule_end", _rule_ended),
}


def write_claims(entries: Iterable[LoggedEvent], cursor: Cursor[TupleRow]) -> None:
    """Write a row for each claim, withdrawal and change of a rule, as sets."""
    sets: dict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        known = ROWS.get(type(entry.event))
        if known is not None:
            statement, row = known
            moment = {
                "position": entry.position,
                "recorded_at": entry.recorded_at,
                "actor": entry.meta.actor,
            }
            sets[statement].append(moment | row(entry.event))
    for statement, rows in sets.items():
        cursor.executemany(SQL[statement], rows)
