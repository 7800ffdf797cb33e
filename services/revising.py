"""Proposing other values for a target that is on record (绩效目标调整, rules §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.declaration import Declaration
from domain.errors import MonitoringError
from domain.target import Target
from services.access.permitting import permit_target
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.retrying import once


class OtherYearError(MonitoringError):
    """A revision is of another fiscal year than the target."""

    code = "other_fiscal_year"

    def __init__(self, known: int, given: int) -> None:
        super().__init__(f"该绩效目标属{known}年度，不能调整为{given}年度。请另行申报。")


@dataclass(frozen=True, slots=True)
class NewRevision:
    """Changed values, and why; ``declaration`` is whole, not a difference."""

    declaration: Declaration
    reason: str
    document_no: str | None
    proposed_on: date


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """``number`` is what approval names, None where the values are those on record."""

    number: int | None
    position: int


def propose_revision(
    log: Log,
    target_id: UUID,
    revision: NewRevision,
    *,
    meta: Meta,
    command: Command | None = None,
) -> RevisionReport:
    """Propose changed values; they count from the day finance approves them.

    Raises:
        NotOnRecordError: there is no such target.
        OtherYearError: the values are of another fiscal year.
    """
    asked = command or Command(uuid4(), b"")

    def decide() -> Appended:
        target = log.get(Target, target_id)
        permit_target(Action.PROPOSE_REVISION, target)
        known, given = target.declaration.fiscal_year, revision.declaration.fiscal_year
        if known != given:
            raise OtherYearError(known, given)
        number = target.propose_revision(
            revision.declaration,
            reason=revision.reason,
            document_no=revision.document_no,
            proposed_on=revision.proposed_on,
        )
        return log.save(target, meta=meta, command=replace(asked, answer=number))

    done = once(log, command, decide)
    number = done.answer if isinstance(done.answer, int) else None
    return RevisionReport(number, done.last_position)
