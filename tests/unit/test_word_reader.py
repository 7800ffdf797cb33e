"""Word documents become grids: reading order, merged and nested cells, what is printed only."""

from __future__ import annotations

from typing import Any

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from services.intake.readers.grid import UnreadableFileError
from tests.files import archive, parts_of, read, rules, texts, with_part, word

W = nsdecls("w")


def body(*blocks: str) -> bytes:
    """A document of these blocks of XML."""

    def fill(document: Document) -> None:
        for block in blocks:
            document.element.body.insert_element_before(parse_xml(block), "w:sectPr")

    return word(fill)


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_come_in_reading_order_with_their_places() -> None:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "附件2"
        document.add_paragraph("绩效目标表")
        document.add_table(1, 2).cell(0, 1).text = "甲"
        document.add_paragraph("填报单位：乙\t单位：万元")
        document.add_table(1, 1).cell(0, 0).text = "丙"

    rows = read(word(fill)).rows
    assert [(row.text, row.where, row.table, row.part) for row in rows] == [
        ("附件2", "页眉", False, ""),
        ("绩效目标表", "段1", False, ""),
        ("甲", "表1!B1", True, "表1"),
        ("填报单位：乙 单位：万元", "段2", True, ""),
        ("丙", "表2!A1", True, "表2"),
    ]


def test_merged_cells_stand_once_and_reach_into_the_rows_below() -> None:
    def fill(document: Document) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(2, 0)).text = "产出指标"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "数量"
        table.cell(1, 2).text = "≥3"
        table.cell(2, 1).merge(table.cell(2, 2)).text = "质量"

    first, second, third = read(word(fill)).rows
    assert [(c.text, c.column, c.rows, c.columns) for c in first.cells] == [
        ("产出指标", 0, 3, 1),
        ("数量", 1, 1, 2),
    ]
    assert [cell.text for cell in second.reaching] == ["产出指标"]
    level = third.at(0)
    assert level is not None
    assert (level.text, level.where) == ("产出指标", "表1!A1")


def test_a_table_in_a_cell_follows_its_row_and_a_frame_around_text_is_text() -> None:
    def fill(document: Document) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "绩效指标"
        inner = table.cell(0, 1).add_table(2, 2)
        inner.cell(0, 0).text, inner.cell(1, 1).text = "一级", "≥1"
        table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "框"

    grid = read(word(fill))
    assert [(row.part, row.text) for row in grid.rows] == [
        ("表1", "绩效指标"),
        ("表2", "一级"),
        ("表2", "≥1"),
        ("表1", "框"),
    ]


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (f"<w:ins>{run('新')}</w:ins><w:del>{run('旧')}</w:del>", "新"),
        (run("明") + run("暗", "<w:vanish/>"), "明"),
        (run("半") + run("明", '<w:vanish w:val="0"/>'), "半明"),
        (f"<w:hyperlink>{run('链')}</w:hyperlink>", "链"),
        (f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + run("延续"), "☑延续"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("95%"), "≥95%"),
        ('<w:r><w:sym w:font="X" w:char="F0B3"/></w:r>' + run("5"), "5"),
        (run("1") + "<w:r><w:noBreakHyphen/></w:r>" + run("2"), "1-2"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("页"), "页"),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            "<m:r><m:t>≥</m:t></m:r></m:oMath>" + run("5"),
            "≥5",
        ),
        (
            "<w:r><w:ruby><w:rt>"
            + run("yi")
            + "</w:rt><w:rubyBase>"
            + run("亿")
            + "</w:rubyBase></w:ruby></w:r>",
            "亿",
        ),
    ],
)
def test_of_a_paragraph_comes_what_is_printed(inner: str, said: str) -> None:
    assert texts(read(body(paragraph(inner)))) == [[said]]


def test_a_line_break_in_running_text_is_a_row_of_its_own() -> None:
    broken = paragraph(run("一") + "<w:r><w:br/></w:r>" + run("二"))
    assert [row.where for row in read(body(broken)).rows] == ["段1", "段1"]


def test_a_text_box_is_read_once_beside_its_anchor() -> None:
    box = f"<w:txbxContent>{paragraph(run('单位：万元'))}</w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = (
        f'<w:r><mc:AlternateContent xmlns:mc="{compatibility}">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r>" + run("附表")
    )
    assert texts(read(body(paragraph(inner)))) == [["附表"], ["单位：万元"]]


def numbered(level: int, text: str, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run(text) if text else "", properties)


def numbering(*levels: tuple[str, str]) -> str:
    kinds = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{figure}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (figure, text) in enumerate(levels)
    )
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{kinds}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{restart}</w:num></w:numbering>'
    )


