"""How a reading of a layout is judged, and how layouts become files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.layouts.comparing import compare
from tests.layouts.expected import written_out
from tests.layouts.hit_rate import forgiving, report, told
from tests.layouts.paper import Paper, Sheet, Table, parse_table, read_paper
from tests.layouts.plain import csv_of, text_of

WANTED: dict[str, Any] = {
    "declarations": [
        {
            "project_name": "送戏下乡",
            "fiscal_year": 2025,
            "medium_term_budget": None,
            "annual_budget": {"total": "1,200.00", "unit": "万元"},
            "indicators": [
                {"indicator_class": "产出指标", "name": "演出", "number": "60"},
                {"indicator_class": "效益指标", "name": "演出", "needs_a_person": True},
            ],
        }
    ]
}


def reading(**changed: object) -> dict[str, Any]:
    """A reading that is right but for what is changed."""
    form = {
        "project_name": "送戏 下乡",
        "fiscal_year": 2025,
        "medium_term_budget": None,
        "annual_budget": {"total": "１２００.00", "unit": "万元", "other": None},
        "indicators": [
            {"indicator_class": "效益指标", "name": "演\n出", "to_confirm": ["two_values"]},
            {"indicator_class": "产出指标", "name": "演出", "number": "60", "to_confirm": []},
        ],
    }
    return {"declarations": [form | changed]}


def test_blanks_width_thousands_order_and_further_keys_are_no_faults() -> None:
    comparison = compare(WANTED, reading())
    assert comparison.faults() == []
    assert told("all", comparison).split()[1:] == (
        ["100.0%", "of", "11", "values", "forms", "1/1", "indicators", "2/2"]
    )


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"fiscal_year": None}, "declarations[0].fiscal_year: None instead of 2025"),
        (
            {"annual_budget": {"total": "1200", "unit": "万元"}},
            "declarations[0].annual_budget.total: '1200' instead of '1,200.00'",
        ),
        (
            {"annual_budget": None},
            "declarations[0].annual_budget.total: None instead of '1,200.00'",
        ),
        ({"project_name": "送戏"}, "declarations[0].project_name: '送戏' instead of '送戏下乡'"),
        (
            {"medium_term_budget": {"total": "1"}},
            "declarations[0].medium_term_budget: {'total': '1'} instead of None",
        ),
        (
            {"indicators": reading()["declarations"][0]["indicators"][:1]},
            "declarations[0].indicators[0].number: '(not found)' instead of '60'",
        ),
        (
            {"indicators": [*reading()["declarations"][0]["indicators"], {}]},
            "1 indicators too many",
        ),
    ],
)
def test_each_fault_is_told(changed: dict[str, Any], fault: str) -> None:
    assert fault in compare(WANTED, reading(**changed)).faults()


def test_nothing_read_is_nothing_right() -> None:
    comparison = compare(WANTED, {"declarations": []})
    assert comparison.hits == 0
    assert (comparison.projects.found, comparison.indicators.found) == (0, 0)


def test_what_was_made_up_is_counted() -> None:
    twice = reading()["declarations"] * 2
    assert compare(WANTED, {"declarations": twice}).faults() == ["1 forms too many"]


def test_of_two_equally_good_readings_each_will_do() -> None:
    wanted = {"declarations": [{"project_name": {"one_of": ["甲", "一、甲"]}}]}
    for name in ("甲", "一、甲"):
        assert compare(wanted, {"declarations": [{"project_name": name}]}).faults() == []
    assert compare(wanted, {"declarations": [{"project_name": "乙"}]}).faults()


def test_a_finding_is_asked_for_whatever_it_says() -> None:
    wanted = {"declarations": [{"has_findings": True}]}
    found = {"findings": [{"rule": "money.unit"}]}
    assert compare(wanted, {"declarations": [found]}).faults() == []
    assert compare(wanted, {"declarations": [{"findings": []}]}).faults()


def test_a_spending_plan_is_compared_point_by_point() -> None:
    plan = [{"on": "2025-06-30", "share": "0.5"}, {"on": "2025-12-31", "share": "1"}]
    wanted = {"declarations": [{"spending_plan": plan}]}
    assert compare(wanted, {"declarations": [{"spending_plan": plan}]}).faults() == []
    for read in (plan[:1], [*plan, plan[0]], None):
        assert compare(wanted, {"declarations": [{"spending_plan": read}]}).faults()


def test_indicators_of_a_department_are_found_under_any_goal() -> None:
    wanted = {"department_goals": [{"all_indicators": [{"name": "甲"}, {"name": "乙"}]}]}
    goals = [{"indicators": [{"name": "甲"}]}, {"indicators": [{"name": "乙"}]}]
    assert compare(wanted, {"department_goals": [{"goals": goals}]}).faults() == []


def test_a_table_of_indicators_leaves_keys_out_and_adds_some() -> None:
    table = {
        "columns": ["name", "kind"],
        "rows": [["甲", "*"], [{"one_of": ["乙", "丙"]}, "level", {"measured": "round"}]],
    }
    assert written_out(table) == [
        {"name": "甲"},
        {"name": {"one_of": ["乙", "丙"]}, "kind": "level", "measured": "round"},
    ]
    with pytest.raises(ValueError, match="zip"):
        written_out({"columns": ["name"], "rows": [["甲", "乙"]]})


def paper_of(*rows: str) -> Paper:
    return Paper([], sheets=[Sheet("1", [parse_table(list(rows))])])


MERGED = paper_of(
    "|= 一级 | 名称 | < |", "| 产出 | 演出\\n场次 | ≥6 |", "|~1 ^ | {95%} | {@2025-03-01} |"
)


def test_cells_reach_as_far_as_the_grid_says() -> None:
    (table,) = MERGED.parts()
    assert isinstance(table, Table)
    reach = {cell.text: (cell.down, cell.across) for cell in table.cells()}
    assert (reach["名称"], reach["产出"], reach["≥6"]) == ((1, 2), (2, 1), (1, 1))
    assert [row.head for row in table.rows] == [True, False, False]


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("tabs", "一级\t名称\t\n产出\t演出 场次\t≥6\n95%\t2025年3月1日\n"),
        ("bars", "| 一级 | 名称 |  |\n| 产出 | 演出 场次 | ≥6 |\n|  | 95% | 2025年3月1日 |\n"),
        ("lines", "一级\n名称\n产出\n演出场次\n≥6\n95%\n2025年3月1日\n"),
        (
            "blanks",
            "一级   名称\n产出   演出 场次   ≥6\n       95%         2025年3月1日\n",
        ),
    ],
)
def test_a_table_becomes_text(way: str, text: str) -> None:
    assert text_of(MERGED, way) == text


def test_a_table_becomes_separated_values() -> None:
    assert csv_of(MERGED).splitlines()[0] == "一级,名称,"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["| 甲 | 乙 |", "| 甲 |"], "1 cells instead of 2"),
        (["| ^ |"], "nothing to merge into at row 1, column 1"),
        (["甲"], "not a row"),
    ],
)
def test_a_grid_that_cannot_be_is_refused(rows: list[str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_table(rows)


def test_a_cell_with_text_does_not_get_lost() -> None:
    with pytest.raises(ValueError, match="only empty cells"):
        text_of(paper_of("|~1 甲 | 乙 |"), "tabs")


def test_a_grid_has_titles_sheets_pages_and_tables_inside(tmp_path: Path) -> None:
    grid = tmp_path / "form.grid"
    told_lines = [
        "formats: docx csv",
        "page: landscape",
        "sheet: 甲",
        "# 表",
        "| 资金 | {inner a} |",
    ]
    grid.write_text(
        "\n".join([*told_lines, "---", "注", "sheet: 乙", "inner: a", "| 1 |"]), "utf-8"
    )
    paper = read_paper(grid)
    assert (paper.formats, paper.landscape) == (["docx", "csv"], True)
    assert [(sheet.name, len(sheet.parts)) for sheet in paper.sheets] == [("甲", 4), ("乙", 0)]
    assert paper.inner["a"].texts() == [["1"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A layout of two lines in two files, one of which is no workbook."""
    (tmp_path / "form.grid").write_text("formats: txt=lines xlsx\n项目名称：送戏下乡\n", "utf-8")
    (tmp_path / "expected.json").write_text(
        '{"declarations": [{"project_name": "送戏下乡"}]}', "utf-8"
    )
    (tmp_path / "form.txt").write_text("项目名称：送戏下乡\n", "utf-8")
    (tmp_path / "form.xlsx").write_bytes(b"no workbook")
    return tmp_path


def test_a_file_that_cannot_be_read_is_a_miss_and_no_stop(folder: Path) -> None:
    assert forgiving(folder / "form.xlsx").hits == 0


def test_the_report_has_a_line_a_file_and_one_for_all(folder: Path) -> None:
    lines = list(report([folder], verbose=True))
    assert [line.split()[0].rpartition("/")[2] for line in lines if not line.startswith(" ")] == [
        "form.txt",
        "form.xlsx",
        "all",
    ]
    assert "    declarations[0].project_name: '(not found)' instead of '送戏下乡'" in lines
