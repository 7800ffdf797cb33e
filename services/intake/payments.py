"""Payment files to vouchers: treasury exports of payment and allocation vouchers (rules §2).

Columns are those of the treasury's export, by their headings, in any order. One bad line
never hides another: it is listed with its place, field and reason, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.line_key import keyed
from domain.payment import PaymentLine, VoucherKey
from services.intake.choice import ColumnRead
from services.intake.payment_rows import Gathered, PaymentDefaults, SheetReader
from services.intake.reading import sections_in
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem, Table
from services.intake.vocabulary import vocabulary_of

Voucher = tuple[VoucherKey, tuple[PaymentLine, ...]]


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A payment file, read.

    ``vouchers`` in the order of the file, each line with its key and its row. ``rows`` counts
    the lines read and refused; ``notes`` says what was left out and why, ``findings`` what a
    person should look at. ``proposed_complete_to`` is the latest payment date, for a person
    to confirm.
    """

    vouchers: list[Voucher]
    errors: list[RowProblem]
    notes: list[str]
    proposed_complete_to: date | None
    rows: int
    findings: tuple[RowProblem, ...] = ()
    columns: tuple[ColumnRead, ...] = ()


def read_payments(data: bytes, defaults: PaymentDefaults) -> PaymentFile:
    """Read a payment file.

    Raises:
        UnreadableFileError: no table, no heading, or its voucher numbers were damaged.
    """
    return payments_in(read_tables(data), defaults)


def payments_in(tables: Sequence[Table], defaults: PaymentDefaults) -> PaymentFile:
    """Read the tables of a payment file; see ``read_payments``."""
    vocabulary = vocabulary_of("payments")
    gathered = Gathered()
    for section in sections_in(tables, vocabulary, defaults.aids, gathered.heard):
        SheetReader(section, defaults, gathered).read()
    return _finished(gathered, defaults.region)


def _finished(gathered: Gathered, region: str) -> PaymentFile:
    vouchers = [
        (VoucherKey(region, *key), keyed(lines, gathered.payees.get(key, ())))
        for key, lines in gathered.lines.items()
    ]
    heard = gathered.heard
    lines = sum(len(lines) for _, lines in vouchers)
    return PaymentFile(
        vouchers,
        heard.errors,
        heard.all_notes(),
        max((line.paid_on for _, lines in vouchers for line in lines), default=None),
        lines + len(heard.errors),
        tuple(heard.findings),
        tuple(heard.columns),
    )
