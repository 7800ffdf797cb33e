"""The review as the rest of the service asks for it: of a file, or of what is on record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from domain.declaration import Declaration
from domain.review.finding import Field, Part, Severity, Spot
from domain.review.terms import ReviewTerms
from services.intake.forms.declaration import Finding as Found
from services.intake.forms.declaration import Severity as Grave
from services.intake.forms.reader_findings import UNLISTED
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import to_domain
from services.reviewing import review_declarations, review_reading

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"


def declarations() -> list[Declaration]:
    return [to_domain(one, region="130730000") for one in read_file(FORM).declarations]


def test_a_file_is_reviewed_with_the_places_of_what_is_wrong() -> None:
    reviewed = review_reading(read_file(FORM))
    (cut,) = [one for one in reviewed.findings if one.check == "value.cut_off"]
    assert (cut.severity, cut.where, cut.spot) == (
        Severity.ERROR,
        "L171",
        Spot(Part.PROJECT, 1, 1),
    )
    assert cut in reviewed.errors
    assert cut in reviewed.of_project(1)
    assert cut not in reviewed.of_project(0)


def test_what_is_on_record_is_reviewed_like_the_form_it_came_from() -> None:
    """A plan that is none is not recorded; all else is found again."""
    of_file = review_reading(read_file(FORM))
    of_record = review_declarations(declarations())
    for number in range(3):
        errors = [
            one
            for one in of_file.of_project(number)
            if one in of_file.errors and one.field is not Field.PLAN
        ]
        recorded = [one for one in of_record.of_project(number) if one in of_record.errors]
        assert [(one.check, one.spot) for one in errors] == [
            (one.check, one.spot) for one in recorded
        ]


def test_nothing_is_found_about_what_is_only_compared_with() -> None:
    first, *others = declarations()
    reviewed = review_declarations([first], on_record=others)
    assert {one.spot.sheet for one in reviewed.findings} <= {0}
    assert reviewed.findings == reviewed.of_project(0)


def test_a_check_can_be_switched_off() -> None:
    terms = ReviewTerms(switched_off=("value.cut_off",))
    reviewed = review_reading(read_file(FORM), terms=terms)
    assert "value.cut_off" not in {one.check for one in reviewed.findings}


def test_what_the_reader_and_the_review_both_find_is_told_once() -> None:
    reviewed = review_reading(read_file(FORM))
    at = [(one.check, one.where) for one in reviewed.all_findings if one.where == "L171"]
    assert at == [("value.cut_off", "L171")]
    read = {rule.rule for one in read_file(FORM).declarations for rule in one.findings}
    told = {one.check for one in reviewed.of_reader}
    assert "indicator.value_broken" in read - told


def test_an_amount_that_cannot_be_read_is_not_told_as_missing() -> None:
    text = FORM.read_text("utf-8").replace("30000", "三万")
    reviewed = review_reading(read_file(text.encode(), "改.txt"))
    unreadable = [one for one in reviewed.of_reader if one.check == "budget.unreadable"]
    assert {one.spot.sheet for one in unreadable} == {2}
    assert "money.missing" not in [one.check for one in reviewed.of_project(2)]


def test_what_is_wrong_with_the_file_comes_first_and_counts_as_an_error(tmp_path: Path) -> None:
    reviewed = review_reading(read_file(tmp_path / "无此文件.txt"))
    (finding,) = reviewed.all_findings
    assert (finding.check, finding.spot.part) == ("file.not_found", Part.FILE)
    assert reviewed.errors == (finding,)


def test_a_rule_of_the_reader_that_is_not_listed_is_told_all_the_same() -> None:
    reading = replace(read_file(FORM), errors=(Found("file.odd", Grave.NOTE, None, "奇怪。"),))
    first = review_reading(reading).all_findings[0]
    assert (first.check, first.message, first.message_en) == ("file.odd", "奇怪。", UNLISTED.en)
