"""Declarations are submitted, returned and approved (送审、退回、批复)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.access.action import Action
from domain.approval import GivenApproval, Objection
from domain.confirmation.mending import ANSWERED_BY, is_mended
from domain.review.finding import Finding, Severity
from domain.review.last_year import last_year_of
from domain.target import Target
from services.access.permitting import permit_target
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.readmodel import ReadModel
from services.retrying import once
from services.reviewing import Review, review_declarations


@dataclass(frozen=True, slots=True)
class ApprovalDesk:
    """What approval is worked on with: the record, what can be read, and the calendar day."""

    log: Log
    read_model: ReadModel
    today: date


@dataclass(frozen=True, slots=True)
class Approval:
    """When a declaration is approved, and by which document.

    ``outside``: finance approved it elsewhere; that is a fact, whatever the review finds.
    """

    approved_on: date
    document_no: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """When and why a declaration is returned.

    ``checks`` are the ids of the checks whose findings go with it; None takes all errors and
    warnings.
    """

    returned_on: date
    reason: str
    checks: Collection[str] | None = None


def submit(
    desk: ApprovalDesk,
    target_id: UUID,
    submitted_on: date,
    *,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Hand a declaration in for approval.

    Raises:
        NotOnRecordError: there is no such target.
        StageError: it is handed in or approved already.
    """

    def step(target: Target) -> None:
        permit_target(Action.SUBMIT_DECLARATION, target)
        target.submit(submitted_on, today=desk.today)

    return _step(desk, target_id, step, meta, command)


def give_back(
    desk: ApprovalDesk,
    target_id: UUID,
    returned: Return,
    *,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Return a declaration with a reason, and with what the review finds about it.

    Raises:
        NotOnRecordError: there is no such target.
        StageError: it is not handed in.
    """

    def step(target: Target) -> None:
        permit_target(Action.REVIEW_DECLARATION, target)
        found = _chosen(review_target(desk.read_model, target).findings, returned.checks)
        target.give_back(returned.returned_on, returned.reason, objections(found), today=desk.today)

    return _step(desk, target_id, step, meta, command)


def approve(
    desk: ApprovalDesk,
    target_id: UUID,
    approval: Approval,
    *,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Approve a declaration, as people settled its indicators.

    Raises:
        NotOnRecordError: there is no such target.
        StageError: it is not handed in.
        ErrorsNotMendedError: the review finds errors that nobody mended.
    """

    def step(target: Target) -> None:
        permit_target(Action.APPROVE_REVISION, target)
        if approval.outside:
            given = GivenApproval(approval.approved_on, approval.document_no)
            target.adopt_approval(target.to_approve, given, today=desk.today)
            return
        errors = objections(review_target(desk.read_model, target).errors)
        target.approve(approval.approved_on, approval.document_no, errors, today=desk.today)

    return _step(desk, target_id, step, meta, command)


def review_target(read_model: ReadModel, target: Target) -> Review:
    """Review what approval would be of, beside the other targets of its unit and department.

    What a person settled counts as mended, whatever the form prints.

    Raises:
        NotOnRecordError: whoever is present may not see the target.
    """
    permit_target(Action.READ_TARGET, target)
    declared = target.to_approve
    settled = target.as_settled(declared)
    before = read_model.year_before(target.id)
    review = review_declarations(
        [settled],
        on_record=read_model.declared_beside(target.id),
        last_year=[last_year_of(*before)] if before else [],
    )
    rows = list(zip(declared.indicators, settled.indicators, strict=True))

    def is_open(found: Finding) -> bool:
        row = found.spot.row if found.check in ANSWERED_BY else None
        return row is None or not is_mended(found.check, *rows[row])

    return replace(review, findings=tuple(filter(is_open, review.findings)))


def objections(findings: Iterable[Finding]) -> list[Objection]:
    """Keep what a finding says, without its place in a file that may be gone."""
    return [Objection(one.check, one.indicator, one.message) for one in findings]


def _chosen(findings: Iterable[Finding], checks: Collection[str] | None) -> list[Finding]:
    if checks is None:
        return [one for one in findings if one.severity is not Severity.NOTE]
    return [one for one in findings if one.check in checks]


def _step(
    desk: ApprovalDesk,
    target_id: UUID,
    step: Callable[[Target], object],
    meta: Meta,
    command: Command | None,
) -> Appended:
    """Load, decide, save; again when somebody else was first."""

    def decide() -> Appended:
        target = desk.log.get(Target, target_id)
        step(target)
        return desk.log.save(target, meta=meta, command=command)

    return once(desk.log, command, decide)
