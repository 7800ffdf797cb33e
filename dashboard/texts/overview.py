"""Words and sentences of 监控总览."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.formats import month_day, points, share
from dashboard.texts.terms import (
    ALL_UNITS,
    CANNOT_DETERMINE,
    NO_PAYMENTS,
    OVERVIEW,
    PLANNED_SHARE,
    amount,
    fiscal_year,
)

MONEY_UNIT = "单位：万元"
NEVER_EVALUATED = "尚无评判"
MONEY_FIGURES = "预算执行"
OPEN_WORK = "预警和待办"
BUDGET_RESTS = "本年财政拨款＋上年结转，含追加追减"
RED_YELLOW = "红／黄"
OPEN_ALERTS = "未销号预警"
COUNT_OF_PROJECTS, COUNT_OF_INDICATORS, COUNT_OF_ALERTS = "个", "项", "条"
PROJECT_LIST = "项目清单"
FILTER_BY_LIGHT = "按预警灯筛选"
NO_MATCH, SHOW_ALL = "没有符合条件的项目。", "显示全部"
WORST_FIRST = "恢复从重到轻"
PAGES, ALL_ROWS = "翻页", "全部显示"
UNITS = "单位汇总"
GOALS_BY_TARGETS = "目标灯（项目数）"
NOT_REPORTED_ITEMS = "未报（项）"


def overview_title(year: int) -> str:
    """The overview's heading."""
    return f"{fiscal_year(year)}{OVERVIEW}"


def projects_rest(units: int, indicators: int) -> str:
    """What the number of projects consists of."""
    return f"{units}个单位，绩效指标{indicators}项"


def paid_until(judged_on: date | None) -> str:
    """Which payments count."""
    return NO_PAYMENTS if judged_on is None else f"按支付日累计到{month_day(judged_on)}"


def against_plan(planned: Decimal | None, gap_share: Decimal | None, gap: Decimal) -> str:
    """The rate of execution beside what was planned."""
    if planned is None or gap_share is None:
        return CANNOT_DETERMINE
    against, apart = f"{PLANNED_SHARE}{share(planned)}", points(abs(gap_share)).lstrip("+")
    if gap_share > 0:
        return f"{against}，低{apart}个百分点、差{amount(gap)}"
    return f"{against}，高{apart}个百分点"


def concerned(projects: int) -> str:
    """How many projects it is about."""
    return f"涉及{projects}个项目"


def unclaimed_rests(*, of_one_unit: bool) -> str:
    """Whose money it is, and that no project has it."""
    return f"{'本单位' if of_one_unit else ALL_UNITS}，未计入项目支出"


def total_of(projects: int) -> str:
    """The last row."""
    return f"合计 {projects}个项目"


def unclaimed_elsewhere(paid: Decimal) -> str:
    """Money that no unit of the list claims."""
    return f"另有{amount(paid)}支付未认领，且不属于以上任何单位。"
