"""The light of money (资金灯): executed against planned, at the judged day (rules §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.funds import FundLine
from domain.light import Light, worst
from domain.money import ZERO, percent_text, ratio, wan_text
from domain.planned import YearPlan, budget_on, original_budget
from domain.policy_terms import LowExecution, MoneyTerms
from domain.sentence import day_text, points_text, reached_text


class MoneyCause(StrEnum):
    """What a light of money rests on, besides the plan's ratio."""

    BEHIND_PLAN = "behind_plan"
    POINTS_BEHIND = "points_behind"
    LOW_EXECUTION = "low_execution"
    OVER_BUDGET = "over_budget"


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What the light of one target's money is judged by.

    ``lines`` are its fiscal lines, ``executed`` is summed over them, in yuan, up to
    ``judged_on``; None where no payments are on record to any day.
    """

    fiscal_year: int
    lines: tuple[FundLine, ...]
    plan: YearPlan
    executed: Decimal
    judged_on: date | None
    over_budget_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class MoneyStanding:
    """A light of money with all it rests on.

    Amounts in yuan, shares 0-1 rounded to four decimals, None where they would divide by
    nothing. ``gap`` is planned less executed, positive when behind. ``undetermined`` names what
    is missing. ``check_over_budget``: the desk has to look for a supplement not entered.
    """

    fiscal_year: int
    light: Light = Light.NONE
    reason: str = ""
    judged_on: date | None = None
    executed: Decimal = ZERO
    budget: Decimal = ZERO
    original_budget: Decimal = ZERO
    planned: Decimal = ZERO
    default_plan: bool = False
    all_due: bool = False
    cause: MoneyCause | None = None
    undetermined: str | None = None
    check_over_budget: bool = False

    @property
    def gap(self) -> Decimal:
        """What is missing to the plan; negative when ahead of it."""
        return self.planned - self.executed

    @property
    def ratio(self) -> Decimal | None:
        """Executed by planned: what the colour is taken from."""
        return ratio(self.executed, self.planned)

    @property
    def execution_rate(self) -> Decimal | None:
        """Executed by adjusted budget (执行率)."""
        return ratio(self.executed, self.budget)

    @property
    def original_execution_rate(self) -> Decimal | None:
        """Executed by the budget of the year's start."""
        return ratio(self.executed, self.original_budget)

    @property
    def planned_share(self) -> Decimal | None:
        """Planned by adjusted budget (计划进度)."""
        return ratio(self.planned, self.budget)

    @property
    def gap_share(self) -> Decimal | None:
        """The gap as a share of the budget: percentage points by 100."""
        return ratio(self.gap, self.budget)


def judge_money(facts: MoneyFacts, terms: MoneyTerms) -> MoneyStanding:
    """Judge one target's money, or say why it has no light."""
    if facts.judged_on is None:
        return undetermined(MoneyStanding(facts.fiscal_year), "支付数据截至日")
    seen = _seen(facts, facts.judged_on)
    if seen.executed > seen.budget and facts.over_budget_confirmed:
        return _over_budget(seen)
    first = min((line.arrived_on for line in facts.lines), default=None)
    if first is not None and facts.judged_on < first:
        return replace(seen, reason=f"资金{day_text(first)}下达，尚未下达")
    if first is None or seen.budget <= 0:
        return undetermined(seen, "全年预算数")
    early = _too_early(facts, facts.judged_on, first, terms)
    return replace(seen, reason=early) if early else judge_figures(seen, terms)


def _seen(facts: MoneyFacts, day: date) -> MoneyStanding:
    """The figures of the day, before any colour."""
    budget = budget_on(facts.lines, day)
    return MoneyStanding(
        facts.fiscal_year,
        judged_on=day,
        executed=facts.executed,
        budget=budget,
        original_budget=original_budget(facts.lines),
        planned=facts.plan.planned(facts.lines, day),
        default_plan=facts.plan.progress.default,
        all_due=day >= facts.plan.last_checkpoint_on(facts.lines),
        check_over_budget=facts.executed > budget and not facts.over_budget_confirmed,
    )


def undetermined(seen: MoneyStanding, missing: str) -> MoneyStanding:
    """No light, and what is missing for one."""
    return replace(seen, undetermined=missing, reason=f"无法判定（缺{missing}）")


def _over_budget(seen: MoneyStanding) -> MoneyStanding:
    over = wan_text(seen.executed - seen.budget)
    reason = f"{_spent(seen)}，超出全年预算{over}万元，已核实无漏录追加"
    return replace(seen, light=Light.RED, cause=MoneyCause.OVER_BUDGET, reason=reason)


def _too_early(facts: MoneyFacts, day: date, first: date, terms: MoneyTerms) -> str | None:
    """Say why it is too early for a light, or None."""
    starts = max(terms.first_judged.of(facts.fiscal_year), facts.plan.progress.first_checkpoint_on)
    if day < starts:
        return f"未到首次判定日（{day_text(starts)}）"
    if (day - first).days < terms.grace_days:
        return f"资金{day_text(first)}下达，未满{terms.grace_days}天"
    return None


