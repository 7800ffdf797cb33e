"""A form of the Hebei family, texts our own, is read whole; what is wrong in it is a finding."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from domain.indicator import ToConfirm
from services.intake.forms.declaration import Declaration, FileReading, PrintedBudget
from services.intake.forms.reading import read_file

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
TEXT = FORM.read_text("utf-8")


def reading(text: str) -> FileReading:
    return read_file(text.encode(), "form.txt")


def first(text: str) -> Declaration:
    return reading(text).declarations[0]


def rules(declared: Declaration) -> set[str]:
    return {finding.rule for finding in declared.findings}


def test_the_head_of_a_form_is_read_to_the_letter() -> None:
    stage, library, relics = read_file(FORM).declarations
    assert (stage.project_name, stage.project_code) == (
        "[13099921T6Q0AAAAAAAAA]云财字【2025】3号送戏下乡县级配套资金",
        "13099925P00A11110001X",
    )
    assert (stage.implementing_unit_code, stage.implementing_unit) == (
        "610001",
        "云河县文化和旅游局",
    )
    assert stage.purpose == "用于送戏下乡演出补助。"
    assert stage.annual_budget == PrintedBudget("120.00", "100.00", "20.00", "万元")
    assert library.annual_budget == PrintedBudget("1,030.50", "1,030.50", None, "万元")
    assert relics.annual_budget == PrintedBudget("约三万", "30000", None, "元")
    assert library.annual_objective == "1.让书走到学校。\n2.让书走到工地。"
    assert relics.spending_plan is None


def test_the_plan_is_dated_by_the_year_and_its_third_checkpoint_is_october() -> None:
    plan = first(TEXT).to_json()["spending_plan"]
    assert plan == [
        {"on": "2025-03-31", "share": "0.25"},
        {"on": "2025-06-30", "share": "0.5"},
        {"on": "2025-10-31", "share": "0.75"},
        {"on": "2025-12-31", "share": "1"},
    ]


def test_a_year_taken_from_the_department_is_said_with_its_place() -> None:
    (finding,) = first(TEXT).findings
    assert (finding.rule, "L6" in finding.message) == ("fiscal_year.inherited", True)


def test_without_a_year_there_is_none_and_no_plan_and_both_are_findings() -> None:
    declared = first(TEXT.replace("2025年，", ""))
    assert (declared.fiscal_year, declared.spending_plan) == (None, None)
    assert rules(declared) == {"fiscal_year.missing", "plan.no_year"}


@pytest.mark.parametrize("line", ["（2026年）", "( 2026 年度)", "2026年"])
def test_a_year_printed_in_the_form_itself_wins(line: str) -> None:
    declared = first(TEXT.replace("绩效目标表\n", f"绩效目标表\n\n{line}\n\n", 1))
    assert declared.fiscal_year == 2026


def test_every_printed_row_is_an_indicator_with_its_levels_carried_down() -> None:
    library = read_file(FORM).declarations[1]
    assert [(row.indicator_class, row.indicator_category) for row in library.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "经济效益指标"),
        ("效益指标", "社会效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]


def test_what_a_person_must_settle_is_listed_row_by_row() -> None:
    library = read_file(FORM).declarations[1]
    assert [row.proposal.to_confirm for row in library.indicators] == [
        (ToConfirm.TWO_VALUES,),
        (ToConfirm.CUT_OFF,),
        (ToConfirm.BEFORE_MONTH,),
        (ToConfirm.COST_DIRECTION,),
        (),
        (ToConfirm.BASELINE,),
        (ToConfirm.CUT_OFF,),
        (),
    ]


def test_a_rate_without_its_sign_keeps_its_print_and_is_read_as_percent() -> None:
    row = read_file(FORM).declarations[1].indicators[-1]
    assert (row.value_text, row.to_json()["unit_of_measure"], row.value.unit) == ("≥85", None, "%")


def test_findings_name_rule_severity_and_place() -> None:
    _, library, relics = read_file(FORM).declarations
    assert [(f.rule, f.severity.value, f.where) for f in library.findings] == [
        ("fiscal_year.inherited", "note", "L115"),
        ("plan.not_cumulative", "error", "L135"),
        ("indicator.value_broken", "error", "L171"),
        ("indicator.value_broken", "error", "L206"),
        ("indicator.percent_assumed", "warning", "L213"),
    ]
    assert ("budget.unreadable", "L232") in [(f.rule, f.where) for f in relics.findings]


def test_the_departments_goals_come_with_their_indicators() -> None:
    (department,) = read_file(FORM).department_goals
    assert department.fiscal_year == 2025
    assert [goal.name for goal in department.goals] == ["丰富群众文化生活", "守护文物安全"]
    assert [
        (
            row.name,
            row.value_text,
            row.value.comparator,
            row.value.number and str(row.value.number),
        )
        for goal in department.goals
        for row in goal.indicators
    ] == [
        ("送戏下乡场次", "达120场以上", "≥", "120"),
        ("受益行政村覆盖率", "达100%", None, "100"),
        ("文物巡查率", "不低于95%", "≥", "95"),
        ("消防隐患整改", "全覆盖一级文物点", None, None),
    ]


def test_a_goal_without_a_value_is_all_name() -> None:
    text = TEXT.replace("消防隐患整改全覆盖一级文物点", "做好消防演练")
    row = reading(text).department_goals[0].goals[1].indicators[1]
    assert (row.name, row.value_text, row.proposal.kind) == ("做好消防演练", None, "qualitative")


@pytest.mark.parametrize(
    ("heading", "replaced", "rule"),
    [
        ("项目名称", "项目", "project_name.missing"),
        ("610001云河县文化和旅游局", "", "implementing_unit.missing"),
        ("\t绩效目标\n\t1.", "\t\n\t1.", "annual_objective.missing"),
        ("预算数", "数", "budget.missing"),
        ("单位：万元", "", "budget.unit_missing"),
        ("120.00", "210.00", "budget.sum"),
        ("25%", "x", "plan.unreadable"),
        ("一级指标", "级", "indicators.missing"),
        ("质量指标", "合格", "indicator.level_unknown"),
        ("演出完成时间", "", "indicator.name_missing"),
        ("\t年初工作计划\n\n\t\n\t质量", "\t年初\n\t多\n\t余\n\n\t\n\t质量", "indicator.row_long"),
    ],
)
def test_what_is_missing_or_unreadable_is_a_finding(heading: str, replaced: str, rule: str) -> None:
    head, title, body = TEXT.partition("1.送戏")
    count = 1 if rule != "indicators.missing" else -1
    changed = head + title + body.replace(heading, replaced, count)
    if rule == "indicators.missing":
        for word in ("二级指标", "\t三级指标", "产出指标", "效益指标", "满意度指标"):
            changed = changed.replace(word, word[:1])
    assert rule in rules(first(changed))


def test_a_table_without_headings_is_read_by_its_first_row_and_that_is_said() -> None:
    head, title, body = TEXT.partition("1.送戏")
    for word in ("一级指标", "二级指标", "\t三级指标"):
        body = body.replace(word, "级")
    form = first(head + title + body)
    assert "form.headings_missing" in rules(form)
    assert [(row.name, row.value_text) for row in form.indicators] == [
        (row.name, row.value_text) for row in first(TEXT).indicators
    ]


def test_a_label_and_its_value_may_share_a_cell_or_stand_apart() -> None:
    text = (
        "项目支出绩效目标表\n（2026年）\n项目名称：巡演\t实施单位\t\t某局\n"
        "金额单位：元\t项目年度金额\t300.00\n主管部门：某厅\n"
        "一级指标\t二级指标\t三级指标\t指标值\t分值\n产出指标\t数量指标\t场次\t≥3场\t10\n"
    )
    declared = first(text)
    assert (declared.project_name, declared.implementing_unit) == ("巡演", "某局")
    assert declared.supervising_department == "某厅"
    assert declared.annual_budget == PrintedBudget("300.00", None, None, "元")
    assert (declared.fiscal_year, declared.indicators[0].weight) == (2026, "10")


def test_medium_term_and_annual_columns_are_told_apart() -> None:
    text = (
        "绩效目标申报表\n项目名称\t甲\t实施单位\t乙局\n预算年度\t2025\n"
        "项目资金(万元)\t中期资金总额:\t6.00\t年度资金总额:\t4.00\n"
        "\t其中:财政拨款\t6.00\t其中:财政拨款\t3.00\n\t其他资金\t0.00\t其他资金\t1.00\n"
        "总体目标\t中期目标(2025年—2027年)\t\t年度目标\n\t三年建成\t\t先建一所\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"
        "\t产出指标\t数量指标\t所数\t≥3所\t数量指标\t所数\t≥1所\n"
    )
    declared = first(text)
    assert declared.medium_term_budget == PrintedBudget("6.00", "6.00", "0.00", "万元")
    assert declared.annual_budget == PrintedBudget("4.00", "3.00", "1.00", "万元")
    assert declared.medium_term_objective == "三年建成"
    assert declared.annual_objective == "先建一所"
    assert [row.value_text for row in declared.medium_term_indicators] == ["≥3所"]
    assert [row.value_text for row in declared.indicators] == ["≥1所"]
    assert declared.findings == ()


def test_the_sign_may_stand_in_a_column_of_its_own() -> None:
    text = (
        "绩效目标表\n项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t计量单位\n"
        "产出指标\t数量指标\t场次\t≥\t3\t场\n\t质量指标\t质量\t定性\t良好\t良好\n"
    )
    count, quality = first(text).indicators
    assert (count.value.comparator, str(count.value.number), count.printed_unit) == ("≥", "3", "场")
    assert (quality.value.comparator, quality.printed_unit) == (None, None)


def test_a_share_may_stand_beside_its_month() -> None:
    text = (
        "绩效目标表\n（2025年）\n项目名称\t甲\n资金支出计划\t6月底\t50\t12月底\t100\n绩效目标\t乙\n"
    )
    plan = first(text).spending_plan
    assert plan is not None
    assert [f"{point.on} {point.share}" for point in plan] == ["2025-06-30 0.5", "2025-12-31 1"]


def test_a_checkpoint_may_be_a_day_that_ends_no_month() -> None:
    form = "绩效目标表\n（2025年度）\n项目名称\t甲\n资金支出计划\t{}\t12月底\n\t30%\t100%\n"
    plan = first(form.format("6月15日")).spending_plan
    assert plan is not None
    assert [point.on.isoformat() for point in plan] == ["2025-06-15", "2025-12-31"]
    unknown = first(form.format("6月31日"))
    assert unknown.spending_plan is None
    assert "plan.unreadable" in rules(unknown)


def test_a_plan_without_shares_does_not_swallow_the_next_row() -> None:
    declared = first("绩效目标表\n项目名称\t甲\n资金支出计划\t6月底\t12月底\n绩效目标\t乙\n")
    assert declared.annual_objective == "乙"
    assert "plan.blank" in rules(declared)


def test_a_second_value_under_the_same_label_is_a_finding_and_not_an_overwrite() -> None:
    declared = first("绩效目标表\n项目名称\t甲\n实施单位\t乙局\n实施单位\t丙局\n")
    assert declared.implementing_unit == "乙局"
    assert "form.repeated" in rules(declared)


def test_a_form_that_lost_its_title_still_begins_with_its_unit() -> None:
    text = TEXT.replace("2.图书流动车运行经费绩效目标表", "")
    library = reading(text).declarations[1]
    assert (library.project_name, library.implementing_unit) == (
        "图书流动车运行经费",
        "云河县图书馆",
    )


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
)
def test_every_encoding_and_line_end_gives_the_same_declarations(data: bytes) -> None:
    assert read_file(data, "form.txt") == reading(TEXT)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "unreadable_file"),
        (b"PK\x03\x04", "unreadable_file"),
        ("一封信\n没有表".encode(), "form.not_found"),
    ],
)
def test_a_file_without_forms_says_why(data: bytes, rule: str) -> None:
    answer = read_file(data, "x.txt")
    assert answer.is_empty
    assert [error.rule for error in answer.errors] == [rule]


def test_several_projects_in_one_table_are_parted_by_their_names() -> None:
    text = (
        "项目支出绩效目标表\n单位：某局\n金额单位：万元\n"
        "单位代码\t单位（专项）名称\t支出方向\t资金总额\t绩效目标\t绩效指标\n"
        "\t\t\t\t\t一级指标\t二级指标\t三级指标\t指标值\n"
        "1001\t某局\t\t8.00\n"
        "1001\t甲项目\t\t3.00\t做甲\t产出指标\t数量指标\t乙\t3次\n\t\t\t\t\t\t质量指标\t丙\t良\n"
        "1001\t丁项目\t\t5.00\t做丁\t产出指标\t数量指标\t戊\t4次\n"
    )
    one, other = reading(text).declarations
    assert [(d.project_name, d.annual_budget.total, len(d.indicators)) for d in (one, other)] == [
        ("甲项目", "3.00", 2),
        ("丁项目", "5.00", 1),
    ]
    assert {(d.implementing_unit, d.implementing_unit_code) for d in (one, other)} == {
        ("某局", "1001")
    }
    assert [row.indicator_class for row in one.indicators] == ["产出指标", "产出指标"]


def test_a_file_that_is_not_there_is_told_and_not_raised(tmp_path: Path) -> None:
    assert read_file(tmp_path / "no.txt").errors[0].rule == "file.not_found"
