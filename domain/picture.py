"""All that is known about one target at (`as_of`, `known_at`), and its two lights (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval import Stage
from domain.funds import FundLine
from domain.indicator import Achievement, Indicator
from domain.monitoring_round import MonitoringRound
from domain.plan import Shape, SpendingPlan, Window
from domain.target import Life


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest report of an indicator, or of one part of it.

    ``against`` is the indicator as it was in force on the reading's date, where a revision
    since has changed it: a reading is judged by the target of its own day (rules §5).
    """

    achievement: Achievement
    against: Indicator | None = None


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator as it is in force now, and its latest reading, one for each part."""

    indicator: Indicator
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetPicture:
    """What a target is judged by; nothing else is looked at.

    Amounts are yuan, summed by payment date up to the judged day, `min(as_of, complete_to)`.
    ``executed`` is over the fiscal lines (本年财政拨款, 上年结转), ``executed_other`` over 其他资金
    and None while nobody entered it. ``complete_to`` is the 支付数据截至日, None before any file.
    ``plan``, ``shape`` and ``window`` are those in force on the day; ``rounds`` are the rounds
    that concern the target, in any order. ``life`` counts from ``ended_on``. ``last_paid_on``
    is the day of its latest payment up to the judged day. ``stage`` says whether the target is
    approved: no light depends on it, and every place that shows one says it.
    """

    target_id: UUID
    project_name: str
    unit_name: str
    fiscal_year: int
    fund_lines: tuple[FundLine, ...]
    indicators: tuple[KnownIndicator, ...]
    executed: Decimal
    complete_to: date | None
    executed_other: Decimal | None = None
    project_code: str | None = None
    unit_code: str | None = None
    plan: SpendingPlan | None = None
    shape: Shape = Shape.EVEN
    window: Window | None = None
    rounds: tuple[MonitoringRound, ...] = ()
    life: Life = Life.NORMAL
    ended_on: date | None = None
    over_budget_confirmed: bool = False
    last_paid_on: date | None = None
    stage: Stage = Stage.DRAFT

    def judged_on(self, as_of: date) -> date | None:
        """The day money is judged at: never later than the payments are complete to."""
        return None if self.complete_to is None else min(as_of, self.complete_to)

    def has_ended(self, as_of: date) -> bool:
        """Whether the target's life is over: after it no light and no round (rules §5)."""
        return self.life is not Life.NORMAL and self.ended_on is not None and as_of >= self.ended_on
