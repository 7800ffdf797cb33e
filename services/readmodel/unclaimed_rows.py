"""What is answered about unclaimed lines: frozen rows; money in yuan, days in Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.claim import Share
from domain.claim_rule import ClaimRule, LinePattern
from domain.payment import PaymentLine
from domain.plan import month_end

Row = TypeVar("Row")


class Order(StrEnum):
    """How a list is sorted; lines to be split anew always come first."""

    UNIT = "unit"
    PAID_ON = "paid_on"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines of a list are wanted; None wants all.

    ``unit`` is a unit's code, its name where it prints none, "" for lines of no unit. ``month``
    is one of payment, by any of its days. Amounts in yuan, reversals by their size. ``text``
    stands anywhere in what the line prints.
    """

    unit: str | None = None
    month: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    text: str | None = None

    def values(self) -> dict[str, Any]:
        """The filter as parameters."""
        month = self.month
        return {
            "unit": self.unit,
            "first": month.replace(day=1) if month else None,
            "last": month_end(month) if month else None,
            "least": self.least,
            "most": self.most,
            "text": f"%{_literal(self.text)}%" if self.text else None,
        }


def _literal(text: str) -> str:
    """A text as ILIKE reads it, its signs meaning themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class UnclaimedLine:
    """A line, or the rest of a split one, that is nobody's yet; yuan.

    ``amount`` is what is unclaimed of ``line_amount``. ``basis`` is None where nothing was found,
    ``hand`` where a person left it open, ``reopened`` where its parts add up no longer; ``shares``
    are what a person said.
    """

    voucher_id: UUID
    line_key: str
    position: int
    recorded_at: datetime
    kind: str
    voucher_no: str
    amount: Decimal
    line_amount: Decimal
    paid_on: date
    unit_code: str | None
    unit_name: str | None
    project_code: str | None
    project_name: str | None
    document_no: str | None
    fund_nature: str | None
    economic_class: str | None
    summary: str | None
    basis: str | None
    shares: tuple[Share, ...]

    def printed(self) -> PaymentLine:
        """The line as a rule or a proposal looks at it."""
        return PaymentLine(
            self.line_key,
            self.line_amount,
            self.paid_on,
            self.project_code,
            self.project_name,
            self.unit_code,
            self.unit_name,
            self.document_no,
            self.fund_nature,
            self.economic_class,
            summary=self.summary,
        )


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """A line of which a person said something that still counts; ``position`` is the claim's."""

    voucher_id: UUID
    line_key: str
    position: int
    recorded_at: datetime
    kind: str
    voucher_no: str
    amount: Decimal
    paid_on: date
    unit_code: str | None
    unit_name: str | None
    project_code: str | None
    project_name: str | None
    document_no: str | None
    fund_nature: str | None
    economic_class: str | None
    summary: str | None
    standing: str
    basis: str | None
    shares: tuple[Share, ...]
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class LinePage(Generic[Row]):
    """A part of a list, and what the whole list comes to; yuan."""

    rows: tuple[Row, ...]
    start: int
    lines: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class UnitUnclaimed:
    """What a unit has unclaimed; ``unit`` as a filter names it.

    ``reopened`` of the lines are to be split anew.
    """

    unit: str
    name: str | None
    lines: int
    amount: Decimal
    reopened: int


@dataclass(frozen=True, slots=True)
class StandingSum:
    """What stands somewhere, of one month of payment and kind of voucher; yuan."""

    month: date
    kind: str
    standing: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """What a person said of a line; no shares: that it was withdrawn."""

    position: int
    recorded_at: datetime
    actor: str
    shares: tuple[Share, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as known, who set it and why, and what it holds at a pair of clocks; yuan."""

    number: int
    position: int
    recorded_at: datetime
    actor: str
    pattern: LinePattern
    target_id: UUID | None
    project_name: str | None
    from_on: date
    reason: str
    stops_on: date | None
    end_reason: str | None
    ended_by: str | None
    ended_at: datetime | None
    lines: int
    amount: Decimal

    @property
    def rule(self) -> ClaimRule:
        """The domain's rule."""
        return ClaimRule(self.number, self.pattern, self.target_id, self.from_on, self.stops_on)


@dataclass(frozen=True, slots=True)
class LooseLine:
    """A line that a rule may move, and the rule that holds it now."""

    voucher_id: UUID
    voucher_no: str
    printed: PaymentLine
    rule: int | None
