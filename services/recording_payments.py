"""Payments are recorded, corrected and claimed (支付导入、更正、认领; rules §2).

A file and a request go the same way: vouchers in chunks, each voucher one stream; what is on
record is compared, never overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import chain

import msgspec

from domain.errors import NotOnRecordError
from domain.importing import FileKey, Import, ImportKind
from domain.line_key import keyed
from domain.payment import Payment, PaymentLine, Share, VoucherKey
from services.collecting import collector_resting
from services.importing import Opening, already_imported, as_first_sent, kept, on_record
from services.intake.files import ImportFiles
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import PaymentFile, Voucher, read_payments
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.log.appending import Command
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import (
    BadLinesError,
    ImportReport,
    Outcome,
    Progress,
    Recorded,
    Upload,
    require_past,
    silent,
)
from services.retrying import decide_again
from services.storing_payments import (
    compare_all,
    store_as_import,
    store_by_command,
)


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


@dataclass(frozen=True, slots=True)
class LineClaim:
    """Whose a line is: whole, in parts, or basic expenditure (a share without target)."""

    voucher: VoucherKey
    line_key: str
    shares: tuple[Share, ...]
    reason: str


def preview_payments(log: Log, lookups: Lookups, upload: Upload, *, today: date) -> ImportReport:
    """Read a file and compare it with the record, without storing anything.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
    """
    return _preview(log, lookups, upload, _read(upload, today))


def proposed_complete_to(upload: Upload, today: date) -> date | None:
    """The latest payment date of a file, for a person to confirm (rules §2)."""
    return _read(upload, today).proposed_complete_to


def proposed_year(upload: Upload, today: date) -> int | None:
    """The year most lines of a file belong to, for who does not say which it is."""
    file = _lines_of(upload, PaymentDefaults(upload.region, None, today))
    years = Counter(key.budget_year for key, _ in file.vouchers)
    return max(years, key=years.__getitem__, default=None)


def import_payments(
    log: Log,
    lookups: Lookups,
    upload: Upload,
    *,
    meta: Meta,
    today: date,
    progress: Progress = silent,
) -> ImportReport:
    """Store a payment file; a broken import of the same file is gone on with.

    The same file again after that stores nothing and says who brought it in, and when.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
        BadLinesError: lines cannot be read, and the upload does not accept that.
        FutureDateError: complete to a day after today.
    """
    require_past(upload.complete_to, today)
    import_id = Import.create_id(upload.key(ImportKind.PAYMENTS))
    begun = on_record(log, import_id)
    if begun is not None and begun.running.completed:
        return already_imported(log, begun)
    files = ImportFiles(lookups.pool)
    progress("正在读取文件……")
    if begun is not None:
        upload = as_first_sent(files, begun, upload)
    file = _read(upload, today)
    if begun is None:
        if file.errors and not upload.accept_bad_lines:
            raise BadLinesError(_preview(log, lookups, upload, file))
        files.keep(kept(import_id, upload))
    opening = Opening(
        upload.key(ImportKind.PAYMENTS),
        upload.name,
        file.rows,
        len(file.errors),
        upload.complete_to,
    )
    report = store_as_import(log, opening, file.vouchers, meta, progress)
    files.finish(import_id)
    return replace(
        report,
        problems=tuple(file.errors),
        notes=tuple(file.notes),
        proposed_complete_to=file.proposed_complete_to,
    )


def record_payments(
    log: Log, batch: PaymentBatch, *, meta: Meta, today: date, progress: Progress = silent
) -> ImportReport:
    """Record the vouchers of a request; the same request again stores nothing.

    Raises:
        FutureDateError: a payment, or the day the data are complete to, lies after today.
    """
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


def claim_payment_line(
    log: Log, claim: LineClaim, *, meta: Meta, command: Command | None = None
) -> Recorded:
    """Say whose an unclaimed line is, whole or in parts (认领、拆分、标为基本支出).

    Raises:
        NotOnRecordError: no such voucher or line.
        SplitDoesNotAddUpError: the parts do not add up to the line.
    """

    def decide() -> Recorded:
        payment = _voucher(log, claim.voucher)
        known = payment.claims.get(claim.line_key)
        if known != claim.shares:
            payment.claim(claim.line_key, claim.shares, claim.reason)
        done = log.save(payment, meta=meta, command=command)
        return Recorded(done.last_position, changed=known != claim.shares or done.repeated)

    return decide_again(decide)


def _voucher(log: Log, key: VoucherKey) -> Payment:
    payment_id = Payment.create_id(key)
    found = log.get_many(Payment, [payment_id])
    if payment_id not in found:
        raise NotOnRecordError(f"{key.budget_year}年{key.kind}{key.voucher_no}")
    return found[payment_id]


def _read(upload: Upload, today: date) -> PaymentFile:
    defaults = PaymentDefaults(upload.region, upload.fiscal_year, today, upload.voucher_kind)
    file = _lines_of(upload, defaults)
    if not file.rows:
        raise UnreadableFileError("表头以下没有支付数据。")
    return file


def _lines_of(upload: Upload, defaults: PaymentDefaults) -> PaymentFile:
    with collector_resting():
        return in_child(read_payments, upload.content, defaults)


def _preview(log: Log, lookups: Lookups, upload: Upload, file: PaymentFile) -> ImportReport:
    compared = compare_all(log, file.vouchers)
    return ImportReport(
        import_id=Import.create_id(upload.key(ImportKind.PAYMENTS)),
        outcome=Outcome.PREVIEW,
        name=upload.name,
        rows=file.rows,
        stored=compared.tally.stored,
        known=compared.tally.known,
        conflict_count=compared.tally.conflicts,
        refused=len(file.errors),
        conflicts=tuple(compared.conflicts),
        problems=tuple(file.errors),
        notes=tuple(file.notes),
        complete_to=upload.complete_to,
        proposed_complete_to=file.proposed_complete_to,
        unclaimed=_unclaimed(lookups, upload.region, file.vouchers),
    )


def _unclaimed(lookups: Lookups, region: str, vouchers: Iterable[Voucher]) -> int:
    """Count the lines that find no target as things stand."""
    codes = [_code(key, line) for key, lines in vouchers for line in lines]
    matched = lookups.matched(region, {code for code in codes if code})
    return sum(code not in matched for code in codes)


def _code(key: VoucherKey, line: PaymentLine) -> tuple[int, str, str] | None:
    """What a line is matched by: its project code, or else its document number."""
    if line.project_code:
        return (key.budget_year, "project", line.project_code)
    return (key.budget_year, "document", line.document_no) if line.document_no else None


def _grouped(vouchers: Iterable[Voucher]) -> list[Voucher]:
    """Bring the lines of one voucher together, and give keys to those without."""
    lines: dict[VoucherKey, list[PaymentLine]] = {}
    for key, given in vouchers:
        lines.setdefault(key, []).extend(given)
    return [(key, keyed(given)) for key, given in lines.items()]
