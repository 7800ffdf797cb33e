"""Projects beside each other: copied indicators, one project twice, one indicator two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from domain.identity import normalised_name
from domain.indicator import Kind
from domain.review.categories import misplaced
from domain.review.check import About, Placed, Remark, on_filing
from domain.review.finding import Change, Field, Part, Severity, Spot
from domain.review.rewriting import changed
from domain.review.subject import Filing, ReviewedProject, ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import GENERIC
from domain.units import unit_named

_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,5}\[(?:19|20)[0-9]{2}\][0-9]{1,4}号")
"""The number of a paper, as a normalised name has it: 怀财字[2025]7号."""


_SHOWN = 3
"""Projects that a message names; it counts the others."""


def _all(filing: Filing) -> tuple[ReviewedProject, ...]:
    """The projects under review, then those they are compared with."""
    return (*filing.projects, *filing.on_record)


def _names(project: ReviewedProject) -> frozenset[str]:
    return frozenset(row.key for _, row in project.applying if row.key)


def _share(one: frozenset[str], other: frozenset[str]) -> Decimal:
    """What two sets share of all they hold together."""
    together = len(one | other)
    return Decimal(len(one & other)) / together if together else Decimal(0)


def _pairs(name: str) -> frozenset[str]:
    """The character pairs of a name without digits and signs: by them names are alike."""
    letters = [c for c in _DOCUMENT.sub("", normalised_name(name)) if c.isalpha()]
    return frozenset(a + b for a, b in pairwise(letters))


def _related(one: ReviewedProject, other: ReviewedProject, terms: ReviewTerms) -> bool:
    """Whether two projects are of one kind by their names, as this year's and last year's grant."""
    names = _pairs(one.name), _pairs(other.name)
    least = min(map(len, names))
    return least > 0 and Decimal(len(names[0] & names[1])) / least >= terms.related_names


@on_filing(
    "across.same_indicators",
    Severity.WARNING,
    About(
        "不同项目用同一套指标",
        "Unrelated projects have the same indicators",
        "代办员补助、业务费、运行经费都考核参保率，说明指标是照抄的，与各自的资金用途无关。",
        "3个项目的7项指标完全相同",
        ("D15", "N24"),
    ),
)
def same_indicators(filing: Filing, terms: ReviewTerms) -> Placed:
    """Find, for each project, earlier ones of another kind with nearly the same set of names."""
    projects = _all(filing)
    names = [_names(project) for project in projects]
    for number, project in enumerate(filing.projects):
        if len(names[number]) < terms.same_rows_least:
            continue
        alike = [
            other
            for at, other in enumerate(projects)
            if (at < number or at >= len(filing.projects))
            and _share(names[at], names[number]) >= terms.same_rows_share
            and not _related(other, project, terms)
        ]
        if alike:
            shown = "、".join(f"“{other.title}”" for other in alike[:_SHOWN])
            if len(alike) > _SHOWN:
                shown += f"等{len(alike)}个项目"
            yield (
                Spot(Part.PROJECT, number),
                Remark(
                    f"绩效指标与{shown}基本相同，请按本项目的资金用途设定指标。",
                    f"The indicators are those of {shown}; set them by what this money is for.",
                    Field.NAME,
                ),
            )


@on_filing(
    "across.duplicate_project",
    Severity.ERROR,
    About(
        "同一项目重复申报",
        "One project is declared twice",
        "一个项目只能有一个绩效目标；重复的会使预算和支出各算两次。",
        "两张表的项目编码相同",
        ("D15", "N24"),
    ),
)
def duplicate_project(filing: Filing, _: ReviewTerms) -> Placed:
    """Find an earlier sheet of the same unit, year and code; without codes, of the same name."""
    seen: dict[tuple[object, ...], int] = {}
    for number, project in enumerate(filing.projects):
        key = _identity(project)
        if key is None:
            continue
        first = seen.setdefault(key, number)
        if first != number:
            yield (
                Spot(Part.PROJECT, number),
                Remark(
                    f"与第{first + 1}个项目“{filing.projects[first].title}”重复，请删去一份。",
                    f"The same as project {first + 1}, “{filing.projects[first].title}”.",
                    Field.HEAD,
                ),
            )


def _identity(project: ReviewedProject) -> tuple[object, ...] | None:
    unit = normalised_name(project.unit_name)
    if project.code:
        return (project.fiscal_year, unit, project.code)
    if project.name:
        return (project.fiscal_year, unit, None, normalised_name(project.name))
    return None


PlacedRow = tuple[Spot, ReviewedProject, ReviewedRow]
"""A row of a project in its place."""


def _rows(filing: Filing) -> Iterator[PlacedRow]:
    """All rows that apply and have a name of their own, those of the record behind.

    Rows of the record stand on sheets behind the last of the filing.
    """
    for number, project in enumerate(_all(filing)):
        for at, row in project.applying:
            if row.key and not GENERIC.fullmatch(row.key):
                yield Spot(Part.PROJECT, number, at), project, row


def _odd_ones(
    rows: Iterable[PlacedRow],
    alike: Callable[[PlacedRow], Hashable],
    said: Callable[[ReviewedRow], Hashable],
) -> Iterator[tuple[PlacedRow, PlacedRow]]:
    """Pair each row that says otherwise than most of its like with one of the most.

    The earlier saying wins a tie; two rows of one project are no pair.
    """
    groups: dict[Hashable, list[PlacedRow]] = {}
    for placed in rows:
        groups.setdefault(alike(placed), []).append(placed)
    for group in groups.values():
        sayings = Counter(said(row) for _, _, row in group)
        usual = max(sayings, key=lambda one: sayings[one])
        example = next(placed for placed in group if said(placed[2]) == usual)
        odd = (placed for placed in group if said(placed[2]) != usual)
        yield from ((placed, example) for placed in odd if placed[1] is not example[1])


@on_filing(
    "across.differing_targets",
    Severity.NOTE,
    About(
        "同一指标在不同项目目标不同",
        "One indicator has two targets",
        "同一单位的同一指标只有一个实际值；目标不同，同一个数在一处完成、另一处未完成。",
        "一个项目参保率≥80%，另一个≥95%",
        ("N25",),
    ),
)
def differing_targets(filing: Filing, _: ReviewTerms) -> Placed:
    """Find a level that is another than in most projects of the same unit."""
    levels = (
        placed
        for placed in _rows(filing)
        if placed[2].kind in {Kind.LEVEL, Kind.CEILING} and not placed[2].is_cost
    )
    for (spot, _project, row), (_spot, other, usual) in _odd_ones(levels, _one_value, _number):
        if spot.sheet < len(filing.projects):
            yield (
                Spot(spot.part, spot.sheet),
                Remark(
                    f"“{row.said}”的指标值“{row.aim}”与项目“{other.title}”的"
                    f"“{usual.aim}”不同，请统一。",
                    f"“{row.said}” is {row.aim} here, {usual.aim} in “{other.title}”.",
                    Field.VALUE,
                    row=spot.row,
                ),
            )


def _one_value(placed: PlacedRow) -> Hashable:
    """Rows alike in this have one actual value: of one unit's people, name and unit of measure."""
    _, project, row = placed
    return normalised_name(project.unit_name), row.key, unit_named(row.value.unit or "").base


