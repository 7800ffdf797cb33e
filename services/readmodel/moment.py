"""The pair of clocks that everything is read at (rules §1, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Moment:
    """A pair of clocks: the end of a business day, and a position of the log."""

    fiscal_year: int
    as_of: date
    known_at: int
