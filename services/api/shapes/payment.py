"""Vouchers on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from domain.claim import Basis, Share
from domain.payment import PaymentLine, VoucherKey, VoucherKind
from services.api.shapes.values import (
    Body,
    ByCode,
    Code,
    Day,
    MoneyField,
    Name,
    Reply,
    Text,
    Year,
)
from services.intake.payments import Voucher
from services.recording import Outcome

Kind = Annotated[VoucherKind, ByCode()]


class LineShape(Body):
    """One line of a voucher; a reversal is negative, at its own date."""

    line_key: Annotated[Code | None, Field(description="导出文件自带的行号；缺省由行内容确定")] = (
        None
    )
    amount: MoneyField
    paid_on: Day
    project_code: Code | None = None
    project_name: Name | None = None
    unit_code: Code | None = None
    unit_name: Name | None = None
    document_no: Name | None = None
    fund_nature: Name | None = None
    economic_class: Name | None = None
    payee_account: Annotated[Code | None, Field(description="拨款凭证的收款账户")] = None
    summary: Text | None = None
    vouchered_on: Day | None = None

    def to_domain(self) -> PaymentLine:
        """The domain's line; a blank key is filled by recording."""
        return PaymentLine(
            self.line_key or "",
            self.amount.amount,
            self.paid_on,
            self.project_code,
            self.project_name,
            self.unit_code,
            self.unit_name,
            self.document_no,
            self.fund_nature,
            self.economic_class,
            self.payee_account,
            self.summary,
            self.vouchered_on,
        )


class VoucherShape(Body):
    """One voucher with its lines."""

    budget_year: Year
    kind: Annotated[Kind | None, Field(description="缺省为支付凭证")] = None
    voucher_no: Code
    lines: Annotated[list[LineShape], Field(min_length=1, max_length=5000)]

    def to_domain(self, region: str) -> Voucher:
        """The domain's voucher."""
        kind = self.kind or VoucherKind.PAYMENT
        key = VoucherKey(region, self.budget_year, kind, self.voucher_no)
        return key, tuple(line.to_domain() for line in self.lines)


class PaymentsShape(Body):
    """Vouchers of one request; with ``complete_to`` it states how far the data reach."""

    fiscal_year: Year
    vouchers: Annotated[list[VoucherShape], Field(max_length=20_000)]
    complete_to: Annotated[Day | None, Field(description="支付数据截至日")] = None


class ConflictReply(Reply):
    """A line that contradicts the record; the first one stayed."""

    voucher_no: str
    line_key: str
    known_amount: MoneyField
    known_on: Day
    given_amount: MoneyField
    given_on: Day
    source_row: int | None
    message: str


class ProblemRowReply(Reply):
    """A line of a file that could not be read."""

    place: str
    field: str
    message: str


class ImportedReply(Reply):
    """What became of a batch, in lines: rows = stored + known + conflict_count + refused."""

    import_id: UUID
    outcome: Outcome
    name: str
    rows: int
    stored: int
    known: int
    conflict_count: int
    refused: int
    conflicts: tuple[ConflictReply, ...]
    problems: tuple[ProblemRowReply, ...]
    notes: tuple[str, ...]
    complete_to: Day | None
    proposed_complete_to: Day | None
    unclaimed: int | None
    position: int | None


class PaymentReply(Reply):
    """A voucher line as it stands."""

    voucher_id: UUID
    line_key: str
    kind: Annotated[Kind, BeforeValidator(VoucherKind)]
    voucher_no: str
    amount: MoneyField
    paid_on: Day
    project_code: str | None
    project_name: str | None
    unit_code: str | None
    fund_nature: str | None
    summary: str | None
    target_id: UUID | None
    standing: str
    basis: Annotated[Basis | None, Field(description="归属依据")]
    rule: Annotated[int | None, Field(description="按规则归集的，规则号")]
    position: int
    recorded_at: datetime


class CorrectionShape(Body):
    """What a line should have said; what is left out stays as it was."""

    line_key: Code
    reason: Text
    amount: MoneyField | None = None
    paid_on: Day | None = None
    project_code: Code | None = None
    document_no: Name | None = None
    fund_nature: Name | None = None


class ShareShape(Body):
    """A part of a line; without target it is basic expenditure (基本支出), or still unclaimed."""

    target_id: UUID | None
    amount: MoneyField
    unclaimed: Annotated[bool, Field(description="这一部分仍未认领（target_id 为 null）")] = False

    def to_domain(self) -> Share:
        """The domain's share."""
        return Share(self.target_id, self.amount.amount, self.unclaimed)


class ShareReply(Reply):
    """A part of a line as a person claimed it."""

    target_id: UUID | None
    amount: MoneyField
    unclaimed: bool


class ClaimShape(Body):
    """Whose a line is; the parts add up to it."""

    line_key: Code
    shares: Annotated[list[ShareShape], Field(min_length=1, max_length=200)]
    reason: Text
