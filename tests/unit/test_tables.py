"""Table files to rows that know their place: encodings, quotation marks, workbooks, limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from services.intake.readers.grid import UnreadableFileError
from services.intake.tables import table as limits
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Table, column_letters

TEXT = "凭证号,金额\nP1,1\n"


def only(data: bytes, *, percents: bool = False) -> Table:
    (table,) = read_tables(data, percents=percents)
    return table


def workbook(fill: Callable[[Any], None]) -> bytes:
    """A workbook whose one sheet a test fills."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "支付"
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_usual_encoding_gives_the_same_rows(encoding: str) -> None:
    assert only(TEXT.encode(encoding)).rows == [(1, ["凭证号", "金额"]), (2, ["P1", "1"])]


def test_text_that_no_encoding_fits_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        read_tables(TEXT.encode() + b"\xff\xfe\xff,\n" * 5)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_separator_is_found(delimiter: str) -> None:
    assert only(TEXT.replace(",", delimiter).encode()).rows[1] == (2, ["P1", "1"])


def test_a_separator_that_excel_states_is_believed() -> None:
    assert only(b"sep=;\na;b,c\n").rows[-1] == (2, ["a", "b,c"])


def test_line_ends_of_all_systems_count_the_same() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert only(TEXT.replace("\n", end).encode()).rows[1][0] == 2


def test_blank_lines_are_left_out_and_still_counted() -> None:
    assert only(b"a,b\n\n,,\nc,d\n").rows == [(1, ["a", "b"]), (4, ["c", "d"])]


def test_a_quoted_cell_may_hold_separators_and_line_ends() -> None:
    table = only(b'a,b\n"x,\ny",2\n3,4\n')
    assert table.rows[1:] == [(2, ["x,\ny", "2"]), (4, ["3", "4"])]


def test_a_stray_quotation_mark_hides_no_other_line() -> None:
    lines = ["a,b", '"torn,1', *(f"x{n},{n}" for n in range(100)), '"fine, too",2']
    table = only("\n".join(lines).encode())
    assert [values[0] for _, values in table.rows] == [
        "a",
        '"torn',
        *(f"x{n}" for n in range(100)),
        "fine, too",
    ]
    assert table.remarks == ("第2行引号不成对，按原样读取。",)


def test_text_behind_a_closing_mark_costs_its_own_line_only() -> None:
    table = only(b'a,b\n"x"y,1\nz,2\n')
    assert [number for number, _ in table.rows] == [1, 2, 3]


def test_an_empty_line_of_quoted_text_is_no_row() -> None:
    assert only(b'a,b\n\n"x",1\n').rows == [(1, ["a", "b"]), (3, ["x", "1"])]


def test_a_cut_file_says_so() -> None:
    data = "凭证号,金额\nP1,一".encode()[:-1]
    assert "截断" in only(data).remarks[0]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8), min_size=2
        ),
        min_size=1,
    )
)
@settings(max_examples=60)
def test_quoted_text_comes_back_as_it_was(rows: list[list[str]]) -> None:
    text = "\n".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows
    )
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    data = b"\xef\xbb\xbf" + text.encode()
    if not filled or text.count(",") < max(text.count(other) for other in "\t;|"):
        return
    assert [values for _, values in only(data).rows] == filled


def test_a_place_names_line_or_cell() -> None:
    assert Table([]).place(12, 3) == "L12"
    assert Table([], "支付").place(7, 2) == "支付!C7"
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_workbook_gives_values_at_their_places() -> None:
    def fill(sheet: Any) -> None:
        sheet["B3"] = "凭证号"
        sheet["C3"] = 12.5
        sheet["D3"] = date(2025, 6, 30)
        sheet["E3"] = True

    table = only(workbook(fill))
    assert table.rows == [(3, ["", "凭证号", 12.5, date(2025, 6, 30), "是"])]
    assert table.place(3, 1) == "支付!B3"


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["B2"] = "P1", 1, 2
        sheet.merge_cells("A1:A2")

    assert [values[0] for _, values in only(workbook(fill)).rows] == ["P1", "P1"]


