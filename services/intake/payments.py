"""Payment files to vouchers: treasury exports of payment and allocation vouchers (rules §2).

Columns are those of the treasury's export, by their headings, in any order. One bad line
never hides another: it is listed with its place, field and reason, and the rest is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.line_key import keyed
from domain.payment import PaymentLine, VoucherKey
from services.intake.headings import find_heading
from services.intake.payment_columns import REQUIRED, SYNONYMS
from services.intake.payment_rows import Gathered, PaymentDefaults, SheetReader
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem

Voucher = tuple[VoucherKey, tuple[PaymentLine, ...]]


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A payment file, read.

    ``vouchers`` in the order of the file, each line with its key and its row. ``rows`` counts
    the lines read and refused; ``notes`` says what was left out and why.
    ``proposed_complete_to`` is the latest payment date, for a person to confirm.
    """

    vouchers: list[Voucher]
    errors: list[RowProblem]
    notes: list[str]
    proposed_complete_to: date | None
    rows: int


def read_payments(data: bytes, defaults: PaymentDefaults) -> PaymentFile:
    """Read a payment file.

    Raises:
        UnreadableFileError: no table, no heading, or its voucher numbers were damaged.
    """
    gathered = Gathered()
    found = False
    for table in read_tables(data):
        heading = find_heading(table, SYNONYMS, REQUIRED)
        if heading is not None:
            found = True
            SheetReader(table, heading, defaults, gathered).read()
    if not found:
        raise UnreadableFileError(
            "没有找到表头。支付数据至少需要三列：支付凭证号、实际支付金额、实际支付日期。"
        )
    return _finished(gathered, defaults.region)


def _finished(gathered: Gathered, region: str) -> PaymentFile:
    vouchers = [
        (VoucherKey(region, *key), keyed(lines, gathered.payees.get(key, ())))
        for key, lines in gathered.lines.items()
    ]
    lines = sum(len(lines) for _, lines in vouchers)
    last = max((line.paid_on for _, lines in vouchers for line in lines), default=None)
    notes = [*gathered.notes, *(f"{what}{n}行。" for what, n in gathered.left_out.items())]
    rows = lines + len(gathered.errors)
    return PaymentFile(vouchers, gathered.errors, notes, last, rows)