def _number(row: ReviewedRow) -> Decimal:
    return (row.value.number or Decimal(0)) * unit_named(row.value.unit or "").factor


@on_filing(
    "across.differing_category",
    Severity.NOTE,
    About(
        "同一指标在不同项目类别不同",
        "One indicator stands under two categories",
        "类别决定分值和判断方法，同一指标应放在同一类别。",
        "社保费征缴率在一个项目是社会效益，在另一个是经济效益",
        ("D16", "N19"),
    ),
)
def differing_category(filing: Filing, _: ReviewTerms) -> Placed:
    """Find a name under another category than in most projects, where it is not plainly wrong."""
    placed = (one for one in _rows(filing) if one[2].printed.category and not misplaced(one[2]))
    for (spot, project, row), (_spot, other, usual) in _odd_ones(placed, _by_name, _category):
        if spot.sheet < len(filing.projects) and spot.row is not None:
            own, common = row.printed.category, usual.printed.category
            yield (
                Spot(spot.part, spot.sheet),
                Remark(
                    f"“{row.said}”在这里是{own}，在项目“{other.title}”等处是{common}，请统一。",
                    f"“{row.said}” stands under {own} here and under {common} in “{other.title}”.",
                    Field.CATEGORY,
                    _moved(Row(row, spot.row, project), usual),
                    row=spot.row,
                ),
            )


def _moved(row: Row, usual: ReviewedRow) -> tuple[Change, ...]:
    """Class and category of the usual place."""
    own, common = row.reviewed.printed, usual.printed
    return (
        *changed(row, Field.CATEGORY, own.category, common.category),
        *changed(row, Field.CLASS, own.indicator_class, common.indicator_class),
    )


def _by_name(placed: PlacedRow) -> Hashable:
    return placed[2].key


def _category(row: ReviewedRow) -> str:
    return normalised_name(row.printed.category).removesuffix("指标")


CHECKS = (duplicate_project, same_indicators, differing_targets, differing_category)
