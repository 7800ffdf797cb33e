"""Indicators written as phrases, in a letter or in one cell, are parted into name and value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.forms.labels import vocabulary
from services.intake.forms.phrases import Held, name_and_value, phrases
from services.intake.forms.reading import read_file

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("phrase", "parted"),
    [
        ("举办招聘会≥24场", ("举办招聘会", "≥24场")),
        ("举办招聘会：24场", ("举办招聘会", "24场")),
        ("合格率达到95%以上", ("合格率", "达到95%以上")),
        ("补贴标准：每人每月100元", ("补贴标准", "每人每月100元")),
        ("培训时间不超过3天", ("培训时间", "不超过3天")),
        ("验收完成时间2025年11月30日前", ("验收完成时间", "2025年11月30日前")),
        ("12月底前完成", (None, "12月底前完成")),
        ("村民购药便利程度明显改善", ("村民购药便利程度", "明显改善")),
        ("带动农户", ("带动农户", None)),
    ],
)
def test_a_phrase_is_cut_where_its_value_begins(
    phrase: str, parted: tuple[str | None, str | None]
) -> None:
    assert name_and_value(phrase) == parted


def test_a_level_holds_until_the_next_and_a_class_ends_the_category() -> None:
    text = "一、产出指标\n1.数量指标：新建公厕3座，改造公厕5座；\n二、满意度指标：村民满意度≥90%。"
    assert [(p.indicator_class, p.category, p.name, p.value) for p in phrases(text, WORDS)] == [
        ("产出指标", "数量指标", "新建公厕", "3座"),
        ("产出指标", "数量指标", "改造公厕", "5座"),
        ("满意度指标", None, "村民满意度", "≥90%"),
    ]


@given(st.text(alphabet="产出数量质量指标：:，,；;。\n1.0≥95%以上完成场次", max_size=80))
def test_nothing_that_a_phrase_says_is_invented(text: str) -> None:
    for phrase in phrases(text, WORDS):
        for said in (phrase.name, phrase.value):
            assert said is None or said in text.replace("：", ":") or said in text


HEAD = "项目支出绩效目标表\n（2025年度）\n项目名称\t甲\n实施单位\t乙\n"


def rows(text: str) -> list[tuple[str | None, ...]]:
    (declared,) = read_file(text.encode(), "form.txt").declarations
    found = [finding.rule for finding in declared.findings]
    assert ("form.indicators_parted" in found) is bool(declared.indicators)
    return [
        (row.indicator_class, row.indicator_category, row.name, row.value_text)
        for row in declared.indicators
    ]


def test_one_cell_beside_its_label_is_parted_into_rows() -> None:
    cell = "数量指标：培训2期；质量指标：合格率≥95%"
    assert rows(f"{HEAD}绩效目标\t丙\n绩效指标\t{cell}\n") == [
        (None, "数量指标", "培训", "2期"),
        (None, "质量指标", "合格率", "≥95%"),
    ]


def test_cells_beside_their_class_are_parted_into_rows() -> None:
    text = f"{HEAD}绩效目标\t丙\n产出指标\t数量指标：培训2期\n满意度指标\t学员满意度≥90%\n"
    assert rows(text) == [
        ("产出指标", "数量指标", "培训", "2期"),
        ("满意度指标", None, "学员满意度", "≥90%"),
    ]


def test_one_phrase_alone_is_no_list_of_indicators() -> None:
    assert rows(f"{HEAD}绩效目标\t数量指标：培训2期\n") == []


def test_lines_below_a_level_that_stands_alone_are_its_indicators_until_one_has_no_value() -> None:
    held = Held()
    lines = (
        "一、产出指标",
        "（一）数量指标",
        "1. 维修道路≥3公里",
        "2. 新建公厕3座",
        "以上由镇政府负责",
        "安装路灯20盏",
    )
    said = [list(phrases(text, WORDS, held)) for text in lines]
    assert [[(p.category, p.name, p.value) for p in found] for found in said] == [
        *([], []),
        [("数量指标", "维修道路", "≥3公里")],
        [("数量指标", "新建公厕", "3座")],
        *([], []),
    ]


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        ("成本指标：每亩补助≤400元", ("产出指标", "成本指标")),
        ("（四）成本指标：每亩补助≤400元", ("产出指标", "成本指标")),
        ("二、成本指标：每亩补助≤400元", ("成本指标", None)),
    ],
)
def test_costs_are_a_class_only_where_they_are_numbered_as_the_class_before(
    line: str, levels: tuple[str, str | None]
) -> None:
    held = Held()
    assert not list(phrases("一、产出指标", WORDS, held))
    assert [(p.indicator_class, p.category) for p in phrases(line, WORDS, held)] == [levels]
