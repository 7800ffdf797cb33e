"""The real declaration files, read to the letter and checked against their own text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from domain.indicator import Kind, ToConfirm
from services.intake.forms.declaration import FileReading
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import to_domain
from tests.golden.form_masking import GOLDENS, reading_of

pytestmark = pytest.mark.seeds

JINZHAI, SEED, HENGYANG, PINGLUO = GOLDENS
UNIT_0, UNIT_3 = ("450001", "怀来县医疗保障局"), ("450003", "怀来县医疗保险中心")


@pytest.fixture(scope="module")
def huailai(seeds_dir: Path) -> FileReading:
    return read_file(seeds_dir / SEED)


@pytest.fixture(scope="module")
def blocks(seeds_dir: Path) -> list[list[str]]:
    """The rows of the file's tables, found without any of our code."""
    text = (seeds_dir / SEED).read_text("utf-8")
    runs = groupby(text.split("\n"), lambda line: line.startswith("\t"))
    return [[line.strip() for line in run] for tabbed, run in runs if tabbed]


def test_seven_projects_with_48_indicators_and_their_money(huailai: FileReading) -> None:
    assert [len(d.indicators) for d in huailai.declarations] == [6, 7, 7, 7, 7, 7, 7]
    budgets = [d.annual_budget.total for d in huailai.declarations]
    assert budgets == ["450.00", "3.42", "20.00", "4000.00", "4.00", "15.00", "20.00"]
    assert sum(Decimal(total or 0) for total in budgets) == Decimal("4512.42")
    assert {(d.annual_budget.unit, d.annual_budget.other) for d in huailai.declarations} == {
        ("万元", None)
    }
    assert [d.annual_budget.fiscal for d in huailai.declarations] == budgets
    assert huailai.errors == ()


def test_codes_units_and_year_of_each_project(huailai: FileReading) -> None:
    assert [d.project_code for d in huailai.declarations] == [
        "13073025P00C89110002Y",
        "13073025P00007610001C",
        "13073025P00080810002N",
        "13073025P0063C010002Q",
        "13073025P000092100014",
        "13073025P00012710001M",
        "13073025P00012810001B",
    ]
    units = [(d.implementing_unit_code, d.implementing_unit) for d in huailai.declarations]
    assert units == [UNIT_0] * 3 + [UNIT_3] * 4
    assert {d.fiscal_year for d in huailai.declarations} == {2025}


def test_each_plan_has_its_third_checkpoint_in_october(huailai: FileReading) -> None:
    for declared in huailai.declarations:
        assert declared.to_json()["spending_plan"] == [
            {"on": "2025-03-31", "share": "0.25"},
            {"on": "2025-06-30", "share": "0.5"},
            {"on": "2025-10-31", "share": "0.75"},
            {"on": "2025-12-31", "share": "1"},
        ]


def test_names_values_and_bases_are_those_of_the_file(
    huailai: FileReading, blocks: list[list[str]]
) -> None:
    printed = [row[1:] for row in blocks if len(row) == 6 and row[0] != "一级指标"]
    read = [
        [row.indicator_category, row.name, row.description, row.value_text, row.target_basis]
        for declared in huailai.declarations
        for row in declared.indicators
    ]
    assert len(printed) == 48
    assert read == printed


def test_the_class_is_that_of_the_row_or_of_the_last_row_that_printed_one(
    huailai: FileReading, blocks: list[list[str]]
) -> None:
    classes: list[str] = []
    for row in blocks:
        if len(row) == 6 and row[0] != "一级指标":
            classes.append(row[0] or classes[-1])
    read = [row.indicator_class for d in huailai.declarations for row in d.indicators]
    assert read == classes


def test_project_names_are_those_of_the_file_with_their_leading_code(
    huailai: FileReading, blocks: list[list[str]]
) -> None:
    printed = [row[3] for row in blocks if row[0] == "项目编码"]
    assert [d.project_name for d in huailai.declarations] == printed
    assert printed[0].startswith("[13073021T6Q0KS27UZ891]")


def test_purpose_and_objective_are_those_of_the_file(
    huailai: FileReading, blocks: list[list[str]]
) -> None:
    objectives = [row[1] for row in blocks if row[0] == "绩效目标"]
    purposes = [
        blocks[at + 1][1] for at, row in enumerate(blocks) if row[0] == "预算规模及资金用途"
    ]
    assert [d.annual_objective for d in huailai.declarations] == objectives
    assert [d.purpose for d in huailai.declarations] == purposes


