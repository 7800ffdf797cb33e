"""A department's own goals written out as a form read back equal, in a table or in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ops.cli.main import app
from services.intake.forms.declaration import DeclaredIndicator, DepartmentGoal
from services.intake.forms.declaration import DepartmentGoals as ReadGoals
from services.intake.forms.file import read_form_file
from services.intake.forms.indicators import Context, read_indicator
from services.rewriting_forms import Rewritten, rewrite
from services.sheets.declaration_form.department import DepartmentGoals
from services.sheets.declaration_form.forms import FileFormat, TemplateKey
from services.sheets.declaration_form.paper import Imprint
from services.writing_forms import WrittenForm, goals_of, write_forms
from tests.golden.form_masking import GOLDENS

YEAR = 2025
FORMATS = list(FileFormat)


def indicator(name: str, value: str, *levels: str, **more: Any) -> DeclaredIndicator:
    """A row as it is read: without levels in words, with them in a table."""
    named = (levels[0], levels[1], name) if levels else (None, None, name)
    return replace(read_indicator(named, value, Context(YEAR, None), where="x"), **more)


def goals(*parts: DepartmentGoal, **more: Any) -> DepartmentGoals:
    """A department's goals with these parts."""
    read = ReadGoals(
        "x",
        fiscal_year=YEAR,
        overall_objective="保障参保。\n提升服务。",
        goals=tuple(parts),
        **more,
    )
    return goals_of(read)


IN_WORDS = goals(
    DepartmentGoal(
        "扩大覆盖面", "应保尽保。\n不漏一户。", (indicator("参保率", "达90%以上"),), "x"
    ),
    DepartmentGoal("守护基金", None, (), "x"),
)
OUTPUT = ("产出指标", "数量指标")
IN_TABLES = goals(
    DepartmentGoal("参保", None, (indicator("参保率", "≥90%", *OUTPUT, weight="20"),), "x"),
    DepartmentGoal(
        "监管", None, (indicator("检查次数", "≥3次", *OUTPUT, scoring_standard="少一次扣1分"),), "x"
    ),
    department="云河县医疗保障局",
    department_code="450001",
)


def written(part: DepartmentGoals, format_: FileFormat) -> WrittenForm:
    return write_forms([part], TemplateKey.STANDARD, format_, Imprint("第7号记录"))


@pytest.mark.parametrize(("part", "format_"), list(product((IN_WORDS, IN_TABLES), FORMATS)))
def test_goals_in_words_and_in_tables_read_back_equal(
    part: DepartmentGoals, format_: FileFormat
) -> None:
    assert written(part, format_).differences == ()


def test_goals_in_words_are_paragraphs_and_those_in_columns_a_table_each() -> None:
    in_words = read_form_file(written(IN_WORDS, FileFormat.XLSX).content, "form.xlsx")
    in_tables = read_form_file(written(IN_TABLES, FileFormat.XLSX).content, "form.xlsx")

    assert [len(part.goals) for part in in_words.department_goals] == [2]
    assert [len(part.goals) for part in in_tables.department_goals] == [1, 1]


@pytest.mark.parametrize("format_", FORMATS)
def test_what_words_or_a_table_cannot_carry_is_told_with_its_reason(format_: FileFormat) -> None:
    named = written(replace(IN_WORDS, department="云河县医疗保障局"), format_)
    assert [(one.place, one.why) for one in named.differences] == [
        ("部门名称", "部门整体绩效目标写成文字，没有此栏")
    ]
    first, *others = IN_TABLES.goals
    explained = replace(first, objective="应保尽保。")
    told = written(replace(IN_TABLES, goals=(explained, *others)), format_)
    assert [(one.place, one.why) for one in told.differences] == [
        ("分项目标“参保”的说明", "部门整体绩效目标列成表，没有分项目标的说明一栏")
    ]
    again = read_form_file(told.content, f"form.{format_}")
    read = [goal.name for part in again.department_goals for goal in part.goals]
    assert read == ["参保", "监管"]


def test_a_second_department_in_words_is_not_lost_in_silence() -> None:
    both = write_forms([IN_WORDS, IN_WORDS], TemplateKey.HEBEI, FORMATS[0], Imprint())

    assert ("“部门整体绩效目标”整份表", "读不回") in {
        (lost.place, lost.read) for lost in both.differences
    }


_name = st.text("云河县医疗救助补贴工程建设培训检查宣传设备", min_size=2, max_size=12)
_row = st.builds(indicator, _name, st.sampled_from(["达90%以上", "≥3次", "达到100%"]))
_rows = st.lists(_row, max_size=3).map(tuple)
_goal = st.builds(DepartmentGoal, _name, st.just("应保尽保。"), _rows, st.just("x"))


@given(parts=st.lists(_goal, min_size=1, max_size=12))
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=10)
def test_any_goals_in_words_read_back_equal(parts: list[DepartmentGoal]) -> None:
    for format_ in FORMATS:
        assert written(goals(*parts), format_).differences == ()


def rewritten(seed: Path, template: TemplateKey, format_: FileFormat) -> Rewritten:
    return rewrite(read_form_file(seed), template, format_, YEAR)


@pytest.mark.seeds
@pytest.mark.parametrize(("template", "format_"), list(product(TemplateKey, FORMATS)))
@pytest.mark.parametrize("seed", GOLDENS)
def test_the_seeds_are_rewritten_whole_on_a_template(
    seeds_dir: Path, seed: str, template: TemplateKey, format_: FileFormat
) -> None:
    made = rewritten(seeds_dir / seed, template, format_)

    assert made.problems == ()
    assert {one.field for one in made.differences} <= {"medium_term", "indicators.medium_text"}
    assert made.written is not None
    before = read_form_file(seeds_dir / seed)
    after = read_form_file(made.written.content, f"form.{format_}")
    assert [replace(goals_of(part), fiscal_year=YEAR) for part in before.department_goals] == [
        goals_of(part) for part in after.department_goals
    ]
    assert len(after.declarations) == len(before.declarations)


def test_a_file_is_rewritten_at_the_terminal(tmp_path: Path) -> None:
    file, out = tmp_path / "申报表.xlsx", tmp_path / "河北.docx"
    file.write_bytes(written(IN_WORDS, FileFormat.XLSX).content)

    done = CliRunner().invoke(app, ["form", "write", str(file), "--form", "hebei", "-o", str(out)])

    assert (done.exit_code, done.stdout) == (0, f"已写出1份申报表：{out}\n")
    assert read_form_file(out).department_goals[0].overall_objective == IN_WORDS.overall_objective


def test_what_cannot_be_written_is_told_and_ends_with_findings(tmp_path: Path) -> None:
    file, out = tmp_path / "申报表.txt", tmp_path / "新表.xlsx"
    file.write_text("绩效目标表\n项目名称\t甲\n预算数\t12万元\n", encoding="utf-8")
    asked = ["form", "write", str(file), "-o", str(out)]

    done = CliRunner().invoke(app, asked)

    assert done.exit_code == 1
    assert "缺实施单位、年度，不能申报" in done.stderr
    assert not out.exists()
