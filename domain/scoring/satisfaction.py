"""Steps of satisfaction (满意度分档计分): an option of the policy, off by default (rules §8)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.scoring.policy import SatisfactionStep
from domain.scoring.quantity import Reported
from domain.scoring.result import NOTHING, RowScore, outcome_of, plain, points


def score_by_steps(
    reported: Reported, weight: Decimal, steps: Sequence[SatisfactionStep]
) -> RowScore:
    """Score a satisfaction in percent by the highest step it reaches; below all, nothing."""
    by_percent = sorted(steps, key=lambda step: step.percent, reverse=True)
    reached = next((step for step in by_percent if reported.number >= step.percent), None)
    if reached is None:
        lowest = plain(by_percent[-1].percent)
        working = f"满意度{reported.shown}，低于最低一档{lowest}%，得0分。"
        return RowScore(NOTHING, outcome_of(NOTHING, met=False), working)
    earned = points(weight * reached.share, weight)
    how = f"达到{plain(reached.percent)}%一档：{plain(weight)}×{plain(reached.share)}={earned}分"
    met = reached.share == 1
    return RowScore(earned, outcome_of(earned, met=met), f"满意度{reported.shown}，{how}。")
