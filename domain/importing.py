"""One file that was brought in: what, by whom, how far (数据导入)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.correction import Correction
from domain.event import DomainAggregate
from domain.identity import derived_id


class ImportKind(StrEnum):
    """What a file holds."""

    PAYMENTS = "payments"
    ACHIEVEMENTS = "achievements"
    DECLARATIONS = "declarations"
    FUNDS = "funds"
    BASELINES = "baselines"
    UNITS = "units"
    PROJECT_CODES = "project_codes"
    TARGETS = "targets"
    MONITORING = "monitoring"
    SELF_EVALUATIONS = "self_evaluations"


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of a chunk: recorded, known before, contradicting the record."""

    stored: int = 0
    known: int = 0
    conflicts: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.stored + other.stored, self.known + other.known, self.conflicts + other.conflicts
        )


@dataclass(frozen=True, slots=True)
class FileKey:
    """What makes a file the same file: its content, and what it was read as.

    ``corrected`` is the digest of the corrections it was read with, None as printed: the same
    file read with others is another import, and so is one that brings its approval
    (``approved_on``).
    """

    region: str
    fiscal_year: int
    kind: ImportKind
    sha256: str
    corrected: str | None = None
    approved_on: date | None = None


class Import(DomainAggregate):
    """An import goes on where it stopped: chunks that are on record are not done again."""

    TOPIC = "import"

    class Event(DomainAggregate.Event):
        """Anything recorded about an import."""

    class Started(Event, DomainAggregate.Created):
        """导入已开始."""

        TOPIC = "import.started"
        file: FileKey
        name: str
        rows: int
        refused: int
        complete_to: date | None

    Created = Started

    class Corrected(Event):
        """入库前的更正已记录."""

        TOPIC = "import.corrected"
        corrections: tuple[Correction, ...]

    class ChunkStored(Event):
        """一批已入库."""

        TOPIC = "import.chunk_stored"
        number: int
        tally: Tally

    class Completed(Event):
        """导入已完成."""

        TOPIC = "import.completed"
        tally: Tally
        refused: int
        complete_to: date | None

    @event(Started)
    def __init__(
        self, file: FileKey, name: str, rows: int, refused: int, complete_to: date | None
    ) -> None:
        self.file = file
        self.name = name
        self.rows = rows
        self.refused = refused
        self.complete_to = complete_to
        self.corrections: tuple[Correction, ...] = ()
        self.chunks = 0
        self.tally = Tally()
        self.completed = False

    @staticmethod
    def create_id(file: FileKey) -> UUID:
        """Derive the id, so that the same file twice collides in the log itself."""
        corrected = () if file.corrected is None else (file.corrected,)
        approved = () if file.approved_on is None else ("approved", file.approved_on.isoformat())
        return derived_id(
            *("import", file.region, file.fiscal_year, file.kind, file.sha256),
            *(*corrected, *approved),
        )

    def correct(self, corrections: tuple[Correction, ...]) -> None:
        """Note what a person replaced before the file was brought in; once."""
        if corrections and not self.corrections:
            self._correct(corrections)

    @event(Corrected)
    def _correct(self, corrections: tuple[Correction, ...]) -> None:
        self.corrections = corrections

    def store_chunk(self, number: int, tally: Tally) -> None:
        """Note that a chunk is in the log; it is appended with the chunk itself."""
        self._store_chunk(number, tally)

    @event(ChunkStored)
    def _store_chunk(self, number: int, tally: Tally) -> None:
        self.chunks = number + 1
        self.tally = self.tally + tally

    def complete(self) -> None:
        """Close the import; what it states about the data's last day counts from here."""
        if not self.completed:
            self._complete(self.tally, self.refused, self.complete_to)

    @event(Completed)
    def _complete(self, tally: Tally, refused: int, complete_to: date | None) -> None:  # noqa: ARG002
        self.completed = True
