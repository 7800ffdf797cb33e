"""One voucher as it was actually paid (支付凭证、拨款凭证), with its lines (rules §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.claim import Share, require_parts
from domain.errors import MonitoringError, NotOnRecordError, said_reason
from domain.event import DomainAggregate
from domain.identity import voucher_id


class VoucherKind(StrEnum):
    """Which document moved the money."""

    PAYMENT = "支付凭证"
    ALLOCATION = "拨款凭证"


@dataclass(frozen=True, slots=True)
class VoucherKey:
    """What makes a voucher the same voucher: region, its budget year, kind and number."""

    region: str
    budget_year: int
    kind: VoucherKind
    voucher_no: str


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One line of a voucher, in yuan; a negative amount is a reversal at its own date.

    ``line_key`` is the export's own line number, else derived from what distinguishes the
    lines of one voucher. Codes and names are kept as printed: matching is a reading.
    """

    line_key: str
    amount: Decimal
    paid_on: date
    project_code: str | None = None
    project_name: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    document_no: str | None = None
    fund_nature: str | None = None
    economic_class: str | None = None
    payee_account: str | None = None
    summary: str | None = None
    vouchered_on: date | None = None
    source_row: int | None = None

    def same_fact(self, other: PaymentLine) -> bool:
        """Whether two lines of one key say the same: amount and date (rules §2)."""
        return (self.amount, self.paid_on) == (other.amount, other.paid_on)


class LineConflict(MonitoringError):  # noqa: N818  # a finding of an import as often as a refusal
    """The same line of the same voucher came back with another amount or date."""

    code = "voucher_conflict"

    def __init__(self, key: VoucherKey, known: PaymentLine, given: PaymentLine) -> None:
        super().__init__(
            f"凭证{key.voucher_no}第{known.line_key}行已有记录："
            f"{known.amount}元（{known.paid_on}），与本次{given.amount}元（{given.paid_on}）不同，"
            f"未覆盖。若原记录有误，请录更正。"
        )
        self.key, self.known, self.given = key, known, given


class Payment(DomainAggregate):
    """One voucher, one stream: the primary key of the log refuses a double."""

    TOPIC = "payment"

    class Event(DomainAggregate.Event):
        """Anything recorded about a payment."""

    class Recorded(Event, DomainAggregate.Created):
        """资金已支付."""

        TOPIC = "payment.recorded"
        voucher: VoucherKey
        lines: tuple[PaymentLine, ...]
        import_id: UUID | None

    Created = Recorded

    class LinesAdded(Event):
        """凭证已补行."""

        TOPIC = "payment.lines_added"
        lines: tuple[PaymentLine, ...]
        import_id: UUID | None

    class LineCorrected(Event):
        """支付已更正."""

        TOPIC = "payment.line_corrected"
        old: PaymentLine
        new: PaymentLine
        reason: str

    class LineClaimed(Event):
        """支付已认领、拆分或标为基本支出."""

        TOPIC = "payment.line_claimed"
        line_key: str
        shares: tuple[Share, ...]
        reason: str

    class ClaimWithdrawn(Event):
        """认领已撤销: the line is where its codes and the rules say."""

        TOPIC = "payment.claim_withdrawn"
        line_key: str
        shares: tuple[Share, ...]
        reason: str

    @event(Recorded)
    def __init__(
        self,
        voucher: VoucherKey,
        lines: tuple[PaymentLine, ...],
        import_id: UUID | None,
    ) -> None:
        self.voucher = voucher
        self.lines = {line.line_key: line for line in lines}
        self.import_id = import_id
        self.claims: dict[str, tuple[Share, ...]] = {}

    @staticmethod
    def create_id(voucher: VoucherKey) -> UUID:
        """Derive the id, so that the same voucher twice collides in the log itself."""
        return voucher_id(voucher.region, voucher.budget_year, voucher.kind, voucher.voucher_no)

    def compare(
        self, lines: tuple[PaymentLine, ...]
    ) -> tuple[list[PaymentLine], list[LineConflict]]:
        """Answer which lines are new, and which contradict the record; the first one stays."""
        fresh: list[PaymentLine] = []
        conflicts: list[LineConflict] = []
        for line in lines:
            known = self.lines.get(line.line_key)
            if known is None:
                fresh.append(line)
            elif not known.same_fact(line):
                conflicts.append(LineConflict(self.voucher, known, line))
        return fresh, conflicts

    def add_lines(self, lines: tuple[PaymentLine, ...], import_id: UUID | None) -> None:
        """Record lines that a later file brought; the caller compared them first."""
        self._add_lines(lines, import_id)

    @event(LinesAdded)
    def _add_lines(self, lines: tuple[PaymentLine, ...], import_id: UUID | None) -> None:  # noqa: ARG002
        self.lines.update({line.line_key: line for line in lines})

    def correct(self, new: PaymentLine, reason: str) -> None:
        """Mend what was written wrongly, as of the payment's own date (rules §2)."""
        self._correct(self.line(new.line_key), new, reason)

    @event(LineCorrected)
    def _correct(self, old: PaymentLine, new: PaymentLine, reason: str) -> None:  # noqa: ARG002
        self.lines[new.line_key] = new

    def claim(self, line_key: str, shares: tuple[Share, ...], reason: str) -> bool:
        """Say whose line it is, whole or in parts; answer whether that is new.

        Raises:
            NotOnRecordError: the voucher has no such line.
            SplitDoesNotAddUpError: the parts do not add up to the line.
            UnsoundPartError: a part cannot be one.
            ReasonMissingError: nobody says why.
        """
        require_parts(shares, self.line(line_key).amount)
        if self.claims.get(line_key) == shares:
            return False
        self._claim(line_key, shares, said_reason(reason))
        return True

    @event(LineClaimed)
    def _claim(self, line_key: str, shares: tuple[Share, ...], reason: str) -> None:  # noqa: ARG002
        self.claims[line_key] = shares

    def withdraw_claim(self, line_key: str, reason: str) -> bool:
        """Take back what a person said of a line; False where nobody said anything.

        Raises:
            NotOnRecordError: the voucher has no such line.
            ReasonMissingError: nobody says why.
        """
        self.line(line_key)
        shares = self.claims.get(line_key)
        if shares is None:
            return False
        self._withdraw_claim(line_key, shares, said_reason(reason))
        return True

    @event(ClaimWithdrawn)
    def _withdraw_claim(self, line_key: str, shares: tuple[Share, ...], reason: str) -> None:  # noqa: ARG002
        del self.claims[line_key]

    def line(self, line_key: str) -> PaymentLine:
        """One of its lines as it stands; NotOnRecordError."""
        try:
            return self.lines[line_key]
        except KeyError:
            raise NotOnRecordError(f"凭证{self.voucher.voucher_no}第{line_key}行") from None
