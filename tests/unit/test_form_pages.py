"""A form as it is printed: A4, headings on every page, amounts as numbers, text as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.indicator import Comparator, Indicator, Kind, TargetValue
from domain.plan import Checkpoint, SpendingPlan
from services.sheets.declaration_form.forms import FileFormat, TemplateKey, write_papers
from services.sheets.declaration_form.layout import lay_out
from services.sheets.declaration_form.paper import Imprint

NEW_YEAR = date(2025, 1, 1)
FOOT = "记录位置7 A&D"


def indicator(number: int, **more: Any) -> Indicator:
    value = TargetValue("≥3次", Comparator.AT_LEAST, Decimal(3), "次")
    plain = Indicator(
        UUID(int=number), "产出指标", "数量指标", f"巡查{number}", value, Kind.CUMULATIVE
    )
    return replace(plain, **more)


PROJECT = Declaration(
    region="130999000",
    fiscal_year=2025,
    project_name="巡查经费",
    unit_name="云河县医疗保障局",
    effective_on=NEW_YEAR,
    fund_lines=(FundLine("1", FundSource.CURRENT_YEAR, Decimal("1234567.80"), NEW_YEAR),),
    indicators=(indicator(1), indicator(2), indicator(3, category="质量指标")),
    annual_objective="按时巡查。",
)


def drawn(
    *declared: Declaration,
    template: TemplateKey = TemplateKey.STANDARD,
    format_: FileFormat = FileFormat.XLSX,
) -> BytesIO:
    file = BytesIO()
    imprint = Imprint(FOOT)
    write_papers([lay_out(one, template.template, imprint) for one in declared], format_, file)
    file.seek(0)
    return file


def workbook(*declared: Declaration, **more: Any) -> Workbook:
    return load_workbook(drawn(*declared, **more))


def sheet(*declared: Declaration, **more: Any) -> Worksheet:
    [page] = workbook(*declared, **more).worksheets
    assert isinstance(page, Worksheet)
    return page


def document(*declared: Declaration, **more: Any) -> WordDocument:
    return Document(drawn(*declared, format_=FileFormat.DOCX, **more))


def find(page: Worksheet, value: object) -> Cell:
    for row in page.iter_rows():
        for cell in row:
            if cell.value == value and isinstance(cell, Cell):
                return cell
    raise AssertionError(value)


def texts(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def test_the_standard_form_has_the_printed_labels_in_their_order() -> None:
    said = texts(sheet(PROJECT))

    assert said[:2] == ["项目支出绩效目标申报表", "（2025年度）"]
    labels = ["项目名称", "主管部门及代码", "实施单位", "项目资金\n（万元）", "年度总体目标"]
    headings = ["一级指标", "二级指标", "三级指标", "指标值", "指标\n性质", "计量\n单位", "权重"]
    order = [said.index(label) for label in (*labels, *headings)]
    assert order == sorted(order)


def test_the_hebei_form_asks_for_a_plan_by_checkpoints_even_where_none_is_declared() -> None:
    said = texts(sheet(PROJECT, template=TemplateKey.HEBEI))

    at = said.index("资金支出计划\n（%）")
    assert said[at + 1 : at + 5] == ["3月底", "6月底", "10月底", "12月底"]


def test_amounts_and_shares_are_numbers_in_the_forms_own_unit() -> None:
    half = SpendingPlan(
        (Checkpoint(date(2025, 6, 30), Decimal("0.5")), Checkpoint(date(2025, 12, 31), Decimal(1)))
    )
    page = sheet(replace(PROJECT, plan=half))

    assert find(page, 123.45678).number_format == "#,##0.00000"
    assert find(page, 0.5).number_format == "0%"
    in_yuan = sheet(replace(PROJECT, money_unit="元"))
    assert find(in_yuan, 1234567.8).number_format == "#,##0.00"
    assert "项目资金\n（元）" in texts(in_yuan)


def test_levels_are_merged_down_over_the_rows_that_share_them() -> None:
    page = sheet(PROJECT)

    merged = {str(area) for area in page.merged_cells.ranges}
    top = find(page, "产出指标").row
    assert f"B{top}:B{top + 2}" in merged
    assert f"C{top}:D{top + 1}" in merged


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_of_users_never_becomes_a_formula(text: str) -> None:
    page = sheet(replace(PROJECT, project_name=text, indicators=(indicator(1, name=text),)))

    said = [cell for row in page.iter_rows() for cell in row if cell.value == text]
    assert len(said) == 2
    assert {cell.data_type for cell in said} == {"s"}


def test_sheets_are_named_after_their_projects_as_a_workbook_allows() -> None:
    odd = replace(PROJECT, project_name="['甲/乙]*" + "长" * 40)

    assert workbook(odd).sheetnames == ["甲乙" + "长" * 29]
    assert workbook(PROJECT, PROJECT).sheetnames == ["1.巡查经费", "2.巡查经费"]
    assert workbook(replace(PROJECT, project_name="???")).sheetnames == ["项目支出绩效目标申报表"]


def test_it_prints_on_a4_as_wide_as_the_page_with_the_heading_on_each() -> None:
    page = sheet(PROJECT)

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("portrait", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    heading = find(page, "一级指标").row
    assert page.print_title_rows == f"${heading}:${heading}"
    assert page.oddFooter is not None
    assert page.oddFooter.left.text == FOOT.replace("&", "&&")
    assert page.oddFooter.right.text == "第&P页　共&N页"


def test_columns_that_the_official_form_has_not_come_only_with_content_and_turn_the_page() -> None:
    described = replace(PROJECT, indicators=(indicator(1, scoring_standard="少一次扣1分"),))

    assert "评分标准" not in texts(sheet(PROJECT))
    page = sheet(described)
    assert "评分标准" in texts(page)
    assert page.page_setup.orientation == "landscape"
    assert document(described).sections[0].orientation == WD_ORIENTATION.LANDSCAPE


def test_many_rows_are_cut_into_pages_that_say_their_levels_again() -> None:
    many = replace(PROJECT, indicators=tuple(indicator(number) for number in range(60)))
    page = sheet(many)

    starts = [page_break.id + 1 for page_break in page.row_breaks.brk]
    assert starts
    for start in starts:
        assert page.cell(start, 2).value == "产出指标"
    assert find(page, "单位（盖章）：").row > starts[-1]
    names = [cell for cell in texts(page) if cell.startswith("巡查") and cell != "巡查经费"]
    assert names == [f"巡查{number}" for number in range(60)]


def test_in_word_the_heading_is_repeated_and_rows_are_kept_whole() -> None:
    head, rows, signatures = document(PROJECT).tables

    assert head.rows[0].cells[0].text == "项目名称"
    marks = [row._tr.trPr for row in rows.rows]  # noqa: SLF001  # python-docx has no other way
    assert [mark.find(qn("w:tblHeader")) is not None for mark in marks] == [True] + [False] * 3
    assert all(mark.find(qn("w:cantSplit")) is not None for mark in marks[1:])
    assert signatures.rows[0].cells[0].text == "单位（盖章）："


def test_in_word_each_project_has_a_section_with_its_footer_in_chinese_fonts() -> None:
    made = document(PROJECT, replace(PROJECT, project_name="宣传经费"))

    assert len(made.sections) == 2
    assert FOOT in made.sections[1].footer.paragraphs[0].text
    fonts = made.element.xpath("//w:rFonts/@w:eastAsia")
    assert set(fonts) == {"黑体", "宋体", "仿宋"}
    assert made.core_properties.comments == ""


def test_in_word_amounts_are_printed_with_thousands_and_shares_as_percent() -> None:
    whole = SpendingPlan((Checkpoint(date(2025, 12, 31), Decimal(1)),))
    in_yuan = replace(PROJECT, money_unit="元", plan=whole)
    head = document(in_yuan).tables[0]

    said = {cell.text for row in head.rows for cell in row.cells}
    assert {"1,234,567.80", "100%", "12月底"} <= said


def test_no_forms_at_all_are_an_empty_file() -> None:
    assert workbook().sheetnames
    assert not document().tables
