"""Each value leads to the cell that prints it, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.intake.forms.correcting import Place
from services.intake.forms.fields import HeadField, RowField
from services.intake.forms.places import CellPlace, Located, locate
from services.intake.forms.reading import read_forms
from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Cell, Grid, Row

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
HEADING = ("一级指标", "二级指标", "三级指标", "指标值", "分值")


@pytest.fixture(scope="module")
def hebei() -> Located:
    grid = read_grid(FORM.read_bytes(), FORM.name)
    return locate(grid, read_forms(grid))


def text_at(located: Located, place: Place) -> str | None:
    found = located.cells.get(place)
    return None if found is None else located.grid.rows[found.row].cells[found.cell].text


def sheet(rows: list[Row]) -> Located:
    head = [
        row(0, "项目绩效目标表"),
        row(1, "项目名称", "送戏下乡"),
        row(2, "实施单位", "文化局"),
        row(3, *HEADING),
    ]
    grid = Grid("表.xlsx", (*head, *rows))
    return locate(grid, read_forms(grid))


def row(number: int, *texts: str, reaching: tuple[Cell, ...] = (), **spans: int) -> Row:
    cells = [
        Cell(text, f"Sheet1!{'ABCDEFG'[column]}{number + 1}", column)
        for column, text in enumerate(texts)
        if text != "|"
    ]
    if spans:
        first = cells[0]
        cells[0] = Cell(first.text, first.where, first.column, spans["rows"])
    return Row(tuple(cells), reaching=reaching, part="Sheet1")


def test_every_printed_value_of_a_form_has_its_cell(hebei: Located) -> None:
    assert text_at(hebei, Place(0, None, HeadField.TOTAL)) == "120.00"
    assert text_at(hebei, Place(1, None, HeadField.TOTAL)) == "1,030.50"
    assert text_at(hebei, Place(0, 0, RowField.CATEGORY)) == "数量指标"
    assert hebei.where(Place(0, None, HeadField.TOTAL)) == "L37"


def test_what_no_cell_prints_has_no_place(hebei: Located) -> None:
    assert hebei.where(Place(0, None, HeadField.FISCAL_YEAR)) is None
    assert hebei.where(Place(1, None, HeadField.OTHER)) is None


def test_a_plan_is_where_its_label_is(hebei: Located) -> None:
    assert hebei.where(Place(0, None, HeadField.PLAN)) == "L46"


def test_equal_amounts_are_told_apart_by_their_labels(hebei: Located) -> None:
    assert hebei.where(Place(1, None, HeadField.TOTAL)) == "L126"
    assert hebei.where(Place(1, None, HeadField.FISCAL)) == "L128"


def test_forms_part_the_rows_between_them(hebei: Located) -> None:
    bounds = [one for span in hebei.spans for one in span]
    assert bounds == sorted(bounds)
    assert bounds[0] > 0
    assert bounds[-1] == len(hebei.grid.rows)


def test_a_cell_knows_what_it_says(hebei: Located) -> None:
    place = Place(0, None, HeadField.TOTAL)
    assert hebei.values[hebei.cells[place]] == (place,)


def test_a_weight_that_prints_what_the_value_prints_is_found_in_its_own_column() -> None:
    located = sheet(
        [
            row(4, "产出指标", "数量指标", "场次", "20", "20"),
            row(5, "产出指标", "质量指标", "合格率", "95%", "30"),
            row(6, "产出指标", "时效指标", "及时率", "90%", "20"),
        ]
    )
    assert located.cells[Place(0, 0, RowField.VALUE)] == CellPlace(4, 3)
    assert located.cells[Place(0, 0, RowField.WEIGHT)] == CellPlace(4, 4)


def test_of_two_terms_the_year_is_what_was_read() -> None:
    head = [
        row(0, "项目绩效目标表"),
        row(1, "项目名称", "送戏下乡"),
        row(2, "总体目标", "实施期目标", "年度目标"),
        row(3, "|", "把戏送到村口。", "把戏送到村口。"),
        row(4, *HEADING),
        row(5, "产出指标", "数量指标", "场次", "≥20场", "20"),
    ]
    grid = Grid("表.xlsx", tuple(head))
    located = locate(grid, read_forms(grid))
    assert located.where(Place(0, None, HeadField.OBJECTIVE)) == "Sheet1!C4"


def test_a_level_merged_over_several_rows_is_one_cell_for_all() -> None:
    top = Cell("产出指标", "Sheet1!A5", 0, rows=2)
    located = sheet(
        [
            row(4, "产出指标", "数量指标", "场次", "≥20场", "20", rows=2),
            row(5, "|", "质量指标", "合格率", "95%", "30", reaching=(top,)),
        ]
    )
    there = CellPlace(4, 0)
    assert located.cells[Place(0, 0, RowField.CLASS)] == there
    assert located.cells[Place(0, 1, RowField.CLASS)] == there
    assert located.values[there] == (Place(0, 0, "indicator_class"), Place(0, 1, "indicator_class"))


def test_a_value_within_a_longer_cell_is_found_there() -> None:
    grid = Grid(
        "表.txt",
        (
            row(0, "项目绩效目标表"),
            row(1, "项目名称：送戏下乡"),
            row(2, *HEADING),
            row(3, "产出指标", "数量指标", "场次", "≥20场", "20"),
        ),
    )
    located = locate(grid, read_forms(grid))
    assert text_at(located, Place(0, None, HeadField.PROJECT_NAME)) == "项目名称：送戏下乡"
