"""What was reached at the year's end (实际完成值), as scoring needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.indicator import Achievement, Grade, TargetValue
from domain.target_value import read_value
from domain.units import converted

_LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8)}


@dataclass(frozen=True, slots=True)
class Actual:
    """A reported value, read; the printed text stays beside it.

    ``number`` and ``unit`` as printed, ``done_on`` the day something was done, ``grade`` the
    grade a qualitative row was given; None where the report does not say.
    """

    text: str
    number: Decimal | None = None
    unit: str | None = None
    done_on: date | None = None
    grade: Grade | None = None

    @classmethod
    def of(cls, achievement: Achievement) -> Actual:
        """Take the year's last report of a row, or of one part of it."""
        return cls(
            achievement.text,
            achievement.number,
            achievement.unit,
            achievement.done_on,
            achievement.grade,
        )

    @classmethod
    def read(cls, text: str, *, name: str = "", year: int | None = None) -> Actual:
        """Read a printed value; ``year`` dates a day printed without one."""
        value = read_value(text, name=name, year=year)
        return cls(value.text, value.number, value.unit, value.due_on, grade_in(text))

    def number_for(self, target: TargetValue) -> Decimal | None:
        """Give the number in the target's unit; None where the text states no number.

        A number beside a target without a unit is taken as it stands, 万 and 亿 multiplied out;
        5.2万 without more is in the target's own unit.

        Raises:
            UnitDoesNotConvertError: the units have nothing in common.
        """
        if self.number is None:
            return None
        large = _LARGE.get((self.unit or "")[:1])
        if large is None:
            return converted(self.number, self.unit, target.unit)
        if target.unit is None:
            return self.number * large
        if self.unit not in _LARGE:
            return converted(self.number, self.unit, target.unit)
        return converted(self.number * large, target.unit.lstrip("万亿"), target.unit)


def grade_in(text: str) -> Grade | None:
    """Find the grade a text begins with: 部分达成年度指标 is 部分达成."""
    return next((grade for grade in Grade if text.strip().startswith(grade)), None)
