"""Builders of declared things, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.identity import indicator_id
from domain.indicator import Achievement, Comparator, Indicator, Kind, TargetValue
from domain.payment import Payment, PaymentLine, VoucherKey, VoucherKind
from domain.target import Target

REGION = "139900000"
YEAR = 2025
NEW_YEAR = date(2025, 1, 1)
SOME_TARGET = UUID(int=1)


def visits(target: UUID = SOME_TARGET, name: str = "救助人次") -> Indicator:
    """A cumulative indicator of 100,000 visits."""
    return Indicator(
        indicator_id(target, ("产出指标", "数量指标", name), 0),
        "产出指标",
        "数量指标",
        name,
        TargetValue("≥10万人次", Comparator.AT_LEAST, Decimal(10), "万人次"),
        Kind.CUMULATIVE,
    )


def line(amount: int | str = 4_500_000, no: str = "1", **changes: Any) -> FundLine:
    """A fiscal line that arrived on new year's day."""
    plain = FundLine(no, FundSource.CURRENT_YEAR, Decimal(amount), NEW_YEAR)
    return replace(plain, **changes)


def declaration(code: str | None = "P1", name: str = "城乡医疗救助", **changes: Any) -> Declaration:
    """A project with one indicator and one line."""
    plain = Declaration(
        region=REGION,
        fiscal_year=YEAR,
        project_name=name,
        unit_name="县医疗保障局",
        effective_on=NEW_YEAR,
        fund_lines=(line(),),
        indicators=(visits(),),
        project_code=code,
        unit_code="450001",
    )
    return replace(plain, **changes)


def declared(**changes: Any) -> Target:
    """A target as declared."""
    return Target(declaration(**changes))


def reported(number: str, on: date, **changes: Any) -> Achievement:
    """So many ten thousands of visits by a day."""
    plain = Achievement(visits().indicator_id, on, f"{number}万人次", Decimal(number), "万人次")
    return replace(plain, **changes)


def voucher(no: str = "V1", kind: VoucherKind = VoucherKind.PAYMENT) -> VoucherKey:
    """A voucher of the year."""
    return VoucherKey(REGION, YEAR, kind, no)


def paid(amount: str, on: date, key: str = "1", **changes: Any) -> PaymentLine:
    """A line of a voucher of project P1."""
    plain = PaymentLine(key, Decimal(amount), on, project_code="P1", unit_code="450001")
    return replace(plain, **changes)


def payment(no: str, *lines: PaymentLine) -> Payment:
    """A voucher as recorded."""
    return Payment(voucher(no), lines, None)
