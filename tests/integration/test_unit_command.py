"""``jixiao unit``: the tree on the terminal."""

from __future__ import annotations

import json

import pytest

from domain.errors import NotOnRecordError
from tests.integration.terminal import answer, run

pytestmark = pytest.mark.usefixtures("terminal")


def county() -> None:
    run("unit", "add", "医疗保障局", "--code", "450", "--on", "2025-01-01")
    run("unit", "add", "医保中心", "--code", "450001", "--parent", "450", "--on", "2025-01-01")
    run("unit", "add", "财政局", "--code", "451", "--on", "2025-01-01")


def test_units_are_added_listed_and_moved() -> None:
    assert run("unit", "list")[1] == ""
    county()
    assert run("unit", "list")[1].splitlines() == [
        "450  医疗保障局",
        "  450001  医保中心",
        "451  财政局",
    ]
    assert run("unit", "move", "450001", "451", "--on", "2025-07-01")[1] == "已划转。\n"
    assert run("unit", "move", "450001", "451", "--on", "2025-07-01")[1].startswith("与记录相同")
    before = json.loads(run("unit", "list", "--as-of", "2025-06-30", "--json")[1])
    assert {one["code"]: one["place"] for one in before}["450001"] == ["450", "450001"]
    assert answer("unit", "show", "450001")[1]["place"] == ["451", "450001"]


def test_a_unit_is_renamed_merged_and_coded() -> None:
    county()
    added = ("unit", "add", "镇卫生院", "--parent", "450", "--on", "2025-01-01")
    assert run(*added)[1] == "已登记：县0001  镇卫生院\n"
    assert run("unit", "rename", "县0001", "甲镇卫生院", "--document", "编办1号")[0] == 0
    assert "县0001  甲镇卫生院（县编号）" in run("unit", "list")[1]
    assert run("unit", "code", "县0001", "450009")[1] == "已启用。\n"
    assert run("unit", "merge", "450009", "450001", "--on", "2025-05-01")[1] == "已合并。\n"
    shown = run("unit", "show", "450009")[1]
    assert "2025-05-01并入医保中心" in shown
    assert "编码：县0001、450009" in shown


def test_who_heads_a_unit_is_shown() -> None:
    county()
    named = ("unit", "contact", "450001", "填报人", "王某", "--telephone", "0313-1234567")
    assert run(*named)[1] == "已变更。\n"
    assert run(*named)[1].startswith("与记录相同")
    assert "填报人：王某  0313-1234567" in run("unit", "show", "450001")[1]
    with pytest.raises(NotOnRecordError, match="999"):
        run("unit", "show", "999")
