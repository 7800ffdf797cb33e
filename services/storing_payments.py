"""Vouchers into the log: what is new is written, what is known is compared, never overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4, uuid5

import msgspec

from domain.event import UNTIMED
from domain.importing import Tally
from domain.line_key import distinct, still_missing
from domain.payment import LineConflict, Payment, PaymentLine, VoucherKey
from services.importing import (
    Opening,
    begin,
    complete,
    note_chunk,
    patiently,
    report_of,
    store_chunks,
)
from services.intake.payments import Voucher
from services.log.appending import Command, FactsAppended
from services.log.application import Log
from services.log.errors import CommandReusedError
from services.log.meta import Meta
from services.recording import Conflict, ImportReport, Outcome, Progress, silent
from services.retrying import decide_again

CHUNK_LINES = 4_000
CHUNK_BYTES = 3_000_000
"""Limits of a chunk, below those of an append: its new lines, and the import's note."""

_LINE_BYTES = 500
"""What a line takes in the log besides its free text."""


@dataclass(slots=True)
class Given:
    """A voucher as one file has it: its distinct lines, and what it says twice."""

    payment_id: UUID
    voucher: VoucherKey
    lines: tuple[PaymentLine, ...]
    repeated: int
    contradicting: list[tuple[PaymentLine, PaymentLine]]

    @classmethod
    def of(cls, voucher: Voucher) -> Given:
        """Sort the lines of a voucher."""
        key, printed = voucher
        payment_id = Payment.create_id(key)
        if len(printed) == 1:
            return cls(payment_id, key, printed, 0, [])
        lines, repeated, contradicting = distinct(printed)
        return cls(payment_id, key, lines, len(repeated), contradicting)

    def conflicts(self) -> list[LineConflict]:
        """Lines that contradict an earlier one of the same file."""
        return [LineConflict(self.voucher, one, other) for one, other in self.contradicting]


@dataclass(slots=True)
class NewPayment:
    """A voucher that begins its stream: its one event, made without replaying it.

    The same as ``Payment(voucher, lines, import_id)``, at a tenth of the time.
    """

    given: Given
    import_id: UUID | None

    def collect_events(self) -> list[Payment.Recorded]:
        """Hand the event over."""
        return [
            Payment.Recorded(  # type: ignore[call-arg]  # made a dataclass by the library
                originator_id=self.given.payment_id,
                originator_version=Payment.INITIAL_VERSION,
                timestamp=UNTIMED,
                originator_topic=Payment.TOPIC,
                voucher=self.given.voucher,
                lines=self.given.lines,
                import_id=self.import_id,
            )
        ]


@dataclass(slots=True)
class Compared:
    """What a chunk comes to: counts, vouchers with new lines, conflicts."""

    tally: Tally = field(default_factory=Tally)
    changed: list[Payment] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def store_as_import(
    log: Log, opening: Opening, vouchers: Iterable[Voucher], meta: Meta, progress: Progress
) -> ImportReport:
    """Store vouchers as an import, or go on with it where it stopped."""
    begun = begin(log, opening, meta)
    chunks = list(_chunks(vouchers))
    conflicts: list[Conflict] = []

    def store(number: int, vouchers: Sequence[Voucher]) -> None:
        chunk = [Given.of(voucher) for voucher in vouchers]
        command_id = uuid5(begun.import_id, str(number))
        known = _append(log, chunk, begun.import_id, begun.meta, command_id).known
        compared = Compared()

        def decide() -> tuple[Tally, Sequence[Payment]]:
            nonlocal compared
            compared = compare(log, chunk, known, begun.import_id)
            return compared.tally, compared.changed

        note_chunk(log, begun, number, decide)
        conflicts.extend(compared.conflicts)

    store_chunks(begun, chunks, store, progress)
    running, position = complete(log, begun)
    if len(conflicts) < running.tally.conflicts:
        conflicts = compare_all(log, vouchers).conflicts
    outcome = Outcome.COMPLETED if begun.anew else Outcome.RESUMED
    return report_of(begun, running, outcome, conflicts, position)


def store_by_command(
    log: Log, report_id: UUID, vouchers: Sequence[Voucher], meta: Meta
) -> ImportReport:
    """Store the vouchers of a request that states nothing about how far the data reach.

    Repeated under the same command id it writes nothing and answers as the first time.
    """
    command_id = meta.command_id or uuid4()
    total = Compared()
    position = 0
    for number, of_chunk in enumerate(_chunks(vouchers)):
        chunk = [Given.of(voucher) for voucher in of_chunk]
        chunk_id = uuid5(command_id, str(number))
        done = _append(log, chunk, None, meta, chunk_id)
        compared, last = _add_lines(log, chunk, done.known, meta, chunk_id)
        total.tally += compared.tally
        total.conflicts += compared.conflicts
        position = max(position, done.last_position, last)
    tally = total.tally
    return ImportReport(
        import_id=report_id,
        outcome=Outcome.COMPLETED,
        name="",
        rows=tally.stored + tally.known + tally.conflicts,
        stored=tally.stored,
        known=tally.known,
        conflict_count=tally.conflicts,
        refused=0,
        conflicts=tuple(total.conflicts),
        position=position,
    )


