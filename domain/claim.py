"""Whose a voucher line is: by what it was found, and what a person said (rules §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.errors import MonitoringError
from domain.money import yuan


class Basis(StrEnum):
    """By what a line is where it is; the earlier ones win, but a person's word wins over all.

    ``REOPENED``: a person split it, and a correction has changed its amount since.
    """

    PROJECT_CODE = "project_code"
    FORMER_CODE = "former_code"
    DOCUMENT_NO = "document_no"
    MAPPING = "mapping"
    RULE = "rule"
    HAND = "hand"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a line that belongs to one target; yuan.

    Without a target it is basic expenditure (基本支出), or ``unclaimed`` as before (未认领).
    """

    target_id: UUID | None
    amount: Decimal
    unclaimed: bool = False


class SplitDoesNotAddUpError(MonitoringError):
    """The parts of a split line do not add up to it."""

    code = "split_does_not_add_up"

    def __init__(self, amount: Decimal, given: Decimal) -> None:
        super().__init__(f"拆分合计{given}元，与该行{amount}元不符。请核对各部分金额。")
        self.amount, self.given = amount, given


class UnsoundPartError(MonitoringError):
    """A part of a line is nothing, of the other sign, in less than cents, or contradictory."""

    code = "unsound_part"

    def __init__(self, share: Share, problem: str) -> None:
        super().__init__(f"拆分的一部分{share.amount}元有误：{problem}")
        self.share = share


def require_parts(shares: Sequence[Share], amount: Decimal) -> None:
    """Check that parts make up a line: to the cent, each of the line's own sign.

    Raises:
        SplitDoesNotAddUpError: they do not add up to it.
        UnsoundPartError: a part cannot be one.
    """
    for share in shares:
        _require_sound(share, amount, alone=len(shares) == 1)
    total = total_of(shares)
    if not shares or total != amount:
        raise SplitDoesNotAddUpError(amount, total)


def _require_sound(share: Share, amount: Decimal, *, alone: bool) -> None:
    if share.unclaimed and share.target_id is not None:
        raise UnsoundPartError(share, "不能既归项目又未认领。请二者择一。")
    if share.amount != yuan(share.amount):
        raise UnsoundPartError(share, "金额最多两位小数。请改为到分。")
    if not alone and share.amount * amount <= 0:
        raise UnsoundPartError(share, "各部分不能为零，正负须与该行相同。请改正金额。")


def total_of(shares: Sequence[Share]) -> Decimal:
    """What parts come to, in yuan."""
    return sum((share.amount for share in shares), Decimal(0))


def still_fits(shares: Sequence[Share], amount: Decimal) -> bool:
    """Whether what a person said of a line still holds at its corrected amount.

    A whole line follows its correction: whose it is has nothing to do with how much. Parts
    that no longer add up are nobody's to stretch: the line is open again.
    """
    return len(shares) == 1 or total_of(shares) == amount
