"""Money at its edges, folded names, what counts as executed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.executed import Paid, executed_fiscal, executed_other, is_executed, is_other_money
from domain.identity import derived_id, indicator_id, normalised_name, target_id, voucher_id
from domain.money import percent_text, ratio, wan_text, yuan, yuan_text
from domain.payment import VoucherKind
from domain.policy_terms import PaymentTerms

MAY = date(2025, 5, 1)
PAYMENT, ALLOCATION = VoucherKind.PAYMENT, VoucherKind.ALLOCATION


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("4500000", "450.00"), ("34150", "3.42"), ("34149", "3.41"), ("-5000", "-0.50")],
)
def test_wan_has_two_decimals_half_up(amount: str, shown: str) -> None:
    assert wan_text(Decimal(amount)) == shown


def test_yuan_has_thousands_and_cents() -> None:
    assert yuan_text(Decimal("1234567.895")) == "1,234,567.90"
    assert yuan(Decimal("0.005")) == Decimal("0.01")


@given(st.decimals("-1000000", "1000000", places=2))
def test_wan_and_back_loses_nothing(amount: Decimal) -> None:
    assert Decimal(wan_text(amount * 10_000)) == amount


def test_a_ratio_has_four_decimals_and_nothing_divides_by_zero() -> None:
    assert ratio(Decimal(2), Decimal(3)) == Decimal("0.6667")
    assert ratio(Decimal(1), Decimal(0)) is None


def test_percent_is_rounded_half_up() -> None:
    assert percent_text(Decimal("0.3335")) == "33.4%"
    assert percent_text(Decimal("0.3335"), 2) == "33.35%"


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        (" 怀财字【２０２５】7号 运行经费 ", "怀财字[2025]7号运行经费"),
        ("[13073021T6Q0KS27UZ891]怀财字〔2025〕7号配套", "怀财字[2025]7号配套"),
        ("DRG/DIP 支付方式", "drg/dip支付方式"),
        ("[县级]补助", "[县级]补助"),
    ],
)
def test_names_fold_as_they_always_did(printed: str, folded: str) -> None:
    assert normalised_name(printed) == folded


def test_ids_never_change() -> None:
    assert str(derived_id("target", 1)) == "63761c91-b1c9-5c14-b92f-0caceca00d98"
    assert (
        str(target_id("139900000", 2025, "P1", "450001", "甲"))
        == "7acedefa-b20b-5509-91f0-861b6bc05474"
    )
    assert (
        str(target_id("139900000", 2025, None, "450001", "甲"))
        == "93f90f1c-a61f-50b3-8739-74a0de157678"
    )
    assert (
        str(voucher_id("139900000", 2025, "支付凭证", "V1"))
        == "c3641bf1-bef6-52d5-a2c6-a473eb156172"
    )
    target = target_id("139900000", 2025, "P1", "450001", "甲")
    assert (
        str(indicator_id(target, ("产出指标", "数量指标", "人次"), 0))
        == "148ce355-9d35-5661-a35e-c610cca2171a"
    )


def one(kind: str, nature: str | None, account: str | None = None, amount: str = "10") -> Paid:
    return Paid(kind, nature, account, Decimal(amount), MAY)


@pytest.mark.parametrize(
    ("nature", "other"),
    [("一般公共预算资金", False), (None, False), ("单位资金", True), ("其他资金", True)],
)
def test_a_nature_is_fiscal_or_other(nature: str | None, *, other: bool) -> None:
    assert is_other_money(nature) is other


@pytest.mark.parametrize(
    ("paid", "terms", "counts"),
    [
        (one(PAYMENT, None), PaymentTerms(), True),
        (one(PAYMENT, None), PaymentTerms(executed_kinds=(ALLOCATION,)), False),
        (one(PAYMENT, "基金"), PaymentTerms(executed_natures=("基金",)), True),
        (one(PAYMENT, None), PaymentTerms(executed_natures=("基金",)), False),
        (one(ALLOCATION, None, "6217"), PaymentTerms(), False),
        (one(ALLOCATION, None, "6217"), PaymentTerms(insurance_fund_accounts=("6217",)), True),
        (one(ALLOCATION, None), PaymentTerms(insurance_fund_accounts=("6217",)), False),
    ],
)
def test_policy_says_what_counts_as_executed(
    paid: Paid, terms: PaymentTerms, *, counts: bool
) -> None:
    assert is_executed(paid, terms) is counts


def test_other_money_is_not_entered_until_it_is() -> None:
    fiscal, other = one(PAYMENT, "一般公共预算资金"), one(PAYMENT, "单位资金", amount="3")
    assert executed_fiscal([fiscal, other], PaymentTerms()) == 10
    assert executed_other([fiscal], PaymentTerms()) is None
    assert executed_other([fiscal, other], PaymentTerms()) == 3
