"""Payments are recorded and corrected (支付导入、更正; rules §2).

A request goes the same way as a file: vouchers in chunks, each voucher one stream; what is on
record is compared, never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import chain

import msgspec

from domain.access.action import Action
from domain.errors import NotOnRecordError
from domain.importing import FileKey, Import, ImportKind
from domain.line_key import keyed
from domain.payment import Payment, PaymentLine, VoucherKey
from services.access.permitting import permit
from services.importing import Opening, already_imported, on_record
from services.intake.payments import Voucher
from services.log.appending import Command
from services.log.application import Log
from services.log.meta import Meta
from services.recording import ImportReport, Progress, Recorded, require_past, silent
from services.retrying import decide_again
from services.storing_payments import store_as_import, store_by_command


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """Vouchers of one request. Lines with a blank key get one (rules §1).

    With ``complete_to`` the request counts as an import: it states how far the data reach.
    """

    region: str
    fiscal_year: int
    vouchers: tuple[Voucher, ...]
    complete_to: date | None = None
    name: str = "API"


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """What a line should have said; None leaves it as it was. Amount in yuan."""

    voucher: VoucherKey
    line_key: str
    reason: str
    amount: Decimal | None = None
    paid_on: date | None = None
    project_code: str | None = None
    document_no: str | None = None
    fund_nature: str | None = None


def record_payments(
    log: Log, batch: PaymentBatch, *, meta: Meta, today: date, progress: Progress = silent
) -> ImportReport:
    """Record the vouchers of a request; the same request again stores nothing.

    Raises:
        FutureDateError: a payment, or the day the data are complete to, lies after today.
    """
    permit(Action.RECORD_PAYMENT)
    vouchers = _grouped(batch.vouchers)
    for line in chain.from_iterable(lines for _, lines in vouchers):
        require_past(line.paid_on, today)
    require_past(batch.complete_to, today)
    body = msgspec.json.encode(replace(batch, name=""), order="deterministic")
    file = FileKey(batch.region, batch.fiscal_year, ImportKind.PAYMENTS, sha256(body).hexdigest())
    if batch.complete_to is None:
        return store_by_command(log, Import.create_id(file), vouchers, meta)
    begun = on_record(log, Import.create_id(file))
    if begun is not None and begun.running.completed:
        return already_imported(log, begun)
    rows = sum(len(lines) for _, lines in vouchers)
    opening = Opening(file, batch.name, rows, 0, batch.complete_to)
    return store_as_import(log, opening, vouchers, meta, progress)


def correct_payment(
    log: Log,
    correction: LineCorrection,
    *,
    meta: Meta,
    today: date,
    command: Command | None = None,
) -> Recorded:
    """Mend a line that was written wrongly, as of the payment's own date (rules §2).

    Raises:
        NotOnRecordError: no such voucher or line.
        FutureDateError: the corrected date lies after today.
    """
    permit(Action.RECORD_PAYMENT)
    require_past(correction.paid_on, today)
    changes = {
        name: value
        for name in ("amount", "paid_on", "project_code", "document_no", "fund_nature")
        if (value := getattr(correction, name)) is not None
    }

    def decide() -> Recorded:
        payment = _voucher(log, correction.voucher)
        old = payment.lines.get(correction.line_key)
        if old is None:
            raise NotOnRecordError(f"凭证{correction.voucher.voucher_no}第{correction.line_key}行")
        new = replace(old, **changes)
        if new != old:
            payment.correct(new, correction.reason)
        done = log.save(payment, meta=meta, command=command)
        return Recorded(done.last_position, changed=new != old or done.repeated)

    return decide_again(decide)


def _voucher(log: Log, key: VoucherKey) -> Payment:
    payment_id = Payment.create_id(key)
    found = log.get_many(Payment, [payment_id])
    if payment_id not in found:
        raise NotOnRecordError(f"{key.budget_year}年{key.kind}{key.voucher_no}")
    return found[payment_id]


def _grouped(vouchers: Iterable[Voucher]) -> list[Voucher]:
    """Bring the lines of one voucher together, and give keys to those without."""
    lines: dict[VoucherKey, list[PaymentLine]] = {}
    for key, given in vouchers:
        lines.setdefault(key, []).extend(given)
    return [(key, keyed(given)) for key, given in lines.items()]