def test_each_place_is_the_line_where_the_name_stands(
    huailai: FileReading, seeds_dir: Path
) -> None:
    lines = (seeds_dir / SEED).read_text("utf-8").split("\n")
    for declared in huailai.declarations:
        for row in declared.indicators:
            assert lines[int(row.where[1:]) - 1].strip() == row.name


def test_the_departments_five_goals_come_with_their_eight_indicators(
    huailai: FileReading,
) -> None:
    (department,) = huailai.department_goals
    assert department.fiscal_year == 2025
    assert department.overall_objective is not None
    assert department.overall_objective.startswith("2025年，本部门")
    assert [goal.name for goal in department.goals] == [
        "扩大基本医保覆盖面",
        "强化医保基金监管效能",
        "优化医保支付方式改革",
        "提升参保群众服务体验",
        "完善医疗救助兜底保障",
    ]
    assert [
        (row.name, row.value.comparator, row.value.number and str(row.value.number))
        for goal in department.goals
        for row in goal.indicators
    ] == [
        ("城乡居民基本医保参保率", "≥", "90"),
        ("困难群众参保资助率", None, "100"),
        ("医保基金支付准确率", "≥", "95"),
        ("开展专项检查覆盖定点医疗机构", None, "100"),
        ("按病种付费（DRG)", None, None),
        ("异地就医直接结算率", "≥", "85"),
        ("医保电子凭证激活率", "≥", "80"),
        ("医疗救助“一站式”结算覆盖率", None, "100"),
    ]


def test_what_a_person_must_settle_in_huailai(huailai: FileReading) -> None:
    open_rows = [
        (row.name, row.value_text, row.proposal.to_confirm)
        for declared in huailai.declarations
        for row in declared.indicators
        if row.proposal.to_confirm
    ]
    assert open_rows == [
        ("业务处理及时率", "≤30天", (ToConfirm.UNIT_DOES_NOT_FIT,)),
        ("审批发放及时率", "≤30天", (ToConfirm.UNIT_DOES_NOT_FIT,)),
    ]


@pytest.mark.parametrize("seed", GOLDENS)
def test_the_whole_reading_is_the_golden_one(seeds_dir: Path, seed: str) -> None:
    assert reading_of(seeds_dir, seed) == json.loads(GOLDENS[seed].read_text("utf-8"))


@pytest.mark.parametrize("golden", GOLDENS.values())
def test_the_golden_file_keeps_no_long_prose(golden: Path) -> None:
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', golden.read_text("utf-8"))
    long = [text for text in strings if len(text) > 64]
    assert long == []


def test_every_project_can_be_declared(huailai: FileReading) -> None:
    declared = [to_domain(d, region="130730000") for d in huailai.declarations]
    assert sum(line.amount for d in declared for line in d.fund_lines) == Decimal("45124200.00")
    sources = [d.fund_lines[0].source.value for d in declared]
    assert [at for at, source in enumerate(sources, 1) if source == "上年结转"] == [2, 5]
    repeats = [i.name for d in declared for i in d.indicators if i.from_payments]
    assert repeats == ["预算控制率", *["预算控制数"] * 6]


def test_the_ningxia_form_is_read_whole(seeds_dir: Path) -> None:
    reading = read_file(seeds_dir / "004_779fbb76cc83e166.txt")
    declarations = reading.declarations
    totals = [Decimal(d.annual_budget.total or 0) for d in declarations]
    assert [len(d.indicators) for d in declarations] == [9] * 6
    assert (sum(totals), {d.annual_budget.unit for d in declarations}) == (
        Decimal("19420000.00"),
        {"元"},
    )
    assert {(d.fiscal_year, d.implementing_unit, d.project_nature) for d in declarations} == {
        (2026, "平罗县医疗保障局", "常年性项目")
    }
    assert [f.rule for d in declarations for f in d.findings] == []
    kinds = [row.proposal.kind for row in declarations[0].indicators]
    assert kinds.count(Kind.NOT_APPLICABLE) == 2