def test_a_fraction_shown_as_percent_comes_as_it_is_shown() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"] = 0.925, 0.925
        sheet["A1"].number_format = "0.0%"

    assert only(workbook(fill), percents=True).rows == [(1, ["92.5%", 0.925])]
    assert only(workbook(fill)).rows == [(1, [0.925, 0.925])]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"%PDF-1.7",
        b"PK\x03\x04 cut short",
        b"\xd0\xcf\x11\xe0 an encrypted package",
        workbook(lambda _: None),
    ],
    ids=["empty", "blank", "pdf", "torn zip", "locked", "no cells"],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_tables(data)


def test_a_word_document_without_a_table_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph("只有一句话。")
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(UnreadableFileError, match=r"没有表格"):
        read_tables(stream.getvalue())


def test_the_tables_of_a_word_document_are_read_with_what_stands_above_them() -> None:
    document = docx.Document()
    document.add_paragraph("单位：万元")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("凭证号", "金额"), ("P1", "1.5")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    read = only(stream.getvalue())
    assert [list(values) for _, values in read.rows] == [
        ["单位：万元"],
        ["凭证号", "金额"],
        ["P1", "1.5"],
    ]
    assert read.place(2, 1) == "表1!B2"


HTML = """<html><head><meta charset="utf-8"></head><body><table>
<tr><td colspan=2>支付明细</td></tr>
<tr><td>凭证号</td><td>金额</td></tr>
<tr><td rowspan=2>P1</td><td>1,234.50</td></tr><tr><td>2</td></tr>
</table></body></html>"""


def test_an_xls_that_is_a_web_page_inside_is_read() -> None:
    rows = [list(values) for _, values in only(HTML.encode()).rows]
    assert rows[1:] == [["凭证号", "金额"], ["P1", "1,234.50"], ["P1", "2"]]


def test_a_hidden_sheet_is_left_out_and_that_is_said() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["a", "b"])
        hidden = sheet.parent.create_sheet("底稿")
        hidden.append(["x", "y"])
        hidden.sheet_state = "hidden"

    table = only(workbook(fill))
    assert table.rows == [(1, ["a", "b"])]
    assert "底稿" in table.remarks[0]


def test_a_workbook_that_counts_days_from_1904_says_so() -> None:
    def fill(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet.append([date(2025, 3, 5), 44259])

    table = only(workbook(fill))
    assert table.from_1904
    assert table.rows == [(1, [date(2025, 3, 5), 44259.0])]


def test_a_workbook_that_unpacks_beyond_measure_is_refused() -> None:
    data = repacked(workbook(lambda sheet: sheet.append(["a"])), b" " * 30_000_000)
    with pytest.raises(UnreadableFileError, match=r"展开后过大"):
        read_tables(data)


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "HA1"])
def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(cell: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet[cell] = "凭证号", 1

    with pytest.raises(UnreadableFileError, match=r"超过"):
        read_tables(workbook(fill))


def test_text_beyond_the_limits_is_refused() -> None:
    for data, why in [
        (b"a,b\n" * (limits.MOST_ROWS + 1), r"超过200000行"),
        (b"," * limits.MOST_COLUMNS + b"a\n", r"超过200列"),
        (b"a," + b"x" * (limits.LONGEST_CELL + 1), r"超过32767字"),
    ]:
        with pytest.raises(UnreadableFileError, match=why):
            read_tables(data)


def test_torn_workbooks_never_end_in_anything_but_a_refusal() -> None:
    def fill(sheet: Any) -> None:
        for number in range(20):
            sheet.append(["P1", number, "用途"])

    whole = workbook(fill)
    for position in range(0, len(whole), 97):
        torn = whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :]
        for data in (torn, whole[:position]):
            with suppress(UnreadableFileError):
                read_tables(data, percents=True)


def repacked(data: bytes, filler: bytes) -> bytes:
    """The workbook with a sheet of white space."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name) + (filler if "sheet1" in name else b""))
    return stream.getvalue()
