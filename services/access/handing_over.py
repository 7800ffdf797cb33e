"""Somebody stands in for somebody, or takes over for good (委托代办、人员交接)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from domain.access.account import Account
from domain.access.action import Action
from domain.access.grant import Grant
from domain.errors import MonitoringError
from services.access.permitting import permit_account
from services.log.appending import Appended
from services.log.application import Log
from services.log.meta import Meta
from services.retrying import decide_again


class ToOneselfError(MonitoringError):
    """Somebody would lend or hand over rights to himself."""

    code = "to_oneself"

    def __init__(self) -> None:
        super().__init__("不能委托或交接给自己。请另选接手人。")


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who stands in for whom, from when to when (both days included), and why."""

    lender_id: UUID
    borrower_id: UUID
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """What went to whom: the printed list names each right."""

    from_account: UUID
    to_account: UUID
    on: date
    grants: tuple[Grant, ...]
    position: int


def delegate(log: Log, asked: Delegation, *, meta: Meta) -> Appended:
    """Lend all one's own rights while one is absent; lent ones are not lent on.

    Raises:
        ToOneselfError: lender and borrower are one.
        TimeBackwardsError: it would end before it starts.
        RolesExcludeError: the borrower holds a role that excludes one of them.
    """
    permit_account(Action.DELEGATE, log, asked.lender_id)
    _require_two(asked.lender_id, asked.borrower_id)

    def decide() -> Appended:
        lender = log.get(Account, asked.lender_id)
        borrower = log.get(Account, asked.borrower_id)
        for grant in _own(lender, asked.starts_on):
            borrower.give(_lent(grant, asked), reason=f"委托代办：{asked.reason}")
        return log.save(borrower, meta=meta)

    return decide_again(decide)


def hand_over(  # noqa: PLR0913  # from whom to whom, what hangs on it, and why
    log: Log,
    from_id: UUID,
    to_id: UUID,
    *,
    on: date,
    reason: str,
    meta: Meta,
    borrowers: Iterable[UUID] = (),
) -> HandOver:
    """Give all of a person's rights to another in one act, those that are still to come as well.

    What was lent to the giver goes back to its lender; what the giver lent to ``borrowers`` ends
    with the right it hung on. An account that is shut already can be handed over too.

    Raises:
        ToOneselfError: giver and taker are one.
        RolesExcludeError: the taker holds a role that excludes one of them.
    """
    permit_account(Action.MANAGE_ACCOUNTS, log, from_id)
    _require_two(from_id, to_id)
    others = set(borrowers) - {from_id, to_id}

    def decide() -> HandOver:
        giver, taker = log.get(Account, from_id), log.get(Account, to_id)
        borrowing = [log.get(Account, other) for other in sorted(others)]
        for borrower in (taker, *borrowing):
            _end_lent(borrower, from_id, on, reason)
        rights = tuple(grant for grant in left_of(giver, on) if grant.lent_by is None)
        for grant in rights:
            starts_on = max(on, grant.starts_on)
            taken = replace(grant, grant_id=uuid4(), starts_on=starts_on)
            taker.give(taken, reason=f"接{giver.name}交接：{reason}")
        giver.hand_over(to_id, left_of(giver, on), on=on, reason=reason)
        done = log.save(giver, taker, *borrowing, meta=meta)
        return HandOver(from_id, to_id, on, rights, done.last_position)

    return decide_again(decide)


def left_of(account: Account, day: date) -> tuple[Grant, ...]:
    """The rights of an account that count on a day or later, shut or not."""
    return tuple(
        grant
        for grant in account.grants.values()
        if grant.ends_on is None or grant.ends_on >= max(day, grant.starts_on)
    )


def _end_lent(borrower: Account, lender_id: UUID, on: date, reason: str) -> None:
    for grant in left_of(borrower, on):
        if grant.lent_by == lender_id:
            borrower.end_grant(
                grant.grant_id, ends_on=on - timedelta(days=1), reason=f"委托人交接：{reason}"
            )


def _own(account: Account, day: date) -> tuple[Grant, ...]:
    return tuple(grant for grant in account.in_force(day) if grant.lent_by is None)


def _lent(grant: Grant, asked: Delegation) -> Grant:
    last = asked.ends_on if grant.ends_on is None else min(asked.ends_on, grant.ends_on)
    return replace(
        grant,
        grant_id=uuid4(),
        starts_on=asked.starts_on,
        ends_on=last,
        lent_by=asked.lender_id,
    )


def _require_two(one: UUID, other: UUID) -> None:
    if one == other:
        raise ToOneselfError
