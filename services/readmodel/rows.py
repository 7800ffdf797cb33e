"""What the read model answers: frozen rows. Money in yuan, shares 0-1, days in Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval import Objection, Stage
from domain.declaration import Declaration
from domain.planned import PlanCurve
from services.readmodel.judged import JudgedTarget
from services.readmodel.pictures import PolicyInForce


@dataclass(frozen=True, slots=True)
class Readings:
    """How fresh the read tables are.

    ``behind`` counts events not read yet; ``incomplete`` names families that skipped or stand
    still, in words for a banner.
    """

    position: int
    behind: int
    incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as it is looked up."""

    target_id: UUID
    first_position: int
    region: str
    fiscal_year: int
    project_code: str | None
    project_name: str
    unit_code: str | None
    unit_name: str
    department: str | None
    stage: str


@dataclass(frozen=True, slots=True)
class StageStep:
    """One step of a declaration towards its approval.

    ``reason`` and ``objections`` are of a return, ``document_no`` of an approval, ``outside``
    says that it was given elsewhere.
    """

    position: int
    recorded_at: datetime
    on_day: date
    stage: Stage
    actor: str
    reason: str | None
    document_no: str | None
    outside: bool
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class DayAmount:
    """Executed by the end of a day, cumulated over the fiscal lines."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it stood after the last evaluation of a moment; of this colour ``since``."""

    alert_id: UUID
    rule: str
    target_id: UUID
    indicator_id: UUID | None
    fiscal_year: int
    unit_code: str | None
    project_name: str
    unit_name: str
    state: str
    severity: str
    owed: bool
    raised_on: date
    since: date
    changed_on: date
    position: int
    sentence: str


@dataclass(frozen=True, slots=True)
class AlertStep:
    """One line of an alert's history, with what the judgement rested on."""

    alert_id: UUID
    position: int
    recorded_at: datetime
    on_day: date
    what: str
    state: str
    severity: str
    known_at: int
    policy_version: int | None
    sentence: str
    inputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What happened to a target, for people.

    ``filler`` is who filled in with an account of several people, with the telephone.
    """

    position: int
    recorded_at: datetime
    on_day: date | None
    topic: str
    actor: str
    source: str
    line: str
    filler: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A voucher line: as it stands now in lists, as it was known on a target's page."""

    voucher_id: UUID
    line_key: str
    position: int
    recorded_at: datetime
    kind: str
    voucher_no: str
    amount: Decimal
    paid_on: date
    project_code: str | None
    project_name: str | None
    unit_code: str | None
    fund_nature: str | None
    summary: str | None
    target_id: UUID | None
    standing: str
    basis: str | None
    rule: int | None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """That a day was judged."""

    position: int
    recorded_at: datetime
    fiscal_year: int
    as_of: date
    known_at: int
    policy_version: int
    targets: int
    raised: int
    worsened: int
    eased: int
    resolved: int


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A file that was brought in; ``completed_position`` is None while it is not done."""

    import_id: UUID
    position: int
    recorded_at: datetime
    fiscal_year: int
    kind: str
    name: str
    sha256: str
    actor: str
    rows: int
    refused: int
    stored: int
    known: int
    conflicts: int
    complete_to: date | None
    completed_position: int | None
    corrections: int


@dataclass(frozen=True, slots=True)
class ImportedTarget:
    """What an import of a form did to one target, in the words of its history."""

    target_id: UUID
    project_name: str
    line: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything, by query."""

    targets: int
    indicators: int
    payments: int
    payment_lines: int
    achievements: int
    unclaimed_lines: int
    alerts_open: int
    alerts_resolved: int
    position: int


@dataclass(frozen=True, slots=True)
class TargetDetail:
    """Everything a target's page shows."""

    judged: JudgedTarget
    declaration: Declaration
    stages: tuple[StageStep, ...]
    policy: PolicyInForce
    plan: PlanCurve
    spending: tuple[DayAmount, ...]
    alerts: tuple[AlertRow, ...]
    alert_steps: tuple[AlertStep, ...]
    history: tuple[HistoryLine, ...]
    payments: tuple[PaymentRow, ...]
