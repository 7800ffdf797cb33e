"""Rows about accounts and their rights, as they stand now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.access.account import Account
from services.projections.window import EventClass, Window
from services.sql import named_statements

SQL = named_statements("services.projections", "accounts.sql")

Values = dict[str, Any]


def _opened(event: Account.Opened) -> Values:
    return {
        "region": event.region,
        "login": event.login,
        "name": event.name,
        "kind": event.account_kind,
    }


def _renamed(event: Account.Renamed) -> Values:
    return {"name": event.name}


def _given(event: Account.GrantGiven) -> Values:
    grant = event.grant
    return {
        "grant_id": grant.grant_id,
        "role": grant.role,
        "place": list(grant.place),
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
        "lent_by": grant.lent_by,
        "reason": event.reason,
    }


def _ended(event: Account.GrantEnded) -> Values:
    return {"grant_ids": [event.grant_id], "ends_on": event.ends_on}


def _handed_over(event: Account.HandedOver) -> Values:
    return {
        "grant_ids": list(event.grant_ids),
        "ends_on": event.handed_on - timedelta(days=1),
    }


ROWS: dict[EventClass, tuple[str, Callable[[Any], Values]]] = {
    Account.Opened: ("opened", _opened),
    Account.Renamed: ("renamed", _renamed),
    Account.Disabled: ("disabled", lambda _: {"is_disabled": True}),
    Account.Enabled: ("disabled", lambda _: {"is_disabled": False}),
    Account.GrantGiven: ("grant_given", _given),
    Account.GrantEnded: ("grant_ended", _ended),
    Account.HandedOver: ("grant_ended", _handed_over),
}


class AccountRows:
    """Few events, one row each."""

    name = "accounts"
    halts = False

    def apply(self, window: Window, cursor: Cursor[TupleRow]) -> None:
        """Write a row for each event this family knows."""
        for entry in window.entries:
            known = ROWS.get(type(entry.event))
            if known is not None:
                statement, values = known
                moment = {"account_id": entry.event.originator_id, "position": entry.position}
                cursor.execute(SQL[statement], moment | values(entry.event))
