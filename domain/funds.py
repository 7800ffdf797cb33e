"""A budget is a list of fund lines (rules §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FundSource(StrEnum):
    """Where money comes from."""

    CURRENT_YEAR = "本年财政拨款"
    CARRY_OVER = "上年结转"
    OTHER = "其他资金"


FISCAL = (FundSource.CURRENT_YEAR, FundSource.CARRY_OVER)
"""The light of money is judged over these; the score over all (rules §2)."""


@dataclass(frozen=True, slots=True)
class FundLine:
    """Money granted, or an adjustment of it; a reduction is a line with a negative amount.

    ``amount`` in yuan. ``arrived_on`` is the 下达日. ``original`` lines make up the 年初预算数.
    """

    line_no: str
    source: FundSource
    amount: Decimal
    arrived_on: date
    level: str | None = None
    fund_nature: str | None = None
    year_of_origin: int | None = None
    document_no: str | None = None
    original: bool = True
