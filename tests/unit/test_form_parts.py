"""The parts that forms are read with: labels, titles, years, shapes, and where a cell belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.forms import shapes
from services.intake.forms.fitting import NEVER, points
from services.intake.forms.headings import Heading, find_headings
from services.intake.forms.labels import Level, Period, vocabulary
from services.intake.forms.placing import place
from services.intake.forms.tokens import tokens
from services.intake.forms.wrapping import unwrapped
from services.intake.forms.years import year_in_title, year_line
from services.intake.readers.grid import Cell, Row

WORDS = vocabulary()


def row(text: str) -> Row:
    """A row of a text with tabs."""
    cells = (Cell(part, "L1", column) for column, part in enumerate(text.split("\t")))
    return Row(tuple(cells))


def heading(text: str) -> Heading:
    """The heading of a table of indicators."""
    (found,) = find_headings([row(text)], WORDS)
    return found


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("项目名称", "project_name"),
        ("项 目\n名 称：", "project_name"),
        ("专项（项目）名称", "project_name"),
        ("*主管部门及代码", "supervising_department"),
        ("（一）实施单位", "implementing_unit"),
        ("其中：财政拨款", "fiscal"),
        ("1.一般公共预算财政拨款", "fiscal_part"),
        ("其中：省级财政资金", "fiscal_part"),
        ("2025年预算数（万元）", "total"),
        ("上年结转结余资金", "carried_over"),
        ("长期绩效目标1", "medium_term_objective"),
        ("2025年度绩效目标", "annual_objective"),
        ("项目负责人（签字）：", "ignored"),
        ("送戏下乡", None),
        ("项目名称" * 20, None),
    ],
)
def test_a_label_is_known_however_it_is_printed(label: str, field: str | None) -> None:
    assert WORDS.head_field(label) == field


@pytest.mark.parametrize(
    ("label", "field", "period"),
    [
        ("指标值（包含数字及文字描述）", "value", None),
        ("全年（终）指标值", "value", Period.ANNUAL),
        ("实施周期指标值", "value", Period.MEDIUM),
        ("半年（程）指标值", "value_half", None),
        ("2025年目标值", "value", None),
        ("上年实际完成值", "value_past", None),
        ("*评（扣）分标准", "scoring_standard", None),
        ("绩效指标性质", "comparator", None),
        ("指标方向性", "direction", None),
        ("三级指标名称", "name", None),
    ],
)
def test_a_heading_names_its_column_and_its_term(
    label: str, field: str, period: Period | None
) -> None:
    assert (WORDS.column(label), WORDS.period(label)) == (field, period)


@pytest.mark.parametrize(
    ("text", "level", "certain"),
    [
        ("产出指标(50分)", Level.CLASS, True),
        ("一、效 益\n指标", Level.CLASS, True),
        ("1.1数量指标", Level.CATEGORY, True),
        ("产出", Level.CLASS, False),
        ("投入目标", Level.CLASS, True),
        ("成本指标", Level.EITHER, True),
        ("服务对象满意度", Level.EITHER, False),
        ("生态环境成本指标", Level.CATEGORY, True),
        ("指标", None, False),
        ("群众满意率", None, False),
    ],
)
def test_a_level_is_known_with_points_numbers_and_blanks(
    text: str, level: Level | None, *, certain: bool
) -> None:
    assert (WORDS.level(text), WORDS.is_level(text)) == (level, certain)


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("# 项目支出绩效目标申报表", True),
        ("部门项目支出预算绩效目标表 1", True),
        ("项目支出绩效目标申报（批复）表", True),
        ("2025年度项目支出绩效目标表（续）", True),
        ("某县整体支出绩效目标表(2025年度)", True),
        ("按要求填报绩效目标", False),
        ("", False),
        ("绩" * 121 + "绩效目标表", False),
    ],
)
def test_a_title_ends_as_titles_do(text: str, *, is_title: bool) -> None:
    assert WORDS.is_title(text) is is_title


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025年项目支出绩效目标表", 2025),
        ("某局二〇二五年度项目支出绩效目标申报表", 2025),
        ("项目支出绩效目标表（2025年度）", 2025),
        ("怀财字【2025】7号城乡医疗救助绩效目标表", None),
        ("提前下达2025年中央补助资金绩效目标表", None),
        ("2025年—2027年绩效目标表", None),
        ("绩效目标表", None),
    ],
)
def test_the_year_of_a_title_is_not_that_of_a_document(text: str, year: int | None) -> None:
    assert year_in_title(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [("( 2025 年度)", 2025), ("二○二五年", 2025), ("年度：2025", 2025), ("2025年1月", None)],
)
def test_a_line_may_say_the_year_alone(text: str, year: int | None) -> None:
    assert year_line(text) == year


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("项目名称：甲", [("project_name", "甲")]),
        ("（单位：万元）", [("unit_or_money", "万元")]),
        (
            "填报单位：某局（盖章） 金额单位：元",
            [("implementing_unit", "某局（盖章）"), ("money_unit", "元")],
        ),
        ("其中：财政拨款：80，", [("fiscal", "80")]),
        ("目标1：做好甲，项目名称：乙", []),
        ("资金总额", [("total", None)]),
    ],
)
def test_labels_in_a_cell_come_with_what_stands_behind(
    text: str, said: list[tuple[str, str | None]]
) -> None:
    assert [(token.field, token.value) for token in tokens(row(text), WORDS)] == said


STANDARD = "一级指标\t二级指标\t三级指标\t指标值"
LONG = "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重"


@pytest.mark.parametrize(
    ("headings", "printed", "placed"),
    [
        (STANDARD, "产出指标\t数量指标\t场次\t≥3场", "产出指标|数量指标|场次|≥3场"),
        (STANDARD, "\t\t场次\t≥3场", "||场次|≥3场"),
        (STANDARD, "质量指标\t合格率\t100%", "|质量指标|合格率|100%"),
        (STANDARD, "\t质量指标\t水平\t提高", "|质量指标|水平|提高"),
        (STANDARD, "场次\t≥3场", "||场次|≥3场"),
        (STANDARD, "\t\t\t\t产出指标\t数量指标\t场次\t3", "产出指标|数量指标|场次|3"),
        (LONG, "数量指标\t场次\t≥\t3\t场\t10", "|数量指标|场次|≥|3|场|10"),
        (LONG, "\t\t效果\t定性\t良好\t\t10", "||效果|定性|良好||10"),
        (LONG, "社会效益指标\t效果\t定性\t良好\t10", "|社会效益指标|效果|定性|良好||10"),
    ],
)
def test_cells_go_where_they_belong(headings: str, printed: str, placed: str) -> None:
    table = heading(headings)
    found = place(row(printed), table.columns, table.groups, WORDS)
    texts = (found.under(column) for column in table.columns)
    assert "|".join(cell.text if cell else "" for cell in texts) == placed


@given(
    st.lists(st.sampled_from([*LONG.split("\t"), "产出指标", "≥", "3", "场", "", "无"]), max_size=9)
)
def test_placing_loses_no_cell_and_doubles_none(texts: list[str]) -> None:
    table = heading(LONG)
    printed = row("\t".join(texts))
    found = place(printed, table.columns, table.groups, WORDS)
    assert len(found.cells) + len(found.left_over) == len(printed.filled)


@given(st.text(max_size=30), st.sampled_from(["name", "value", "unit", "weight", "total", "x"]))
def test_any_text_has_points_within_bounds(text: str, field: str) -> None:
    assert NEVER <= points(field, text, WORDS) <= 60


@given(st.text(max_size=30))
def test_no_text_has_a_shape_that_raises(text: str) -> None:
    tests = (
        shapes.is_value,
        shapes.is_sign_word,
        shapes.is_amount,
        shapes.is_points,
        shapes.is_code,
    )
    assert {test(text) for test in tests} <= {True, False}


def test_lines_that_a_page_broke_are_joined_and_lists_are_not() -> None:
    cell = Cell("推进公共\n服务PDF\nreader。\n2.建好平台", "第1页!A1", 0)
    (joined,) = unwrapped(Row((cell,), part="p1")).cells
    assert joined.text == "推进公共服务PDF reader。\n2.建好平台"
    assert unwrapped(Row((cell,), part="表1")).cells == (cell,)
