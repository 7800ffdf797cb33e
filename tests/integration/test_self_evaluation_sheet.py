"""The self-evaluation sheet, read back from the workbook it was written to."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from domain.funds import FundSource
from domain.scoring.execution import FundRow
from domain.scoring.policy import Rating
from domain.scoring.result import Flag, Outcome, RowScore
from services.sheets.cells import height_for, write_text
from services.sheets.self_evaluation import (
    IndicatorLine,
    Provenance,
    ScoreCells,
    SelfEvaluationSheet,
    provenance_text,
    working_to_print,
    write_self_evaluation,
)

D = Decimal
YEAR_END = date(2025, 12, 31)
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "#REF!", "12"]


def line(
    name: str, weight: str = "20", score: str | None = "20", **more: str | None
) -> IndicatorLine:
    return IndicatorLine(
        more.get("indicator_class") or "产出指标",
        more.get("category") or "数量指标",
        name,
        "≥3次",
        "3次",
        ScoreCells(D(weight), None if score is None else D(score)),
        more.get("reason"),
        more.get("working"),
    )


SHEET = SelfEvaluationSheet(
    fiscal_year=2025,
    project_name="城乡居民医保服务能力提升",
    supervising_department="某县医疗保障局",
    implementing_unit="某县医疗保险中心",
    funds=(
        FundRow(FundSource.CURRENT_YEAR, D(37_000_000), D(37_500_000), D(37_000_000)),
        FundRow(FundSource.CARRY_OVER, D(34_200), D(34_200), D(34_100)),
        FundRow(FundSource.OTHER, D(9_780_000), D(9_780_000), D(9_780_000)),
    ),
    execution=ScoreCells(D(10), D("9.89")),
    expected="参保率稳定在95%以上。",
    achieved="参保率94.6%。",
    indicators=(
        line("总成本", "20", "20", indicator_class="成本指标", category="经济成本指标"),
        line("病案审核"),
        line("现场检查", "20", "16.16", reason="人手不足。", working="20×160÷198=16.16分。"),
        line("满意度", "30", "30", indicator_class="满意度指标", category="服务对象满意度指标"),
    ),
    total=D("96.05"),
    settled_full=D(100),
    rating=Rating.EXCELLENT,
    provenance=Provenance(YEAR_END, 12345, YEAR_END, "12月定稿（1月6日）"),
    notes=("无效益指标，其分值按比例分给其余各类指标",),
)


def written(sheet: SelfEvaluationSheet) -> Worksheet:
    file = BytesIO()
    write_self_evaluation(sheet, file)
    page = load_workbook(file).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def texts(page: Worksheet) -> list[list[object]]:
    """Rows of what is printed, without the empty cells."""
    return [[cell.value for cell in row if cell.value is not None] for row in page.iter_rows()]


def find(page: Worksheet, value: object) -> Cell:
    for row in page.iter_rows():
        for cell in row:
            if cell.value == value:
                assert isinstance(cell, Cell)
                return cell
    raise AssertionError(value)


def test_the_headings_are_those_of_the_printed_form() -> None:
    rows = texts(written(SHEET))

    assert rows[0] == ["项目支出绩效自评表"]
    assert rows[1] == ["（2025年度）"]
    assert rows[2] == ["项目名称", "城乡居民医保服务能力提升"]
    assert rows[3] == ["主管部门", "某县医疗保障局", "实施单位", "某县医疗保险中心"]
    assert rows[4] == [
        *[
            "项目\n资金\n（万元）",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ]
    ]
    assert [row[0] for row in rows[5:9]] == [
        *["年度资金总额：", "其中：本年财政拨款", "　　　上年结转资金", "　　　其他资金"]
    ]
    assert rows[9] == ["年度\n总体\n目标", "预期目标", "实际完成情况"]
    assert rows[11] == [
        *["绩效\n指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
        *["分值", "得分", "偏差原因分析及改进措施"],
    ]
    assert rows[-5] == ["总分", 100, 96.05, "等级：优"]
    assert rows[-2] == ["单位（盖章）：", "项目负责人（签字）："]
    assert rows[-1] == ["填报人：", "联系电话：", "填报日期：　　　年　　月　　日", "审核人："]


def test_money_is_printed_in_the_forms_unit_with_the_rate_of_the_columns_beside_it() -> None:
    rows = texts(written(SHEET))

    assert rows[5][1:] == [4681.42, 4731.42, 4681.41, 10, 0.9894, 9.89]
    assert rows[7][1:] == [3.42, 3.42, 3.41, "—", 0.9971, "—"]
    in_yuan = texts(written(replace(SHEET, money_unit="元")))
    assert in_yuan[4][0] == "项目\n资金\n（元）"
    assert in_yuan[7][1:4] == [34200, 34200, 34100]


def test_money_scores_and_rates_have_their_formats() -> None:
    page = written(SHEET)

    assert [page.cell(6, column).number_format for column in (4, 5, 6, 7, 8, 9)] == [
        *["#,##0.00", "#,##0.00", "#,##0.00", "General", "0.00%", "0.00"]
    ]
    assert find(page, 16.16).number_format == "0.00"


def test_an_indicator_row_says_its_values_its_score_and_why() -> None:
    page = written(SHEET)
    row = find(page, "现场检查").row

    assert [page.cell(row, column).value for column in range(4, 10)] == [
        *["现场检查", "≥3次", "3次", 20, 16.16],
        "人手不足。\n计分：20×160÷198=16.16分。",
    ]


def test_equal_classes_and_categories_are_merged_downwards() -> None:
    page = written(SHEET)
    top = find(page, "病案审核").row

    merged = {str(area) for area in page.merged_cells.ranges}
    assert {f"B{top}:B{top + 1}", f"C{top}:C{top + 1}"} <= merged
    assert f"A{top - 2}:A{top + 2}" in merged


def test_every_cell_of_the_table_has_lines_and_the_rest_has_none() -> None:
    page = written(SHEET)
    bottom = find(page, "总分").row

    for number, row in enumerate(page.iter_rows(max_col=9), start=1):
        for cell in row:
            # Inside merged areas the reader keeps the outer lines only.
            lined = 3 <= number <= bottom
            if isinstance(cell, Cell):
                sides = (cell.border.left.style, cell.border.top.style)
                assert sides == (("thin", "thin") if lined else (None, None)), cell.coordinate


def test_it_prints_on_a4_landscape_as_wide_as_the_page_with_repeated_headings() -> None:
    page = written(SHEET)

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$12:$12"
    assert page.print_area == f"'项目支出绩效自评表'!$A$1:$I${page.max_row}"


def test_what_the_figures_stand_on_is_at_the_foot_of_table_and_page() -> None:
    page = written(SHEET)
    said = "数据截至2025年12月31日　支付数据截至2025年12月31日　12月定稿（1月6日）　记录位置12345"

    assert page.oddFooter is not None
    assert page.oddFooter.left.text == said
    assert page.oddFooter.right.text == "第&P页　共&N页"
    assert find(page, f"注：{said}").row == page.max_row - 2
    assert find(page, "注：无效益指标，其分值按比例分给其余各类指标").row == page.max_row - 3


def test_figures_without_a_closing_are_marked_and_so_are_synthetic_ones() -> None:
    bare = Provenance(YEAR_END, 7, synthetic=True)

    assert provenance_text(bare) == "数据截至2025年12月31日　未定稿　记录位置7　演示数据（虚构）"
    assert texts(written(replace(SHEET, provenance=bare)))[1] == [
        "（2025年度）　演示数据（虚构）　未定稿"
    ]


def test_an_ampersand_in_a_footer_is_printed_and_does_nothing() -> None:
    page = written(replace(SHEET, provenance=Provenance(YEAR_END, 7, closing="A&D")))

    assert page.oddFooter is not None
    assert "A&&D" in (page.oddFooter.left.text or "")


def test_what_is_open_is_said_and_never_a_zero() -> None:
    waiting = replace(SHEET.funds[2], executed=None)
    open_ = replace(
        SHEET,
        funds=(*SHEET.funds[:2], waiting),
        execution=ScoreCells(D(10), None),
        indicators=(line("病案审核", "90", None),),
        total=D("0.00"),
        settled_full=D("0.00"),
        rating=None,
    )

    rows = texts(written(open_))

    assert rows[5][1:] == [4681.42, 4731.42, "未录入", 10, "—", "未定"]
    assert rows[8][1:] == [978, 978, "未录入", "—", "—", "—"]
    assert rows[12][3:] == ["≥3次", "3次", 90, "未定"]
    assert rows[13] == ["总分", 0, 0, "已定0.00分／已定满分0.00分，尚有未定项，不评等级"]


def test_a_row_that_is_not_applicable_has_dashes() -> None:
    nothing = replace(line("无", "0", None), actual=None, applicable=False)

    rows = texts(written(replace(SHEET, indicators=(nothing, line("病案审核", "90")))))

    assert rows[12][2:] == ["无", "≥3次", "—", "—"]


def test_a_sheet_without_indicators_can_be_written() -> None:
    rows = texts(written(replace(SHEET, indicators=())))

    assert rows[11][0] == "绩效\n指标"
    assert rows[12][0] == "总分"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_users_never_becomes_a_formula_an_error_or_a_number(text: str) -> None:
    hostile = IndicatorLine(text, text, text, text, text, ScoreCells(D(90), D(90)), text)
    sheet = replace(
        SHEET,
        project_name=text,
        supervising_department=text,
        implementing_unit=text,
        expected=text,
        achieved=text,
        indicators=(hostile,),
        notes=(text,),
    )

    page = written(sheet)

    cells = [cell for row in page.iter_rows() for cell in row if isinstance(cell, Cell)]
    said = [cell for cell in cells if cell.value == text]
    assert len(said) == 11
    assert {cell.data_type for cell in said} == {"s"}
    assert {bool(cell.quotePrefix) for cell in said} == {text[0] in "=+-@\t"}
    assert "f" not in {cell.data_type for cell in cells}


def test_characters_a_workbook_cannot_hold_are_left_out() -> None:
    page = written(replace(SHEET, project_name="项\x00目\x0b名"))

    assert find(page, "项目名").row == 3


def test_a_cell_without_text_is_empty() -> None:
    cell = written(SHEET).cell(40, 40)
    assert isinstance(cell, Cell)

    write_text(cell, "\x01")

    assert cell.value is None


def test_many_rows_are_cut_into_pages_with_their_labels_on_each() -> None:
    many = tuple(line(f"指标{i}", reason="说明" * 60) for i in range(20))

    page = written(replace(SHEET, indicators=many))

    starts = [break_.id + 1 for break_ in page.row_breaks.brk]
    assert len(starts) >= 2
    for start in starts[:-1]:
        assert page.cell(start, 1).value == "绩效\n指标"
        assert page.cell(start, 2).value == "产出指标"
        assert page.cell(start, 3).value == "数量指标"
    assert isinstance(page.cell(starts[0] - 1, 2), MergedCell)
    names = [cell.value for cell in page["D"] if str(cell.value).startswith("指标")]
    assert names == [f"指标{i}" for i in range(20)]


def test_the_last_lines_stay_together_on_one_page() -> None:
    for count in range(1, 16):
        page = written(
            replace(SHEET, indicators=tuple(line(f"指标{i}") for i in range(count)), notes=())
        )
        total = find(page, "总分").row
        assert all(break_.id + 1 <= total for break_ in page.row_breaks.brk)


def test_a_long_objective_takes_several_rows_so_that_a_page_can_end_between_them() -> None:
    page = written(replace(SHEET, expected="目标" * 600))
    cell = find(page, "目标" * 600)

    area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
    heights = [page.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1)]
    assert len(heights) > 1
    assert all(height is not None and height <= 180 for height in heights)
    assert cell.alignment.vertical == "top"


def test_height_follows_the_lines_that_wrapped_text_takes() -> None:
    assert height_for(None, 20) == height_for("短", 20) == 21
    assert height_for("汉字" * 17, 20) == 4 * 13.5 + 6
    assert height_for("a\nb\nc", 20) == 3 * 13.5 + 6


def test_the_working_is_printed_where_it_explains_a_deviation() -> None:
    met = RowScore(D(10), Outcome.MET, "满分。")

    assert working_to_print(met) is None
    assert working_to_print(replace(met, flags=(Flag.FAR_EXCEEDED,))) == "满分。"
    assert working_to_print(RowScore(D(5), Outcome.PARTLY, "一半。")) == "一半。"
    assert working_to_print(RowScore(None, Outcome.OPEN, "未定。")) == "未定。"


def test_the_file_is_a_workbook_on_disk(tmp_path: Path) -> None:
    file = tmp_path / "自评表.xlsx"

    write_self_evaluation(SHEET, file)

    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
