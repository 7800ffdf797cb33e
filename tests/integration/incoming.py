"""What tests of imports do to a log, in short words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from domain.importing import Import, ImportKind
from domain.payment import Payment, VoucherKey, VoucherKind
from services.database.connect import Database
from services.importing_payments import import_payments, preview_payments
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.readmodel.lookups import Lookups
from services.readmodel.readmodel import ReadModel
from services.recording import ImportReport
from tests.payment_files import REGION, TODAY, upload

META = Meta("预算股", None, "test")
MORNING = datetime(2026, 1, 31, 1, tzinfo=UTC)

Facts = dict[str, dict[str, tuple[Decimal, date]]]


@dataclass
class Desk:
    """A log and the read tables beside it."""

    log: Log
    lookups: Lookups
    projector: Projector
    read_model: ReadModel

    def bring_in(self, content: bytes, **changes: Any) -> ImportReport:
        """Import a payment file."""
        told = upload(content, **changes)
        return import_payments(self.log, self.lookups, told, meta=META, today=TODAY)

    def preview(self, content: bytes, **changes: Any) -> ImportReport:
        """Look at a payment file."""
        told = upload(content, **changes)
        return preview_payments(self.log, self.lookups, told, today=TODAY)

    def payment(self, number: str, kind: VoucherKind = VoucherKind.PAYMENT) -> Payment:
        """A voucher as it is on record."""
        return self.log.get(Payment, Payment.create_id(VoucherKey(REGION, 2025, kind, number)))

    def facts(self, region: str = REGION) -> Facts:
        """What every voucher of a region says, by line."""
        ids = [
            entry.event.originator_id
            for entry in self.log.read(0, 1_000_000)
            if isinstance(entry.event, Payment.Recorded) and entry.event.voucher.region == region
        ]
        return {
            payment.voucher.voucher_no: {
                key: (line.amount, line.paid_on) for key, line in payment.lines.items()
            }
            for payment in self.log.get_many(Payment, ids).values()
        }

    def import_on_record(self, content: bytes) -> Import:
        """The import of a file."""
        key = upload(content).key(ImportKind.PAYMENTS)
        return self.log.get(Import, Import.create_id(key))


@contextmanager
def desk_on(database: Database) -> Iterator[Desk]:
    """A desk on a fresh database, with read tables made."""
    log = Log(database.web_url, clock=lambda: MORNING)
    lookups = Lookups(database.web_url)
    projector = Projector(log, database.worker_url)
    projector.prepare_if_alone(lambda _: None)
    read_model = ReadModel(database.web_url)
    try:
        yield Desk(log, lookups, projector, read_model)
    finally:
        read_model.close()
        lookups.close()
        log.close()
