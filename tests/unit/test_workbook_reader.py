"""Workbooks of every make become grids: what a person sees on the sheet, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from services.intake.readers.grid import Row, UnreadableFileError
from tests.files import archive, parts_of, read, rules, texts, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"


def filled(row: Row) -> list[tuple[str, str]]:
    return [(cell.where, cell.text) for cell in row.filled]


def merging(data: bytes, *ranges: str) -> bytes:
    """The workbook with these cells merged, whatever stands in them."""
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    merges = f'<mergeCells count="{len(ranges)}">{cells}</mergeCells>'
    behind = "</sheetData>"
    return with_part(data, SHEET, lambda xml: xml.replace(behind, behind + merges))


def test_values_come_as_a_person_sees_them() -> None:
    def fill(sheet: Any) -> None:
        values = {
            "A1": ("年度", None),
            "B1": (2025, None),
            "C1": (0.95, "0%"),
            "D1": (dt.date(2025, 12, 31), "yyyy-mm-dd"),
            "E1": (dt.datetime.fromisoformat("2025-12-31T08:30"), "yyyy-mm-dd hh:mm"),
            "F1": (4678.0000000001, None),
            "G1": (True, None),
            "H1": (19420000, "#,##0.00"),
            "I1": ("  两端空白 ", None),
            "J1": (dt.time(8, 30), "h:mm"),
        }
        for place, (value, code) in values.items():
            sheet[place] = value
            if code:
                sheet[place].number_format = code
        sheet["K1"].value, sheet["K1"].data_type = "#REF!", "e"

    (row,) = read(workbook(fill)).rows
    assert filled(row) == [
        ("申报表!A1", "年度"),
        ("申报表!B1", "2025"),
        ("申报表!C1", "95%"),
        ("申报表!D1", "2025-12-31"),
        ("申报表!E1", "2025-12-31 08:30"),
        ("申报表!F1", "4678"),
        ("申报表!G1", "TRUE"),
        ("申报表!H1", "19,420,000.00"),
        ("申报表!I1", "两端空白"),
        ("申报表!J1", "08:30"),
        ("申报表!K1", "#REF!"),
    ]


def test_merged_cells_stand_once_and_are_clipped_to_what_there_is() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["C2"], sheet["B3"] = "标题", "值", "末"

    first, second, third = read(merging(workbook(fill), "A1:XFD1", "A2:A1048576")).rows
    assert [(c.text, c.columns, c.rows) for c in first.cells] == [("标题", 3, 1)]
    assert [(c.where, c.rows) for c in second.cells] == [
        ("申报表!A2", 2),
        ("申报表!B2", 1),
        ("申报表!C2", 1),
    ]
    assert [cell.where for cell in third.reaching] == ["申报表!A2"]


def test_values_under_a_merged_cell_are_not_seen() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "上", "藏", "右"

    assert texts(read(merging(workbook(fill), "A1:B1", "B1:B2"))) == [["上", "右"]]


def test_what_is_hidden_is_left_out_and_said() -> None:
    def fill(sheet: Any) -> None:
        for row in range(1, 5):
            for column in range(1, 5):
                sheet.cell(row, column, f"{row}{column}")
        sheet.merge_cells("A2:A4")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        hidden = sheet.parent.create_sheet("字典")
        hidden["A1"], hidden.sheet_state = "备选", "hidden"

    grid = read(workbook(fill))
    assert texts(grid) == [["11", "13", "14"], ["21", "33", "34"], ["43", "44"]]
    assert grid.rows[1].cells[0].where == "申报表!A3"
    assert grid.rows[2].at(0) == grid.rows[1].cells[0]
    assert rules(grid) == ["file.hidden_cells", "file.hidden_cells", "file.hidden_sheet"]
    assert not any(remark.lost for remark in grid.remarks)


def test_empty_hidden_rows_are_not_worth_a_word() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["A9"] = "上", "下"
        for row in range(2, 9):
            sheet.row_dimensions[row].hidden = True

    assert rules(read(workbook(fill))) == []


def test_a_formula_counts_by_its_last_value_and_one_without_is_said() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "合计", "=1+1", "=1/2"

    worked_out = with_part(
        workbook(fill),
        SHEET,
        lambda xml: xml.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>"),
    )
    grid = read(worked_out)
    assert texts(grid) == [["合计", "2"]]
    assert [(r.rule, r.where, r.lost) for r in grid.remarks] == [
        ("file.formula_without_value", "申报表!C1", True)
    ]


def test_rows_and_cells_without_numbers_follow_each_other() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["A2"] = "甲", 0.5, "乙"
        sheet["B1"].number_format = "0%"

    bare = with_part(
        workbook(fill),
        SHEET,
        lambda xml: xml.replace(' r="A1"', "").replace(' r="B1"', "").replace('<row r="1"', "<row"),
    )
    assert texts(read(bare)) == [["甲", "50%"], ["乙"]]


def test_each_sheet_is_a_part_and_charts_are_none() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "一"
        sheet.parent.create_sheet("第二 表")["B2"] = "二"
        sheet.parent.create_sheet("空")
        sheet.parent.create_chartsheet("图")

    grid = read(workbook(fill))
    assert [(row.part, row.where, row.text) for row in grid.rows] == [
        ("申报表", "申报表!A1", "一"),
        ("第二 表", "第二 表!B2", "二"),
    ]


def test_macros_are_left_alone_and_said() -> None:
    parts = parts_of(workbook(lambda sheet: sheet.append(["甲"])))
    assert rules(read(archive(parts | {"xl/vbaProject.bin": b"x"}))) == ["file.macros"]


def test_styles_that_are_damaged_cost_the_formats_and_no_text() -> None:
    parts = parts_of(workbook(lambda sheet: sheet.append(["甲", "乙"])))
    del parts["xl/styles.xml"], parts["xl/theme/theme1.xml"], parts["docProps/app.xml"]
    assert texts(read(archive(parts))) == [["甲", "乙"]]


def test_a_day_of_1904_is_the_day_that_is_shown() -> None:
    book = openpyxl.Workbook()
    book.epoch = dt.datetime.fromisoformat("1904-01-01")
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = dt.date(2025, 12, 31)
    stream = io.BytesIO()
    book.save(stream)
    assert texts(read(stream.getvalue())) == [["2025-12-31"]]


@pytest.mark.parametrize(
    ("cell", "said"), [("GS1", "200列"), ("XFD1", "200列"), ("A200001", "200000行")]
)
def test_a_sheet_that_reaches_too_far_is_refused(cell: str, said: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet[cell] = "左上", "远"

    with pytest.raises(UnreadableFileError, match=said):
        read(workbook(fill))


def test_a_sheet_that_is_only_coloured_far_out_is_read() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "有字"
        for far in ("XFD1", "A1048576"):
            sheet[far].number_format = "0%"

    assert texts(read(workbook(fill))) == [["有字"]]


def test_a_cell_that_is_too_long_is_refused_with_its_place() -> None:
    data = with_part(
        workbook(lambda sheet: sheet.append(["甲" * 10])),
        SHEET,
        lambda xml: xml.replace("&#30002;" * 10, "x" * 40_000).replace("甲" * 10, "x" * 40_000),
    )
    with pytest.raises(UnreadableFileError, match="申报表!A1所在行有单元格超过32767字"):
        read(data)


XML_BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>
<Style ss:ID="s"><NumberFormat ss:Format="Standard"/></Style></Styles>
<Worksheet ss:Name="申报表"><Table>
<Column ss:Index="5" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">项目</Data></Cell>
<Cell><Data ss:Type="Number">2025</Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.95</Data></Cell>
<Cell><Data ss:Type="String">藏</Data></Cell></Row>
<Row ss:Index="2"><Cell ss:Index="3" ss:StyleID="s"><Data ss:Type="Number">1234.5</Data></Cell>
<Cell><Data ss:Type="DateTime">2025-12-31T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">藏</Data></Cell></Row>
<Row><Cell ss:Formula="=1+1"/><Cell><Data ss:Type="DateTime">2025-12-31T08:30:00</Data></Cell>
<Cell><ss:Data ss:Type="String"><B>粗</B>细</ss:Data></Cell>
<Cell><Data ss:Type="Number">无</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
<Worksheet ss:Name="空"/>
</Workbook>"""


