"""Questions about lines that no target was found for, and what was said of them (未认领)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, dict_row

from domain.claim import Share
from domain.claim_rule import LinePattern
from domain.money import ZERO
from domain.payment import PaymentLine
from domain.proposal import Candidate
from services.readmodel.asking import clocks_of
from services.readmodel.documents import from_document
from services.readmodel.moment import Moment
from services.readmodel.unclaimed_rows import (
    ClaimedLine,
    ClaimStep,
    LineFilter,
    LinePage,
    LooseLine,
    Order,
    RuleRow,
    StandingSum,
    UnclaimedLine,
    UnitUnclaimed,
)
from services.sql import named_statements

SQL = named_statements("services.readmodel", "unclaimed.sql")

Connecting = Callable[[], AbstractContextManager[Connection[TupleRow]]]
Row = TypeVar("Row")


class UnclaimedLines:
    """Asks through connections it is lent."""

    def __init__(self, connecting: Connecting) -> None:
        self._connecting = connecting

    def page(
        self,
        moment: Moment,
        wanted: LineFilter,
        *,
        order: Order = Order.UNIT,
        start: int = 0,
        limit: int = 50,
    ) -> LinePage[UnclaimedLine]:
        """A part of the unclaimed lines; one that begins behind the end is the last one."""
        values = clocks_of(moment) | wanted.values() | {"order": order}
        return self._page(UnclaimedLine, "unclaimed_lines", values, start, limit)

    def claimed(
        self, moment: Moment, wanted: LineFilter, *, start: int = 0, limit: int = 50
    ) -> LinePage[ClaimedLine]:
        """A part of the lines that people claimed, split or marked, the latest first."""
        values = clocks_of(moment) | wanted.values()
        return self._page(ClaimedLine, "claimed_lines", values, start, limit)

    def years(self) -> list[int]:
        """Budget years that have payments, the newest first."""
        return [row["fiscal_year"] for row in self._dicts("years", {})]

    def units(self, moment: Moment) -> list[UnitUnclaimed]:
        """Units with something unclaimed."""
        return [UnitUnclaimed(**row) for row in self._dicts("unclaimed_units", clocks_of(moment))]

    def sums(self, moment: Moment) -> list[StandingSum]:
        """All that was entered, by month of payment, kind of voucher and standing."""
        return [StandingSum(**row) for row in self._dicts("standing_sums", clocks_of(moment))]

    def steps(self, voucher_id: UUID, line_key: str, known_at: int) -> list[ClaimStep]:
        """What people said of a line, in order."""
        values = {"voucher_id": voucher_id, "line_key": line_key, "known_at": known_at}
        return [ClaimStep(**row) for row in self._dicts("line_claims", values)]

    def rules(self, moment: Moment) -> list[RuleRow]:
        """The rules of a year, the newest first."""
        return [
            RuleRow(**row | {"pattern": from_document(LinePattern, row["pattern"])})
            for row in self._dicts("rules", clocks_of(moment))
        ]

    def loose(self, region: str, fiscal_year: int) -> Iterator[LooseLine]:
        """All lines that a rule may move, as they stand now."""
        for row in self._dicts("loose_lines", {"region": region, "fiscal_year": fiscal_year}):
            printed = {name: row[name] for name in _PRINTED}
            yield LooseLine(
                row["voucher_id"], row["voucher_no"], PaymentLine(**printed), row["rule"]
            )

    def candidates(self, fiscal_year: int) -> list[Candidate]:
        """The targets of a year, as proposals look at them."""
        return [
            Candidate(
                row["target_id"],
                row["project_name"],
                row["project_code"],
                row["unit_code"],
                row["unit_name"],
                tuple(row["codes"]),
                tuple(row["documents"]),
            )
            for row in self._dicts("candidates", {"fiscal_year": fiscal_year})
        ]

    def _page(
        self, kind: type[Row], statement: str, values: dict[str, Any], start: int, limit: int
    ) -> LinePage[Row]:
        found = self._dicts(statement, values | {"start": start, "limit": limit})
        if not found and start > 0:
            first = self._dicts(statement, values | {"start": 0, "limit": 1})
            lines = first[0]["lines_in_all"] if first else 0
            start = max(0, (lines - 1) // limit * limit)
            found = self._dicts(statement, values | {"start": start, "limit": limit})
        names = [one.name for one in fields(kind)]  # type: ignore[arg-type]  # a dataclass
        rows = tuple(kind(**{name: row[name] for name in names}) for row in found)
        if not found:
            return LinePage(rows, 0, 0, ZERO)
        return LinePage(rows, start, found[0]["lines_in_all"], found[0]["amount_in_all"])

    def _dicts(self, statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        with (
            self._connecting() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            found = cursor.execute(SQL[statement], values).fetchall()
        for row in found:
            if "shares" in row:
                row["shares"] = _shares(row["shares"])
        return found


_PRINTED = (
    "line_key",
    "amount",
    "paid_on",
    "project_code",
    "project_name",
    "unit_code",
    "unit_name",
    "document_no",
    "fund_nature",
    "economic_class",
    "summary",
)


def _shares(document: str | None) -> tuple[Share, ...]:
    return from_document(tuple[Share, ...], document) if document else ()
