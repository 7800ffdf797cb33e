"""Terms of the screen: each is spelled here and nowhere else (cases, Words)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dashboard.formats import wan
from domain.claim import Basis
from domain.light import Light

SERVICE = "预算绩效运行监控"
OVERVIEW = "监控总览"
IMPORTS = "数据导入"
UNCLAIMED_PAYMENTS = "未认领支付"
TARGET_PAGE = "项目监控详情"
DEMO = "演示数据（虚构）"
REGION = "区划"
POSITION = "记录号"

AS_OF = "数据截至"
KNOWN_AT = "当时已录"
COMPLETE_TO = "支付数据截至"
EVALUATED_ON = "最近评判"
YEAR = "年度"
UNIT = "单位"
ALL_UNITS = "全部单位"
PROJECT = "项目"
BUDGET = "全年预算数"
ORIGINAL_BUDGET = "年初预算数"
EXECUTED = "支出"
RATE = "执行率"
PLANNED_SHARE = "计划进度"
DIFFERENCE = "差"
DIFFERENCE_POINTS = "差（百分点）"
MONEY_LIGHT = "资金灯"
GOALS_LIGHT = "目标灯"
ALERT = "预警"
OPEN = "未销号"
NOT_REPORTED = "未报"
UNCLAIMED = "未认领"
TO_CONFIRM = "待核实"
CANNOT_DETERMINE = "无法判定"
DEFAULT_PLAN = "默认进度"
NO_PAYMENTS = "尚无支付数据"
WAN = "万元"
INDICATOR_VALUE = "年度指标值"
ACHIEVED = "完成值"
BASIS = "依据"

LIGHT_FILTERS = {
    None: "全部",
    "red": Light.RED.label,
    "unreported": NOT_REPORTED,
    "yellow": Light.YELLOW.label,
    "green": Light.GREEN.label,
    "blue": Light.BLUE.label,
    "none": Light.NONE.label,
}
SHORT_LIGHTS = {
    Light.RED: "红",
    Light.YELLOW: "黄",
    Light.GREEN: "绿",
    Light.BLUE: "蓝",
    Light.NONE: Light.NONE.label,
}
ORDERS = {
    None: "按预警从重到轻、差额从大到小排列",
    "unit": "按单位排列",
    "budget": "按全年预算数从大到小排列",
    "rate": "按执行率从低到高排列",
    "gap": "按低于计划进度从大到小排列",
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
    "fell_due": "应填报说明",
}
ALERT_RULES = {
    "money_behind_plan": "预算执行预警",
    "money_over_budget": "超预算预警",
    "indicator_behind": "绩效目标预警",
}
SEVERITIES = {"red": Light.RED.label, "yellow": Light.YELLOW.label}
ALERT_INPUTS = {
    "judged_on": "资金判定日",
    "executed": "支出（元）",
    "budget": "全年预算数（元）",
    "planned": "应支出（元）",
    "ratio": "完成比例",
    "cause": "原因类别",
    "read_on": "完成值截至",
    "value": ACHIEVED,
    "expected": "应完成",
    "target": INDICATOR_VALUE,
}
ALERT_CAUSES = {
    "behind_plan": "低于资金支出计划",
    "points_behind": "低于计划进度的百分点",
    "low_execution": "执行率低于下限",
    "over_budget": "超出全年预算数",
}
PAYMENT_STANDINGS = {
    "matched": "已归项目",
    "unclaimed": UNCLAIMED,
    "basic": "基本支出",
    "split": "已拆分",
}
BASES = {
    Basis.PROJECT_CODE: "项目编码",
    Basis.FORMER_CODE: "曾用编码",
    Basis.DOCUMENT_NO: "文号",
    Basis.MAPPING: "已确认的对应关系",
    Basis.RULE: "规则",
    Basis.HAND: "人工认领",
    Basis.REOPENED: "拆分待重做",
}
"""By what a line is where it is."""
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
    "imports": IMPORTS,
    "alerts": ALERT,
    "history": "办理记录",
    "standings": "评判结果",
}


def amount(yuan: Decimal) -> str:
    """An amount with its unit."""
    return f"{wan(yuan)}{WAN}"


def listed(words: Iterable[str]) -> str:
    """Things of one rank, one after the other."""
    return "、".join(words)


def clauses(words: Iterable[str | None]) -> str:
    """Remarks, one after the other; those that say nothing are left out."""
    return "；".join(one for one in words if one)


def in_brackets(before: str, within: str) -> str:
    """A word and what qualifies it."""
    return f"{before}（{within}）"


def named(about: str, name: str) -> str:
    """A kind of thing, and which one."""
    return f"{about}：{name}"


def fiscal_year(year: int) -> str:
    """``2025年度``."""
    return f"{year}{YEAR}"


def month(on: date) -> str:
    """``6月``."""
    return f"{on.month}月"


def sentence(words: str) -> str:
    """Words with their full stop, where there are any."""
    return f"{words}。" if words else ""


def ended(life: str) -> str:
    """That the project's life is over."""
    return f"项目已{life}"


def reason_of(name: str, reason: str) -> str:
    """An indicator and why it shows its light."""
    return f"“{name}”：{reason}"


def basis_words(basis: str | None, rule: int | None) -> str:
    """By what a voucher line was found, with the rule's number."""
    if basis is None:
        return ""
    words = BASES[Basis(basis)]
    return f"{words}（规则{rule}）" if basis == Basis.MAPPING else f"{words}{rule or ''}"
