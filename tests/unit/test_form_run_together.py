"""Lines whose cells ran together, and levels of indicators that stand across a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.intake.forms.across import turned
from services.intake.forms.labels import vocabulary
from services.intake.forms.run_together import set_apart
from services.intake.readers.grid import Cell, Row

WORDS = vocabulary()


def line(text: str, number: int = 1) -> Row:
    return Row((Cell(text, f"L{number}", 0),), table=False)


def row(*texts: str) -> Row:
    return Row(tuple(Cell(text, f"Sheet!{n}", n) for n, text in enumerate(texts)))


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


HEADINGS = line("绩效指标一级指标二级指标三级指标指标值")


def test_labels_and_values_that_ran_together_are_parted_where_the_headings_did_too() -> None:
    rows = (line("项目主管部门甲县教育局项目执行单位甲县二小"), line("年度资金总额：16"), HEADINGS)
    assert texts(set_apart(rows, WORDS)) == [
        ["项目主管部门", "甲县教育局", "项目执行单位", "甲县二小"],
        ["年度资金总额", "16"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]


def test_without_such_headings_a_line_stays_as_it_is() -> None:
    rows = (line("项目主管部门甲县教育局"), line("一级指标 二级指标"))
    assert set_apart(rows, WORDS) == rows


def test_levels_before_a_name_are_parted_and_the_table_ends_where_no_value_stands() -> None:
    rows = (
        HEADINGS,
        line("产出指标数量指标维修教室18间"),
        line("成本指标每间≤8000元"),
        line("附件："),
    )
    parted = set_apart(rows, WORDS)
    assert [[(c.column, c.text) for c in row.cells] for row in parted[1:]] == [
        [(0, "产出指标"), (1, "数量指标"), (2, "维修教室"), (3, "18间")],
        [(1, "成本指标"), (2, "每间"), (3, "≤8000元")],
        [(0, "附件：")],
    ]


def test_levels_across_a_list_of_projects_become_rows() -> None:
    form = (
        row("项目名称", "金额", "数量指标", "满意度指标", "备注"),
        row("公路养护", "380", "巡查≥96次；\n培训≥4场", "群众满意度≥90%", "甲"),
        row("合计", "380", "", "", ""),
    )
    found = turned(form, WORDS)
    assert found is not None
    assert [[(c.column, c.text) for c in row.cells if c.text] for row in found] == [
        [
            *((0, "项目名称"), (1, "金额"), (2, "一级指标"), (3, "二级指标"), (4, "三级指标")),
            *((5, "指标值"), (6, "备注")),
        ],
        [(0, "公路养护"), (1, "380"), (3, "数量指标"), (4, "巡查"), (5, "≥96次"), (6, "甲")],
        [(3, "数量指标"), (4, "培训"), (5, "≥4场")],
        [(2, "满意度指标"), (4, "群众满意度"), (5, "≥90%")],
        [(0, "合计"), (1, "380")],
    ]


def test_a_table_with_names_and_values_has_no_levels_across() -> None:
    form = (row("项目名称", "数量指标", "说明"), row("甲", "乙", "丙"))
    assert turned(form, WORDS) is None


@given(
    st.lists(st.text(alphabet="项目名称一二三级指标值产出数量：:≥95%次", max_size=30), max_size=6)
)
def test_no_character_of_a_line_is_lost_but_colons_and_headings(said: list[str]) -> None:
    rows = tuple(line(text, n) for n, text in enumerate(said))
    for before, after in zip(rows, set_apart(rows, WORDS), strict=True):
        kept = "".join(cell.text for cell in after.cells)
        assert set(kept) <= set(before.text)
