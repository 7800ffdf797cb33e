"""Units of measure: conversions, whole ones, and what has nothing in common."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.units import (
    UnitDoesNotConvertError,
    converted,
    one_unit,
    require_convertible,
    unit_named,
    whole_units,
)


@pytest.mark.parametrize(
    ("number", "given", "wanted", "expected"),
    [
        ("52000", "人次", "万人次", "5.2"),
        ("5.2", "万人次", "人次", "52000"),
        ("28000", "人", "万人", "2.8"),
        ("28000", "名", "人", "28000"),
        ("600000", "元", "万元", "60"),
        ("0.006", "亿元", "万元", "60"),
        ("3", "千元", "元", "3000"),
        ("2", "百件", "件", "200"),
        ("2", "角", "元", "0.2"),
        ("98", "％", "%", "98"),
        ("5", "‰", "%", "0.5"),
        ("5", "个百分点", "%", "5"),
        ("5", "百分点", "%", "5"),
        ("2", "周", "天", "14"),
        ("2", "星期", "日", "14"),
        ("2", "年", "个月", "24"),
        ("1", "季度", "月", "3"),
        ("1", "个季度", "月", "3"),
        ("2", "公顷", "平方米", "20000"),
        ("1", "平方公里", "㎡", "1000000"),
        ("3", "平米", "平方米", "3"),
        ("2", "公里", "米", "2000"),
        ("2", "千米", "公里", "2"),
        ("2", "吨", "公斤", "2000"),
        ("3", "千克", "公斤", "3"),
        ("2", "万吨", "吨", "20000"),
        ("3", "次数", "次", "3"),
        ("3", "场次", "场", "3"),
        ("3", "家", "个", "3"),
        ("3", "所", "处", "3"),
        ("4", "个岗位", "岗位", "4"),
        ("54", "元每人", "元/人", "54"),
        ("0.54", "百元/人", "元/人", "54"),
        ("54", " 元 / 人 ", "元/人", "54"),
        ("86", None, "%", "86"),
        ("86", "%", None, "86"),
        ("86", "", "%", "86"),
        ("3", "匹", "匹", "3"),
        ("1080", "P", "P", "1080"),
    ],
)
def test_a_value_converts_to_the_targets_unit(
    number: str, given: str | None, wanted: str | None, expected: str
) -> None:
    assert converted(Decimal(number), given, wanted) == Decimal(expected)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("%", "天"),
        ("人", "人次"),
        ("户", "人"),
        ("工作日", "天"),
        ("小时", "分钟"),
        ("天", "月"),
        ("亩", "平方米"),
        ("立方米", "平方米"),
        ("元", "元/人"),
        ("元/人", "元/户"),
        ("万匹", "匹"),
        ("件", "份"),
    ],
)
def test_units_with_nothing_in_common_are_refused(given: str, wanted: str) -> None:
    with pytest.raises(UnitDoesNotConvertError) as refused:
        converted(Decimal(1), given, wanted)

    assert refused.value.code == "unit_does_not_convert"
    assert str(refused.value) == (
        f"单位不符：完成值的单位是“{given}”，指标值的单位是“{wanted}”，不能换算。"
        "请按指标值的单位填报。"
    )


def test_an_unsaid_unit_is_the_targets() -> None:
    require_convertible(None, "天")
    require_convertible("%", None)
    require_convertible("日", "天")


@pytest.mark.parametrize(
    ("number", "unit", "whole"),
    [
        ("1.5", "次", "1"),
        ("2", "次", "2"),
        ("0.9", "户", "0"),
        ("1.5", "万人次", "1.5"),
        ("6.66666666", "万人次", "6.6666"),
        ("1.5", "%", "1.5"),
        ("1.5", "万元", "1.5"),
        ("1.5", "公里", "1.5"),
        ("1.5", "匹", "1.5"),
        ("1.5", None, "1.5"),
    ],
)
def test_units_that_come_whole_round_down(number: str, unit: str | None, whole: str) -> None:
    assert whole_units(Decimal(number), unit) == Decimal(whole)


def test_one_whole_unit_in_the_targets_unit() -> None:
    ones = [one_unit(unit) for unit in ("次", "万人次", "%", None)]

    assert ones == [1, Decimal("0.0001"), 0, 0]


@pytest.mark.parametrize(
    ("unit", "standard"),
    [("元/人", True), ("元每次", True), ("P", True), ("p", True), ("元", False), ("", False)],
)
def test_amounts_for_one_and_grades_are_standards(unit: str, *, standard: bool) -> None:
    assert unit_named(unit).standard is standard


def test_percent_is_known_as_such() -> None:
    assert [unit_named(unit).is_percent for unit in ("%", "‰", "元")] == [True, True, False]


@pytest.mark.parametrize(
    "name",
    [
        "元",
        "天",
        "小时",
        "分钟",
        "月",
        "平方米",
        "亩",
        "米",
        "立方米",
        "千克",
        "千瓦时",
        "度",
        "分",
        "秒",
        "级",
        "人",
        "个",
        "次",
        "场",
        "岗位",
        "层",
    ],
)
def test_ten_thousand_of_a_unit_are_ten_thousand_of_it(name: str) -> None:
    assert converted(Decimal(1), f"万{name}", name) == 10_000
    assert unit_named(name).factor == 1


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("名", "人"),
        ("位", "人"),
        ("家", "个"),
        ("所", "个"),
        ("处", "个"),
        ("次数", "次"),
        ("场次", "场"),
        ("个岗位", "岗位"),
        ("日", "天"),
        ("个月", "月"),
        ("公斤", "千克"),
        ("千米", "公里"),
    ],
)
def test_two_names_of_one_unit_convert_both_ways(name: str, base: str) -> None:
    assert converted(Decimal(3), name, base) == converted(Decimal(3), base, name) == 3


def test_percent_is_a_unit_with_parts() -> None:
    assert converted(Decimal(5), "%", "‰") == 50


@pytest.mark.parametrize("name", ["元/人", "元每人", "百元/人"])
def test_amounts_for_one_keep_what_they_are_for(name: str) -> None:
    assert unit_named(name).base == "元/人"


@pytest.mark.parametrize("name", ["匹", "P", ""])
def test_a_unit_nobody_knows_is_one_of_itself(name: str) -> None:
    assert unit_named(name).factor == 1


@pytest.mark.parametrize(
    "name", ["小时", "分钟", "秒", "米", "平方米", "立方米", "亩", "千瓦时", "度", "分", "级"]
)
def test_what_is_measured_comes_in_parts_and_is_its_own_base(name: str) -> None:
    assert unit_named(name).base == name
    assert whole_units(Decimal("1.5"), name) == Decimal("1.5")


def test_storeys_are_counted() -> None:
    assert unit_named("层").base == "层"
    assert whole_units(Decimal("1.5"), "层") == 1