def test_a_workbook_in_xml_under_another_name_is_read_with_merges_and_formats() -> None:
    grid = read(XML_BOOK.encode(), "导出.xls")
    assert texts(grid) == [
        ["项目", "2025", "95%"],
        ["1,234.50", "2025-12-31"],
        ["", "2025-12-31 08:30", "粗细", "无"],
    ]
    merged = grid.rows[1].at(1)
    assert merged is not None
    assert (merged.text, merged.where) == ("项目", "申报表!A1")
    assert rules(grid) == [
        "file.hidden_cells",
        "file.hidden_cells",
        "file.formula_without_value",
        "file.hidden_sheet",
    ]


def ods(table: str, styles: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
        )
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{table}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": content})


def of(text: str, attributes: str = "") -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {attributes}>{lines}</table:table-cell>"


def test_an_opendocument_sheet_shows_its_text_merges_and_repetitions() -> None:
    many = 'table:number-columns-repeated="16384"'
    grid = read(
        ods(
            '<table:table table:name="申报表"><table:table-columns>'
            '<table:table-column table:number-columns-repeated="3"/>'
            '<table:table-column table:visibility="collapse"/></table:table-columns>'
            "<table:table-row>"
            + of("产出", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
            + of("95%", 'office:value-type="percentage" office:value="0.95"')
            + of(
                "一<text:s text:c='2'/>二<text:line-break/>三<office:annotation><text:p>批注"
                "</text:p></office:annotation>"
            )
            + of("藏")
            + f"<table:table-cell {many}/></table:table-row>"
            "<table:table-row><table:covered-table-cell/>"
            + of("再", many[:-6] + '2"')
            + "</table:table-row>"
            f'<table:table-row table:number-rows-repeated="100"><table:table-cell {many}/>'
            "</table:table-row>"
            '<table:table-row table:visibility="filter">' + of("藏") + "</table:table-row>"
            '<table:table-header-rows><table:table-row table:number-rows-repeated="2">'
            '<table:table-cell office:value="4678.0000000001"/></table:table-row>'
            "</table:table-header-rows></table:table>"
            '<table:table table:name="藏" table:style-name="h"><table:table-row>'
            + of("x")
            + "</table:table-row></table:table>",
            '<style:style style:name="h"><style:table-properties table:display="false"/>'
            "</style:style>",
        )
    )
    assert texts(grid)[:2] == [["产出", "95%", "一  二\n三"], ["再", "再"]]
    assert [row.where for row in grid.rows[:2]] == ["申报表!A1", "申报表!B2"]
    assert [cell.text for cell in grid.rows[1].reaching] == ["产出"]


def test_an_opendocument_sheet_with_rows_beyond_the_limit_is_refused() -> None:
    rows = f'<table:table-row table:number-rows-repeated="1048570">{of("x")}</table:table-row>'
    with pytest.raises(UnreadableFileError, match="200000行"):
        read(ods(f'<table:table table:name="a">{rows}</table:table>'))


@pytest.mark.parametrize(
    "data",
    [
        archive({"content.xml": "<x/>"}),
        archive({"xl/workbook.xml": "<workbook/>"}),
        workbook(lambda sheet: sheet.append(["x"]))[:-200],
        XML_BOOK[:-40].encode(),
    ],
    ids=["no sheet", "no relations", "torn zip", "torn XML"],
)
def test_a_damaged_workbook_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="已损坏"):
        read(data)


@pytest.mark.parametrize("path", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_of_its_own_are_refused(path: str) -> None:
    data = with_part(
        workbook(lambda sheet: sheet.append(["x"])),
        path,
        lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml,
    )
    with pytest.raises(UnreadableFileError, match="实体声明"):
        read(data)