def _add_lines(
    log: Log, chunk: Sequence[Given], known: Collection[UUID], meta: Meta, chunk_id: UUID
) -> tuple[Compared, int]:
    """Compare the known vouchers of a chunk, and record the lines they did not have."""
    command = Command(uuid5(chunk_id, "lines"), b"lines")

    def decide() -> tuple[Compared, int]:
        compared = compare(log, chunk, known, None)
        answered = log.answered(command)
        if answered is not None:
            compared.tally = msgspec.convert(answered.answer, Tally)
            return compared, answered.last_position
        if not compared.changed:
            return compared, 0
        answer = replace(command, answer=msgspec.to_builtins(compared.tally))
        done = log.save(*compared.changed, meta=meta, command=answer)
        return compared, done.last_position

    return patiently(lambda: decide_again(decide))


def compare_all(log: Log, vouchers: Iterable[Voucher], progress: Progress = silent) -> Compared:
    """Compare vouchers with the record as it stands, storing nothing."""
    total = Compared()
    chunks = list(_chunks(vouchers))
    for number, of_chunk in enumerate(chunks):
        progress(
            f"正在与已有记录核对（第{number + 1}批，共{len(chunks)}批）……", number, len(chunks)
        )
        chunk = [Given.of(voucher) for voucher in of_chunk]
        known = log.exists([given.payment_id for given in chunk])
        compared = compare(log, chunk, known, None)
        total.tally += compared.tally
        total.conflicts += compared.conflicts
    return total


def compare(
    log: Log, chunk: Sequence[Given], known: Collection[UUID], import_id: UUID | None
) -> Compared:
    """Say what a chunk comes to, given which of its vouchers were on record before it."""
    ids = [given.payment_id for given in chunk if given.payment_id in known]
    payments = log.get_many(Payment, ids) if ids else {}
    compared = Compared()
    new = repeated = 0
    for given in chunk:
        repeated += given.repeated
        if given.contradicting:
            _note_conflicts(compared, given.conflicts())
        payment = payments.get(given.payment_id)
        if payment is None:
            new += len(given.lines)
        else:
            _compare_one(payment, given, import_id, compared)
    compared.tally += Tally(stored=new, known=repeated)
    return compared


def _compare_one(
    payment: Payment, given: Given, import_id: UUID | None, compared: Compared
) -> None:
    """Add the lines a known voucher does not have yet; the rest is known or contradicts it."""
    fresh, conflicts = payment.compare(given.lines)
    missing = still_missing(payment.lines, given.lines, fresh)
    if missing:
        payment.add_lines(missing, import_id)
        compared.changed.append(payment)
    known = len(given.lines) - len(missing) - len(conflicts)
    compared.tally += Tally(len(missing), known)
    _note_conflicts(compared, conflicts)


def _note_conflicts(compared: Compared, conflicts: Sequence[LineConflict]) -> None:
    compared.conflicts += map(Conflict.of, conflicts)
    compared.tally += Tally(conflicts=len(conflicts))


def _append(
    log: Log, chunk: Sequence[Given], import_id: UUID | None, meta: Meta, command_id: UUID
) -> FactsAppended:
    """Write the vouchers of a chunk that are not on record."""

    def write(under: UUID) -> FactsAppended:
        return patiently(
            lambda: log.append_facts((NewPayment(given, import_id) for given in chunk), meta, under)
        )

    try:
        return write(command_id)
    except CommandReusedError:
        # The file is read otherwise than when it was begun, by an earlier release: what is on
        # record stays, the rest is written.
        return write(uuid4())


def _chunks(vouchers: Iterable[Voucher]) -> Iterator[list[Voucher]]:
    """Cut vouchers into chunks; the same vouchers cut the same way."""
    chunk: list[Voucher] = []
    count = size = 0
    for voucher in vouchers:
        lines = voucher[1]
        weight = sum(map(_weight, lines))
        count, size = count + len(lines), size + weight
        if chunk and (count > CHUNK_LINES or size > CHUNK_BYTES):
            yield chunk
            chunk, count, size = [], len(lines), weight
        chunk.append(voucher)
    if chunk:
        yield chunk


def _weight(line: PaymentLine) -> int:
    """Estimate the bytes of a line from above: three a character of Chinese."""
    free = (line.project_name or "", line.unit_name or "", line.summary or "")
    return _LINE_BYTES + 3 * len("".join(free))
