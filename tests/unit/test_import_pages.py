"""A file beside what was read of it: cells merged as printed, values linked, marks in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from dash import html
from dash.development.base_component import Component

from dashboard.address import Address
from dashboard.pages.imports.findings import findings_section
from dashboard.pages.imports.form_page import form_page
from dashboard.pages.imports.keys import key_of, place_of, value_id
from dashboard.pages.imports.reading import reading_pane
from dashboard.pages.imports.shown import Shown
from dashboard.pages.imports.source import Source, headings_above
from dashboard.pages.imports.table_page import table_page
from dashboard.texts import imports as text
from domain.correction import Correction
from domain.importing import ImportKind
from domain.target import Target
from services.declaring import DeclaredAs
from services.importing_declarations import DeclarationsReport, DeclaredTarget, FormFile
from services.intake.choice import ColumnRead, Fate
from services.intake.drafts import Draft, DraftOptions
from services.intake.file_name import shown_name
from services.intake.forms.correcting import Place, Replaced
from services.intake.forms.document import FormDocument
from services.intake.forms.places import Located, locate
from services.intake.forms.reading import read_forms
from services.intake.guessing import TABLES
from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Cell, Grid, Row
from services.intake.tables.sample import Sample
from services.intake.tables.table import RowProblem
from services.intake.vocabulary import vocabulary_of
from services.previewing import FormView, TableView
from services.projections.history import LINES
from services.recording import ImportReport, Outcome, Upload
from services.reviewing import review_reading
from tests.declaring import declaration

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
MORNING = datetime(2025, 1, 2, 1, tzinfo=UTC)


def parts(component: object) -> Iterator[Component]:
    """A component and all below it."""
    if isinstance(component, list | tuple):
        for one in component:
            yield from parts(one)
    elif isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))


def found(component: object, kind: type[Component]) -> list[Any]:
    return [one for one in parts(component) if isinstance(one, kind)]


def said(component: object) -> str:
    if isinstance(component, str):
        return component
    if isinstance(component, list | tuple):
        return "".join(map(said, component))
    return said(getattr(component, "children", None) or "")


def view(content: bytes = FORM.read_bytes(), *notes: Replaced) -> FormView:
    grid = read_grid(content, "申报表.txt")
    upload = Upload(content, "申报表.txt", "130999000", 2025)
    file = FormFile(upload, read_forms(grid), notes)
    draft = Draft(
        UUID(int=1),
        3,
        "申报表.txt",
        "ab12",
        len(content),
        ImportKind.DECLARATIONS,
        ImportKind.DECLARATIONS,
        DraftOptions(2025),
        notes,
        "王芳",
        MORNING,
        MORNING,
        content=content,
        document=FormDocument(grid, file.reading),
    )
    located = locate(grid, file.reading)
    summary = ImportReport(UUID(int=2), Outcome.PREVIEW, "申报表.txt", 3, 3, 0, 0, 0)
    targets = tuple(
        DeclaredTarget(UUID(int=number), form.declared.project_name or "", DeclaredAs.NEW)
        for number, form in enumerate(file.forms)
    )
    report = DeclarationsReport(summary, targets)
    return FormView(draft, file, located, review_reading(file.corrected), {}, report, None)


def cells(located: Located) -> list[list[tuple[str, int, int]]]:
    """What each table row of a grid shows: text, rows and columns of each cell."""
    made = Source(located, {}, {}).rows(range(len(located.grid.rows)))
    return [
        [
            (said(one), int(getattr(one, "rowSpan", 1)), int(getattr(one, "colSpan", 1)))
            for one in row.children
            if isinstance(one, html.Td)
        ]
        for row in found(made, html.Tr)
    ]


def grid_of(*rows: Row) -> Located:
    return Located(Grid("表.xlsx", rows), ())


def row(*cells_: Cell, reaching: tuple[Cell, ...] = (), table: bool = True) -> Row:
    return Row(cells_, table=table, reaching=reaching, part="Sheet1")


def cell(words: str, column: int, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(words, f"Sheet1!{words}", column, rows, columns)


def test_merged_cells_are_shown_merged_and_gaps_are_blank() -> None:
    tall, wide = cell("高", 0, rows=2), cell("宽", 1, columns=2)
    located = grid_of(
        row(tall, wide, cell("尾", 4)), row(cell("甲", 1), cell("乙", 2), reaching=(tall,))
    )
    assert cells(located) == [
        [("高", 2, 1), ("宽", 1, 2), ("", 1, 1), ("尾", 1, 1)],
        [("甲", 1, 1), ("乙", 1, 1), ("", 1, 2)],
    ]


def test_a_cell_merged_over_rows_without_text_reaches_only_over_those_shown() -> None:
    tall = cell("高", 0, rows=9)
    located = grid_of(row(tall, cell("甲", 1)), row(cell("乙", 1), reaching=(tall,)))
    assert cells(located)[0][0] == ("高", 2, 1)


def test_what_reaches_in_from_above_the_stretch_is_shown_again() -> None:
    tall = cell("高", 0, rows=3)
    located = grid_of(
        row(tall, cell("甲", 1)),
        row(cell("乙", 1), reaching=(tall,)),
        row(cell("丙", 1), reaching=(tall,)),
    )
    made = Source(located, {}, {}).rows([1, 2])
    first = found(made, html.Tr)[0]
    assert said(first.children[1]) == "高"
    assert int(first.children[1].rowSpan) == 2


def test_running_text_is_no_table() -> None:
    located = grid_of(row(cell("一段话。", 0), table=False))
    made = Source(located, {}, {}).rows([0])
    assert not found(made, html.Table)
    assert "一段话。" in said(made)


def test_a_project_of_a_long_table_stands_below_its_headings() -> None:
    heading = [cell(words, n) for n, words in enumerate(("一级指标", "三级指标", "指标值"))]
    rows = [row(*heading)] + [row(cell(f"行{n}", 0)) for n in range(6)]
    located = replace(grid_of(*rows), spans=((1, 4), (4, 7)))
    assert list(headings_above(located, 4)) == [0]
    without = replace(grid_of(*rows[1:]), spans=((0, 3), (3, 6)))
    assert list(headings_above(without, 3)) == []


@pytest.mark.parametrize("place", [Place(3, None, "total"), Place(0, 12, "value_text")])
def test_a_place_is_named_and_found_again(place: Place) -> None:
    assert place_of(key_of(place)) == place
    assert "." not in value_id(place)


def test_every_value_that_a_cell_prints_leads_to_it_and_back() -> None:
    shown = Shown(view(), 0)
    source = Source(shown.view.located, shown.by_cell, shown.notes).project(0)
    in_source = {one.id: one for one in found(source, html.Button)}
    values = {one.id: one for one in found(reading_pane(shown), html.Button)}
    linked = [one for one in values.values() if hasattr(one, "data-cell")]
    assert len(linked) > 20
    for value in linked:
        there = in_source[getattr(value, "data-cell")]
        assert value.id in getattr(there, "data-values").split(" ")


def test_a_corrected_value_shows_what_was_printed_on_both_sides() -> None:
    note = Replaced(Place(0, 0, "value_text"), "≥150场", "王芳", "L74")
    shown = Shown(view(FORM.read_bytes(), note), 0)
    value = next(
        one for one in found(reading_pane(shown), html.Button) if one.id == value_id(note.place)
    )
    assert said(value) == "≥150场原文≥120场"
    source = Source(shown.view.located, shown.by_cell, shown.notes).project(0)
    assert [said(one) for one in found(source, html.Ins)] == ["≥150场"]


def test_a_finding_stands_in_the_list_at_its_value_and_at_its_cell_with_a_word() -> None:
    wrong = Replaced(Place(0, 1, "value_text"), "≤95%", "王芳", "L82")
    shown, place = Shown(view(FORM.read_bytes(), wrong), 0), wrong.place
    here = shown.by_place[place]
    assert here
    assert shown.by_cell[shown.view.located.cells[place]] == here
    listed = findings_section(shown)
    assert here[0].message in said(listed)
    value = next(
        one for one in found(reading_pane(shown), html.Button) if one.id == value_id(place)
    )
    assert said(value).startswith(text.SEVERITIES[here[0].severity])


def test_what_a_file_does_not_have_can_be_supplied_and_what_is_needed_stands_by_itself() -> None:
    nameless = FORM.read_text("utf-8").replace("单位：万元", "", 1)
    panes = said(reading_pane(Shown(view(nameless.encode()), 0)))
    assert "文件没有" in panes
    assert "金额单位（空）" in panes.replace("错误", "")


def test_the_page_says_what_bringing_in_would_do_and_shows_one_project() -> None:
    page = form_page(view(), Address(project=2))
    words = said(page)
    assert "图书流动车" in words
    assert "读出3个项目" in words
    assert words.count("读出的内容") == 1
    beyond = said(form_page(view(), Address(project=99)))
    assert "第99" not in beyond


def test_every_kind_of_file_has_a_name() -> None:
    assert {kind.value for kind in ImportKind} <= text.KINDS.keys()


def test_every_kind_of_table_names_its_columns() -> None:
    for name in TABLES.values():
        words = vocabulary_of(name)
        assert all(words.title_of(one) for one in words.headings)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\表\\申报表.xlsx", "申报表.xlsx"),
        ("预算\u202exslx.exe", "预算xslx.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "未命名文件"),
        (None, "未命名文件"),
    ],
)
def test_a_name_is_shown_as_text_and_nothing_else(given: str | None, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    name = shown_name("长" * 300 + ".xlsx")
    assert (len(name), name[:3], name[-5:]) == (200, "长长长", ".xlsx")


def table_view(**changes: Any) -> TableView:
    draft = replace(view().draft, kind=ImportKind.PAYMENTS, document=None)
    sample = Sample("支付", ((1, ("凭证", "花了多少")), (2, ("1001", "5.00"))), 2)
    return replace(TableView(draft, (sample,), ("支付凭证号", "实际支付金额")), **changes)


def report(**changes: Any) -> ImportReport:
    columns = (
        ColumnRead("支付!A1", "凭证", "voucher_no", "支付凭证号", Fate.READ),
        ColumnRead("支付!B1", "收款人", None, None, Fate.PERSONAL),
    )
    made = ImportReport(
        UUID(int=2), Outcome.PREVIEW, "明细.xlsx", 3, 1, 1, 0, 1, columns=columns, amount=Decimal(5)
    )
    return replace(made, **changes)


def test_a_table_says_what_its_columns_are_and_what_it_would_do() -> None:
    refused = RowProblem("支付!B7", "实际支付金额", "“约三万”不是金额。")
    page = table_page(table_view(report=report(problems=(refused,))))
    words = said(page)
    assert "入库将：新增1行、已有相同1行不重复、不能读入1行略去" in words
    assert "“约三万”不是金额。" in words
    assert "个人信息，已略去" in words
    asked = [getattr(one, "data-heading", None) for one in found(page, html.Select)]
    assert [heading for heading in asked if heading] == ["凭证"]


def test_a_long_list_of_refused_rows_is_counted_and_cut() -> None:
    refused = tuple(RowProblem(f"L{n}", "金额", "不是金额。") for n in range(900))
    words = said(table_page(table_view(report=report(problems=refused, refused=900))))
    assert "不能读入的行（900行）" in words
    assert "以下是前200行" in words
    assert words.count("不是金额。") == 200


def test_nothing_new_is_not_offered_to_be_brought_in() -> None:
    page = table_page(table_view(report=report(stored=0)))
    acts = [getattr(one, "data-act", "") for one in found(page, html.Button)]
    assert not any("commit_table" in act for act in acts)
    assert "没有新的行可以入库。" in said(page)


def test_a_table_whose_headings_nobody_knows_asks_what_they_are() -> None:
    page = table_page(table_view(problem="没有找到表头。"))
    asked = [getattr(one, "data-heading", None) for one in found(page, html.Select)]
    assert [heading for heading in asked if heading] == ["凭证", "花了多少"]
    assert "没有找到表头。" in said(page)


def test_what_happened_to_a_target_says_how_much_of_it_was_corrected() -> None:
    declared = replace(
        declaration(), corrections=(Correction("项目", "total", "12O", "120", "王芳"),)
    )
    (event,) = Target(declared).pending_events
    assert isinstance(event, Target.Declared)
    assert LINES[Target.Declared](event)[1].endswith("，入库前更正1处")
