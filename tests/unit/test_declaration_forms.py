"""A declaration written out as a form reads back equal, in every template and format."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from domain.correction import Correction
from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.indicator import Indicator, Kind, Milestone
from domain.plan import Checkpoint, Shape, SpendingPlan, Window
from services.intake.forms.file import read_form_file
from services.intake.forms.indicators import Context, read_indicator
from services.intake.forms.to_target import to_domain
from services.sheets.declaration_form.carried import FIELDS, INVISIBLE
from services.sheets.declaration_form.differences import Difference
from services.sheets.declaration_form.forms import FileFormat, TemplateKey
from services.sheets.declaration_form.paper import Imprint
from services.writing_forms import WrittenForm, write_forms
from tests.declared import declarations
from tests.golden.form_masking import GOLDENS

PLAIN = Imprint("按2025-06-30的绩效目标打印　记录位置7", synthetic=True)
OUTPUTS = list(product(TemplateKey, FileFormat))
YEAR = 2025
SCALE = int(os.environ.get("JIXIAO_SOAK", "1"))


def written(
    *declared: Declaration,
    template: TemplateKey = TemplateKey.STANDARD,
    format_: FileFormat = FileFormat.XLSX,
) -> WrittenForm:
    return write_forms(declared, template, format_, PLAIN)


def projects_of(seed: Path) -> list[Declaration]:
    reading = read_form_file(seed)
    return [to_domain(one, region="130730000", fiscal_year=YEAR) for one in reading.declarations]


def faults(found: WrittenForm) -> list[Difference]:
    """What came back otherwise, and no reason says why."""
    return [one for one in found.differences if one.why is None]


def indicator(name: str = "巡查次数", text: str = "≥3次", **more: Any) -> Indicator:
    """A row as it is read, but for what is told."""
    row = read_indicator(("产出指标", "数量指标", name), text, Context(YEAR, None), where="x")
    proposal = row.proposal
    read = Indicator(
        uuid5(NAMESPACE_OID, name), "产出指标", "数量指标", name, row.value, proposal.kind
    )
    return replace(read, **more)


def declaration(**more: Any) -> Declaration:
    """A project of a form, but for what is told."""
    day = date(YEAR, 1, 1)
    plain = Declaration(
        region="130999000",
        fiscal_year=YEAR,
        project_name="巡查经费",
        unit_name="云河县医疗保障局",
        effective_on=day,
        fund_lines=(FundLine("1", FundSource.CURRENT_YEAR, Decimal(600000), day),),
        indicators=(indicator(),),
    )
    return replace(plain, **more)


@pytest.mark.seeds
@pytest.mark.parametrize(("template", "format_"), OUTPUTS)
@pytest.mark.parametrize("seed", GOLDENS)
def test_the_projects_of_the_seeds_read_back_equal(
    seeds_dir: Path, seed: str, template: TemplateKey, format_: FileFormat
) -> None:
    declared = projects_of(seeds_dir / seed)
    again = write_forms(declared, template, format_, PLAIN)
    lost = {one.field for one in again.differences}

    assert faults(again) == []
    assert lost <= {"indicators.medium_text"}
    read = read_form_file(again.content, f"form.{format_}").declarations
    assert [to_domain(one, region="130730000") for one in read] == declared


@pytest.mark.seeds
def test_the_seeds_are_twenty_four_projects(seeds_dir: Path) -> None:
    assert sum(len(projects_of(seeds_dir / seed)) for seed in GOLDENS) == 24


@given(declared=declarations())
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=8)
def test_whatever_a_form_can_declare_reads_back_equal(declared: Declaration) -> None:
    for template, format_ in OUTPUTS:
        assert faults(written(declared, template=template, format_=format_)) == []


@pytest.mark.soak
@given(declared=declarations())
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=300 * SCALE)
def test_whatever_a_form_can_declare_reads_back_equal_at_length(declared: Declaration) -> None:
    for template, format_ in OUTPUTS:
        assert faults(written(declared, template=template, format_=format_)) == []


def test_a_number_of_ten_thousands_keeps_its_unit_from_the_column() -> None:
    row = read_indicator(
        ("产出指标", "数量指标", "发放宣传单"),
        "2万",
        Context(YEAR, None),
        where="x",
        column_unit="份",
    )
    leaflets = indicator("发放宣传单", "2万", value=row.value, kind=row.proposal.kind)
    assert row.value.unit == "万份"

    for template, format_ in OUTPUTS:
        found = written(declaration(indicators=(leaflets,)), template=template, format_=format_)
        assert {one.field for one in found.differences} == {"indicators.indicator_id"}


LATER = date(YEAR, 5, 6)
LOST: dict[str, Declaration] = {
    "实施期": declaration(window=Window(date(YEAR, 3, 1), LATER)),
    "支出方式": declaration(shape=Shape.LUMPS),
    "生效日": declaration(effective_on=LATER),
    "更正记录": declaration(corrections=(Correction("巡查经费", "unit", "甲", "乙", "王"),)),
    "资金支出计划": declaration(
        plan=SpendingPlan((Checkpoint(date(YEAR + 1, 1, 31), Decimal(1)),))
    ),
    "下达文号": declaration(
        fund_lines=(
            FundLine(
                "1", FundSource.CURRENT_YEAR, Decimal(5), date(YEAR, 1, 1), document_no="财1号"
            ),
        )
    ),
    "资金行": declaration(
        fund_lines=tuple(
            FundLine(number, FundSource.CURRENT_YEAR, Decimal(5), date(YEAR, 1, 1))
            for number in "12"
        )
    ),
    "绩效指标": declaration(indicators=(indicator("", ""),)),
    "判断方式": declaration(indicators=(indicator(kind=Kind.LEVEL),)),
    "中期指标值": declaration(indicators=(indicator(medium_text="≥9次"),)),
    "基期值": declaration(indicators=(indicator(baseline=Decimal(2)),)),
    "阶段目标": declaration(indicators=(indicator(milestones=(Milestone(LATER, Decimal(1)),)),)),
}
"""Declarations of which a form cannot carry something, by what that is called."""


@pytest.mark.parametrize("name", LOST)
def test_what_a_form_cannot_carry_is_listed_and_noted_on_it(name: str) -> None:
    found = written(LOST[name], template=TemplateKey.HEBEI)

    said = {FIELDS[one.field].name: one.why for one in found.differences}
    assert said.keys() - {"指标编号"} == {name}
    [sheet] = load_workbook(BytesIO(found.content)).worksheets
    lines = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    printed = f"注：{name}：{said[name]}。" in lines
    assert printed is (name not in OF_THE_RECORD)


OF_THE_RECORD = {"更正记录", "中期指标值"}
"""Listed, but of no interest to whoever reads the form."""


def test_a_note_is_printed_in_word_too_and_disturbs_no_reader() -> None:
    for template, format_ in OUTPUTS:
        found = written(LOST["阶段目标"], template=template, format_=format_)
        [read] = read_form_file(found.content, f"form.{format_}").declarations
        assert to_domain(read, region="130999000").indicators[0].name == "巡查次数"
        assert to_domain(read, region="130999000").indicators[0].scoring_standard is None
    body = Document(BytesIO(found.content)).paragraphs
    assert any(paragraph.text.startswith("注：阶段目标：") for paragraph in body)


def test_text_that_no_paper_shows_is_left_out_and_said() -> None:
    hidden = written(declaration(project_name=" 巡查\u200b经费 "))

    assert {one.why for one in hidden.differences if one.field == "project_name"} == {INVISIBLE}


def test_a_form_that_cannot_be_read_again_says_so() -> None:
    [found] = written(declaration(project_name="项目名称")).differences

    assert (found.place, found.read, found.why) == ("整份表", "读不回", None)


def test_what_comes_back_otherwise_for_no_known_reason_is_told_without_one() -> None:
    points = written(declaration(indicators=(indicator(indicator_class="产出指标(50分)"),)))

    [found] = faults(points)
    assert (found.field, found.read) == ("indicators.indicator_class", "产出指标")


def test_where_a_file_has_several_forms_a_difference_says_whose_it_is() -> None:
    late = replace(LOST["生效日"], project_name="后续经费")

    found = written(declaration(), late)

    assert [one.place for one in found.differences if one.field == "effective_on"] == [
        "“后续经费”生效日"
    ]
