"""Which blocks of a table are the year's, and which are for the medium term."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.intake.forms.columns import Group
from services.intake.forms.declaration import Finding, Severity
from services.intake.forms.headings import Heading
from services.intake.forms.labels import Period

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")


@dataclass(frozen=True, slots=True)
class Terms:
    """The term of each block, and what is open about it."""

    periods: tuple[Period, ...]
    finding: Finding | None = None


def terms_of(heading: Heading, of_head: Sequence[Period], year: int | None) -> Terms:
    """Find the term of each block: its own heading's, else as the head has them side by side.

    Blocks that each begin with their own class are one list, cut in two to save paper.
    """
    groups = heading.groups
    if len(groups) == 1 or any(group.fixed_class for group in groups):
        said = groups[0].period or heading.period or Period.ANNUAL
        return Terms(tuple(group.period or said for group in groups))
    years = [_year_of(group) for group in groups]
    if len(set(years)) == len(years) and None not in years:
        return _by_year(heading, years, year)
    if any(group.period for group in groups):
        known = {group.period for group in groups}
        other = Period.MEDIUM if Period.ANNUAL in known else Period.ANNUAL
        return Terms(tuple(group.period or other for group in groups))
    if len(of_head) == len(groups):
        return Terms(tuple(of_head))
    if all("indicator_class" in group.own for group in groups):
        return Terms((Period.ANNUAL,) * len(groups))
    return _by_order(heading)


def _year_of(group: Group) -> int | None:
    label = group.columns.get("value") or group.columns.get("name")
    found = _YEAR.search(label.label.text) if label else None
    return int(found.group(1)) if found else None


def _by_year(heading: Heading, years: Sequence[int | None], year: int | None) -> Terms:
    """Take the block of the form's year; where the form has none, the first one's."""
    chosen = year if year in years else years[0]
    periods = tuple(Period.ANNUAL if of == chosen else Period.MEDIUM for of in years)
    if year in years:
        return Terms(periods)
    message = f"指标值分{len(years)}个年度列出而本表没有写明年度，取{chosen}年的一栏，请核对。"
    return Terms(periods, _finding(heading, message))


def _by_order(heading: Heading) -> Terms:
    """Take the last block for the year's, as the ministry's form has it."""
    periods = (*[Period.MEDIUM] * (len(heading.groups) - 1), Period.ANNUAL)
    message = "指标栏有两组而没有注明中期、年度，按通用格式取右边一组为年度，请核对。"
    return Terms(periods, _finding(heading, message))


def _finding(heading: Heading, message: str) -> Finding:
    where = heading.columns[0].label.where
    return Finding("form.terms_unsaid", Severity.WARNING, where, message)
