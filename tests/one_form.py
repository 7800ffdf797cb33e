"""One small form in every format that is read: the same cells, merged the same way.

``python -m tests.one_form`` builds the files that need LibreOffice or Chromium, in
``tests/data/form``; the others are built where they are used.
"""

from __future__ import annotations

import csv
import html
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.files import word, workbook

BUILT = Path(__file__).parent / "data" / "form"
CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed cell: its text and how far it is merged."""

    text: str
    columns: int = 1
    rows: int = 1


Form = list[list[Printed]]


def _indicators(
    rows: list[tuple[str, list[tuple[str, list[tuple[str, str, str]]]]]],
) -> Iterator[list[Printed]]:
    for level, categories in rows:
        count = sum(len(found) for _, found in categories)
        for at_category, (category, found) in enumerate(categories):
            for at, (name, value, standard) in enumerate(found):
                row = []
                if at_category == at == 0:
                    row.append(Printed(level, rows=count))
                if at == 0:
                    row.append(Printed(category, rows=len(found)))
                yield [*row, Printed(name, columns=2), Printed(value), Printed(standard)]


def _form(name: str, code: str, money: tuple[str, str, str], goal: str) -> Form:
    total, fiscal, other = money
    return [
        [Printed("项目支出绩效目标申报表", columns=6)],
        [Printed("（2025年度）", columns=6)],
        [
            Printed("项目名称"),
            Printed(name, columns=2),
            Printed("项目编码"),
            Printed(code, columns=2),
        ],
        [
            Printed("主管部门"),
            Printed("云河县文化和旅游局", columns=2),
            Printed("实施单位"),
            Printed("云河县文化馆", columns=2),
        ],
        [
            Printed("项目资金（万元）", rows=3),
            Printed("年度资金总额", columns=2),
            Printed(total, columns=3),
        ],
        [Printed("其中：财政拨款", columns=2), Printed(fiscal, columns=3)],
        [Printed("其他资金", columns=2), Printed(other, columns=3)],
        [Printed("年度绩效目标"), Printed(goal, columns=5)],
        [
            Printed("一级指标"),
            Printed("二级指标"),
            Printed("三级指标", columns=2),
            Printed("指标值"),
            Printed("评分标准"),
        ],
    ]


FIRST = [
    *_form(
        "送戏下乡县级配套资金",
        "13099925P00A11110001X",
        ("120.00", "100.00", "20.00"),
        "全年送戏下乡一百二十场，覆盖全部行政村，让群众在家门口看上好戏。",
    ),
    *_indicators(
        [
            (
                "产出指标",
                [
                    (
                        "数量指标",
                        [
                            ("送戏下乡场次", "≥120场", "每少一场扣1分"),
                            ("受益行政村数量", "≥86个", "按比例扣分"),
                        ],
                    ),
                    ("质量指标", [("演出合格率", "≥98%", "按比例扣分")]),
                    ("时效指标", [("演出完成时间", "2025年12月底前", "逾期不得分")]),
                    ("成本指标", [("每场演出补助标准", "≤1万元", "超过不得分")]),
                ],
            ),
            ("效益指标", [("社会效益指标", [("观看演出人次", "≥12万人次", "按比例扣分")])]),
            ("满意度指标", [("服务对象满意度", [("群众满意度", "≥95%", "按比例扣分")])]),
        ]
    ),
]
SECOND = [
    *_form(
        "图书馆免费开放补助",
        "13099925P00A11110002Y",
        ("36.50", "36.50", "0.00"),
        "全年免费开放三百天以上，开展阅读活动，馆藏图书有序流通。",
    ),
    *_indicators(
        [
            (
                "产出指标",
                [
                    (
                        "数量指标",
                        [
                            ("免费开放天数", "≥300天", "按比例扣分"),
                            ("开展阅读活动场次", "≥24场", "按比例扣分"),
                        ],
                    ),
                    ("质量指标", [("开放时间达标率", "=100%", "按比例扣分")]),
                ],
            ),
            ("效益指标", [("社会效益指标", [("图书外借册次", "≥5万册", "按比例扣分")])]),
            ("满意度指标", [("服务对象满意度", [("读者满意度", "≥90%", "按比例扣分")])]),
        ]
    ),
]
Forms = Sequence[Form]
FORMS: Forms = (FIRST, SECOND)

Placed = tuple[int, int, Printed]


def placed(form: Form) -> Iterator[Placed]:
    """The cells of a form by row and column, both from 0."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(form):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield number, column, cell
            taken |= {
                (number + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
            column += cell.columns


def width(form: Form) -> int:
    """The columns of a form."""
    return max(column + cell.columns for _, column, cell in placed(form))


def lines(form: Form) -> list[list[str]]:
    """The form as text keeps it: a merged cell stands at its first place."""
    said = [[""] * width(form) for _ in form]
    for row, column, cell in placed(form):
        said[row][column] = cell.text
    return said


def as_text(forms: Forms = FORMS, separator: str = "\t") -> bytes:
    """Text with separators."""
    rows = [line for form in forms for line in lines(form)]
    return "\n".join(separator.join(line) for line in rows).encode()


def as_csv() -> bytes:
    """CSV as a spreadsheet saves it."""
    stream = io.StringIO()
    csv.writer(stream).writerows(line for form in FORMS for line in lines(form))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def as_word(forms: Forms = FORMS) -> bytes:
    """A .docx with one table a form."""

    def fill(document: Document) -> None:
        for form in forms:
            table = document.add_table(len(form), width(form))
            table.style = "Table Grid"
            for row, column, cell in placed(form):
                last = table.cell(row + cell.rows - 1, column + cell.columns - 1)
                table.cell(row, column).merge(last).text = cell.text
            document.add_paragraph()

    return word(fill)


def as_workbook(forms: Forms = FORMS) -> bytes:
    """An .xlsx with all forms on one sheet."""
    side = Side(style="thin")

    def fill(sheet: Worksheet) -> None:
        above = 0
        for form in forms:
            for row, column, cell in placed(form):
                at = (above + row + 1, column + 1)
                written = sheet.cell(*at, cell.text)
                # "=100%" is text on paper, and would be a formula here.
                written.data_type = "s"
                written.border = Border(side, side, side, side)
                if cell.rows > 1 or cell.columns > 1:
                    sheet.merge_cells(
                        start_row=at[0],
                        start_column=at[1],
                        end_row=at[0] + cell.rows - 1,
                        end_column=at[1] + cell.columns - 1,
                    )
            above += len(form) + 1

    return workbook(fill)


def as_page(forms: Forms = FORMS) -> bytes:
    """An .html with one table a form."""
    style = "table{border-collapse:collapse;width:100%;margin:8mm 0}td{border:1px solid}"
    style += "tr{break-inside:avoid}body{font:9pt 'Noto Sans CJK SC'}"
    tables = "".join(map(_table, forms))
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{style}</style></head>"
    return f"{page}<body>{tables}</body></html>".encode()


def _table(form: Form) -> str:
    rows = (
        "".join(
            f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{html.escape(cell.text)}</td>'
            for cell in row
        )
        for row in form
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def as_pdf(forms: Forms = FORMS) -> bytes:
    """A .pdf as Chromium prints the page."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "form.html").write_bytes(as_page(forms))
        command = [CHROMIUM, "--headless", "--no-sandbox", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={folder}/form.pdf", f"{folder}/form.html"]
        subprocess.run(command, check=True, capture_output=True)
        return Path(folder, "form.pdf").read_bytes()


def _kept(ending: str) -> Callable[[], bytes]:
    return (BUILT / f"form.{ending}").read_bytes


FORMATS: dict[str, Callable[[], bytes]] = {
    "txt": as_text,
    "csv": as_csv,
    "docx": as_word,
    "xlsx": as_workbook,
    "html": as_page,
    "xls": _kept("xls"),
    "ods": _kept("ods"),
    "pdf": _kept("pdf"),
}


def build() -> None:
    """Build what needs another program."""
    BUILT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (
            ("form.xlsx", as_workbook()),
            ("form.docx", as_word()),
            ("form.html", as_page()),
        ):
            Path(folder, name).write_bytes(data)
        for source, target in (("xlsx", "xls"), ("xlsx", "ods"), ("docx", "doc")):
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            command += ["--convert-to", target, "--outdir", str(BUILT), f"{folder}/form.{source}"]
            subprocess.run(command, check=True, capture_output=True)
        Path(BUILT, "form.pdf").write_bytes(as_pdf())


if __name__ == "__main__":
    build()
