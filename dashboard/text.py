"""Every word on the screen, and how figures and days are written (cases, Words)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from domain.light import Light
from domain.money import CENT, TEN_THOUSAND, percent_text
from domain.sentence import reached_text
from services.clock import SHANGHAI

NOTHING = "—"
"""Stands where there is no figure."""

SERVICE = "预算绩效运行监控"
OVERVIEW = "监控总览"
TARGET_PAGE = "项目监控详情"
LOADING = "正在载入……"
DEMO = "演示数据（虚构）"
REAL = "正式数据"
NO_STORE = "尚无数据"
SKIP_LINK = "跳到正文"
PRINT = "打印"
NO_SCRIPT = "本页面需要启用 JavaScript。请在浏览器设置中允许后刷新。"
CALLBACK_FAILED = "页面处理出错，已记入日志。请刷新重试；若再次出现，请联系系统管理员。"

MONEY_LIGHT = "资金灯"
GOALS_LIGHT = "目标灯"
NOT_REPORTED = "未报"
TO_CONFIRM = "待核实"
DEFAULT_PLAN = "默认进度"

LIGHT_FILTERS = {
    None: "全部",
    "red": Light.RED.label,
    "unreported": NOT_REPORTED,
    "yellow": Light.YELLOW.label,
    "green": Light.GREEN.label,
    "blue": Light.BLUE.label,
    "none": Light.NONE.label,
}

ALERT_STATES = {
    "firing": "待说明",
    "explained": "已说明",
    "recovered_unexplained": "已恢复、待说明",
    "resolved": "已销号",
}
ALERT_STEPS = {
    "raised": "发出",
    "worsened": "加重",
    "eased": "减轻",
    "reopened": "重新发出",
    "recovered": "已恢复",
    "resolved": "解除",
    "explained": "填报原因说明",
}
ALERT_RULES = {
    "money_behind_plan": "预算执行预警",
    "money_over_budget": "超预算预警",
    "indicator_behind": "绩效目标预警",
}
SEVERITIES = {"red": Light.RED.label, "yellow": Light.YELLOW.label}

PAYMENT_STANDINGS = {
    "matched": "已归项目",
    "claimed": "已认领",
    "unclaimed": "未认领",
    "basic": "基本支出",
    "split": "已拆分",
}
SOURCES = {
    "screen": "页面",
    "api": "接口",
    "cli": "命令行",
    "file": "文件导入",
    "timetable": "定时任务",
    "scheduler": "定时任务",
}
"""Through which door a record came."""

FAMILIES = {
    "targets": "绩效目标",
    "payments": "支付",
    "imports": "数据导入",
    "alerts": "预警",
    "history": "办理记录",
    "standings": "评判结果",
}


def wan(amount: Decimal | None) -> str:
    """Yuan as 万元 with two decimals and thousands: ``1,234.50``."""
    if amount is None:
        return NOTHING
    return f"{(amount / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):,.2f}"


def yuan(amount: Decimal) -> str:
    """Yuan with two decimals and thousands; a reversal keeps its minus."""
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,.2f}"


def executed_share(share: Decimal | None) -> str:
    """A share that was reached; cut, as in the sentences beside it."""
    return NOTHING if share is None else reached_text(share)


def planned_share(share: Decimal | None) -> str:
    """A share that is planned."""
    return NOTHING if share is None else percent_text(share)


def points(share: Decimal | None) -> str:
    """A difference of shares, signed, in percentage points: ``+13.7``, ``-25.3``."""
    if share is None:
        return NOTHING
    rounded = (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:+f}" if rounded else "0.0"


def day(on: date | None) -> str:
    """``2025年6月30日``."""
    return NOTHING if on is None else f"{on.year}年{on.month}月{on.day}日"


def short_day(on: date | None) -> str:
    """A day in tables: ``2025-06-30``."""
    return NOTHING if on is None else on.isoformat()


def month_day(on: date) -> str:
    """A day of the year at hand: ``6月30日``."""
    return f"{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """A recorded time in Shanghai, to the minute."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
