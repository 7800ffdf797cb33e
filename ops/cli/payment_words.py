"""How vouchers and amounts are typed at the terminal."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import StrEnum

import typer

from domain.payment import VoucherKind


class Kind(StrEnum):
    """The two kinds of voucher, as one types them."""

    PAYMENT = "payment"
    ALLOCATION = "allocation"

    @property
    def voucher(self) -> VoucherKind:
        """The domain's kind."""
        return VoucherKind.PAYMENT if self is Kind.PAYMENT else VoucherKind.ALLOCATION


def yuan_of(amount: str | None) -> Decimal | None:
    """An amount in yuan as typed; a usage error where it is none."""
    if amount is None:
        return None
    try:
        given = Decimal(amount.replace(",", ""))
    except InvalidOperation:
        given = Decimal("NaN")
    if not given.is_finite() or given != round(given, 2):
        raise typer.BadParameter(f"“{amount}”不是金额。请以元为单位，最多两位小数。")
    return given
