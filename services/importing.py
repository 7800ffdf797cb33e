"""One import, whatever it holds: begun once, stored chunk by chunk, gone on with, completed.

A chunk and the note that it is stored are one append, or the chunk can be repeated under its
command id and answers as the first time: after kill -9 the counts are exact.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import SystemRandom
from typing import TypeVar
from uuid import UUID

import msgspec

from domain.errors import NotOnRecordError
from domain.event import DomainAggregate
from domain.importing import FileKey, Import, Tally
from domain.payment import VoucherKind
from services.intake.files import ImportFiles, KeptFile
from services.log.application import Log
from services.log.errors import LogBusyError
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import Conflict, ImportReport, Outcome, Progress, Upload
from services.retrying import decide_again

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Reading = TypeVar("Reading")

_PATIENCE = 10
_READ = b"jixiao:read:1\n"
"""Before what was read of a file; without it the file itself is kept, by an earlier release."""

_jitter = SystemRandom()


@dataclass(frozen=True, slots=True)
class Opening:
    """What an import states when it begins."""

    file: FileKey
    name: str
    rows: int
    refused: int
    complete_to: date | None


@dataclass(frozen=True, slots=True)
class Begun:
    """An import on record: as it stands, by whom and when it was begun, and whether just now.

    Whoever goes on with an import signs with the metadata it was begun with, so that a
    repeated chunk is the same chunk.
    """

    running: Import
    meta: Meta
    at: datetime
    anew: bool = False

    @property
    def import_id(self) -> UUID:
        """The import's id."""
        import_id: UUID = self.running.id
        return import_id


def on_record(log: Log, import_id: UUID) -> Begun | None:
    """The import as it stands; None if it was never begun."""
    entries = log.stream(import_id)
    if not entries:
        return None
    return Begun(log.get(Import, import_id), entries[0].meta, entries[0].recorded_at)


def begin(log: Log, opening: Opening, meta: Meta) -> Begun:
    """Begin an import, or find it begun by somebody else."""
    import_id = Import.create_id(opening.file)

    def decide() -> Begun:
        begun = on_record(log, import_id)
        if begun is not None:
            return begun
        started = Import(
            opening.file, opening.name, opening.rows, opening.refused, opening.complete_to
        )
        done = log.save(started, meta=meta)
        return Begun(started, meta, done.recorded_at, anew=True)

    return patiently(lambda: decide_again(decide))


def store_chunks(
    begun: Begun,
    chunks: Sequence[Sequence[Chunk]],
    store: Callable[[int, Sequence[Chunk]], None],
    progress: Progress,
) -> None:
    """Store the chunks that are not on record yet, in order.

    ``store`` stores one, together with its note in the import; somebody else may do the same
    chunk at the same time.
    """
    for number in range(begun.running.chunks, len(chunks)):
        store(number, chunks[number])
        done = sum(map(len, chunks[: number + 1]))
        said = f"已入库第{number + 1}批，共{len(chunks)}批（{done}项）……"
        progress(said, number + 1, len(chunks))


def note_chunk(
    log: Log,
    begun: Begun,
    number: int,
    decide: Callable[[], tuple[Tally, Sequence[DomainAggregate]]],
) -> None:
    """Save what a chunk changes together with the note that it is stored; once, whoever does.

    ``decide`` loads and decides afresh each time somebody else wrote first.
    """

    def save() -> None:
        running = log.get(Import, begun.import_id)
        if running.chunks > number:
            return
        tally, changed = decide()
        running.store_chunk(number, tally)
        log.save(running, *changed, meta=begun.meta)

    patiently(lambda: decide_again(save))


def complete(log: Log, begun: Begun) -> tuple[Import, int]:
    """Close the import; answer it as it ended, and a position at or behind all of it."""

    def save() -> tuple[Import, int]:
        running = log.get(Import, begun.import_id)
        running.complete()
        return running, log.save(running, meta=begun.meta).last_position

    return patiently(lambda: decide_again(save))


def patiently(work: Callable[[], Result]) -> Result:
    """Wait while others hold the log: an import of many chunks should not fall over at one."""
    for attempt in range(_PATIENCE):
        try:
            return work()
        except LogBusyError:
            time.sleep(_jitter.uniform(0.05, 0.2) * (attempt + 1))
    return work()


def already_imported(log: Log, begun: Begun) -> ImportReport:
    """Answer for a file that was brought in before: by whom, when, and what it came to."""
    entries = log.stream(begun.import_id)
    return report_of(begun, begun.running, Outcome.ALREADY_IMPORTED, [], entries[-1].position)


def report_of(
    begun: Begun, ended: Import, outcome: Outcome, conflicts: Sequence[Conflict], position: int
) -> ImportReport:
    """Say what an import came to."""
    return ImportReport(
        import_id=begun.import_id,
        outcome=outcome,
        name=ended.name,
        rows=ended.rows,
        stored=ended.tally.stored,
        known=ended.tally.known,
        conflict_count=ended.tally.conflicts,
        refused=ended.refused,
        conflicts=tuple(conflicts),
        complete_to=ended.complete_to,
        position=position,
        first_by=begun.meta.actor,
        first_at=begun.at,
    )


def as_first_sent(
    lookups: Lookups,
    begun: Begun | None,
    upload: Upload,
    read: Callable[[Upload], Reading],
    kind: type[Reading],
) -> tuple[Upload, Reading]:
    """The upload and how it reads; of an import that was begun what it was told and read then.

    Whatever is said now of a file that was begun is set aside.
    """
    if begun is None:
        return upload, read(upload)
    try:
        file = ImportFiles(lookups.pool).load(begun.import_id)
    except NotOnRecordError:
        first = replace(upload, complete_to=begun.running.complete_to)
        return first, read(first)
    first = upload_of(file)
    if not file.content.startswith(_READ):
        return first, read(first)
    packed = zlib.decompress(file.content.removeprefix(_READ))
    return first, msgspec.msgpack.decode(packed, type=kind)


def kept(import_id: UUID, upload: Upload, reading: object) -> KeptFile:
    """What is kept of an upload until its import is done: what was read, not what was sent.

    So nothing of a file is kept that does not go onto record, data about persons above all, and
    whoever goes on with the import cuts the same chunks.
    """
    options = {
        "region": upload.region,
        "fiscal_year": upload.fiscal_year,
        "complete_to": upload.complete_to,
        "accept_bad_lines": upload.accept_bad_lines,
        "voucher_kind": upload.voucher_kind,
        "cut_off": upload.cut_off,
        "mapping": upload.mapping,
    }
    plain = msgspec.to_builtins(options)
    content = _READ + zlib.compress(msgspec.msgpack.encode(reading), level=1)
    return KeptFile(import_id, upload.sha256, upload.name, content, plain)


def upload_of(file: KeptFile) -> Upload:
    """The upload as it was handed in first, as far as it is kept."""
    options = dict(file.options)
    kind = options.pop("voucher_kind", None)
    days = {name: options.pop(name, None) for name in ("complete_to", "cut_off")}
    return Upload(
        content=b"" if file.content.startswith(_READ) else file.content,
        name=file.name,
        voucher_kind=VoucherKind(kind) if kind else None,
        complete_to=_day(days["complete_to"]),
        cut_off=_day(days["cut_off"]),
        digest=file.sha256,
        **options,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
