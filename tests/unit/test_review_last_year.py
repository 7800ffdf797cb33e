"""Last year's target and latest report of an indicator, beside this year's declaration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.indicator import Achievement, Comparator, TargetValue
from domain.review.last_year import last_year_of
from domain.review.subject import LastYear
from services.reviewing import review_declarations
from tests.declaring import declaration, visits

JUNE, DECEMBER = date(2024, 6, 30), date(2024, 12, 31)


def reported(on: date, number: str, unit: str | None = None, part: int = 0) -> Achievement:
    return Achievement(
        visits().indicator_id, on, number, number=Decimal(number), unit=unit, part=part
    )


def test_the_latest_report_of_each_indicator_counts() -> None:
    reports = [reported(DECEMBER, "12"), reported(JUNE, "5"), reported(DECEMBER, "9", part=1)]
    assert last_year_of(declaration(), reports) == {
        "救助人次": LastYear(Decimal(10), Decimal(12), "万人次", None)
    }


def test_an_indicator_without_a_report_keeps_its_target_and_two_values_are_left_out() -> None:
    apart = replace(visits(name="报销人数"), parts=(visits().value, visits().value))
    before = declaration(indicators=(visits(), visits(), apart))
    assert last_year_of(before, []) == {"救助人次": LastYear(Decimal(10), None, "万人次", None)}


def test_a_target_below_what_was_reached_in_another_unit_is_a_note() -> None:
    before = last_year_of(declaration(), [reported(DECEMBER, "123456", "人次")])
    found = review_declarations([declaration()], last_year=[before]).findings
    (note,) = [one for one in found if one.check.startswith("history.")]
    assert (note.check, note.fix[0].new) == ("history.below_achieved", "≥12.3456万人次")
    easier = replace(
        visits(), value=TargetValue("≥8万人次", Comparator.AT_LEAST, Decimal(8), "万人次")
    )
    found = review_declarations(
        [declaration(indicators=(easier,))], last_year=[last_year_of(declaration(), [])]
    ).findings
    assert "history.below_last_target" in {one.check for one in found}


def test_more_declarations_than_years_before_are_reviewed_all_the_same() -> None:
    reviewed = review_declarations([declaration(), declaration("P2")], last_year=[{}])
    assert len(reviewed.filing.projects) == 2
