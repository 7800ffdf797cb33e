"""What a declaration has to say for each place of a form: its own printed texts, and its money.

The printed text of a value always stands as it was declared; beside it a form may say its sign
and unit in columns of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.indicator import Indicator, Kind
from domain.money import YUAN_IN, ZERO
from domain.plan import Checkpoint, month_end
from domain.target_value import read_value
from services.sheets.declaration_form.template import MONEY, MOST_CHECKPOINTS, PLAN, Field, Item

DEFAULT_UNIT = "万元"
QUALITATIVE = "定性"
HEBEI_DAYS = ((3, 31), (6, 30), (10, 31), (12, 31))
"""The days that a form asks for where no plan is declared."""

_SOURCES = {
    Item.CURRENT_YEAR: FundSource.CURRENT_YEAR,
    Item.CARRY_OVER: FundSource.CARRY_OVER,
    Item.OTHER: FundSource.OTHER,
}


@dataclass(frozen=True, slots=True)
class Share:
    """A day of the plan as printed, with its share (0-1); None where none is declared."""

    day: str
    share: Decimal | None


def amount_by_source(lines: Iterable[FundLine]) -> dict[FundSource, Decimal]:
    """Add up the lines of each source, in yuan; sources without a line are left out."""
    sums: dict[FundSource, Decimal] = {}
    for line in lines:
        sums[line.source] = sums.get(line.source, ZERO) + line.amount
    return sums


@dataclass(frozen=True, slots=True)
class Filled:
    """A declaration as a form asks for it."""

    declared: Declaration

    @property
    def money_unit(self) -> str:
        """The unit the amounts are printed in: the declaration's own, if it is one."""
        unit = self.declared.money_unit
        return unit if unit in YUAN_IN else DEFAULT_UNIT

    def text(self, item: Item) -> str | None:
        """The text of a place; amounts and the plan have none."""
        text: str | None = getattr(self.declared, item.value)
        return text

    def amount(self, item: Item) -> Decimal | None:
        """An amount in the form's unit; None where the year's own money has no line."""
        sums = amount_by_source(self.declared.fund_lines)
        if item is Item.TOTAL:
            found = sum(sums.values(), ZERO)
        elif item is Item.CURRENT_YEAR and FundSource.CURRENT_YEAR not in sums:
            return None
        else:
            found = sums.get(_SOURCES[item], ZERO)
        return found / YUAN_IN[self.money_unit]

    def plan(self) -> tuple[Share, ...]:
        """The days of the plan; where none is declared, those a form asks for, without shares."""
        declared = self.declared.plan.checkpoints if self.declared.plan else ()
        if is_printable(declared, self.declared.fiscal_year):
            return tuple(Share(_day(point.on), point.share) for point in declared)
        year = self.declared.fiscal_year
        return tuple(Share(_day(date(year, *day)), None) for day in HEBEI_DAYS)

    @property
    def has_plan(self) -> bool:
        """Whether a plan is printed."""
        return any(share.share is not None for share in self.plan())

    def says(self, item: Item) -> bool:
        """Whether the declaration has anything for a place."""
        if item in PLAN:
            return self.has_plan
        return bool(self.amount(item) if item in MONEY else self.text(item))


def is_printable(points: tuple[Checkpoint, ...], year: int) -> bool:
    """Say whether a form has room for these days: some, not too many, all of the year."""
    few = 0 < len(points) <= MOST_CHECKPOINTS
    return few and all(point.on.year == year for point in points)


def _day(on: date) -> str:
    return f"{on.month}月底" if on == month_end(on) else f"{on.month}月{on.day}日"


def cell_text(row: Indicator, field: Field, year: int, *, only_needed: bool) -> str | None:
    """The text of an indicator's cell; a weight has none.

    ``only_needed``: sign and unit only where the value's own text does not say them.
    """
    if field is Field.VALUE:
        return row.value.text
    if field is Field.SIGN:
        return _sign(row, only_needed=only_needed)
    if field is Field.UNIT:
        return _unit(row, year, only_needed=only_needed)
    text: str | None = getattr(row, field.value)
    return text


def _sign(row: Indicator, *, only_needed: bool) -> str | None:
    said = read_value(row.value.text).comparator
    if only_needed and said is row.value.comparator:
        return None
    if row.value.comparator is not None:
        return row.value.comparator.value
    return None if only_needed or row.kind is not Kind.QUALITATIVE else QUALITATIVE


def _unit(row: Indicator, year: int, *, only_needed: bool) -> str | None:
    """The unit; one that only the name suggests (a rate printed bare) is not added.

    Of 万份 beside the value 2万 the column prints 份: a reader puts both together.
    """
    said = read_value(row.value.text, name=row.name, year=year).unit
    printed = read_value(row.value.text, year=year).unit
    if said == row.value.unit:
        return None if only_needed else printed
    return row.value.unit and row.value.unit.removeprefix(printed or "")
