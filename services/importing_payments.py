"""Payment files come in (支付数据导入; rules §2): preview and commit by the same code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.access.action import Action
from domain.claim_rule import RuleBook
from domain.importing import Import, ImportKind
from domain.money import ZERO
from domain.payment import PaymentLine, VoucherKey
from services.access.permitting import permit
from services.collecting import collector_resting
from services.helping import aids_for, remember, require_headings
from services.importing import Opening, already_imported, as_first_sent, kept, on_record
from services.intake.files import ImportFiles
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import PaymentFile, Voucher, read_payments
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import (
    BadLinesError,
    ImportReport,
    Outcome,
    Progress,
    Upload,
    require_past,
    silent,
)
from services.storing_payments import compare_all, store_as_import


def preview_payments(
    log: Log, lookups: Lookups, upload: Upload, *, today: date, progress: Progress = silent
) -> ImportReport:
    """Read a file and compare it with the record, without storing anything.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
        NoSuchHeadingError: something is said of a column that it does not have.
    """
    permit(Action.IMPORT_FACTS)
    progress("正在读取文件……")
    file = _read(lookups, upload, today)
    require_headings(upload, file.columns)
    return _preview(log, lookups, upload, file, progress)


def proposed_complete_to(lookups: Lookups, upload: Upload, today: date) -> date | None:
    """The latest payment date of a file, for a person to confirm (rules §2)."""
    return _read(lookups, upload, today).proposed_complete_to


def proposed_year(lookups: Lookups, upload: Upload, today: date) -> int | None:
    """The year most lines of a file belong to, for who does not say which it is."""
    aids = aids_for(lookups, upload, ImportKind.PAYMENTS)
    file = _lines_of(upload, PaymentDefaults(upload.region, None, today, aids=aids))
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
        NoSuchHeadingError: something is said of a column that it does not have.
        BadLinesError: lines cannot be read, and the upload does not accept that.
        FutureDateError: complete to a day after today.
    """
    permit(Action.IMPORT_FACTS)
    require_past(upload.complete_to, today)
    import_id = Import.create_id(upload.key(ImportKind.PAYMENTS))
    begun = on_record(log, import_id)
    if begun is not None and begun.running.completed:
        return already_imported(log, begun)
    progress("正在读取文件……")

    def read(sent: Upload) -> PaymentFile:
        return _read(lookups, sent, today)

    upload, file = as_first_sent(lookups, begun, upload, read, PaymentFile)
    files = ImportFiles(lookups.pool)
    if begun is None:
        require_headings(upload, file.columns)
        if file.errors and not upload.accept_bad_lines:
            raise BadLinesError(_preview(log, lookups, upload, file, progress))
        files.keep(kept(import_id, upload, file))
        remember(lookups, ImportKind.PAYMENTS, upload, file.columns, meta.actor)
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
        findings=file.findings,
        columns=file.columns,
        proposed_complete_to=file.proposed_complete_to,
    )


def _read(lookups: Lookups, upload: Upload, today: date) -> PaymentFile:
    aids = aids_for(lookups, upload, ImportKind.PAYMENTS)
    defaults = PaymentDefaults(upload.region, upload.fiscal_year, today, upload.voucher_kind, aids)
    file = _lines_of(upload, defaults)
    if not file.rows:
        raise UnreadableFileError("表头以下没有支付数据。")
    return file


def _lines_of(upload: Upload, defaults: PaymentDefaults) -> PaymentFile:
    with collector_resting():
        return in_child(read_payments, upload.content, defaults)


def _preview(
    log: Log, lookups: Lookups, upload: Upload, file: PaymentFile, progress: Progress
) -> ImportReport:
    compared = compare_all(log, file.vouchers, progress)
    progress("正在查找所属项目……")
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
        findings=file.findings,
        columns=file.columns,
        complete_to=upload.complete_to,
        proposed_complete_to=file.proposed_complete_to,
        unclaimed=_unclaimed(lookups, upload.region, file.vouchers),
        amount=sum((line.amount for _, lines in file.vouchers for line in lines), ZERO),
    )


def _unclaimed(lookups: Lookups, region: str, vouchers: Iterable[Voucher]) -> int:
    """Count the lines that find no target as things stand, and that no rule takes."""
    coded = [(_code(key, line), key, line) for key, lines in vouchers for line in lines]
    matched = lookups.matched(region, {code for code, _, _ in coded if code})
    rules = lookups.rules(region)
    nothing = RuleBook()
    return sum(
        code not in matched and rules.get(key.budget_year, nothing).best(line) is None
        for code, key, line in coded
    )


def _code(key: VoucherKey, line: PaymentLine) -> tuple[int, str, str] | None:
    """What a line is matched by: its project code, or else its document number."""
    if line.project_code:
        return (key.budget_year, "project", line.project_code)
    return (key.budget_year, "document", line.document_no) if line.document_no else None
