"""Files of rows that change what is on record, whatever they hold: one way for all kinds.

A kind says how its file is read, what its rows come to as things stand, and how a chunk of
them is decided; reading in a child, keeping, chunks, going on, and the report are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from domain.access.action import Action
from domain.event import DomainAggregate
from domain.importing import Import, ImportKind, Tally
from services.access.permitting import permit_somewhere
from services.helping import remember, require_headings
from services.importing import (
    Begun,
    Opening,
    already_imported,
    as_first_sent,
    begin,
    complete,
    kept,
    note_chunk,
    on_record,
    report_of,
    store_chunks,
)
from services.intake.choice import ColumnRead
from services.intake.files import ImportFiles
from services.intake.tables.table import RowProblem
from services.log.meta import Meta
from services.recording import BadLinesError, Door, ImportReport, Outcome, Upload

Reading = TypeVar("Reading")
Item = TypeVar("Item")

CHUNK_ROWS = 1_000
CHUNK_BYTES = 3_000_000
"""Limits of a chunk, below those of an append: its rows and the import's note."""


@dataclass(slots=True)
class Survey(Generic[Item]):
    """What a file comes to as things stand: what is to be stored, counts, problems.

    ``items`` in the order of the file; an item is never cut, and changes one aggregate.
    """

    items: list[Item] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    problems: list[RowProblem] = field(default_factory=list)
    findings: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The rows of the file, those that cannot be taken included."""
        return self.tally.stored + self.tally.known + len(self.problems)


@dataclass(frozen=True, slots=True)
class RowsKind(Generic[Reading, Item]):
    """One kind of file.

    ``read`` reads it in a child process, ``survey`` matches what was read with the record
    without storing anything, ``decide`` loads what a chunk changes and changes it. ``weigh``
    estimates rows and bytes of an item.
    """

    kind: ImportKind
    reading: type[Reading]
    read: Callable[[Door, Upload], Reading]
    survey: Callable[[Door, Upload, Reading], Survey[Item]]
    decide: Callable[[Door, Sequence[Item]], tuple[Tally, Sequence[DomainAggregate]]]
    weigh: Callable[[Item], tuple[int, int]]


_REPORTS = frozenset({ImportKind.ACHIEVEMENTS, ImportKind.MONITORING, ImportKind.SELF_EVALUATIONS})


_DECLARES = frozenset({ImportKind.TARGETS, ImportKind.DECLARATIONS})


def action_of(kind: ImportKind) -> Action:
    """What a file of a kind does: units declare and report, finance brings in facts."""
    if kind in _DECLARES:
        return Action.IMPORT_DECLARATIONS
    return Action.REPORT_ACHIEVEMENT if kind in _REPORTS else Action.IMPORT_FACTS


def preview_rows(door: Door, upload: Upload, work: RowsKind[Reading, Item]) -> ImportReport:
    """Say what a file would do, without storing anything.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
        NoSuchHeadingError: something is said of a column that it does not have.
    """
    permit_somewhere(action_of(work.kind))
    door.progress("正在读取文件……")
    reading = work.read(door, upload)
    door.progress("正在核对……")
    survey = work.survey(door, upload, reading)
    require_headings(upload, survey.columns)
    return _report(upload, work.kind, survey)


def import_rows(
    door: Door, upload: Upload, work: RowsKind[Reading, Item], *, meta: Meta
) -> ImportReport:
    """Store a file; a broken import of the same file is gone on with, one that is done is not.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
        NoSuchHeadingError: something is said of a column that it does not have.
        BadLinesError: rows cannot be taken, and the upload does not accept that.
    """
    permit_somewhere(action_of(work.kind))
    key = upload.key(work.kind)
    import_id = Import.create_id(key)
    begun = on_record(door.log, import_id)
    if begun is not None and begun.running.completed:
        return already_imported(door.log, begun)
    door.progress("正在读取文件……")

    def read(sent: Upload) -> Reading:
        return work.read(door, sent)

    upload, reading = as_first_sent(door.lookups, begun, upload, read, work.reading)
    door.progress("正在核对……")
    survey = work.survey(door, upload, reading)
    files = ImportFiles(door.lookups.pool)
    if begun is None:
        require_headings(upload, survey.columns)
        if survey.problems and not upload.accept_bad_lines:
            raise BadLinesError(_report(upload, work.kind, survey))
        files.keep(kept(import_id, upload, reading))
        remember(door.lookups, work.kind, upload, survey.columns, meta.actor)
    opening = Opening(key, upload.name, survey.rows, len(survey.problems), None)
    report = _store(door, begin(door.log, opening, meta), work, survey.items)
    files.finish(import_id)
    return replace(
        report,
        problems=tuple(survey.problems),
        findings=tuple(survey.findings),
        notes=tuple(survey.notes),
        columns=tuple(survey.columns),
    )


def _store(
    door: Door, begun: Begun, work: RowsKind[Reading, Item], items: Sequence[Item]
) -> ImportReport:
    def store(number: int, chunk: Sequence[Item]) -> None:
        note_chunk(door.log, begun, number, lambda: work.decide(door, chunk))

    store_chunks(begun, list(_chunks(items, work.weigh)), store, door.progress)
    running, position = complete(door.log, begun)
    outcome = Outcome.COMPLETED if begun.anew else Outcome.RESUMED
    return report_of(begun, running, outcome, (), position)


def _chunks(
    items: Sequence[Item], weigh: Callable[[Item], tuple[int, int]]
) -> Iterator[list[Item]]:
    """Cut between items; the same file cuts the same way."""
    chunk: list[Item] = []
    count = size = 0
    for item in items:
        rows, weight = weigh(item)
        count, size = count + rows, size + weight
        if chunk and (count > CHUNK_ROWS or size > CHUNK_BYTES):
            yield chunk
            chunk, count, size = [], rows, weight
        chunk.append(item)
    if chunk:
        yield chunk


def _report(upload: Upload, kind: ImportKind, survey: Survey[Item]) -> ImportReport:
    return ImportReport(
        import_id=Import.create_id(upload.key(kind)),
        outcome=Outcome.PREVIEW,
        name=upload.name,
        rows=survey.rows,
        stored=survey.tally.stored,
        known=survey.tally.known,
        conflict_count=0,
        refused=len(survey.problems),
        problems=tuple(survey.problems),
        findings=tuple(survey.findings),
        notes=tuple(survey.notes),
        columns=tuple(survey.columns),
    )
