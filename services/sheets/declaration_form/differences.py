"""A declaration beside what was read back from its form: every difference, and why it is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from domain.correction import Correction
from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.indicator import Indicator, Milestone, TargetValue
from domain.money import ZERO
from domain.plan import SpendingPlan, Window
from services.intake.forms.indicators import is_unfilled
from services.intake.forms.labels import vocabulary
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Cell, Row
from services.intake.readers.printed import printed
from services.sheets.declaration_form.carried import (
    FIELDS,
    INVISIBLE,
    LABEL,
    LEVEL_GOES_ON,
    NO_ROOM,
    NO_ROW,
)
from services.sheets.declaration_form.filled import amount_by_source, is_printable
from services.sheets.declaration_form.paper import SHARE_PLACES

_LEVELS = frozenset({"indicators.indicator_class", "indicators.category"})
_OF_LINE = ("line_no", "arrived_on", "level", "fund_nature", "year_of_origin", "document_no")
_COMPARED_APART = frozenset({"fund_lines", "indicators", "plan"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that came back otherwise; ``why`` a form cannot carry it, None where it should.

    ``place`` names it for a person: 第3项指标“巡查次数”的权重.
    """

    field: str
    place: str
    declared: str
    read: str
    why: str | None


def differences(declared: Declaration, read: Declaration) -> tuple[Difference, ...]:
    """Compare a declaration with what was read back from its form, field by field."""
    found = (*_head(declared, read), *_plan(declared, read), *_funds(declared, read))
    return (*found, *indicator_differences(declared.indicators, read.indicators))


def _head(declared: Declaration, read: Declaration) -> Iterator[Difference]:
    for field in FIELDS:
        if "." not in field and field not in _COMPARED_APART:
            pair = getattr(declared, field), getattr(read, field)
            yield from compared(field, FIELDS[field].name, *pair)


def _plan(declared: Declaration, read: Declaration) -> Iterator[Difference]:
    if declared.plan != read.plan:
        why = None if _fits(declared.plan, declared.fiscal_year) else NO_ROOM
        yield _difference("plan", FIELDS["plan"].name, declared.plan, read.plan, why)


def _fits(plan: SpendingPlan | None, year: int) -> bool:
    """Whether a form has room for a plan: for its days, and for every decimal of its shares."""
    if plan is None:
        return True
    shares = [point.share * 100 for point in plan.checkpoints]
    exact = all(share == round(share, SHARE_PLACES) for share in shares)
    return exact and is_printable(plan.checkpoints, year)


def _funds(declared: Declaration, read: Declaration) -> Iterator[Difference]:
    """Compare amounts by source, and where these agree the lines they are made of."""
    ours, theirs = amount_by_source(declared.fund_lines), amount_by_source(read.fund_lines)
    for source in FundSource:
        before, after = ours.get(source, ZERO), theirs.get(source, ZERO)
        if before != after:
            moved = sum(ours.values()) == sum(theirs.values())
            field = "fund_lines.source" if moved else "fund_lines.amount"
            yield _difference(field, source.value, before, after, FIELDS[field].why_not)
    if len(declared.fund_lines) != len(read.fund_lines):
        counts = len(declared.fund_lines), len(read.fund_lines)
        name, why = FIELDS["fund_lines"].name, FIELDS["fund_lines"].why_not
        yield _difference("fund_lines", name, *counts, why)
        return
    for line, other in zip(declared.fund_lines, read.fund_lines, strict=True):
        yield from _line(line, other)


def _line(line: FundLine, read: FundLine) -> Iterator[Difference]:
    for attribute in (*_OF_LINE, "original"):
        field = f"fund_lines.{attribute}"
        place = f"{line.source.value}的{FIELDS[field].name}"
        yield from compared(field, place, getattr(line, attribute), getattr(read, attribute))


def indicator_differences(
    declared: tuple[Indicator, ...], read: tuple[Indicator, ...]
) -> Iterator[Difference]:
    """Compare rows of indicators in their order."""
    said = [row for row in declared if not is_unfilled(row.name, row.value.text)]
    if len(said) != len(declared):
        name = FIELDS["indicators"].name
        yield _difference("indicators", name, len(declared), len(said), NO_ROW)
    for number, (row, other) in enumerate(zip_longest(said, read), start=1):
        front = f"第{number}项指标"
        if row is None or other is None:
            name = f"{front}“{(row or other).name}”"
            yield _difference("indicators", name, row and name, other and name, None)
        else:
            yield from _indicator(f"{front}“{row.name or row.value.text}”", row, other)


def _indicator(place: str, row: Indicator, read: Indicator) -> Iterator[Difference]:
    for field in FIELDS:
        _, _, attribute = field.partition("indicators.")
        if not attribute:
            continue
        pair = (_attribute(row, attribute), _attribute(read, attribute))
        yield from compared(field, f"{place}的{FIELDS[field].name}", *pair)


def _attribute(row: Indicator, path: str) -> object:
    found: object = row
    for name in path.split("."):
        found = getattr(found, name)
    return found


def compared(field: str, place: str, declared: object, read: object) -> Iterator[Difference]:
    """Compare two values; a blank text and none are the same."""
    if declared != read and not (_is_blank(declared) and _is_blank(read)):
        yield _difference(field, place, declared, read, _why(field, declared, read))


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _why(field: str, declared: object, read: object) -> str | None:
    if isinstance(declared, str) and printed(declared) == (read or ""):
        return INVISIBLE
    if field in _LEVELS and not declared:
        return LEVEL_GOES_ON
    if isinstance(declared, str) and _is_label(declared):
        return LABEL
    return FIELDS[field].why_not if field in FIELDS else None


def _is_label(text: str) -> bool:
    """Whether a text is one that a form is headed with, so that a reader takes it for that."""
    return bool(tokens(Row((Cell(text, "", 0),)), vocabulary()))


def _difference(
    field: str, place: str, declared: object, read: object, why: str | None
) -> Difference:
    return Difference(field, place, shown(declared), shown(read), why)


def shown(value: object) -> str:
    """Show a value of the domain to a person."""
    if _is_blank(value) or value == ():
        return "空"
    for kind, text in _SHOWN:
        if isinstance(value, kind):
            return text(value)
    return str(value)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _points(plan: SpendingPlan) -> str:
    return "、".join(f"{p.on.isoformat()} {_number(p.share * 100)}%" for p in plan.checkpoints)


_SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (SpendingPlan, _points),
    (Window, lambda window: f"{window.start.isoformat()}至{window.end.isoformat()}"),
    (TargetValue, lambda target: target.text),
    (Correction, lambda one: f"{one.printed or '空'}→{one.corrected or '空'}"),
    (Milestone, lambda point: f"{point.on.isoformat()} {_number(point.number)}"),
    (Decimal, _number),
    (bool, lambda answer: "是" if answer else "否"),
    (tuple, lambda several: "、".join(map(shown, several))),
)
