"""Tables of every kind read the same however they are laid out, and hostile cells stay text."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import RowProblem
from services.intake.vocabulary import vocabulary_of
from services.intake.vocabulary.folding import normalised_heading
from services.sheets.cells import write_text
from tests.table_kinds import KINDS, TableKind, errors, said

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
few = settings(deadline=None, max_examples=25)

HOSTILE = (
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://x","y")',
    "a\x00b",
    "\u202egnp.exe",
    "\ufeff",
    "'; DROP TABLE x;--",
    "救助" * 2_000,
    "\ud800"[:0] + "\U000e0041",
    "{{7*7}}",
    "<script>alert(1)</script>",
)


def table(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def plain(kind: TableKind) -> Any:
    file = kind.read(table([kind.heading, *kind.rows]))
    assert not errors(file)
    return said(file)


def problems_in(kind: TableKind, content: bytes) -> Sequence[RowProblem]:
    """What is wrong with a table, row by row; of one that is refused whole, the sentence."""
    try:
        return errors(kind.read(content))
    except UnreadableFileError as refusal:
        return [RowProblem("L0", "", str(refusal))]


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spelt_oddly(draw: st.DrawFn, heading: str) -> str:
    """A heading as exports spell it: spaced, starred, broken over lines, in full width."""
    ways: tuple[Callable[[str], str], ...] = (
        lambda text: f" {text} ",
        lambda text: f"*{text}",
        lambda text: f"★{text}：",
        lambda text: text[:1] + " " + text[1:],
        lambda text: text[:2] + "\n" + text[2:],
        lambda text: text[:1] + "\u3000" + text[1:],
        full_width,
        lambda text: text,
    )
    return draw(st.sampled_from(ways))(heading)


@st.composite
def layouts(draw: st.DrawFn, kind: TableKind) -> list[list[str]]:
    """The kind's two rows, laid out in some other way that says the same."""
    order = draw(st.permutations(range(len(kind.heading))))
    blank = draw(st.integers(0, 2))
    width = len(order) + blank
    title = draw(st.sampled_from(["某县2025年度导出表", "附件2", "导出日期：2026年1月5日"]))
    head = [spelt_oddly(draw, kind.heading[at]) for at in order] + [""] * blank
    rows = [[kind.rows[row][at] for at in order] + [""] * blank for row in range(2)]
    between = draw(
        st.lists(st.sampled_from(["", "合计", "小 计", "第1页", "第 2 页，共 3 页"]), max_size=3)
    )
    noise = [[word] + [""] * (width - 1) for word in between]
    before = [[title] + [""] * (width - 1)] if draw(st.booleans()) else []
    again = [head] if draw(st.booleans()) else []
    return [*before, head, rows[0], *noise, *again, rows[1], *noise]


@every_kind
@few
@given(data=st.data())
def test_layout_and_spelling_change_nothing(kind: TableKind, data: st.DataObject) -> None:
    file = kind.read(table(data.draw(layouts(kind))))
    assert not errors(file)
    assert said(file) == plain(kind)


@every_kind
def test_a_workbook_says_what_a_text_says(kind: TableKind) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某县2025年度导出表"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(kind.heading))
    for row in (kind.heading, *kind.rows):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert said(kind.read(stream.getvalue())) == plain(kind)


@every_kind
def test_digits_in_full_width_are_the_same_digits(kind: TableKind) -> None:
    """Codes and amounts; running text is kept as it was written."""
    free = {"项目名称", "单位名称", "一级指标", "二级指标", "三级指标", "指标文号", *kind.texts}
    rows = [
        [v if h in free else full_width(v) for h, v in zip(kind.heading, row, strict=True)]
        for row in kind.rows
    ]
    file = kind.read(table([kind.heading, *rows]))
    assert not errors(file)
    folded = unicodedata.normalize("NFKC", repr(said(file)))
    assert folded == unicodedata.normalize("NFKC", repr(plain(kind)))


@every_kind
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text_and_harms_no_other_cell(kind: TableKind, hostile: str) -> None:
    rows = [list(row) for row in kind.rows]
    for name in kind.texts:
        rows[0][kind.heading.index(name)] = hostile
    file = kind.read(table([kind.heading, *rows]))
    assert not errors(file)
    text = repr(said(file))
    assert "\x00" not in text
    assert "\u202e" not in text
    if hostile.startswith(("=", "+", "-", "@")):
        assert hostile in _texts(said(file))


def _texts(value: Any) -> set[str]:
    """All texts of a file, however deep."""
    if isinstance(value, str):
        return {value, *value.split("；")}
    if isinstance(value, dict):
        value = value.values()
    return {text for one in value for text in _texts(one)} if _is_several(value) else set()


def _is_several(value: Any) -> bool:
    return not isinstance(value, str) and hasattr(value, "__iter__")


@every_kind
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_cell_anywhere_is_taken_or_listed_with_its_place(
    kind: TableKind, hostile: str
) -> None:
    for column in range(len(kind.heading)):
        rows = [list(row) for row in kind.rows]
        rows[0][column] = hostile
        found = problems_in(kind, table([kind.heading, *rows]))
        assert all(problem.place.startswith("L") for problem in found)


@st.composite
def scribbles(draw: st.DrawFn, kind: TableKind) -> list[list[str]]:
    """A table whose cells are headings, values and hostile text in any place."""
    values = [value for row in kind.rows for value in row]
    cell = st.sampled_from(["", "合计", *kind.heading, *values, *HOSTILE[:8]]) | st.text(max_size=8)
    return draw(st.lists(st.lists(cell, min_size=1, max_size=8), min_size=1, max_size=8))


@every_kind
@few
@given(data=st.data())
def test_no_table_whatever_ends_in_anything_but_rows_problems_or_a_refusal(
    kind: TableKind, data: st.DataObject
) -> None:
    drawn = data.draw(scribbles(kind))
    tables = [table(drawn), table([kind.heading, *drawn])]
    for content in tables:
        found = problems_in(kind, content)
        assert all(problem.place and problem.message for problem in found)


@every_kind
def test_each_synonym_of_a_heading_finds_its_field(kind: TableKind) -> None:
    vocabulary = vocabulary_of(kind.name)
    for wanted, names in vocabulary.headings.items():
        for name in names:
            assert normalised_heading(name) == name, f"{kind.name}.{wanted}: {name}"
            assert vocabulary.field_named(full_width(name)) is not None


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("项目编码", "项目编码"),
        ("＊项目编码：", "项目编码"),
        (" 项 目\n编 码 ", "项目编码"),
        ("金额(元)", "金额"),
        ("金额（人民币：万元）", "金额"),
        ("金额【单位：万元】", "金额"),
        ("支付金额/元", "支付金额"),
        ("支付金额,万元", "支付金额"),
        ("pro_code", "PRO_CODE"),
        ("ＰＲＯ＿ＣＯＤＥ", "PRO_CODE"),
        ("评(扣)分标准", "评分标准"),
        ("１—７月执行情况", "1—7月执行情况"),
        ("★完成值★", "完成值"),
        ("", ""),
    ],
)
def test_odd_spellings_fold_to_the_words(printed: str, folded: str) -> None:
    assert normalised_heading(printed) == folded


@pytest.mark.parametrize("text", [text for text in HOSTILE if text[0] in "=+-@"])
def test_text_that_looks_like_a_formula_is_written_as_text(text: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    write_text(sheet["A1"], text)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    again = openpyxl.load_workbook(stream).active
    assert again is not None
    assert (again["A1"].value, again["A1"].data_type) == (text, "s")
    assert again["A1"].quotePrefix
