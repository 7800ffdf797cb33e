"""What was found while reading a file, told beside the review's findings, and nothing twice."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from domain.review.finding import Finding, Part, Severity, Spot
from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    DepartmentGoals,
    FileReading,
)
from services.intake.forms.declaration import Finding as Read


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the reader: in English, why it matters, and which checks say the same.

    ``said_by``: where one of these found something at the place, the reader's finding is left
    out; ``overruled``: also where none did, for the review judges it by more. ``silences``: what
    these find on the sheet is a consequence, and left out.
    """

    en: str
    why: str
    said_by: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()
    overruled: bool = False

    def is_said(self, sheet: Spot, reviewed: Collection[tuple[str, Spot]]) -> bool:
        """Whether the review says it of a sheet, or is the one to say."""
        return self.overruled or any((check, sheet) in reviewed for check in self.said_by)


UNLISTED = Rule("Found while reading; see the Chinese message.", "读取时发现，请核对原件。")


@cache
def reader_rules() -> Mapping[str, Rule]:
    """Load the rules once."""
    said = tomllib.loads(
        resources.files("services.intake.forms").joinpath("rules.toml").read_text("utf-8")
    )
    return {
        rule: Rule(
            about["en"],
            about["why"],
            tuple(about.get("said_by", ())),
            tuple(about.get("silences", ())),
            about.get("overruled", False),
        )
        for rule, about in said.items()
    }


def rule_of(name: str) -> Rule:
    """Say what a rule is about; one that is not listed is told as such."""
    return reader_rules().get(name, UNLISTED)


def joined(reading: FileReading, reviewed: Sequence[Finding]) -> tuple[Finding, ...]:
    """The reader's findings that the review does not say, as findings of the review.

    Without ``fix`` and ``field``; what concerns the file as a whole stands on ``Part.FILE``.
    """
    said = {(one.check, _sheet(one.spot)) for one in reviewed}
    return tuple(
        finding
        for finding in _all(reading)
        if not rule_of(finding.check).is_said(_sheet(finding.spot), said)
    )


def silenced(reviewed: Iterable[Finding], read: Iterable[Finding]) -> tuple[Finding, ...]:
    """The review's findings without those that only follow from what could not be read."""
    quiet = {(check, _sheet(one.spot)) for one in read for check in rule_of(one.check).silences}
    return tuple(one for one in reviewed if (one.check, _sheet(one.spot)) not in quiet)


def _sheet(spot: Spot) -> Spot:
    return replace(spot, row=None)


def _all(reading: FileReading) -> Iterator[Finding]:
    for error in reading.errors:
        yield _finding(error, Spot(Part.FILE, 0), "", ())
    for number, part in enumerate(reading.department_goals):
        rows = tuple(row for goal in part.goals for row in goal.indicators)
        yield from _of(part, Spot(Part.DEPARTMENT, number), part.department or "", rows)
    for number, declared in enumerate(reading.declarations):
        spot = Spot(Part.PROJECT, number)
        yield from _of(declared, spot, declared.project_name or "", declared.indicators)


def _of(
    part: DepartmentGoals | Declaration, spot: Spot, name: str, rows: Sequence[DeclaredIndicator]
) -> Iterator[Finding]:
    for found in part.findings:
        yield _finding(found, spot, name, rows)


def _finding(found: Read, spot: Spot, name: str, rows: Sequence[DeclaredIndicator]) -> Finding:
    row = next((n for n, row in enumerate(rows) if row.where == found.where), None)
    return Finding(
        check=found.rule,
        severity=Severity(found.severity.value),
        spot=replace(spot, row=row),
        where=found.where,
        project=name,
        indicator=None if row is None else rows[row].name or rows[row].value_text,
        message=found.message,
        message_en=rule_of(found.rule).en,
    )
