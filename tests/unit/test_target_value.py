"""Printed values are read for what they say, and for nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.indicator import TargetValue
from domain.target_value import fold, is_cut_off, read_value, split_values, unit_in_name

YEAR_END = date(2025, 12, 31)


def said(value: TargetValue) -> tuple[str | None, str | None, str | None]:
    number = None if value.number is None else str(value.number)
    return (value.comparator and value.comparator.value, number, value.unit)


@pytest.mark.parametrize(
    ("text", "comparator", "number", "unit"),
    [
        ("≥10万人次", "≥", "10", "万人次"),
        ("≤15%", "≤", "15", "%"),
        ("合规医疗费用救助比例≥70%", "≥", "70", "%"),
        ("≤473.25平方米", "≤", "473.25", "平方米"),
        ("≥每人每年核定6.54万元", "≥", "6.54", "万元"),
        ("≥1080P", "≥", "1080", "P"),
        ("2000000.00 元", None, "2000000.00", "元"),
        ("500元/人·年", None, "500", "元/人·年"),
        ("60063人", None, "60063", "人"),
        ("≥80", "≥", "80", None),
        ("98%", None, "98", "%"),
        ("≥95％", "≥", "95", "%"),
        ("３次及以上", "≥", "3", "次"),
        ("≥1,234.50万元", "≥", "1234.50", "万元"),
        ("１，２３４人", None, "1234", "人"),
        ("≧3", "≥", "3", None),
        (">=3次", "≥", "3", "次"),
        ("<=3次", "≤", "3", "次"),
        ("═100%", "=", "100", "%"),
        ("＞3次", ">", "3", "次"),
        ("＜3次", "<", "3", "次"),
        ("大于等于90%", "≥", "90", "%"),
        ("不少于3次", "≥", "3", "次"),
        ("各种渠道宣传不少于3次", "≥", "3", "次"),
        ("不低于95%", "≥", "95", "%"),
        ("不得低于95%", "≥", "95", "%"),
        ("不超过30天", "≤", "30", "天"),
        ("低于5%", "<", "5", "%"),
        ("90%以上", "≥", "90", "%"),
        ("参保率达90%以上", "≥", "90", "%"),
        ("30天以内", "≤", "30", "天"),
        ("30天内", "≤", "30", "天"),
        ("3个工作日内", "≤", "3", "个工作日"),
        ("5%以下", "≤", "5", "%"),
        ("控制在5%以内", "≤", "5", "%"),
        ("95%≥", "≥", "95", "%"),
        ("≤1年", "≤", "1", "年"),
        ("≤12个月", "≤", "12", "个月"),
        ("100%（3家）", None, "100", "%"),
        ("3次培训", None, "3", "次"),
        ("12框以上", "≥", "12", "框"),
        ("110001", None, "110001", None),
        ("0", None, "0", None),
        ("-5%", None, "-5", "%"),
        ("3个工作日内办结", "≤", "3", "个工作日"),
        ("1年内", "≤", "1", "年"),
        ("两场以上", "≥", "2", "场"),
        ("百分之九十", None, "90", "%"),
        ("九成以上", "≥", "90", "%"),
        ("≥1，200人", "≥", "1200", "人"),
        ("≥95（%）", "≥", "95", "%"),
        ("3（个）", None, "3", "个"),
        ("300余人", None, "300", "人"),
        ("95%以上（含95%）", "≥", "95", "%"),
        ("2.8万", None, "2.8", "万"),
    ],
)
def test_comparator_number_and_unit_are_read_as_printed(
    text: str, comparator: str | None, number: str, unit: str | None
) -> None:
    assert said(read_value(text)) == (comparator, number, unit)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("及时", None),
        ("效果显著", None),
        ("本指标不适用", None),
        ("无", None),
        ("", None),
        ("健康中国2030", None),
        ("第3批次名单", None),
        ("不低于上年", "≥"),
        ("高于去年同期", ">"),
        ("超过预期", None),
        ("持平上年", None),
        ("合规医疗费用救助比例≥", "≥"),
        ("≥健全", "≥"),
        ("20 人; 2.8 万人", None),
        ("90%-95%", None),
        ("3至5次", None),
        ("5G基站接入10个村中的3个", None),
        ("90±5", None),
        ("90%±5%", None),
        ("每月15日前", None),
        ("次月10日前发放", None),
        ("1/3", None),
        ("7×24小时", None),
        ("1—12月", None),
    ],
)
def test_a_text_without_one_number_has_no_number(text: str, comparator: str | None) -> None:
    assert said(read_value(text)) == (comparator, None, None)


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("2025年底支付完成", YEAR_END),
        ("2025年2月支付完成", date(2025, 2, 28)),
        ("2024年2月", date(2024, 2, 29)),
        ("2月", date(2025, 2, 28)),
        ("12月底", YEAR_END),
        ("12月", YEAR_END),
        ("12月前", YEAR_END),
        ("12月份", YEAR_END),
        ("年内", YEAR_END),
        ("年底前", YEAR_END),
        ("当年底完成", YEAR_END),
        ("2025年完成", YEAR_END),
        ("2025年度内", YEAR_END),
        ("2026 年 12 月前", date(2026, 12, 31)),
        ("2025年6月15日前", date(2025, 6, 15)),
        ("2025-06-15", date(2025, 6, 15)),
        ("2025/6/5", date(2025, 6, 5)),
        ("10月25日", date(2025, 10, 25)),
        ("上半年", date(2025, 6, 30)),
        ("下半年完成", YEAR_END),
        ("第三季度末", date(2025, 9, 30)),
        ("1季度内", date(2025, 3, 31)),
        ("第三季度", date(2025, 9, 30)),
        ("2025年二季度", date(2025, 6, 30)),
        ("2025-06", date(2025, 6, 30)),
        ("2025年1-12月", YEAR_END),
        ("2025年1月至2026年3月", date(2026, 3, 31)),
        ("1—6月", date(2025, 6, 30)),
        ("2025年1月1日至2025年12月31日", YEAR_END),
        ("2025-01-01至2025-06-30", date(2025, 6, 30)),
        ("每季度", None),
        ("1年内", None),
        ("半年内", None),
        ("2月30日", None),
        ("6月底、9月底", None),
        ("及时", None),
        ("3个月", None),
    ],
)
def test_a_day_is_the_last_one_its_words_allow(text: str, due_on: date | None) -> None:
    assert read_value(text, year=2025).due_on == due_on


@pytest.mark.parametrize("year", [None, 0, 99999])
def test_a_day_without_a_year_stays_open_where_the_form_has_none(year: int | None) -> None:
    assert read_value("12月底", year=year).due_on is None


def test_the_digits_of_a_day_are_no_number() -> None:
    value = read_value("2023年12月底前", unit="%")
    assert (value.number, value.unit, value.due_on) == (None, None, date(2023, 12, 31))


def test_a_day_and_a_number_are_both_read() -> None:
    value = read_value("2025年完成3次培训")
    assert (value.number, value.unit, value.due_on) == (Decimal(3), "次", YEAR_END)


@pytest.mark.parametrize(
    ("text", "column", "unit"),
    [
        ("95", "%", "%"),
        ("95%", "%", "%"),
        ("1", "年", "年"),
        ("3", "/", None),
        ("3", "", None),
        ("2.8万", "人", "万人"),
        ("2.8万人", "人", "万人"),
    ],
)
def test_the_column_of_units_serves_a_number_printed_bare(
    text: str, column: str, unit: str | None
) -> None:
    assert read_value(text, unit=column).unit == unit


@pytest.mark.parametrize(
    ("name", "text", "unit"),
    [
        ("服务对象满意度", "≥80", "%"),
        ("参保率", "95", "%"),
        ("参保率", "0.95", "%"),
        ("培训覆盖率", "150", None),
        ("视频分辨率", "90", None),
        ("培训次数", "80", None),
        ("培训场次（场）", "3", "场"),
        ("人均补助（单位：元/人）", "54", "元/人"),
        ("合格率（抽查）", "80", None),
    ],
)
def test_a_bare_number_beside_a_rate_is_percent(name: str, text: str, unit: str | None) -> None:
    assert read_value(text, name=name).unit == unit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("20 人; 2.8 万人", ("20 人", "2.8 万人")),
        ("20人；2.8万人", ("20人", "2.8万人")),
        ("≥95%、≤3次", ("≥95%", "≤3次")),
        ("培训≥3次，参训率≥90%", ("培训≥3次", "参训率≥90%")),
        ("20人\n3家", ("20人", "3家")),
        ("1,234人", ("1,234人",)),
        ("举办3次，效果显著", ("举办3次，效果显著",)),
        ("≥95%且≤100%", ("≥95%", "≤100%")),
        ("１，２００人", ("１，２００人",)),
        ("２０人；２家", ("２０人", "２家")),
        ("及时", ("及时",)),
        ("", ("",)),
    ],
)
def test_a_cell_is_split_only_where_every_part_is_a_value(
    text: str, parts: tuple[str, ...]
) -> None:
    assert split_values(text) == parts


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("比例≥", True),
        ("≥", True),
        ("≥ ", True),
        ("≥3", False),
        ("95%≥", False),
        ("及时", False),
        ("", False),
    ],
)
def test_a_sign_with_nothing_behind_is_a_cut(text: str, *, cut: bool) -> None:
    assert is_cut_off(text) is cut


def test_a_page_of_prose_is_not_searched_for_a_number() -> None:
    text = "完成3次" * 200
    assert read_value(text) == TargetValue(text)
    assert split_values(text) == (text,)


PRINTED = st.text(
    alphabet="0123456789.,%-≥≤=<> ;；，、|年月日底前内以上每人次万元达率（）\n", max_size=40
)


@given(
    text=st.text(max_size=60) | PRINTED,
    name=st.text(max_size=10) | st.just("满意度"),
    unit=st.none() | st.text(max_size=5),
    year=st.none() | st.integers(),
)
def test_no_text_at_all_raises(text: str, name: str, unit: str | None, year: int | None) -> None:
    value = read_value(text, name=name, unit=unit, year=year)
    assert value.text == text.strip()
    assert all(isinstance(part, str) for part in split_values(text))
    is_cut_off(text)


@given(
    number=st.decimals(0, 10**9, places=2, allow_nan=False),
    sign=st.sampled_from(["≥", "≤", "=", ">", "<", ""]),
    unit=st.sampled_from(["%", "次", "万元", "人次", "平方米", ""]),
)
def test_what_is_printed_reads_back_equal(number: Decimal, sign: str, unit: str) -> None:
    for printed in (f"{number:f}", f"{number:,f}"):
        assert said(read_value(f"{sign}{printed}{unit}")) == (
            sign or None,
            f"{number:f}",
            unit or None,
        )


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(
    text=st.text(max_size=60) | PRINTED,
    name=st.text(max_size=10) | st.just("满意度"),
    unit=st.none() | st.sampled_from(["%", "人", "次"]),
    blanks=st.text(alphabet=" \u3000\t", max_size=3),
)
def test_width_and_blanks_around_change_nothing(
    text: str, name: str, unit: str | None, blanks: str
) -> None:
    plain = read_value(text, name=name, unit=unit, year=2025)
    for printed in (text.translate(WIDE), f"{blanks}{text}{blanks}"):
        other = read_value(printed, name=name, unit=unit, year=2025)
        assert (said(other), other.due_on) == (said(plain), plain.due_on)
        assert len(split_values(printed)) == len(split_values(text))


@given(name=st.text(max_size=30))
def test_a_unit_in_a_name_is_its_own_text(name: str) -> None:
    unit = unit_in_name(name)
    assert unit is None or unit in fold(name)
