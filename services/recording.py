"""What the recording of payments and achievements takes and answers, whatever door it came by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from domain.approval import GivenApproval
from domain.errors import FutureDateError, MonitoringError
from domain.importing import FileKey, ImportKind
from domain.payment import LineConflict, VoucherKind
from services.intake.choice import ColumnRead
from services.intake.tables.table import RowProblem
from services.log.application import Log
from services.readmodel.lookups import Lookups


class Progress(Protocol):
    """Hears how far a file is; may raise ImportCancelledError, which ends the work there."""

    def __call__(self, said: str, done: int = 0, total: int = 0, /) -> None:
        """What is being done now, and how many of how many are done, where that is known."""


def silent(said: str, done: int = 0, total: int = 0) -> None:  # the protocol's names
    """Hear of progress and say nothing."""


@dataclass(frozen=True, slots=True)
class Door:
    """What every kind of file is read with: the record, its look-ups, the day, who listens."""

    log: Log
    lookups: Lookups
    today: date
    progress: Progress = silent


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in, and what its sender says about it.

    ``complete_to``: the day payment data are complete to (支付数据截至日); None leaves that day
    where it is. ``voucher_kind`` is for payment files whose headings do not say; ``cut_off``
    for achievement files without a column 截至日期; ``approval`` for declarations that finance
    approved already. ``mapping`` says which column is what, by folded heading (``mapped_by``).
    ``digest`` is known where the content is not kept any more.
    """

    content: bytes = field(repr=False)
    name: str
    region: str
    fiscal_year: int
    complete_to: date | None = None
    accept_bad_lines: bool = False
    voucher_kind: VoucherKind | None = None
    cut_off: date | None = None
    approval: GivenApproval | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    digest: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The digest by which the same file is known again, whatever its name."""
        return self.digest or sha256(self.content).hexdigest()

    def key(self, kind: ImportKind) -> FileKey:
        """What makes it the same file: its content, and what was said of it and its columns."""
        said = "\n".join(f"{heading}={name}" for heading, name in sorted(self.mapping.items()))
        read_as = sha256(said.encode()).hexdigest() if said else None
        approved_on = self.approval.approved_on if self.approval else None
        return FileKey(self.region, self.fiscal_year, kind, self.sha256, read_as, approved_on)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A line that contradicts the record; the first one stayed. Amounts in yuan."""

    voucher_no: str
    line_key: str
    known_amount: Decimal
    known_on: date
    given_amount: Decimal
    given_on: date
    source_row: int | None
    message: str

    @classmethod
    def of(cls, conflict: LineConflict) -> Conflict:
        """Keep what a refused line said."""
        return cls(
            conflict.key.voucher_no,
            conflict.known.line_key,
            conflict.known.amount,
            conflict.known.paid_on,
            conflict.given.amount,
            conflict.given.paid_on,
            conflict.given.source_row,
            str(conflict),
        )


class Outcome(StrEnum):
    """What became of a file."""

    PREVIEW = "preview"
    COMPLETED = "completed"
    RESUMED = "resumed"
    ALREADY_IMPORTED = "already_imported"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file, in rows: ``rows`` = stored + known + conflicts + refused.

    ``conflict_count`` counts all, ``conflicts`` lists them. ``proposed_complete_to`` is the
    latest payment date of the file, ``unclaimed`` counts lines that find no target now, ``amount``
    is the sum of its lines in yuan; only a preview of payments says these. ``findings`` are places
    a person should look at, ``columns`` says what each column was read as. ``position`` is where
    the record can be read from, None for a preview; ``first_by`` and ``first_at`` say who began
    the import, and when.
    """

    import_id: UUID
    outcome: Outcome
    name: str
    rows: int
    stored: int
    known: int
    conflict_count: int
    refused: int
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[RowProblem, ...] = ()
    columns: tuple[ColumnRead, ...] = ()
    complete_to: date | None = None
    proposed_complete_to: date | None = None
    unclaimed: int | None = None
    amount: Decimal | None = None
    position: int | None = None
    first_by: str | None = None
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where a fact can be read from; ``changed``: whether anything was recorded now."""

    position: int
    changed: bool = True


class BadLinesError(MonitoringError):
    """Lines cannot be understood, and nobody said to go on without them; nothing was stored.

    ``report`` is the preview, with every line, field and reason.
    """

    code = "bad_lines"

    def __init__(self, report: ImportReport) -> None:
        first = report.problems[0]
        super().__init__(
            f"有{report.refused}行不能读取（首处：{first.place}“{first.field}”：{first.message}），"
            f"未导入。请改正后重试，或确认只导入其余{report.rows - report.refused}行。"
        )
        self.report = report


def require_past(day: date | None, today: date) -> None:
    """Refuse a day after today with FutureDateError."""
    if day is not None and day > today:
        raise FutureDateError(day, today)
