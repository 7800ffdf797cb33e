"""Every check of the review finds what it must find, passes what it must pass, and mends it."""

from __future__ import annotations

import pytest

from domain.review.catalogue import CATALOGUE
from domain.review.finding import Finding
from domain.review.fixing import mended
from domain.review.review import review
from domain.review.subject import Filing
from tests.review import (
    costs,
    direction,
    head,
    money,
    plan,
    structure,
    texts,
    together,
    units,
    values,
    weights,
)
from tests.review.filings import Specimen

SPECIMENS: tuple[Specimen, ...] = (
    *head.SPECIMENS,
    *money.SPECIMENS,
    *costs.SPECIMENS,
    *plan.SPECIMENS,
    *texts.SPECIMENS,
    *structure.SPECIMENS,
    *weights.SPECIMENS,
    *values.SPECIMENS,
    *direction.SPECIMENS,
    *units.SPECIMENS,
    *together.SPECIMENS,
)
FOUND = [(one.check, filing) for one in SPECIMENS for filing in one.found]
PASSED = [(one.check, filing) for one in SPECIMENS for filing in one.passed]


def of_check(filing: Filing, check: str) -> list[Finding]:
    return [finding for finding in review(filing) if finding.check == check]


def test_every_check_has_specimens_of_both_kinds_once() -> None:
    assert sorted(one.check for one in SPECIMENS) == sorted(check.id for check in CATALOGUE)
    assert all(one.found and one.passed for one in SPECIMENS)


@pytest.mark.parametrize(("check", "filing"), FOUND)
def test_what_is_wrong_is_found(check: str, filing: Filing) -> None:
    assert of_check(filing, check)


@pytest.mark.parametrize(("check", "filing"), PASSED)
def test_what_is_right_passes(check: str, filing: Filing) -> None:
    assert of_check(filing, check) == []


@pytest.mark.parametrize("specimen", [one for one in SPECIMENS if one.fix], ids=lambda s: s.check)
def test_the_fix_is_the_one_a_reviewer_would_write(specimen: Specimen) -> None:
    found = of_check(specimen.found[0], specimen.check)[0]
    assert tuple((change.field, change.new) for change in found.fix) == specimen.fix


@pytest.mark.parametrize(("check", "filing"), FOUND)
def test_a_fix_makes_its_finding_go_away(check: str, filing: Filing) -> None:
    for finding in of_check(filing, check):
        if finding.fix:
            again = of_check(mended(filing, finding), check)
            assert finding.spot not in [one.spot for one in again]


def test_the_first_specimen_of_a_check_that_mends_has_its_fix_written_down() -> None:
    for specimen in SPECIMENS:
        mends = bool(of_check(specimen.found[0], specimen.check)[0].fix)
        assert mends is bool(specimen.fix), specimen.check
