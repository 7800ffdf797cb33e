"""The two clocks of a read: ``as_of`` and ``known_at`` (rules §1), and ``min_position``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Query, Response

from services.api.parts import ServicesNeeded
from services.api.problems import BadInputError
from services.clock import today
from services.readmodel.moment import Moment

POSITION_HEADER = "X-Log-Position"

KnownAt = datetime | date | int | None

_POSITION = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Clocks:
    """A pair of clocks as asked for, resolved; ``position`` is how far the tables have read."""

    as_of: date
    known_at: int
    position: int

    def of_year(self, fiscal_year: int) -> Moment:
        """The moment of a fiscal year."""
        return Moment(fiscal_year, self.as_of, self.known_at)


AsOf = Annotated[
    date | None,
    Query(description="业务日期，当日终了（数据截至）；缺省为今天", examples=["2025-06-30"]),
]
KnownAtText = Annotated[
    str | None,
    Query(
        description="当时已录：日期（当日终了）、带时区的RFC 3339时间或记录位置；缺省为现在",
        examples=["2025-07-05", "2025-07-05T12:00:00+08:00", "1234"],
        max_length=40,
    ),
]
MinPosition = Annotated[
    int | None, Query(ge=0, le=2**62, description="至少读到此记录位置；最多等2秒，否则503")
]


def clocks(
    services: ServicesNeeded,
    response: Response,
    as_of: AsOf = None,
    known_at: KnownAtText = None,
    min_position: MinPosition = None,
) -> Clocks:
    """Resolve the clocks of a request, and wait until the tables have read that far.

    Raises:
        NotReadYetError: they have not, in two seconds.
        BadInputError: ``known_at`` is no day, time or position.
    """
    read_model = services.read_model
    asked = read_known_at(known_at)
    known = None if asked is None else read_model.position_at(asked)
    read_model.wait_for(max(min_position or 0, known or 0))
    position = read_model.position()
    response.headers[POSITION_HEADER] = str(position)
    return Clocks(as_of or today(services.clock), position if known is None else known, position)


ClocksAsked = Annotated[Clocks, Depends(clocks)]


def read_known_at(text: str | None) -> KnownAt:
    """Read a day, a time with its offset, or a position.

    Raises:
        BadInputError: it is none of these.
    """
    if text is None:
        return None
    if _POSITION.fullmatch(text):
        return int(text)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        # An unescaped + of an offset arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadInputError.of_parameter(
            "known_at", "须为日期、带时区的时间（如 2025-07-05T12:00:00+08:00）或记录位置"
        )
    return moment
