"""Declared targets are reviewed before they are accepted (绩效目标审核)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from domain.declaration import Declaration
from domain.review.finding import Finding, Part, Severity
from domain.review.of_declaration import reviewed_project
from domain.review.review import in_order, review
from domain.review.subject import Filing, LastYear
from domain.review.terms import DEFAULT_TERMS, ReviewTerms
from services.intake.forms.declaration import FileReading
from services.intake.forms.reader_findings import joined, silenced
from services.intake.forms.reviewed import filing_of


@dataclass(frozen=True, slots=True)
class Review:
    """What was reviewed, and what was found, in the order of the form.

    ``of_reader`` is what was found while reading the file and is not said by the review.
    """

    filing: Filing
    findings: tuple[Finding, ...]
    of_reader: tuple[Finding, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The review's and the reader's, in the order of the form."""
        return in_order((*self.of_reader, *self.findings))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What blocks approval, or could not be read; it never blocks recording or monitoring."""
        return tuple(one for one in self.all_findings if one.severity is Severity.ERROR)

    def of_project(self, number: int) -> tuple[Finding, ...]:
        """What was found about the nth project handed in, counted from 0."""
        return tuple(
            one
            for one in self.findings
            if one.spot.part is Part.PROJECT and one.spot.sheet == number
        )


def review_declarations(
    declarations: Iterable[Declaration],
    *,
    on_record: Iterable[Declaration] = (),
    last_year: Sequence[Mapping[str, LastYear]] = (),
    terms: ReviewTerms = DEFAULT_TERMS,
) -> Review:
    """Review declarations as the record has them, or is about to have them.

    ``on_record`` are the other targets of that year and department: they are compared with,
    nothing is found about them. ``last_year`` says, for each declaration in its turn, what its
    indicators were the year before (``domain.review.last_year``).
    """
    pairs = zip_longest(declarations, last_year)
    return _review(
        Filing(
            tuple(reviewed_project(one, before) for one, before in pairs if one is not None),
            on_record=tuple(map(reviewed_project, on_record)),
        ),
        terms,
    )


def review_reading(
    reading: FileReading,
    *,
    on_record: Sequence[Declaration] = (),
    terms: ReviewTerms = DEFAULT_TERMS,
) -> Review:
    """Review all that a file declares, with the places where it stands in the file."""
    reviewed = _review(filing_of(reading, map(reviewed_project, on_record)), terms)
    of_reader = joined(reading, reviewed.findings)
    return replace(reviewed, findings=silenced(reviewed.findings, of_reader), of_reader=of_reader)


def _review(filing: Filing, terms: ReviewTerms) -> Review:
    return Review(filing, review(filing, terms))
