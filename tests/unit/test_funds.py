"""Allotments take the place of the declared money they make up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.funds import FundLine, FundSource, MoreThanDeclaredError
from domain.target import LineConflictError, Target
from tests.declaring import declared, line

MARCH, JUNE = date(2025, 3, 5), date(2025, 6, 1)


def granted(no: str, amount: int, on: date = MARCH, **changes: object) -> FundLine:
    return line(amount, no, arrived_on=on, document_no=f"财预〔2025〕{no}号", **changes)


def amounts(target: Target) -> dict[str, Decimal]:
    return {one.line_no: one.amount for one in target.lines.values()}


def test_what_was_granted_whole_stands_in_place_of_what_was_declared() -> None:
    target = declared(fund_lines=(line(4_500_000),))
    target.detail_funds([granted("A", 3_000_000), granted("B", 1_500_000, JUNE)])
    assert amounts(target) == {"A": 3_000_000, "B": 1_500_000}
    assert target.declared_funds == ()


def test_what_is_not_granted_yet_stays_declared() -> None:
    target = declared(fund_lines=(line(4_500_000),))
    target.detail_funds([granted("A", 3_000_000)])
    assert amounts(target) == {"1余1": 1_500_000, "A": 3_000_000}
    (left,) = target.declared_funds
    assert (left.arrived_on, left.document_no) == (date(2025, 1, 1), None)
    target.detail_funds([granted("B", 500_000)])
    assert amounts(target) == {"A": 3_000_000, "1余2": 1_000_000, "B": 500_000}
    target.detail_funds([granted("C", 1_000_000)])
    assert sum(amounts(target).values()) == 4_500_000
    assert target.declared_funds == ()


def test_each_source_is_detailed_for_itself() -> None:
    other = line(900, "2", source=FundSource.OTHER)
    target = declared(fund_lines=(line(4_500), other))
    target.detail_funds([granted("A", 4_500)])
    assert target.declared_funds == (other,)


@pytest.mark.parametrize("source", [FundSource.CURRENT_YEAR, FundSource.CARRY_OVER])
def test_more_than_was_declared_is_refused(source: FundSource) -> None:
    target = declared(fund_lines=(line(4_500),))
    with pytest.raises(MoreThanDeclaredError, match="追加"):
        target.detail_funds([granted("A", 4_501, source=source)])
    assert amounts(target) == {"1": 4_500}


def test_a_number_on_record_is_not_taken_again() -> None:
    target = declared(fund_lines=(line(4_500),))
    target.detail_funds([granted("A", 500)])
    with pytest.raises(LineConflictError):
        target.detail_funds([granted("A", 600)])
