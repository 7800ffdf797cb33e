"""What a person puts in place of a printed text is read as if printed, and stays told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.correction import Correction
from domain.indicator import Comparator, Kind, TargetValue
from services.intake.forms.correcting import (
    BY_A_PERSON,
    CorrectedForm,
    Place,
    Replaced,
    corrected_forms,
    printed_text,
)
from services.intake.forms.declaration import FileReading, PlanPoint
from services.intake.forms.fields import (
    HeadField,
    NotSuchAValueError,
    RowField,
    require_sayable,
    row_text,
    with_head_text,
)
from services.intake.forms.plan_text import plan_text, read_plan_text
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import to_domain

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
READING = read_file(FORM)
STAGE, LIBRARY, RELICS = READING.declarations


def put(sheet: int, row: int | None, field: str, text: str | None) -> Replaced:
    return Replaced(Place(sheet, row, field), text, "王芳", "L1")


def with_notes(*notes: Replaced) -> tuple[CorrectedForm, ...]:
    return corrected_forms(READING, notes)


def test_without_corrections_a_form_is_what_was_read() -> None:
    assert [form.declared for form in with_notes()] == list(READING.declarations)


def test_a_corrected_value_is_read_again_with_its_sign_unit_and_kind() -> None:
    stage = with_notes(put(0, 0, "value_text", "不超过130场"))[0]
    row = stage.declared.indicators[0]
    assert row.value == TargetValue("不超过130场", Comparator.AT_MOST, Decimal(130), "场")
    assert row.weight == STAGE.indicators[0].weight
    assert stage.declared.indicators[1:] == STAGE.indicators[1:]


def test_the_correction_says_what_was_printed_where_and_by_whom_it_was_replaced() -> None:
    stage = with_notes(put(0, 0, "value_text", "≥130场"))[0]
    first = STAGE.indicators[0]
    assert stage.corrections == (
        Correction(
            project=STAGE.project_name or "",
            field="value_text",
            printed=first.value_text,
            corrected="≥130场",
            by="王芳",
            about=first.name,
            where="L1",
        ),
    )


def test_a_row_that_says_nothing_any_more_is_left_out_and_the_others_keep_their_numbers() -> None:
    stage = with_notes(put(0, 1, "name", None), put(0, 1, "value_text", None))[0]
    assert stage.rows == tuple(n for n in range(len(STAGE.indicators)) if n != 1)
    assert len(stage.declared.indicators) == len(STAGE.indicators) - 1


def test_a_kind_chosen_by_a_person_leaves_the_value_as_it_was_read() -> None:
    stage = with_notes(put(0, 0, "kind", "ceiling"))[0]
    row = stage.declared.indicators[0]
    assert (row.proposal.kind, row.proposal.reason_zh) == (Kind.CEILING, BY_A_PERSON)
    assert row.value == STAGE.indicators[0].value


@pytest.mark.parametrize("field", ["weight", "scoring_standard", "description", "target_basis"])
def test_a_text_beside_the_value_is_replaced_and_nothing_else(field: str) -> None:
    row = with_notes(put(0, 0, field, "12"))[0].declared.indicators[0]
    assert row_text(row, RowField(field)) == "12"
    assert row.value == STAGE.indicators[0].value


@pytest.mark.parametrize("field", sorted(RowField))
def test_every_text_of_a_row_can_be_replaced(field: RowField) -> None:
    text = {"kind": "level", "comparator": "≤", "unit_of_measure": "次"}.get(field, "甲")
    plain = replace(STAGE.indicators[0], value_text="120")
    reading = replace(READING, declarations=(replace(STAGE, indicators=(plain,)),))
    (form,) = corrected_forms(reading, [put(0, 0, field, text)])
    assert row_text(form.declared.indicators[0], field) == text


def test_an_amount_that_could_not_be_read_is_settled_and_the_sum_is_asked_again() -> None:
    said = {finding.rule for finding in RELICS.findings}
    assert "budget.unreadable" in said
    right = with_notes(put(2, None, "total", "30000"))[2].declared
    assert not [one for one in right.findings if one.rule.startswith("budget.")]
    wrong = with_notes(put(2, None, "total", "30001"))[2].declared
    assert [one.rule for one in wrong.findings if one.rule.startswith("budget.")] == ["budget.sum"]


def test_a_missing_year_is_supplied_and_dates_the_plan_that_is_supplied_with_it() -> None:
    undated = read_file(FORM.read_text("utf-8").replace("2025年，", "").encode(), "form.txt")
    notes = [
        put(0, None, "spending_plan", "6月底40%、12月底100%"),
        put(0, None, "fiscal_year", "2026"),
    ]
    declared = corrected_forms(undated, notes)[0].declared
    assert declared.fiscal_year == 2026
    assert [f"{point.on} {point.share}" for point in declared.spending_plan or ()] == [
        "2026-06-30 0.4",
        "2026-12-31 1",
    ]
    assert not [f for f in declared.findings if f.rule.startswith(("fiscal_year", "plan"))]


def test_a_finding_about_a_corrected_row_is_settled_and_the_others_stay() -> None:
    row = STAGE.indicators[0]
    there = replace(STAGE.findings[0], rule="indicator.level_unknown", where=row.where)
    elsewhere = replace(there, where=STAGE.indicators[1].where)
    reading = replace(READING, declarations=(replace(STAGE, findings=(there, elsewhere)),))
    (form,) = corrected_forms(reading, [put(0, 0, "indicator_class", "产出指标")])
    assert form.declared.findings == (elsewhere,)


def test_a_corrected_form_can_be_declared() -> None:
    form = with_notes(put(2, None, "total", "30000"), put(2, None, "project_name", "文物巡查"))[2]
    assert to_domain(form.declared, region="130999000").project_name == "文物巡查"


@pytest.mark.parametrize("field", sorted(HeadField))
def test_every_text_of_the_head_can_be_replaced_and_left_blank(field: HeadField) -> None:
    words = {
        "fiscal_year": "2031",
        "total": "7",
        "fiscal": "7",
        "other": "7",
        "money_unit": "元",
        "spending_plan": "3月31日25%、12月31日100%",
    }
    text = words.get(field, "甲")
    require_sayable(field, text)
    changed = with_head_text(STAGE, field, text)
    reading = FileReading("表.txt", declarations=(changed,))
    assert printed_text(reading, Place(0, None, field)) == text
    blank = FileReading("表.txt", declarations=(with_head_text(STAGE, field, None),))
    assert printed_text(blank, Place(0, None, field)) is None


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        (HeadField.FISCAL_YEAR, "25", "四位年份"),
        (HeadField.FISCAL_YEAR, "二〇二五", "四位年份"),
        (HeadField.TOTAL, "约三万", "不是金额"),
        (HeadField.MONEY_UNIT, "美元", "万元 或 元"),
        (HeadField.PLAN, "年底花完", "支出计划"),
        (HeadField.PLAN, "2月30日50%", "支出计划"),
        (RowField.KIND, "差不多", "列表"),
        (RowField.NAME, "长" * 4001, "超过4000字"),
    ],
)
def test_what_a_field_cannot_say_is_refused_with_an_example(
    field: HeadField | RowField, text: str, said: str
) -> None:
    with pytest.raises(NotSuchAValueError, match=said):
        require_sayable(field, text)


def test_a_field_may_always_be_left_blank() -> None:
    for field in (*HeadField, *RowField):
        require_sayable(field, None)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        st.decimals(0, 1, places=4),
        min_size=1,
        max_size=12,
    )
)
def test_a_plan_written_in_one_line_reads_back(plan: dict[date, Decimal]) -> None:
    points = tuple(PlanPoint(on, share) for on, share in sorted(plan.items()))
    assert read_plan_text(plan_text(points), 2025) == points