def test_the_anhui_forms_are_all_found_with_their_money(seeds_dir: Path) -> None:
    declarations = read_file(seeds_dir / "000_e1b7c9f5eafb4d0b.txt").declarations
    totals = [d.annual_budget.total for d in declarations]
    assert totals == ["4678.00", "60.00", "80.00", "14.33", "19.62", "22.74"]
    assert sum(len(d.indicators) for d in declarations) == 84
    assert declarations[0].medium_term_budget.total == "6000.00"
    assert {d.fiscal_year for d in declarations} == {2025}


def test_rows_that_moved_out_of_their_columns_are_never_read_without_a_finding(
    seeds_dir: Path,
) -> None:
    for declared in read_file(seeds_dir / "000_e1b7c9f5eafb4d0b.txt").declarations:
        flagged = {finding.where for finding in declared.findings}
        for row in declared.indicators:
            in_place = (row.indicator_category or "").endswith("指标")
            assert in_place or row.where in flagged


def test_the_hunan_table_is_parted_into_its_projects(seeds_dir: Path) -> None:
    declarations = read_file(seeds_dir / HENGYANG).declarations
    assert [(d.project_name, d.annual_budget.total, len(d.indicators)) for d in declarations] == [
        ("办公场地租赁费", "50.00", 7),
        ("城乡居民基本医疗工作经费", "10.00", 7),
        ("欺诈骗保行为举报奖励专项资金", "10.00", 7),
        ("特殊门诊专家评审费用", "12.00", 12),
        ("医疗保障能力建设经费", "18.00", 8),
    ]


OUT, COST, EFFECT, CONTENT = "产出指标", "成本指标", "效益指标", "满意度指标"
Levels = list[tuple[str, str, str]]
JINZHAI_LEVELS: Levels = [
    (OUT, "数量指标", "20-21 57-60 93-94 127 158-159 190-191"),
    (OUT, "质量指标", "22-23 61-62 95-97 128-129 160 192"),
    (OUT, "时效指标", "24-25 63 98 130 161 193-194"),
    (OUT, COST, "162-163 195-196"),
    (COST, COST, "26-27 64-65 99 131-132"),
    (EFFECT, "经济效益指标", "28 66 100 133 164 197"),
    (EFFECT, "社会效益指标", "29-32 67-68 101-102 134 165-166 198-199"),
    (EFFECT, "生态效益指标", "33 69 103 135 167 200"),
    (EFFECT, "可持续影响指标", "34-35 70-71 104-105 136 168 201-202"),
    (CONTENT, CONTENT, "36 72 106 137 169 203"),
]
"""Read by eye: the lines of each class and category of the annual block."""
HENGYANG_LEVELS: Levels = [
    (COST, "经济成本指标", "12 24 39 53 65"),
    (COST, "社会成本指标", "54"),
    (COST, "生态环境成本指标", "55"),
    (OUT, "数量指标", "15 27 42 56 71"),
    (OUT, "质量指标", "16 28 43 57 72"),
    (OUT, "时效指标", "17 32 44 58 73"),
    (EFFECT, "经济效益指标", "59"),
    (EFFECT, "社会效益指标", "19-20 34-35 46 60-61 75-77"),
    (EFFECT, "生态效益指标", "62"),
    (EFFECT, "可持续影响指标", "51 63"),
    (CONTENT, "服务对象满意度指标", "23 38 52 64 80"),
]


def by_line(levels: Levels) -> dict[str, tuple[str, str]]:
    found = {}
    for indicator_class, category, spans in levels:
        for span in spans.split():
            first, _, last = span.partition("-")
            for line in range(int(first), int(last or first) + 1):
                found[f"L{line}"] = (indicator_class, category)
    return found


@pytest.mark.parametrize(
    ("seed", "levels"), [(JINZHAI, JINZHAI_LEVELS), (HENGYANG, HENGYANG_LEVELS)]
)
def test_class_and_category_of_every_row_are_those_a_person_reads(
    seeds_dir: Path, seed: str, levels: Levels
) -> None:
    declarations = read_file(seeds_dir / seed).declarations
    read = {
        row.where: (row.indicator_class, row.indicator_category)
        for declared in declarations
        for row in declared.indicators
    }
    assert read == by_line(levels)


def cells_of(seeds_dir: Path, seed: str) -> dict[str, list[str]]:
    """The cells with text of each line, found without any of our code."""
    lines = (seeds_dir / seed).read_text("utf-8").split("\n")
    return {
        f"L{number}": [cell.strip() for cell in line.split("\t") if cell.strip()]
        for number, line in enumerate(lines, start=1)
    }