def test_automatic_numbers_are_printed_as_word_prints_them() -> None:
    data = body(
        numbered(0, "总体"),
        numbered(1, "甲"),
        numbered(1, "乙"),
        numbered(0, ""),
        numbered(0, "保障"),
        numbered(1, "丙"),
        numbered(0, "重起", number=2),
        numbered(7, "无此级"),
    )
    levels = numbering(("chineseCounting", "%1、"), ("decimal", "（%2）"))
    with_numbers = with_part(data, "word/numbering.xml", lambda _: levels)
    assert [row.text for row in read(with_numbers).rows] == [
        "一、总体",
        "（1）甲",
        "（2）乙",
        "三、保障",
        "（1）丙",
        "五、重起",
        "无此级",
    ]


@pytest.mark.parametrize(
    ("figure", "third"),
    [
        ("decimalEnclosedCircle", "③"),
        ("upperLetter", "C"),
        ("lowerRoman", "iii"),
        ("upperRoman", "III"),
        ("ideographTraditional", "丙"),
        ("bullet", ""),
    ],
)
def test_numbers_come_in_the_figures_of_their_level(figure: str, third: str) -> None:
    data = body(*(numbered(0, "x") for _ in range(3)))
    shown = with_part(data, "word/numbering.xml", lambda _: numbering((figure, "%1")))
    assert texts(read(shown))[-1] == [f"{third}x"]


def test_high_chinese_numbers_count_on() -> None:
    data = body(*(numbered(0, "x") for _ in range(121)))
    shown = with_part(data, "word/numbering.xml", lambda _: numbering(("japaneseCounting", "%1.")))
    said = texts(read(shown))
    assert [said[at - 1] for at in (10, 11, 20, 99, 120)] == [
        ["十.x"],
        ["十一.x"],
        ["二十.x"],
        ["九十九.x"],
        ["120.x"],
    ]


def row_of(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell_of(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table_of(*rows: str) -> str:
    return f"<w:tbl {W}>{''.join(rows)}</w:tbl>"


def test_old_merges_wrapped_rows_indents_and_deleted_rows_are_understood() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row_of(cell_of('控'), cell_of('件'))}</w:sdtContent></w:sdt>"
    table = table_of(
        row_of(
            cell_of("横", '<w:hMerge w:val="restart"/>'), cell_of("", "<w:hMerge/>"), cell_of("尾")
        ),
        wrapped,
        row_of(cell_of("删"), properties="<w:del/>"),
        row_of(cell_of("缩"), properties='<w:gridBefore w:val="2"/>'),
        row_of(cell_of("孤", "<w:vMerge/>")),
    )
    rows = read(body(table)).rows
    assert [[(c.text, c.where, c.columns) for c in row.cells] for row in rows] == [
        [("横", "表1!A1", 2), ("尾", "表1!C1", 1)],
        [("控", "表1!A2", 1), ("件", "表1!B2", 1)],
        [("缩", "表1!C3", 1)],
        [("孤", "表1!A4", 1)],
    ]


def test_a_document_under_another_name_and_without_its_side_parts_is_read() -> None:
    parts = parts_of(body(paragraph(run("正文"))))
    parts["word/main.xml"] = parts.pop("word/document.xml")
    relations = parts["_rels/.rels"].decode()
    parts["_rels/.rels"] = relations.replace("word/document.xml", "word/main.xml").encode()
    for spare in ("word/styles.xml", "word/numbering.xml", "docProps/core.xml"):
        parts.pop(spare, None)
    assert texts(read(archive(parts))) == [["正文"]]


def test_macros_are_left_alone_and_said() -> None:
    parts = parts_of(body(paragraph(run("正文")))) | {"word/vbaProject.bin": b"x"}
    assert rules(read(archive(parts))) == ["file.macros"]


def test_a_cell_may_not_claim_more_columns_than_a_grid_has() -> None:
    wide = cell_of("x", '<w:gridSpan w:val="9999999"/>')
    with pytest.raises(UnreadableFileError, match="超出200列"):
        read(body(table_of(row_of(wide, cell_of("y")))))


def damaged(change: Any) -> bytes:
    return with_part(body(paragraph(run("正文"))), "word/document.xml", change)


@pytest.mark.parametrize(
    "data",
    [
        damaged(lambda xml: xml[:-20]),
        damaged(lambda xml: xml.replace("<w:body", "<w:nobody").replace("</w:body", "</w:nobody")),
        damaged(lambda _: ""),
        archive({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<R/>"}),
    ],
    ids=["cut XML", "no body", "empty part", "no document"],
)
def test_a_damaged_document_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="已损坏"):
        read(data)


def test_entities_of_its_own_are_refused_and_never_dropped_in_silence() -> None:
    laughing = '<!DOCTYPE x [<!ENTITY a "哈"><!ENTITY b "&a;&a;">]>'
    data = damaged(lambda xml: xml.replace("<w:document", laughing + "<w:document", 1))
    with pytest.raises(UnreadableFileError, match="实体声明"):
        read(data)
