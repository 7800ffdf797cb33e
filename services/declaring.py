"""Targets are declared, planned, funded, settled and ended (申报、下达、核实)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.approval import GivenApproval
from domain.declaration import Declaration
from domain.funds import FundLine
from domain.indicator import Indicator
from domain.monitoring_round import MonitoringRound
from domain.plan import Shape, SpendingPlan, Window
from domain.policy import Policy
from domain.policy_terms import PolicyTerms
from domain.rounds import MonitoringRounds
from domain.target import Life, Target
from services.access.permitting import permit, permit_declared, permit_target
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.retrying import once


class DeclaredAs(StrEnum):
    """What declaring did; ``APPROVED``: what is on record was approved elsewhere."""

    NEW = "declared"
    UNCHANGED = "unchanged"
    REVISION = "revision_proposed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class DeclareReport:
    """What became of one declaration, and the position behind which it can be read."""

    target_id: UUID
    outcome: DeclaredAs
    position: int


def declare(
    log: Log,
    declaration: Declaration,
    *,
    on: date,
    meta: Meta,
    approval: GivenApproval | None = None,
    command: Command | None = None,
) -> DeclareReport:
    """Declare a target; declared again with other values it is a proposed revision (rules §5).

    It is a draft, unless an ``approval`` was given elsewhere.
    """
    target_id = Target.create_id(declaration)
    asked = command or Command(uuid4(), b"")

    def decide() -> Appended:
        permit_declared(Action.DECLARE, declaration)
        known = log.get_many(Target, [target_id]).get(target_id)
        if known is not None:
            permit_target(Action.DECLARE, known)
        target, outcome = declared(known, declaration, on=on, approval=approval)
        return log.save(target, meta=meta, command=replace(asked, answer=outcome.value))

    done = once(log, command, decide)
    return DeclareReport(target_id, DeclaredAs(str(done.answer)), done.last_position)


def declared(
    known: Target | None, declaration: Declaration, *, on: date, approval: GivenApproval | None
) -> tuple[Target, DeclaredAs]:
    """Decide what declaring does to a target, or to none yet; nothing is saved.

    Raises:
        FutureDateError: the approval is dated after that day.
        StepBackwardsError: the approval is dated before the target's last step.
    """
    target, outcome = known or Target(declaration), DeclaredAs.NEW
    if known is not None:
        number = known.propose_revision(
            declaration, reason="重新申报", document_no=None, proposed_on=on
        )
        outcome = DeclaredAs.UNCHANGED if number is None else DeclaredAs.REVISION
    if approval and target.adopt_approval(declaration, approval, today=on) and known is not None:
        outcome = DeclaredAs.APPROVED
    return target, outcome


May = tuple[Action, Callable[[Target], object]]
"""What is done to a target, and what that is called where it is asked whether it may be."""


def _change(
    log: Log,
    target_id: UUID,
    may: May,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Load, ask whether it is allowed, decide, save; again when somebody else was first."""
    action, change = may

    def decide() -> Appended:
        target = log.get(Target, target_id)
        permit_target(action, target)
        change(target)
        return log.save(target, meta=meta, command=command)

    return once(log, command, decide)


def approve_revision(
    log: Log,
    target_id: UUID,
    number: int,
    *,
    approved_on: date,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Let a proposed revision count from the day finance approved it."""
    return _change(
        log,
        target_id,
        (Action.APPROVE_REVISION, lambda t: t.approve_revision(number, approved_on)),
        meta,
        command,
    )


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to go by from a day on, and why; ``plan`` None goes back to the policy's default."""

    plan: SpendingPlan | None
    effective_on: date
    reason: str
    shape: Shape = Shape.EVEN
    window: Window | None = None


def set_plan(
    log: Log, target_id: UUID, new: NewPlan, *, meta: Meta, command: Command | None = None
) -> Appended:
    """Replace the plan, from a day on."""
    return _change(
        log,
        target_id,
        (
            Action.SET_PLAN,
            lambda t: t.set_plan(
                new.plan,
                shape=new.shape,
                window=new.window,
                effective_on=new.effective_on,
                reason=new.reason,
            ),
        ),
        meta,
        command,
    )


def add_fund_line(
    log: Log, target_id: UUID, line: FundLine, *, meta: Meta, command: Command | None = None
) -> Appended:
    """Record money granted, or taken back with a negative amount."""
    return _change(
        log, target_id, (Action.RECORD_FUNDS, lambda t: t.add_fund_line(line)), meta, command
    )


def confirm_reading(  # noqa: PLR0913  # what is settled, and who asked by which command
    log: Log,
    target_id: UUID,
    indicator: Indicator,
    *,
    confirmed_on: date,
    reason: str,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Settle an indicator that needed a person (待核实)."""
    return _change(
        log,
        target_id,
        (
            Action.CONFIRM_READING,
            lambda t: t.confirm_reading(indicator, confirmed_on=confirmed_on, reason=reason),
        ),
        meta,
        command,
    )


def confirm_over_budget(
    log: Log, target_id: UUID, *, on: date, meta: Meta, command: Command | None = None
) -> Appended:
    """The desk checked that no supplement is missing."""
    return _change(
        log,
        target_id,
        (Action.CONFIRM_OVER_BUDGET, lambda t: t.confirm_over_budget(on)),
        meta,
        command,
    )


def add_code(
    log: Log, target_id: UUID, project_code: str, *, meta: Meta, command: Command | None = None
) -> Appended:
    """Take a project code that came later."""
    return _change(
        log, target_id, (Action.DECLARE, lambda t: t.add_code(project_code)), meta, command
    )


def end_target(  # noqa: PLR0913  # what is ended and how, and who asked by which command
    log: Log,
    target_id: UUID,
    life: Life,
    *,
    ended_on: date,
    document_no: str,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """End a target's life from a day on."""
    return _change(
        log,
        target_id,
        (
            Action.END_TARGET,
            lambda t: t.end(life, ended_on=ended_on, document_no=document_no),
        ),
        meta,
        command,
    )


def open_round(
    log: Log, region: str, opened: MonitoringRound, *, meta: Meta, command: Command | None = None
) -> Appended:
    """Open a monitoring round (监控任务)."""
    permit(Action.OPEN_ROUND)

    def decide() -> Appended:
        stream = MonitoringRounds.create_id(region, opened.year)
        known = log.exists([stream])
        rounds = log.get(MonitoringRounds, stream) if known else None
        rounds = rounds or MonitoringRounds(region, opened.year)
        rounds.open(opened)
        return log.save(rounds, meta=meta, command=command)

    return once(log, command, decide)


def set_policy(  # noqa: PLR0913  # what is set and why, and who asked by which command
    log: Log,
    region: str,
    terms: PolicyTerms,
    *,
    in_force_from: date,
    reason: str,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Set a region's terms from a day on."""
    permit(Action.SET_POLICY)

    def decide() -> Appended:
        stream = Policy.create_id(region)
        policy = log.get(Policy, stream) if log.exists([stream]) else Policy(region)
        policy.set_terms(terms, in_force_from=in_force_from, reason=reason)
        return log.save(policy, meta=meta, command=command)

    return once(log, command, decide)
