"""Text files become grids: decoded right or refused, every cell with its place."""

from __future__ import annotations

import codecs

import pytest

from services.intake.readers.choose import read_grid
from services.intake.readers.encoding import decode
from services.intake.readers.grid import Cell, UnreadableFileError
from services.intake.readers.limits import LARGEST_FILE
from services.intake.readers.text import read_text

FORM = "附件\n项目名称\t甲乙丙丁戊己庚辛\n\n产出指标\t≥3次\n"


def texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_text(data, "x").rows]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FORM.encode(), "utf-8"),
        (codecs.BOM_UTF8 + FORM.encode(), "utf-8"),
        (FORM.encode("gb18030"), "gb18030"),
        (FORM.replace("≥", "不少于").encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + FORM.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + FORM.encode("utf-16-be"), "utf-16-be"),
        (FORM.encode("utf-16-le"), "utf-16-le"),
        (FORM.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_encoding_in_use_gives_the_same_cells(data: bytes, encoding: str) -> None:
    assert decode(data).encoding == encoding
    assert texts(data)[:2] == [["附件"], ["项目名称", "甲乙丙丁戊己庚辛"]]


def test_a_file_cut_inside_its_last_character_is_read_and_says_so() -> None:
    grid = read_text("项目名称\t甲乙丙丁戊己庚辛".encode()[:-1], "x")
    assert grid.rows[0].cells[1].text == "甲乙丙丁戊己庚"
    assert [(remark.rule, remark.where) for remark in grid.remarks] == [("file.cut", "L1")]


def test_a_broken_byte_inside_utf8_is_refused_with_its_line_and_never_turned_to_mojibake() -> None:
    data = (FORM * 3).encode()
    broken = data[:150] + b"\xff\xff" + data[150:]
    with pytest.raises(UnreadableFileError, match="第10行"):
        decode(broken)


@pytest.mark.parametrize("data", [b"\x81\xff\x81\xff" * 20, bytes(range(1, 9)) * 30])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        decode(data)


def test_tab_separated_cells_keep_their_columns_and_lines() -> None:
    row = read_text("标题\n\t\t数量指标\t\t≥3次 \r\n".encode(), "x").rows[1]
    assert row.filled == (Cell("数量指标", "L2", 2), Cell("≥3次", "L2", 4))
    assert (row.where, row.text, row.at(3), row.at(9)) == (
        "L2",
        "数量指标 ≥3次",
        Cell("", "L2", 3),
        None,
    )


def test_one_cell_a_line_becomes_rows_at_the_blank_lines() -> None:
    data = (
        "1.表\n\t项目编码\n\tA1\n\n\t\n\t用于演出。\t\t\n第二段\n \n\t绩效目标\n\t\n续\n".encode()
    )
    grid = read_text(data, "x")
    assert [(row.table, [cell.text for cell in row.cells]) for row in grid.rows] == [
        (False, ["1.表"]),
        (True, ["项目编码", "A1"]),
        (True, ["", "用于演出。\n第二段"]),
        (True, ["绩效目标", "续"]),
    ]
    assert [cell.where for cell in grid.rows[1].cells] == ["L2", "L3"]


def test_what_a_word_processor_leaves_behind_is_no_text() -> None:
    assert texts(b"[bookmark: _Toc_1]1. x\n") == [["1. x"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b" \n\t\n", "空"),
        (b"x" * (LARGEST_FILE + 1), "20MB"),
    ],
)
def test_a_file_that_no_reader_takes_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read_grid(data, "x")
