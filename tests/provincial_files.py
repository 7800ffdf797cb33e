"""Exports of monitoring and self-evaluation as the province's system prints them, built here."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from docx.document import Document

from tests.files import word, workbook

MONITORING_HEADING = (
    "项目编码",
    "项目名称",
    "全年预算数(万元)",
    "执行数(万元)",
    "执行率",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "1至7月执行情况",
    "全年预计完成情况",
    "经费保障",
    "人员保障",
    "原因说明",
    "确定能",
    "有可能",
    "完全不可能",
    "备注",
)
SELF_EVALUATION_HEADING = (
    "项目编码",
    "项目名称",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


class Printer:
    """Writes a sheet row by row, with cells merged."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.row = 0

    def put(self, *values: Any) -> int:
        """Write a row from its first column; answer its number."""
        self.row += 1
        for column, value in enumerate(values, start=1):
            if value is not None:
                self.sheet.cell(self.row, column, value)
        return self.row

    def merge(self, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Merge a block; its first cell stays."""
        self.sheet.merge_cells(
            start_row=rows[0], end_row=rows[1], start_column=columns[0], end_column=columns[1]
        )


def monitoring_sheets(*projects: str, paid: str = "262.50") -> bytes:
    """The printed sheet of monitoring, one project below the other."""

    def fill(sheet: Any) -> None:
        printer = Printer(sheet)
        for project in projects:
            _monitoring_sheet(printer, project, paid)

    return workbook(fill)


def _monitoring_sheet(printer: Printer, project: str, paid: str) -> None:
    title = printer.put("项目支出绩效目标执行监控表")
    printer.merge((title, title), (1, 17))
    printer.put("（2025年度）")
    printer.put("项目名称", None, project)
    printer.put("主管部门及代码", None, "[054]县医疗保障局", None, "实施单位", "县医疗保障局")
    top = printer.put(
        "项目资金（万元）", None, None, "年初预算数", "1-7月执行数", "1-7月执行率", "全年预计执行数"
    )
    printer.put(None, "年度资金总额：", None, "450.00", paid, "58.33%", "450.00")
    last = printer.put(None, "其中：本年一般公共预算拨款", None, "450.00", paid, "58.33%", "450.00")
    printer.merge((top, last), (1, 1))
    printer.put("年度总体目标", "保障困难群众就医")
    head = printer.put(
        *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"),
        *("1-7月执行情况", "全年预计完成情况", "偏差原因分析", None, None, None, None, None),
        *("完成目标可能性", None, None, "备注"),
    )
    printer.put(
        *(None, None, None, None, None, None, None),
        *("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"),
        *("确定能", "有可能", "完全不可能"),
    )
    printer.merge((head, head), (8, 13))
    printer.merge((head, head), (14, 16))
    for column in (2, 3, 4, 5, 6, 7, 17):
        printer.merge((head, head + 1), (column, column))
    row = printer.put(
        *(None, "产出指标", "数量指标", "救助人次", "≥10万人次", "5.2", "预计9.5万人次"),
        *(None, None, "√", None, None, "经办人员不足", None, "√", None, "7月起增配人员"),
    )
    printer.merge((head, row), (1, 1))
    printer.put("注：偏差原因分析针对与预期目标产生偏差的指标值进行分析。")


def self_evaluation_sheet(project: str, score: str = "46.75", total: str = "55.75") -> bytes:
    """The printed sheet of self-evaluation, of one project."""

    def fill(sheet: Any) -> None:
        printer = Printer(sheet)
        printer.put("项目支出绩效自评表")
        printer.put("（2025年度）")
        printer.put("项目名称", None, project)
        printer.put("主管部门", None, "县医疗保障局", None, "实施单位", "县医疗保障局")
        printer.put(
            *("项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数"),
            *("分值", "执行率", "得分"),
        )
        printer.put(
            None, "年度资金总额：", None, "450.00", "450.00", "405.00", "10", "90.00%", "9.00"
        )
        printer.put("年度总体目标", "预期目标", None, None, "实际完成情况")
        printer.put(None, "保障困难群众就医", None, None, "已完成")
        head = printer.put(
            *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        )
        row = printer.put(
            *(None, "产出指标", "数量指标", "救助人次", "≥10万人次", "9.35万人次"),
            *("50", score, "下半年就医人次减少"),
        )
        printer.merge((head, row), (1, 1))
        last = printer.put("总分", None, None, None, None, None, "60", total)
        printer.merge((last, last), (1, 6))

    return workbook(fill)


def monitoring_row(code: str, value: str, **said: str) -> tuple[str, ...]:
    """A row of the flat export of monitoring, by its headings."""
    plain = {
        "项目编码": code,
        "项目名称": f"项目{code}",
        "全年预算数(万元)": "450.00",
        "执行数(万元)": "262.50",
        "执行率": "58.33%",
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "三级指标": "救助人次",
        "年度指标值": "≥10万人次",
        "1至7月执行情况": value,
    }
    row = plain | said
    return tuple(row.get(heading, "") for heading in MONITORING_HEADING)


def self_evaluation_row(code: str, value: str, weight: str, score: str) -> Sequence[str]:
    """A row of the flat export of self-evaluation."""
    levels = ("产出指标", "数量指标", "救助人次", "≥10万人次")
    return (code, f"项目{code}", *levels, value, weight, score, "")


def self_evaluation_sheets_of_sichuan(*projects: str) -> bytes:
    """Another province's sheet, one project a sheet: signs and units in columns, 合计 below."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for project in projects:
        sheet = book.create_sheet(project)
        printer = Printer(sheet)
        printer.put("部门预算项目支出绩效自评表（2025年度）")
        printer.put("项目名称", None, project, None, "预算单位", "县医疗保障局")
        printer.put(
            *("预算执行情况（万元）", "年初预算", "调整后预算数", "预算执行数", "预算执行率"),
            *("权重", "得分", "原因"),
        )
        row = printer.put("总额", 450, 460, 414, 0.9, 10, 9)
        sheet.cell(row, 5).number_format = "0.00%"
        printer.put("其中：财政资金", 450, 460, 414, 0.9, "/", "/")
        printer.put(
            *("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值"),
            *("权重", "得分", "未完成原因分析"),
        )
        printer.put("产出指标", "数量指标", "救助人次", "≥", 10, "万人次", 9, 20, 18, "人次减少")
        printer.put("合计", None, None, None, None, None, None, 30, 27)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_word(content: bytes) -> bytes:
    """The first sheet of a workbook as a table of a Word document, merged alike."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]

    def fill(document: Document) -> None:
        document.add_paragraph("附件3")
        table = document.add_table(rows=sheet.max_row, cols=sheet.max_column)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    table.cell(cell.row - 1, cell.column - 1).text = str(cell.value)
        for area in sheet.merged_cells.ranges:
            first = table.cell(area.min_row - 1, area.min_col - 1)
            first.merge(table.cell(area.max_row - 1, area.max_col - 1))

    return word(fill)
