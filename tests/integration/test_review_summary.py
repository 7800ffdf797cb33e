"""审核意见 as a workbook, read back: the list by project, and the form with marks at its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from domain.review.finding import Severity
from ops.cli.form import app
from services.annotating import Reviewed, annotated
from services.intake.forms.reading import read_file, read_forms
from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Cell, Grid, Row
from services.reviewing import review_reading
from services.sheets.marks import COLOURS, Mark
from services.sheets.review_summary import (
    FindingLine,
    ReviewSummary,
    Section,
    write_summary,
)
from services.sheets.source_table import source_book

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "#REF!", "12"]


def reviewed(content: bytes, name: str) -> Reviewed:
    grid = read_grid(content, name)
    reading = read_forms(grid)
    return Reviewed(name, content, grid, reading, review_reading(reading))


def as_workbook() -> bytes:
    """The sample form as a workbook of one sheet, with a remark and a formula of its own."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "申报表"
    for number, row in enumerate(read_grid(FORM.read_bytes(), "x.txt").rows, start=1):
        for cell in row.cells:
            sheet.cell(number, cell.column + 1, cell.text or None)
    for line in sheet.iter_rows():
        for one in line:
            if one.value == "≥" and isinstance(one.value, str):
                one.comment = Comment("请尽快补全", "张三")
    book.create_sheet("计算")["A1"] = "=SUM(1,2)"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def texts(sheet: Worksheet) -> list[list[str]]:
    return [
        [str(value) for value in row if value is not None]
        for row in sheet.iter_rows(values_only=True)
    ]


