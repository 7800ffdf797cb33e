"""Who explains which lag in the sample year, and what they say; others owe it still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.alert import Cause, Explanation, Rule
from ops.demo import stories
from ops.demo.story import YEAR, Story


@dataclass(frozen=True, slots=True)
class Told:
    """Who explains which lag, from which month's evaluation on."""

    story: Story
    rule: Rule
    month: int
    explanation: Explanation
    indicator: str | None = None


TOLD = (
    Told(
        stories.STALLED,
        Rule.MONEY_BEHIND_PLAN,
        7,
        Explanation(
            Cause.INSTITUTIONAL,
            "救助清算办法调整，五月起暂缓拨付，待新办法印发后集中清算。",
            "政策调整",
            date(YEAR, 11, 30),
            "全年约支出150万元",
        ),
    ),
    Told(
        stories.STALLED,
        Rule.INDICATOR_BEHIND,
        9,
        Explanation(Cause.INSTITUTIONAL, "清算暂缓，救助申请未能及时办结。", "政策调整"),
        "救助困难群众人次",
    ),
    Told(
        stories.STALLED,
        Rule.INDICATOR_BEHIND,
        9,
        Explanation(Cause.INSTITUTIONAL, "清算暂缓，发放相应推迟。", "政策调整"),
        "救助资金发放及时率",
    ),
    Told(
        stories.LUMPS,
        Rule.INDICATOR_BEHIND,
        7,
        Explanation(Cause.OTHER, "集中参保期未到，正在逐户动员。", forecast="全年约21.2万人"),
        "居民参保人数",
    ),
    Told(
        stories.LAGGING,
        Rule.INDICATOR_BEHIND,
        7,
        Explanation(Cause.OTHER, "偏远村演出安排在秋收以后。", forecast="全年约97%"),
        "受益行政村比例",
    ),
    Told(
        stories.OVERSPENT,
        Rule.INDICATOR_BEHIND,
        10,
        Explanation(Cause.FUNDING, "隐蔽病害增加工程量，成本超出预算。", "前期手续"),
        "修缮总成本",
    ),
    Told(
        stories.RECOVERED,
        Rule.INDICATOR_BEHIND,
        7,
        Explanation(Cause.OTHER, "夏收机收率低于预期，秋收机具已到位。"),
        "主要农作物机收率",
    ),
    Told(
        stories.LAGGING,
        Rule.MONEY_BEHIND_PLAN,
        3,
        Explanation(
            Cause.OTHER,
            "春季演出少，演出任务集中在下半年，按场次结算。",
            "前期手续",
            date(YEAR, 9, 30),
            "全年支出100万元",
        ),
    ),
    Told(
        stories.LAGGING,
        Rule.INDICATOR_BEHIND,
        6,
        Explanation(Cause.STAFFING, "剧团上半年排练新戏，七月起每周演出五场。", "人员变动"),
        "送戏下乡场次",
    ),
    Told(
        stories.OVERSPENT,
        Rule.MONEY_OVER_BUDGET,
        11,
        Explanation(
            Cause.FUNDING,
            "修缮中发现隐蔽病害，增加工程量，追加手续正在办理。",
            "前期手续",
            date(YEAR, 12, 31),
        ),
    ),
)
