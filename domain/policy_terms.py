"""Every figure a region may set for itself, with the rules' defaults (rules §2-§6).

Plain data: a policy event stores it whole, in force from a day, with who and why.
Money is yuan, shares are 0-1, days are calendar days unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.light import Light


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every fiscal year."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """The day in that year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Bands:
    """Below ``red`` it is red, below ``yellow`` yellow, else green."""

    red: Decimal
    yellow: Decimal

    def light(self, ratio: Decimal) -> Light:
        """The colour of a ratio; a boundary belongs to the milder side."""
        if ratio < self.red:
            return Light.RED
        return Light.YELLOW if ratio < self.yellow else Light.GREEN


@dataclass(frozen=True, slots=True)
class PointsBehind:
    """Executed share this far behind the planned share, or further: at least this light."""

    share: Decimal
    light: Light = Light.YELLOW


@dataclass(frozen=True, slots=True)
class LowExecution:
    """From a day on, budgets from ``budget_from`` executed below ``share``: at least this light.

    Taiyuan: 60 %, end of August, 2,000,000 yuan.
    """

    on: MonthDay
    share: Decimal
    budget_from: Decimal
    light: Light = Light.RED


@dataclass(frozen=True, slots=True)
class MoneyTerms:
    """How the light of money is judged (rules §4).

    ``green_up_to_share`` and the two amounts excuse small gaps: up to that share of the budget
    or that many yuan behind is green, up to the larger amount yellow at worst.
    """

    bands: Bands = Bands(Decimal("0.60"), Decimal("0.80"))
    final_bands: Bands = Bands(Decimal("0.80"), Decimal("0.90"))
    first_judged: MonthDay = MonthDay(3, 31)
    grace_days: int = 30
    green_up_to_share: Decimal = Decimal("0.05")
    green_up_to_yuan: Decimal = Decimal(10_000)
    yellow_up_to_yuan: Decimal = Decimal(50_000)
    points_behind: PointsBehind | None = None
    low_execution: tuple[LowExecution, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalTerms:
    """How indicators are judged (rules §4).

    Tolerances are percentage points for rates, else the same share of the target: 10 is 10 %.
    ``blue_from`` is a share of the whole-year target; blue shows only where it is switched on.
    """

    bands: Bands = Bands(Decimal("0.60"), Decimal("0.80"))
    final_yellow_from: Decimal = Decimal("0.90")
    level_tolerance: Decimal = Decimal(10)
    final_level_tolerance: Decimal = Decimal(5)
    ceiling_hint_from: Decimal = Decimal("0.90")
    date_warning_days: int = 30
    blue_on: bool = False
    blue_from: Decimal = Decimal("1.20")


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """What counts as executed (rules §2); an empty list of kinds or natures means all of them.

    ``insurance_fund_accounts``: an allocation voucher paid to one of these social-insurance
    fund accounts is executed on its day, to any other account it is 已拨未支.
    """

    executed_kinds: tuple[str, ...] = ()
    executed_natures: tuple[str, ...] = ()
    insurance_fund_accounts: tuple[str, ...] = ()
    stale_after_days: int = 10


@dataclass(frozen=True, slots=True)
class AlertTerms:
    """When a lag becomes an alert, and when an explanation is owed (rules §6).

    ``pending_days``: a lag is seen for so long before it fires. ``…_reply_days`` after the judged
    day an answer is asked for. Nothing leaves the bureau by
    itself unless a step is named in ``automated_steps``.
    """

    pending_days: int = 0
    explanation_after_yellow_working_days: int = 10
    money_reply_days: int = 5
    goal_reply_days: int = 11
    automated_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyTerms:
    """All terms of one region.

    ``settled_by``: until this day of the next year a fiscal year is judged day by day.
    """

    money: MoneyTerms = MoneyTerms()
    goals: GoalTerms = GoalTerms()
    payments: PaymentTerms = PaymentTerms()
    alerts: AlertTerms = AlertTerms()
    carry_over_even_to: MonthDay = MonthDay(9, 30)
    settled_by: MonthDay = MonthDay(4, 30)
    target_owed_within_days: int = 30
