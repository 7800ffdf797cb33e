"""What a check is: an id that speaks, a severity, why it matters, an example, and its test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.review.finding import Change, Field, Severity, Spot
from domain.review.subject import Filing, ReviewedDepartment, ReviewedProject, Row, Sheet
from domain.review.terms import ReviewTerms


class Scope(StrEnum):
    """What a check looks at."""

    ROW = "indicator"
    SHEET = "sheet"
    PROJECT = "project"
    DEPARTMENT = "department"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class About:
    """What people read about a check: its title in both languages, why, and an example.

    ``numbers`` are those of the two catalogues it comes from: D1-D30 of the domain paper
    (§3.2, L01-L30), N1-N30 of the neighbours' (N6, L01-L30).
    """

    title: str
    title_en: str
    why: str
    example: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a test answers: the finding in both languages, before it has its place.

    ``row`` points at a row, ``also`` at further ones of the same sheet.
    """

    message: str
    message_en: str
    field: Field | None = None
    fix: tuple[Change, ...] = ()
    row: int | None = None
    also: tuple[int, ...] = ()


Remarks = Iterable[Remark]
RowTest = Callable[[Row, ReviewTerms], Remarks]
SheetTest = Callable[[Sheet, ReviewTerms], Remarks]
ProjectTest = Callable[[ReviewedProject, ReviewTerms], Remarks]
DepartmentTest = Callable[[ReviewedDepartment, ReviewTerms], Remarks]
Placed = Iterable[tuple[Spot, Remark]]
"""Remarks with the sheets they are about, from a test of a whole filing."""
FilingTest = Callable[[Filing, ReviewTerms], Placed]


@dataclass(frozen=True, slots=True)
class Tests:
    """The test of a check, under what it looks at; the others are None."""

    on_row: RowTest | None = None
    on_sheet: SheetTest | None = None
    on_project: ProjectTest | None = None
    on_department: DepartmentTest | None = None
    on_filing: FilingTest | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check; ``id`` is part of the interface and never changes."""

    id: str
    severity: Severity
    scope: Scope
    about: About
    tests: Tests


def on_row(check_id: str, severity: Severity, about: About) -> Callable[[RowTest], Check]:
    """Make a check of a test on every row of an annual block, a department's own included."""
    return lambda test: Check(check_id, severity, Scope.ROW, about, Tests(on_row=test))


def on_sheet(check_id: str, severity: Severity, about: About) -> Callable[[SheetTest], Check]:
    """Make a check of a test on every project and department."""
    return lambda test: Check(check_id, severity, Scope.SHEET, about, Tests(on_sheet=test))


def on_project(check_id: str, severity: Severity, about: About) -> Callable[[ProjectTest], Check]:
    """Make a check of a test on every project."""
    return lambda test: Check(check_id, severity, Scope.PROJECT, about, Tests(on_project=test))


def on_department(
    check_id: str, severity: Severity, about: About
) -> Callable[[DepartmentTest], Check]:
    """Make a check of a test on every department."""
    return lambda test: Check(
        check_id, severity, Scope.DEPARTMENT, about, Tests(on_department=test)
    )


def on_filing(check_id: str, severity: Severity, about: About) -> Callable[[FilingTest], Check]:
    """Make a check of a test on all sheets of a filing together."""
    return lambda test: Check(check_id, severity, Scope.FILING, about, Tests(on_filing=test))
