"""Reviewing a filing: every check on every sheet, findings in the order of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.review.catalogue import CATALOGUE
from domain.review.check import Check, Remark
from domain.review.finding import Finding, Part, Spot
from domain.review.fixing import mended_row, mended_sheet
from domain.review.subject import Filing, ReviewedProject, Row, Sheet
from domain.review.terms import DEFAULT_TERMS, ReviewTerms

_ORDER = {check.id: number for number, check in enumerate(CATALOGUE)}
_PARTS = (Part.FILE, Part.DEPARTMENT, Part.PROJECT)


def review(filing: Filing, terms: ReviewTerms = DEFAULT_TERMS) -> tuple[Finding, ...]:
    """List what is wrong with a filing; never raises, finds nothing about ``on_record``.

    By sheet, departments first; in a sheet the whole first, then row by row.
    """
    checks = [check for check in CATALOGUE if check.id not in terms.switched_off]
    found = [
        finding
        for spot, sheet in filing.sheets()
        for check in checks
        for finding in _of_sheet(check, spot, sheet, terms)
    ]
    found += [one for check in checks for one in _of_filing(check, filing, terms)]
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings as the form does; at one place the reader's before the review's."""
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[int, int, int, int]:
    spot = finding.spot
    row = -1 if spot.row is None else spot.row
    return (_PARTS.index(spot.part), spot.sheet, row, _ORDER.get(finding.check, -1))


def _of_sheet(check: Check, spot: Spot, sheet: Sheet, terms: ReviewTerms) -> Iterator[Finding]:
    for remark in _remarks(check, sheet, terms):
        yield _finding(check, spot, sheet, _checked(check, sheet, remark, terms))


def _remarks(check: Check, sheet: Sheet, terms: ReviewTerms) -> Iterator[Remark]:
    tests = check.tests
    if tests.on_row:
        for number, reviewed in enumerate(sheet.rows):
            for remark in tests.on_row(Row(reviewed, number, sheet), terms):
                yield replace(remark, row=number)
    if tests.on_sheet:
        yield from tests.on_sheet(sheet, terms)
    if isinstance(sheet, ReviewedProject):
        yield from tests.on_project(sheet, terms) if tests.on_project else ()
    elif tests.on_department:
        yield from tests.on_department(sheet, terms)


def _of_filing(check: Check, filing: Filing, terms: ReviewTerms) -> Iterator[Finding]:
    if check.tests.on_filing:
        sheets = dict(filing.sheets())
        for spot, remark in check.tests.on_filing(filing, terms):
            yield _finding(check, spot, sheets[spot], remark)


def _checked(check: Check, sheet: Sheet, remark: Remark, terms: ReviewTerms) -> Remark:
    """Keep a fix only if the check has nothing to say once it is applied."""
    if not remark.fix:
        return remark
    if check.tests.on_row and remark.row is not None:
        row = mended_row(sheet.rows[remark.row], remark.fix, sheet.context)
        again = check.tests.on_row(Row(row, remark.row, sheet), terms)
    else:
        again = _remarks(check, mended_sheet(sheet, remark.fix), terms)
    return replace(remark, fix=()) if any(True for _ in again) else remark


def _finding(check: Check, spot: Spot, sheet: Sheet, remark: Remark) -> Finding:
    row = None if remark.row is None else sheet.rows[remark.row]
    return Finding(
        check.id,
        check.severity,
        replace(spot, row=remark.row),
        row.printed.where if row else sheet.where,
        sheet.name,
        row.said if row else None,
        remark.message,
        remark.message_en,
        remark.field,
        tuple(place for n in remark.also if (place := sheet.rows[n].printed.where)),
        remark.fix,
    )
