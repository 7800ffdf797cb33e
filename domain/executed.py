"""What counts as executed, and over which lines (rules §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.money import ZERO
from domain.payment import VoucherKind
from domain.policy_terms import PaymentTerms

_OTHER_NATURES = ("单位资金", "其他资金", "自有资金", "事业收入", "经营收入")


@dataclass(frozen=True, slots=True)
class Paid:
    """Payments of one target summed by what decides whether they count; yuan."""

    kind: str
    fund_nature: str | None
    payee_account: str | None
    amount: Decimal
    last_paid_on: date


def is_other_money(fund_nature: str | None) -> bool:
    """Whether a fund nature as printed is 其他资金 and not fiscal money; blank is fiscal."""
    return any(word in (fund_nature or "") for word in _OTHER_NATURES)


def is_executed(paid: Paid, terms: PaymentTerms) -> bool:
    """Whether policy counts it: its kind, its nature, and for allocations its account."""
    if terms.executed_kinds and paid.kind not in terms.executed_kinds:
        return False
    if terms.executed_natures and (paid.fund_nature or "") not in terms.executed_natures:
        return False
    if paid.kind == VoucherKind.ALLOCATION:
        return (paid.payee_account or "") in terms.insurance_fund_accounts
    return True


def executed_fiscal(paid: Iterable[Paid], terms: PaymentTerms) -> Decimal:
    """Executed over the fiscal lines, in yuan."""
    return sum(
        (p.amount for p in paid if is_executed(p, terms) and not is_other_money(p.fund_nature)),
        ZERO,
    )


def executed_other(paid: Iterable[Paid], terms: PaymentTerms) -> Decimal | None:
    """Executed over 其他资金, in yuan; None while nobody entered any."""
    entered = [p.amount for p in paid if is_executed(p, terms) and is_other_money(p.fund_nature)]
    return sum(entered, ZERO) if entered else None