def test_names_and_values_of_jinzhai_are_the_last_cells_of_their_rows(seeds_dir: Path) -> None:
    cells = cells_of(seeds_dir, JINZHAI)
    for declared in read_file(seeds_dir / JINZHAI).declarations:
        for row in declared.indicators:
            said = [text for text in (row.name, row.value_text) if text]
            assert cells[row.where][-len(said) :] == said
        for row in declared.medium_term_indicators:
            said = [text for text in (row.name, row.value_text) if text]
            assert "|".join(said) in "|".join(cells[row.where])


def test_names_values_and_standards_of_hengyang_stand_in_their_rows_in_order(
    seeds_dir: Path,
) -> None:
    cells = cells_of(seeds_dir, HENGYANG)
    for declared in read_file(seeds_dir / HENGYANG).declarations:
        for row in declared.indicators:
            said = (row.name, row.value_text, row.description, row.scoring_standard)
            texts = [text for text in (*said, row.column_unit, row.printed_sign) if text]
            assert cells[row.where][-len(texts) :] == texts


def test_the_money_of_all_files(seeds_dir: Path) -> None:
    totals = {}
    for seed in GOLDENS:
        declarations = read_file(seeds_dir / seed).declarations
        amounts = [Decimal(d.annual_budget.total or 0) for d in declarations]
        (unit,) = {d.annual_budget.unit for d in declarations}
        totals[seed] = f"{sum(amounts):,.2f}{unit}"
    assert list(totals.values()) == [
        "4,874.69万元",
        "4,512.42万元",
        "100.00万元",
        "19,420,000.00元",
    ]


def test_only_huailai_has_a_plan(seeds_dir: Path) -> None:
    for seed in GOLDENS:
        declarations = read_file(seeds_dir / seed).declarations
        plans = {declared.spending_plan is not None for declared in declarations}
        assert plans == {seed == SEED}


def test_projects_and_indicators_of_all_files(seeds_dir: Path) -> None:
    readings = [read_file(seeds_dir / seed) for seed in GOLDENS]
    counts = [sum(len(d.indicators) for d in reading.declarations) for reading in readings]
    assert (counts, sum(len(r.declarations) for r in readings)) == ([84, 48, 41, 54], 24)
    assert [reading.errors for reading in readings] == [()] * 4


def test_the_departments_own_part_of_hengyang(seeds_dir: Path) -> None:
    (part,) = read_file(seeds_dir / HENGYANG).department_goals
    (goal,) = part.goals
    assert (part.department, part.department_code, part.fiscal_year) == (
        "衡阳市医疗保障局",
        "062001",
        None,
    )
    assert (part.overall_objective or "").startswith("目标1：确保医保信息系统正常")
    assert goal.name == "部门整体支出年度绩效目标"
    assert [(row.where, row.value_text, row.weight) for row in goal.indicators] == [
        ("L92", "3", "15分"),
        ("L93", "100%", "15分"),
        ("L94", "2023年12月底前", "10分"),
        ("L95", "80", "10分"),
        ("L96", "无重大责任事故发生", "10分"),
        ("L97", "无", "0分"),
        ("L98", "各种渠道宣传不少于3次", "10分"),
        ("L99", "80", "10分"),
    ]


def test_where_two_readings_are_possible_the_choice_is_a_finding(seeds_dir: Path) -> None:
    jinzhai = read_file(seeds_dir / JINZHAI).declarations
    hengyang = read_file(seeds_dir / HENGYANG).declarations
    two = [f.where for d in jinzhai for f in d.findings if f.rule == "indicator.two_readings"]
    before = [f.where for d in hengyang for f in d.findings if f.rule == "form.rows_before_name"]
    assert (two, before) == (["L26", "L64", "L99", "L131"], ["L24", "L65"])


@pytest.mark.parametrize(
    ("seed", "region", "total"),
    [
        (JINZHAI, "341524000", "48746900.00"),
        (HENGYANG, "430400000", "1000000.00"),
        (PINGLUO, "640221000", "19420000.00"),
    ],
)
def test_every_project_of_the_other_files_can_be_declared(
    seeds_dir: Path, seed: str, region: str, total: str
) -> None:
    declared = [
        to_domain(d, region=region, fiscal_year=2023)
        for d in read_file(seeds_dir / seed).declarations
    ]
    assert sum(line.amount for d in declared for line in d.fund_lines) == Decimal(total)
