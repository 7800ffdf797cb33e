"""The review as the rest of the service asks for it: of a file, or of what is on record."""

from __future__ import annotations

from pathlib import Path

from domain.declaration import Declaration
from domain.review.finding import Field, Part, Severity, Spot
from domain.review.terms import ReviewTerms
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
