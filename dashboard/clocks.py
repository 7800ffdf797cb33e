"""Which pair of clocks a page is read at: as the address says, else the sensible day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.address import Address
from services.bootstrap import Services
from services.clock import today
from services.readmodel.moment import Moment
from services.readmodel.readmodel import ReadModel, YearNotOnRecordError


@dataclass(frozen=True, slots=True)
class Clocks:
    """A moment, and what there is to choose from.

    ``complete_to`` is the 支付数据截至日 as known at the moment, ``evaluated_on`` the last day
    that was judged by then.
    """

    moment: Moment
    years: tuple[int, ...]
    complete_to: date | None
    evaluated_on: date | None

    @property
    def first_day(self) -> date:
        """The first day to choose."""
        return date(self.moment.fiscal_year, 1, 1)

    @property
    def last_day(self) -> date:
        """The last day to choose: a year is looked at until the next one is over (rules §7)."""
        return date(self.moment.fiscal_year + 1, 12, 31)

    @property
    def judged_on(self) -> date | None:
        """The day money is judged at."""
        return None if self.complete_to is None else min(self.moment.as_of, self.complete_to)


def clocks_for(services: Services, address: Address) -> Clocks | None:
    """The clocks of a page; None while no target is on record.

    Raises:
        YearNotOnRecordError: the address names a year without targets.
    """
    years = services.read_model.fiscal_years()
    if not years:
        return None
    if address.year is not None and address.year not in years:
        raise YearNotOnRecordError(address.year)
    return clocks_of_year(services, address, address.year or years[0], years)


def clocks_of_year(
    services: Services, address: Address, year: int, years: list[int] | None = None
) -> Clocks:
    """The clocks of one year.

    The day is the address's, else the last evaluated one, else the one payments are complete
    to, else today.
    """
    read_model = services.read_model
    known_at = read_model.position_at(address.known_at)
    complete_to = read_model.complete_to(Moment(year, date(year, 12, 31), known_at))
    evaluated_on = _last_evaluated(read_model, year, known_at)
    as_of = (
        address.as_of
        or evaluated_on
        or complete_to
        or min(today(services.clock), date(year, 12, 31))
    )
    moment = Moment(year, as_of, known_at)
    return Clocks(moment, tuple(years or (year,)), complete_to, evaluated_on)


def _last_evaluated(read_model: ReadModel, year: int, known_at: int) -> date | None:
    return next(
        (one.as_of for one in read_model.evaluations(year, known_at=known_at, limit=1)), None
    )
