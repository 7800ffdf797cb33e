"""Single cells as people and exports write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.intake.amounts import amount_of
from services.intake.cells import CellError, DamagedNumberError, code_of, text_of
from services.intake.days import cut_off_of, day_of
from services.intake.tables.table import Value


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.50", "1234.50"),
        ("1,234.50", "1234.50"),
        (" １，２３４．５ ", "1234.5"),
        ("（1,234）", "-1234"),
        ("(0.01)", "-0.01"),
        ("-12", "-12"),
        ("−12", "-12"),
        ("¥12.30元", "12.30"),
        ('="12.30"', "12.30"),
        ("'12.30", "12.30"),
        (1234.1, "1234.1"),
        (3, "3"),
        ("—", None),
        ("", None),
        (None, None),
    ],
)
def test_an_amount_is_read_exactly_as_it_stands(cell: Value, amount: str | None) -> None:
    assert amount_of(cell) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    "cell", ["abc", "12,34", "1.2E+05", "NaN", "1_000", "1e400", 1e18, date(2025, 1, 1), "--5"]
)
def test_what_is_no_amount_is_refused_with_its_text(cell: Value) -> None:
    with pytest.raises(CellError, match=r"金额"):
        amount_of(cell)


def test_a_binary_number_is_read_by_its_shortest_text() -> None:
    assert amount_of(0.1 + 0.2) == Decimal("0.30000000000000004")
    assert amount_of(8_589_934_592.07) == Decimal("8589934592.07")


@pytest.mark.parametrize(
    "cell",
    [
        "2025-06-30",
        "2025/6/30",
        "2025.06.30",
        "20250630",
        "2025年6月30日",
        "2025-06-30 23:59:59",
        "2025-06-30T08:00:00+08:00",
        "２０２５－０６－３０",
        45838.0,
        20250630,
        date(2025, 6, 30),
    ],
)
def test_the_usual_forms_of_a_day_are_read(cell: Value) -> None:
    assert day_of(cell) == date(2025, 6, 30)


@pytest.mark.parametrize("cell", ["2025-02-30", "25-06-30", "2025-06", "昨天", 12.5, 3])
def test_what_is_no_day_is_refused(cell: Value) -> None:
    with pytest.raises(CellError):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025-06-30", date(2025, 6, 30)),
        ("6月底", date(2025, 6, 30)),
        ("2025年6月", date(2025, 6, 30)),
        ("2025-02", date(2025, 2, 28)),
        ("", None),
    ],
)
def test_a_month_stands_for_its_last_day(cell: Value, day: date | None) -> None:
    assert cut_off_of(cell, 2025) == day


def test_a_cut_off_that_names_no_day_is_refused() -> None:
    with pytest.raises(CellError):
        cut_off_of("上次例会", 2025)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("13073025P00C89110002Y", "13073025P00C89110002Y"),
        ('="00123"', "00123"),
        (" 001 23 ", "00123"),
        ("ＡＢ１２", "AB12"),
        ("2025E0001", "2025E0001"),
        (361001.0, "361001"),
        ("\t", None),
        (None, None),
    ],
)
def test_a_code_keeps_its_digits(cell: Value, code: str | None) -> None:
    assert code_of(cell) == code


@pytest.mark.parametrize("cell", ["1.30E+17", "1e+20", 1.3e17, 12.5])
def test_a_code_that_became_a_number_is_damaged(cell: Value) -> None:
    with pytest.raises(DamagedNumberError):
        code_of(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("  a \n b ", "a b"), (5.0, "5"), (5.25, "5.25"), (7, "7"), ("  ", None), (None, None)],
)
def test_text_is_kept_with_its_white_space_folded(cell: Value, text: str | None) -> None:
    assert text_of(cell) == text
