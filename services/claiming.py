"""Lines are claimed, split, marked as basic expenditure, and claims withdrawn (rules §2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from domain.access.action import Action
from domain.claim import Share
from domain.errors import MonitoringError, NotOnRecordError
from domain.payment import Payment, VoucherKey
from domain.target import Target
from services.access.permitting import permit
from services.log.appending import MAX_EVENTS, Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.recording import Recorded
from services.retrying import once


@dataclass(frozen=True, slots=True)
class LineRef:
    """Which line of which voucher."""

    voucher_id: UUID
    line_key: str

    @classmethod
    def of(cls, voucher: VoucherKey, line_key: str) -> LineRef:
        """A line by what its voucher is called."""
        return cls(Payment.create_id(voucher), line_key)


@dataclass(frozen=True, slots=True)
class LineClaim:
    """Whose one line is, in parts that make it up, and why."""

    line: LineRef
    shares: tuple[Share, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class WholeClaims:
    """Lines that are one target's, whole; without a target basic expenditure (基本支出)."""

    lines: tuple[LineRef, ...]
    target_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """Lines whose claims are taken back: they are where their codes and the rules say."""

    lines: tuple[LineRef, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of many lines; the others were as asked before."""

    position: int
    changed: int
    unchanged: int


class TargetElsewhereError(MonitoringError):
    """Lines are claimed for a target of another region or budget year."""

    code = "target_elsewhere"

    def __init__(self, what: str, target: Target) -> None:
        declared = target.declaration
        super().__init__(
            f"{what}不能归入{declared.fiscal_year}年度（{declared.region}）的"
            f"“{declared.project_name}”。请选择同一地区、同一年度的项目。"
        )


class TooManyLinesError(MonitoringError):
    """More lines than one act may change."""

    code = "too_many_lines"

    def __init__(self, given: int) -> None:
        super().__init__(f"一次最多处理{MAX_EVENTS}行，本次{given}行。请分批，或设一条认领规则。")


def claim_line(
    log: Log, claim: LineClaim, *, meta: Meta, command: Command | None = None
) -> Recorded:
    """Say whose a line is, whole or in parts (认领、拆分、标为基本支出).

    Raises:
        NotOnRecordError: no such voucher, line or target.
        SplitDoesNotAddUpError: the parts do not add up to the line.
        UnsoundPartError: a part cannot be one.
        TargetElsewhereError: a target is of another region or year than the voucher.
    """

    def change(payments: Mapping[UUID, Payment]) -> int:
        payment = payments[claim.line.voucher_id]
        _require_targets(log, [payment], (share.target_id for share in claim.shares))
        return payment.claim(claim.line.line_key, claim.shares, claim.reason)

    done = _change(log, [claim.line], change, meta, command)
    return Recorded(done.position, changed=bool(done.changed))


def claim_lines(
    log: Log, claims: WholeClaims, *, meta: Meta, command: Command | None = None
) -> Changed:
    """Give lines to a target, or mark them as basic expenditure: all of them, or none.

    Raises:
        TooManyLinesError: more lines than one append holds.
        NotOnRecordError: no such voucher, line or target.
        TargetElsewhereError: the target is of another region or year than a voucher.
    """

    def change(payments: Mapping[UUID, Payment]) -> int:
        _require_targets(log, payments.values(), [claims.target_id])
        changed = 0
        for line in claims.lines:
            payment = payments[line.voucher_id]
            share = Share(claims.target_id, payment.line(line.line_key).amount)
            changed += payment.claim(line.line_key, (share,), claims.reason)
        return changed

    return _change(log, claims.lines, change, meta, command)


def withdraw_claims(
    log: Log, withdrawals: Withdrawals, *, meta: Meta, command: Command | None = None
) -> Changed:
    """Take back what people said of lines: of all, or of none.

    Raises:
        TooManyLinesError: more lines than one append holds.
        NotOnRecordError: no such voucher or line.
    """

    def change(payments: Mapping[UUID, Payment]) -> int:
        return sum(
            payments[line.voucher_id].withdraw_claim(line.line_key, withdrawals.reason)
            for line in withdrawals.lines
        )

    return _change(log, withdrawals.lines, change, meta, command)


def _change(
    log: Log,
    lines: Sequence[LineRef],
    change: Callable[[Mapping[UUID, Payment]], int],
    meta: Meta,
    command: Command | None,
) -> Changed:
    """Load the vouchers of lines, change them, save them in one append."""
    permit(Action.CLAIM_PAYMENT)
    if len(lines) > MAX_EVENTS:
        raise TooManyLinesError(len(lines))
    asked = command or Command(uuid4(), b"")

    def decide() -> Appended:
        payments = _vouchers(log, lines)
        changed = change(payments)
        return log.save(*payments.values(), meta=meta, command=replace(asked, answer=changed))

    done = once(log, command, decide)
    changed = done.answer if isinstance(done.answer, int) else 0
    return Changed(done.last_position, changed, len(lines) - changed)


def _vouchers(log: Log, lines: Iterable[LineRef]) -> dict[UUID, Payment]:
    ids = {line.voucher_id for line in lines}
    found = log.get_many(Payment, ids)
    missing = ids - found.keys()
    if missing:
        raise NotOnRecordError(f"凭证 {min(missing, key=str)}")
    return found


def _require_targets(log: Log, payments: Iterable[Payment], targets: Iterable[UUID | None]) -> None:
    ids = {target_id for target_id in targets if target_id is not None}
    found = [log.get(Target, target_id) for target_id in sorted(ids, key=str)]
    for payment in payments:
        voucher = payment.voucher
        for target in found:
            if (voucher.region, voucher.budget_year) != place_of(target):
                what = f"{voucher.budget_year}预算年度的凭证{voucher.voucher_no}"
                raise TargetElsewhereError(what, target)


def place_of(target: Target) -> tuple[str, int]:
    """The region and year whose vouchers a target may have."""
    declared = target.declaration
    return declared.region, declared.fiscal_year
