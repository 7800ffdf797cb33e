"""What the page looks at: a year, two clocks, a filter, and what is on record there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from dashboard.address import NO_UNIT, Address, printable
from dashboard.clocks import Clocks, clocks_of_year
from domain.money import ZERO
from domain.proposal import Candidate
from services.bootstrap import Services
from services.readmodel.moment import Moment
from services.readmodel.unclaimed import UnclaimedLines
from services.readmodel.unclaimed_rows import LineFilter, StandingSum, UnitUnclaimed

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Look:
    """One answer's worth; ``names`` are the targets' by id."""

    questions: UnclaimedLines
    address: Address
    clocks: Clocks
    moment: Moment
    units: tuple[UnitUnclaimed, ...]
    sums: tuple[StandingSum, ...]
    candidates: tuple[Candidate, ...]

    @property
    def may_act(self) -> bool:
        """What was known once is to be looked at, and nothing is done about it."""
        return self.address.known_at is None

    @property
    def names(self) -> Mapping[UUID, str]:
        """The names of targets."""
        return {one.target_id: one.project_name for one in self.candidates}

    @property
    def wanted(self) -> LineFilter:
        """Which lines the address asks for."""
        address = self.address
        unit = "" if address.unit == NO_UNIT else address.unit and printable(address.unit)
        return LineFilter(unit, address.month, address.least, address.most, address.words)

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for some lines only."""
        return self.wanted != LineFilter()

    @property
    def start(self) -> int:
        """Where the page of a list begins."""
        return (max(self.address.rows, 1) - 1) * ROWS_A_PAGE

    def standing(self, standing: str) -> Decimal:
        """What stands somewhere, in yuan."""
        return sum((one.amount for one in self.sums if one.standing == standing), ZERO)


def years_of(services: Services) -> list[int]:
    """Years with targets or payments, newest first."""
    read = services.read_model
    return sorted({*read.fiscal_years(), *read.unclaimed_lines.years()}, reverse=True)


def look_at(services: Services, address: Address, years: list[int]) -> Look:
    """Read what the page of an address shows, besides its list.

    Without a day in the address everything entered is there to be worked on.
    """
    year = address.year or years[0]
    clocks = clocks_of_year(services, address, year, years)
    moment = replace(clocks.moment, as_of=address.as_of or clocks.last_day)
    questions = services.read_model.unclaimed_lines
    return Look(
        questions,
        address,
        clocks,
        moment,
        tuple(questions.units(moment)),
        tuple(questions.sums(moment)),
        tuple(questions.candidates(year)),
    )
