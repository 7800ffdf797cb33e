"""A budget is a list of fund lines (rules §2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.errors import MonitoringError
from domain.money import ZERO, yuan_text


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


class MoreThanDeclaredError(MonitoringError):
    """What was granted at the beginning of the year is more than was declared."""

    code = "more_than_declared"

    def __init__(self, source: FundSource, declared: Decimal, granted: Decimal) -> None:
        super().__init__(
            f"{source}的年初指标合计{yuan_text(granted)}元，超过申报的{yuan_text(declared)}元。"
            "超过部分如为追加，请在“调整类型”列写明“追加”；申报有误的，请办目标调整。"
        )


@dataclass(frozen=True, slots=True)
class Detailed:
    """What takes the place of declared lines: they end, and of them ``remainder`` is left."""

    superseded: tuple[str, ...]
    remainder: tuple[FundLine, ...]


def detailed(declared: Sequence[FundLine], granted: Iterable[FundLine], number: int) -> Detailed:
    """Let money that was really granted stand in place of what was declared for it.

    A declaration knows neither documents nor days; the allotments that make up the same money
    do. What is not granted yet stays declared, as a line of its own, ``number`` telling apart
    what was left the times before.

    Raises:
        MoreThanDeclaredError: more was granted than declared, in one of the sources.
    """
    amounts: dict[FundSource, Decimal] = {}
    for line in granted:
        amounts[line.source] = amounts.get(line.source, ZERO) + line.amount
    superseded: list[str] = []
    remainder: list[FundLine] = []
    for source, amount in amounts.items():
        lines = [line for line in declared if line.source is source]
        left = sum((line.amount for line in lines), ZERO) - amount
        if left < 0 or not lines:
            raise MoreThanDeclaredError(source, left + amount, amount)
        superseded += [line.line_no for line in lines]
        if left:
            first = lines[0]
            line_no = f"{first.line_no.partition(LEFT)[0]}{LEFT}{number}"
            remainder.append(replace(first, line_no=line_no, amount=left))
    return Detailed(tuple(superseded), tuple(remainder))


LEFT = "余"
"""Between the number of a declared line and the count of what is left of it."""