def judge_figures(seen: MoneyStanding, terms: MoneyTerms) -> MoneyStanding:
    """Colour figures that can be judged: the plan's bands, what excuses, what a policy adds."""
    if seen.ratio is None:
        return replace(seen, reason=f"截至{_day(seen)}计划应支出0.00万元，未到应支出时间")
    light, cause = _by_plan(seen, seen.ratio, terms)
    light, note = _excused(light, seen, terms)
    for rule in terms.low_execution:
        if rule.light.rank < light.rank and _is_low(seen, rule):
            light, cause = rule.light, MoneyCause.LOW_EXECUTION
            since = day_text(rule.on.of(seen.fiscal_year))
            note = f"，{since}起执行率不得低于{percent_text(rule.share)}"
    behind = light in {Light.RED, Light.YELLOW}
    reason = f"{_spent(seen)}；{_against_plan(seen, seen.ratio)}{note}"
    return replace(seen, light=light, cause=cause if behind else None, reason=reason)


def _by_plan(seen: MoneyStanding, reached: Decimal, terms: MoneyTerms) -> tuple[Light, MoneyCause]:
    """Judge by the ratio, and by the points behind where the policy says so."""
    light = (terms.final_bands if seen.all_due else terms.bands).light(reached)
    rule = terms.points_behind
    if rule and rule.light.rank < light.rank and (seen.gap_share or ZERO) >= rule.share:
        return rule.light, MoneyCause.POINTS_BEHIND
    return light, MoneyCause.BEHIND_PLAN


def _excused(light: Light, seen: MoneyStanding, terms: MoneyTerms) -> tuple[Light, str]:
    """Let small gaps off, and say so."""
    points, yuan = terms.green_up_to_share, terms.green_up_to_yuan
    if (seen.gap_share or ZERO) <= points or seen.gap <= yuan:
        excused, limit = Light.GREEN, f"{points_text(points)}或{wan_text(yuan)}万元"
    elif seen.gap <= terms.yellow_up_to_yuan:
        excused, limit = Light.YELLOW, f"{wan_text(terms.yellow_up_to_yuan)}万元"
    else:
        return light, ""
    if light.rank >= excused.rank:
        return light, ""
    return excused, f"，差额不超过{limit}，按{excused.label}"


def _is_low(seen: MoneyStanding, rule: LowExecution) -> bool:
    due = seen.judged_on is not None and seen.judged_on >= rule.on.of(seen.fiscal_year)
    rate = seen.execution_rate
    return due and seen.budget >= rule.budget_from and rate is not None and rate < rule.share


def _day(seen: MoneyStanding) -> str:
    return day_text(seen.judged_on) if seen.judged_on else ""


def _spent(seen: MoneyStanding) -> str:
    spent = f"截至{_day(seen)}支出{wan_text(seen.executed)}万元"
    if seen.execution_rate is None:
        return spent
    budget, rate = wan_text(seen.budget), percent_text(seen.execution_rate)
    return f"{spent}，占全年预算{budget}万元的{rate}"


def _against_plan(seen: MoneyStanding, reached: Decimal) -> str:
    plan = "默认进度" if seen.default_plan else "资金支出计划"
    share, planned = percent_text(seen.planned_share or ZERO), wan_text(seen.planned)
    behind = ""
    if seen.gap > 0:
        behind = f"，差{wan_text(seen.gap)}万元、{points_text(seen.gap_share or ZERO)}"
    return f"按{plan}应达{share}（{planned}万元）{behind}，为计划进度的{reached_text(reached)}"


def judge_unit_money(
    fiscal_year: int, standings: Iterable[MoneyStanding], terms: MoneyTerms
) -> MoneyStanding:
    """Judge a unit's money by the sums over its targets; no light where none of them has one.

    It is judged at the earliest of their judged days, with the last bands when all is due;
    the policy's rules for single projects do not count for sums.
    """
    every = tuple(standings)
    counted = [one for one in every if one.judged_on is not None and one.budget > 0]
    shown = counted or every
    seen = MoneyStanding(
        fiscal_year,
        judged_on=min((one.judged_on for one in counted if one.judged_on), default=None),
        executed=sum((one.executed for one in counted), ZERO),
        budget=sum((one.budget for one in shown), ZERO),
        original_budget=sum((one.original_budget for one in shown), ZERO),
        planned=sum((one.planned for one in counted), ZERO),
        default_plan=any(one.default_plan for one in counted),
        all_due=all(one.all_due for one in counted),
        check_over_budget=any(one.check_over_budget for one in counted),
    )
    if not counted:
        return undetermined(seen, "可判定的项目")
    if worst(one.light for one in counted) is Light.NONE:
        return replace(seen, reason="所属项目均未到判定时间")
    return judge_figures(seen, replace(terms, low_execution=()))
