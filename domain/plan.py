"""The spending plan (资金支出计划): cumulative shares at checkpoints (rules §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.errors import MonitoringError


class Shape(StrEnum):
    """How planned money moves between checkpoints."""

    EVEN = "even"
    LUMPS = "lumps"


class PlanNotCumulativeError(MonitoringError):
    """The shares of a plan fall, repeat a day, or do not end at 100 %."""

    code = "plan_not_cumulative"

    def __init__(self, points: object) -> None:
        super().__init__(f"资金支出计划须逐期累计、最后一期为100%，现为：{points}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """By the end of this day, this cumulative share (0-1) is to be spent."""

    on: date
    share: Decimal


@dataclass(frozen=True, slots=True)
class SpendingPlan:
    """Declared checkpoints of one fiscal year, in order; the last one reaches 1."""

    checkpoints: tuple[Checkpoint, ...]

    def __post_init__(self) -> None:
        rising = all(a.on < b.on and a.share <= b.share for a, b in pairwise(self.checkpoints))
        if not (self.checkpoints and rising and self.checkpoints[-1].share == 1):
            raise PlanNotCumulativeError([(str(c.on), str(c.share)) for c in self.checkpoints])
        if self.checkpoints[0].share < 0:
            raise PlanNotCumulativeError([(str(c.on), str(c.share)) for c in self.checkpoints])


@dataclass(frozen=True, slots=True)
class Window:
    """The days a project runs, both included."""

    start: date
    end: date
