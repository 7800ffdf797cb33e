"""Files come in by one door, whatever they hold: looked at first, or stored (数据导入).

Preview and commit of a kind are the same code; who does not say the kind has it read from the
file's headings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.importing import ImportKind
from services.importing_achievements import import_achievements, preview_achievements
from services.importing_baselines import BASELINES
from services.importing_declarations import (
    DeclarationsReport,
    DeclaredTarget,
    import_declarations,
    preview_declarations,
)
from services.importing_funds import FUNDS
from services.importing_payments import import_payments, preview_payments
from services.importing_project_codes import PROJECT_CODES
from services.importing_rows import RowsKind, import_rows, preview_rows
from services.importing_sheets import MONITORING, SELF_EVALUATIONS
from services.importing_targets import TARGETS
from services.importing_units import UNITS
from services.intake.choice import ColumnChoice
from services.intake.guessing import TABLES, kind_of
from services.intake.mappings import Mappings
from services.intake.sandbox.client import in_child
from services.log.meta import Meta
from services.recording import Door, ImportReport, Upload


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file does, or did; ``guessed``: nobody said what kind it is.

    ``targets`` are those of declaration forms, one by one.
    """

    kind: ImportKind
    summary: ImportReport
    targets: tuple[DeclaredTarget, ...] = ()
    guessed: bool = False


def preview_file(door: Door, upload: Upload, kind: ImportKind | None = None) -> FileReport:
    """Read a file and say what it would do, without storing anything.

    Raises:
        UnreadableFileError: the file as a whole cannot be read, or nobody can tell its kind.
    """
    known = kind or kind_of_file(door, upload)
    done = _DOORS[known].look(door, upload)
    return _report(known, done, guessed=kind is None)


def import_file(
    door: Door, upload: Upload, kind: ImportKind | None = None, *, meta: Meta
) -> FileReport:
    """Store a file, or go on with its broken import; the same file again stores nothing.

    Raises:
        UnreadableFileError: the file as a whole cannot be read, or nobody can tell its kind.
        BadLinesError: lines cannot be read, and the upload does not accept that.
        FutureDateError: what it states lies after today.
    """
    known = kind or kind_of_file(door, upload)
    done = _DOORS[known].store(door, upload, meta)
    return _report(known, done, guessed=kind is None)


def kind_of_file(door: Door, upload: Upload) -> ImportKind:
    """What a file is by its headings, and by what people said of columns before."""
    remembered = Mappings(door.lookups.pool)
    choices = {kind: ColumnChoice({}, remembered.of_kind(kind)) for kind in TABLES}
    return in_child(kind_of, upload.content, choices)


_Done = ImportReport | DeclarationsReport


@dataclass(frozen=True, slots=True)
class _Kind:
    """How files of one kind are looked at, and stored."""

    look: Callable[[Door, Upload], _Done]
    store: Callable[[Door, Upload, Meta], _Done]


def _report(kind: ImportKind, done: _Done, *, guessed: bool) -> FileReport:
    if isinstance(done, DeclarationsReport):
        return FileReport(kind, done.summary, done.targets, guessed)
    return FileReport(kind, done, guessed=guessed)


def _look_at_payments(door: Door, upload: Upload) -> ImportReport:
    return preview_payments(
        door.log, door.lookups, upload, today=door.today, progress=door.progress
    )


def _store_payments(door: Door, upload: Upload, meta: Meta) -> ImportReport:
    return import_payments(
        door.log, door.lookups, upload, meta=meta, today=door.today, progress=door.progress
    )


def _look_at_achievements(door: Door, upload: Upload) -> ImportReport:
    return preview_achievements(
        door.log, door.lookups, upload, today=door.today, progress=door.progress
    )


def _store_achievements(door: Door, upload: Upload, meta: Meta) -> ImportReport:
    return import_achievements(
        door.log, door.lookups, upload, meta=meta, today=door.today, progress=door.progress
    )


def _rows(work: RowsKind[Any, Any]) -> _Kind:
    """The two ways of a kind of rows."""

    def look(door: Door, upload: Upload) -> ImportReport:
        return preview_rows(door, upload, work)

    def store(door: Door, upload: Upload, meta: Meta) -> ImportReport:
        return import_rows(door, upload, work, meta=meta)

    return _Kind(look, store)


def _look_at_declarations(door: Door, upload: Upload) -> DeclarationsReport:
    return preview_declarations(door.log, upload, today=door.today)


def _store_declarations(door: Door, upload: Upload, meta: Meta) -> DeclarationsReport:
    return import_declarations(door.log, upload, meta=meta, today=door.today)


_ROWS: tuple[RowsKind[Any, Any], ...] = (
    FUNDS,
    BASELINES,
    UNITS,
    PROJECT_CODES,
    TARGETS,
    MONITORING,
    SELF_EVALUATIONS,
)

_DOORS: dict[ImportKind, _Kind] = {
    ImportKind.PAYMENTS: _Kind(_look_at_payments, _store_payments),
    ImportKind.ACHIEVEMENTS: _Kind(_look_at_achievements, _store_achievements),
    ImportKind.DECLARATIONS: _Kind(_look_at_declarations, _store_declarations),
    **{work.kind: _rows(work) for work in _ROWS},
}
