"""Numbers of a workbook are printed as a person sees them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.readers.number_format import BUILT_IN, plain, shown

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (2025.0, "2025"),
        (4678.0000000001, "4678"),
        (0.1 + 0.2, "0.3"),
        (123456789.12, "123456789.12"),
        (130730002025001, "130730002025001"),
        (1 / 3, "0.333333333333"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (12345678901.23, "12345678901.23"),
    ],
)
def test_without_a_format_a_number_is_exact_and_without_noise(number: float, printed: str) -> None:
    assert plain(number) == shown(number) == printed


@pytest.mark.parametrize(
    ("number", "code", "printed"),
    [
        (0.95, "0%", "95%"),
        (0.925, "0.0%", "92.5%"),
        (0.925, "0%", "93%"),
        (1, "0.00%", "100.00%"),
        (100, "0.00", "100.00"),
        (1.05, "0.0", "1.1"),
        (19_420_000, "#,##0.00", "19,420,000.00"),
        (-1234, "#,##0", "-1,234"),
        (1234567.5, "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "¥1,234,567.50"),
        (-5, r"0.00_);[Red]\(0.00\)", "(5.00)"),
        (-5, "0.00_ ", "-5.00"),
        (-0.001, "0.00", "0.00"),
        (0, '0;-0;"无"', "无"),
        (0, "#,##0;;", ""),
        (12, "00000", "00012"),
        (1.5, "0.##", "1.5"),
        (2, "0.##", "2"),
        (0.5, "#.00", ".50"),
        (12_345_678, "#,##0,", "12,346"),
        (120, '"≥"0"场"', "≥120场"),
        (0.95, '"≥"0%', "≥95%"),
        (86, 'General"个"', "86个"),
        (86, "G/通用格式", "86"),
        (5, '0"元/人"', "5元/人"),
        (7, r"0\人", "7人"),
        (130730, "@", "130730"),
        (8, "[$¥-804]0.00", "¥8.00"),
    ],
)
def test_a_format_is_applied_as_excel_does(number: float, code: str, printed: str) -> None:
    assert shown(number, code) == printed


@pytest.mark.parametrize(
    ("number", "code", "printed"),
    [
        (46022, "yyyy-mm-dd", "2025-12-31"),
        (46022, "yyyy/m/d;@", "2025-12-31"),
        (46022, '[$-804]yyyy"年"m"月"d"日";@', "2025-12-31"),
        (46022.354, "yyyy-m-d h:mm", "2025-12-31 08:29"),
        (46022, 'yyyy"年"m"月"', "2025年12月"),
        (46022, "yyyy-mm", "2025-12"),
        (46022, 'm"月"d"日"', "12月31日"),
        (46022, "yyyy", "2025"),
        (0.5, "h:mm", "12:00"),
        (0.5, "h:mm:ss", "12:00:00"),
        (1.25, "[h]:mm", "06:00"),
        (-1, "yyyy-mm-dd", "-1"),
        (9e9, "yyyy-mm-dd", "9000000000"),
    ],
)
def test_days_are_iso_days_and_months_stay_months(number: float, code: str, printed: str) -> None:
    assert shown(number, code) == printed


def test_a_workbook_that_counts_from_1904_has_its_days_four_years_later() -> None:
    assert shown(44560, "yyyy-mm-dd", from_1904=True) == "2025-12-31"


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", "[>=1]0.0;0", "[DBNum1]0", "000-0000"])
def test_what_is_beyond_us_shows_the_plain_number(code: str) -> None:
    assert shown(5, code) == "5"


@settings(deadline=None)
@given(
    NUMBERS,
    st.sampled_from(sorted(BUILT_IN.values()))
    | st.text('0#?.,%;"年ymdh:s[]\\_*@G/- ', max_size=12),
)
def test_no_number_and_no_format_is_too_much(number: float, code: str) -> None:
    assert isinstance(shown(number, code), str)


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_keep_every_digit(number: int) -> None:
    assert plain(number) == str(number)
