"""What a project's indicators were the year before: aimed at, and reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from domain.declaration import Declaration
from domain.identity import normalised_name
from domain.indicator import Achievement, Indicator
from domain.review.subject import LastYear


def last_year_of(before: Declaration, reports: Iterable[Achievement]) -> dict[str, LastYear]:
    """Take last year's target and its latest report of each indicator, by the key of its row.

    Cells with two values are left out; a name that comes twice counts once, the first.
    """
    latest: dict[UUID, Achievement] = {}
    for report in sorted(reports, key=lambda one: one.reported_on):
        if report.part == 0 and report.number is not None:
            latest[report.indicator_id] = report
    found: dict[str, LastYear] = {}
    for indicator in before.indicators:
        if not indicator.parts:
            one = _of(indicator, latest.get(indicator.indicator_id))
            found.setdefault(normalised_name(indicator.name), one)
    return found


def _of(indicator: Indicator, report: Achievement | None) -> LastYear:
    target = LastYear(indicator.value.number, None, indicator.value.unit)
    if report is None:
        return target
    return replace(target, achieved=report.number, achieved_unit=report.unit)