def marked(sheet: Worksheet) -> Iterator[tuple[str, str, str]]:
    """Coordinate, colour and comment of every marked cell."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                yield cell.coordinate, cell.fill.start_color.rgb[-6:], cell.comment.text


def test_the_list_stands_by_project_with_chinese_headings_in_sight_on_every_page() -> None:
    sheet = opened(annotated(reviewed(FORM.read_bytes(), "申报表.txt")))["审核意见"]
    rows = texts(sheet)
    assert rows[0] == ["绩效目标审核意见"]
    assert "申报表.txt" in rows[1][0]
    assert "3个项目，16项绩效指标" in rows[1][0]
    assert rows[3] == ["序号", "位置", "指标", "级别", "问题", "为什么要改", "修改建议", "处理情况"]
    assert any(row[0].startswith("项目2　") for row in rows if row)
    numbers = [row[0] for row in rows[4:] if row and row[0].isdigit()]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToWidth == 1
    assert all(cell.alignment.wrap_text for cell in sheet[6] if cell.value)


def test_a_form_that_is_no_workbook_is_rebuilt_with_marks_at_its_cells() -> None:
    book = opened(annotated(reviewed(FORM.read_bytes(), "申报表.txt")))
    assert book.sheetnames == ["审核意见", "原表"]
    sheet = book["原表"]
    of_line = {str(row[0].value): row for row in sheet.iter_rows() if row[0].value}
    (cut,) = [cell for cell in of_line["L170"] if cell.comment]
    assert cut.value == "≥"
    assert cut.comment is not None
    assert cut.comment.text.startswith("【错误】")
    assert cut.fill.start_color.rgb[-6:] == COLOURS[Severity.ERROR]


def test_a_departments_rows_are_marked_at_the_text_that_is_wrong() -> None:
    form = FORM.parent / "layouts" / "29-department-tasks" / "form.docx"
    sheet = opened(annotated(reviewed(form.read_bytes(), form.name)))["原表"]
    values = {str(sheet[place].value): said for place, _, said in marked(sheet)}
    assert values["逐年改善"].startswith("【提示】1项定性指标只写“逐年改善”")


def test_a_workbook_keeps_its_sheets_and_formulas_and_is_marked_where_it_is_wrong() -> None:
    book = opened(annotated(reviewed(as_workbook(), "申报表.xlsx")))
    assert book.sheetnames == ["审核意见", "申报表", "计算"]
    assert book["计算"]["A1"].value == "=SUM(1,2)"
    assert book.active is book["审核意见"]
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]
    marks = list(marked(book["申报表"]))
    (cut,) = [one for one in marks if book["申报表"][one[0]].value == "≥"]
    assert cut[1] == COLOURS[Severity.ERROR]
    assert cut[2].startswith("【错误】")
    assert cut[2].endswith("请尽快补全")
    assert {colour for _, colour, _ in marks} <= set(COLOURS.values())
    assert len(marks) > 5


def test_a_workbook_that_cannot_be_written_into_is_rebuilt() -> None:
    whole, file = reviewed(as_workbook(), "申报表.xlsx"), BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    broken = replace(whole, content=file.getvalue())
    assert opened(annotated(broken)).sheetnames == ["审核意见", "原表"]


def test_a_file_that_cannot_be_read_gives_the_list_alone(tmp_path: Path) -> None:
    reading = read_file(tmp_path / "无.txt")
    content = annotated(Reviewed("无.txt", b"", None, reading, review_reading(reading)))
    book = opened(content)
    assert book.sheetnames == ["审核意见"]
    assert any("文件不存在或打不开。" in row for row in texts(book["审核意见"]))


def test_a_form_without_findings_says_so() -> None:
    file = BytesIO()
    write_summary(ReviewSummary("好.txt", "1个项目", ()), file)
    assert ["没有发现问题。"] in texts(opened(file.getvalue())["审核意见"])


def test_text_never_becomes_a_formula() -> None:
    lines = tuple(FindingLine(Severity.NOTE, text, text, text, text, text) for text in HOSTILE)
    cells = tuple(Cell(text.strip(), text, n) for n, text in enumerate(HOSTILE))
    grid = Grid("x", (Row(cells),))
    file = BytesIO()
    book = source_book(grid, {(0, 0): [Mark(Severity.ERROR, "=1+1")]})
    write_summary(ReviewSummary("=1+1", "=1", (Section("=2", lines),)), file, book)
    for sheet in opened(file.getvalue()).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in {"s", "n"} for cell in row)
            assert all(cell.data_type == "s" for cell in row if cell.value is not None)


SPANS = st.integers(1, 4)
CELLS = st.builds(
    Cell, st.text(max_size=8), st.sampled_from(["L1", "L2"]), st.integers(0, 5), SPANS, SPANS
)
ROWS = st.builds(
    Row,
    st.lists(CELLS, min_size=1, max_size=4, unique_by=lambda cell: cell.column).map(tuple),
    st.booleans(),
    st.lists(CELLS, max_size=2).map(tuple),
    st.sampled_from(["", "表1"]),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(ROWS, min_size=1, max_size=5).map(tuple))
def test_any_grid_is_rebuilt_with_every_text_and_no_areas_that_overlap(
    rows: tuple[Row, ...],
) -> None:
    sheet = source_book(Grid("x", rows), {}).worksheets[0]
    taken: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        assert not taken & set(area.cells)
        taken |= set(area.cells)
    kept = [value for row in sheet.iter_rows(3, None, 2, None, values_only=True) for value in row]
    printed = [cell.text for row in rows for cell in row.cells]
    legal = [text for text in printed if text and text.isprintable()]
    assert all(text in kept for text in legal)


def test_the_command_writes_one_file_or_one_into_a_folder_for_each(tmp_path: Path) -> None:
    run, one = CliRunner(), tmp_path / "意见.xlsx"
    assert run.invoke(app, ["check", str(FORM), "--xlsx", str(one)]).exit_code == 1
    assert opened(one.read_bytes()).sheetnames == ["审核意见", "原表"]
    book = tmp_path / "某局.xlsx"
    book.write_bytes(as_workbook())
    run.invoke(app, ["check", str(FORM), str(book), "--xlsx", str(tmp_path / "out")])
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == ["hebei_form-审核意见.xlsx", "某局-审核意见.xlsx"]
    run.invoke(app, ["check", str(book), str(book), "--xlsx", str(tmp_path / "twice")])
    assert sorted(path.name for path in (tmp_path / "twice").iterdir()) == [
        "某局-2-审核意见.xlsx",
        "某局-审核意见.xlsx",
    ]
    blocked = run.invoke(app, ["check", str(FORM), "--xlsx", str(one / "x.xlsx")])
    assert blocked.exit_code == 2
