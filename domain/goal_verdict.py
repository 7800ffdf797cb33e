"""What a judged indicator says: light, figures, reason (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.indicator import ToConfirm
from domain.light import Light


class Remark(StrEnum):
    """What is flagged beside a light without changing it."""

    EXCEEDS_EQUAL = "超过“=”的指标值，按完成"
    EQUALS_STRICT = "恰等于指标值，未满足“大于”或“小于”"
    NEAR_CEILING = "已近上限"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A light with its figures; ``ratio`` is what colour and figure share, four decimals.

    ``missing`` is what lacks to what is expected (over it, for a ceiling), in the target's
    unit, or in days for a date; ``undetermined`` names what is missing for a light.
    """

    light: Light
    reason: str
    value: Decimal | None = None
    expected: Decimal | None = None
    ratio: Decimal | None = None
    missing: Decimal | None = None
    remarks: tuple[Remark, ...] = ()
    undetermined: str | None = None


def cannot_determine(missing: str) -> Verdict:
    """No light, because something is missing."""
    return Verdict(Light.NONE, f"无法判定（缺{missing}）", undetermined=missing)


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """Where one indicator stands.

    ``read_on`` is the date of the reading the light rests on, None when there is none.
    ``not_reported``: a round's deadline passed without a reading (未报); the light is the old
    one, or none. ``to_confirm`` is what a person must settle first (待核实). For a cell with two
    values ``parts`` holds the standing of each, and ``verdict`` is the worst of them.
    """

    indicator_id: UUID
    verdict: Verdict
    read_on: date | None = None
    not_reported: bool = False
    to_confirm: tuple[ToConfirm, ...] = ()
    parts: tuple[IndicatorStanding, ...] = ()

    @property
    def light(self) -> Light:
        """The colour."""
        return self.verdict.light

    @property
    def reason(self) -> str:
        """Why, in a short sentence that shows the arithmetic."""
        return self.verdict.reason
