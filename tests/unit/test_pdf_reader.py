"""PDF files become grids: tables from their rules, text from where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.intake.readers.grid import UnreadableFileError
from tests.files import read, texts
from tests.hand_made import boxed, pdf, pdf_of, written

PRINTED = Path(__file__).parents[1] / "data" / "pdf"


def printed(name: str) -> bytes:
    return (PRINTED / f"{name}.pdf").read_bytes()


def test_a_table_over_pages_keeps_its_order_and_its_repeated_headings() -> None:
    rows = read(printed("pages")).rows
    heading = ["三级指标", "指标值"]
    said = [[cell.text for cell in row.cells] for row in rows]
    assert said[0] == ["填报单位：云河县文化馆", "单位：万元"]
    assert [row for row in said[1:-1] if row != heading] == [
        [f"第{n}项数量指标的名称写得很长，在一行里放不下，要折到第二行去", f"≥{n}个"]
        for n in range(1, 61)
    ]
    assert [row.where for row in rows if row.text == "三级指标 指标值"] == ["第1页!A2", "第2页!A1"]
    assert {row.part for row in rows} == {"p1", "p2"}
    assert (rows[-1].text, rows[-1].table) == ("填表说明。", False)


def test_a_page_whose_text_lies_on_its_side_is_turned() -> None:
    assert texts(read(printed("turned"))) == [["项目名称", "送戏下乡"], ["指标值", "≥120场"]]


def test_columns_without_rules_are_found_and_cells_joined() -> None:
    grid = read(printed("unruled"))
    assert [[(c.text, c.column) for c in row.cells] for row in grid.rows] == [
        [("附件2", 0)],
        [("一级指标", 0), ("三级指标", 1), ("指标值", 2)],
        [("产出指标", 0), ("送戏下乡场次", 1), ("≥120场", 2)],
        [("质量指标", 0), ("全部演出按场次计算的合格比率", 1), ("≥98%", 2)],
        [("群众满意度", 1), ("≥95%", 2)],
    ]


def test_lines_of_a_paragraph_are_joined_as_they_were_typed() -> None:
    heading, running, short, english = read(printed("text")).rows
    assert heading.text == "一、总体绩效目标"
    assert running.text.endswith(
        "到馆人次达到十二万人次以上，并且把每一场演出都送到村口，让群众在家门口看上好戏。"
    )
    assert short.text == "二是守护文物安全。"
    assert "blank where the line ends, and 19,420,000.00 is not torn apart although" in english.text


def test_a_page_without_text_is_a_scan() -> None:
    with pytest.raises(UnreadableFileError, match="扫描件"):
        read(printed("picture"))


def test_a_page_without_anything_is_empty() -> None:
    with pytest.raises(UnreadableFileError, match="是空的"):
        read(printed("empty"))


TWO_BY_TWO = (
    boxed(50, 100, 100, 20)
    + boxed(150, 100, 100, 20)
    + boxed(50, 80, 100, 20)
    + boxed(150, 80, 100, 20)
    + written("A", 55, 105)
    + written("B", 155, 105)
    + written("C", 55, 85)
    + written("D", 155, 85)
)


def test_text_around_a_table_stays_above_and_below_it() -> None:
    around = written("above", 50, 150) + TWO_BY_TWO + written("below", 50, 30)
    assert texts(read(pdf(around))) == [["above"], ["A", "B"], ["C", "D"], ["below"]]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_that_says_how_it_is_turned_is_read_upright(degrees: int) -> None:
    x, y = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    turned = f"{x} {y} {-y} {x} {200 - 200 * x + 100 * y} {100 - 200 * y - 100 * x + 100} cm "
    data = pdf(turned + TWO_BY_TWO, page=f"/Rotate {degrees}")
    assert texts(read(data)) == [["A", "B"], ["C", "D"]]


def test_a_page_that_is_only_a_picture_among_others_is_said() -> None:
    grid = read(pdf(written("text", 50, 100), boxed(10, 10, 50, 50)))
    assert [(r.rule, r.where, r.lost) for r in grid.remarks] == [
        ("file.page_without_text", "第2页", True)
    ]


def test_page_numbers_are_no_text_and_numbers_elsewhere_are() -> None:
    page = written("- 12 -", 190, 5) + written("2025", 50, 100)
    assert texts(read(pdf(page))) == [["2025"]]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    assert texts(read(pdf(written("bold", 50, 100) + written("bold", 50.2, 100)))) == [["bold"]]


def test_blanks_between_words_stay_and_wide_gaps_part_cells() -> None:
    page = written("two words", 50, 100) + written("far", 200, 100)
    assert texts(read(pdf(page))) == [["two words", "far"]]


def test_a_font_that_does_not_say_what_it_shows_is_refused() -> None:
    font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]>>"
    descendant = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)"
        "/Ordering(Identity)/Supplement 0>>>>"
    )
    data = pdf("BT /F 10 Tf 50 100 Td <00410042004300440045> Tj ET", extra=[font, descendant])
    data = data.replace(b"/F 3 0 R", b"/F 6 0 R")
    with pytest.raises(UnreadableFileError, match="乱码"):
        read(data)


def test_a_file_with_a_password_is_refused() -> None:
    encrypted = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>/ID[<00><00>]"
    )
    with pytest.raises(UnreadableFileError, match="密码"):
        read(pdf(written("x", 1, 1), trailer=encrypted))


def torn_at_first_stream(data: bytes) -> bytes:
    """The file with four bytes of its first packed stream gone."""
    torn = bytearray(data)
    at = torn.index(b"stream", torn.index(b"/FlateDecode")) + 200
    torn[at : at + 4] = bytes(4)
    return bytes(torn)


def test_a_file_of_which_no_page_unpacks_is_damaged_and_no_scan() -> None:
    with pytest.raises(UnreadableFileError, match="已损坏"):
        read(torn_at_first_stream(printed("text")))


def test_a_stream_that_is_torn_is_read_as_far_as_it_goes_and_said() -> None:
    grid = read(torn_at_first_stream(printed("pages")))
    assert [(r.rule, r.where) for r in grid.remarks] == [("file.damaged_part", "第1页")]
    assert {row.part for row in grid.rows} == {"p2"}


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\x00" * 500,
        pdf(written("x", 1, 1))[:200],
        pdf_of(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[9 0 R]>>"]),
        pdf(written("x", 1, 1), page="/Rotate(x)"),
        pdf(written("x", 1, 1), page="/MediaBox[1]"),
    ],
    ids=["only a head", "nothing", "cut", "no page", "turned by a word", "no size"],
)
def test_a_damaged_file_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"已损坏|是空的"):
        read(data)
