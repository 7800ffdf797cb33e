"""Every word on the screen, in one place (cases, Words): terms first, then sentences by page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dashboard.formats import day, month_day, points, share, wan
from domain.light import Light

# The service.

SERVICE = "预算绩效运行监控"
OVERVIEW = "监控总览"
TARGET_PAGE = "项目监控详情"
LOADING = "正在载入……"
DEMO = "演示数据（虚构）"
REAL = "正式数据"
NO_STORE = "尚无数据"
SKIP_LINK = "跳到正文"
MAIN_NAVIGATION = "主导航"
PRINT = "打印"
CALLBACK_FAILED = "页面处理出错，已记入日志。请刷新重试；若再次出现，请联系系统管理员。"
REGION = "区划"
POSITION = "记录号"

# Terms: each is spelled here and nowhere else.

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


# Controls.

CONTROLS = "查看条件"
KNOWN_AT_CONTROL = "当时已录（不填为最新）"
MONTH_ENDS = "看到月底"
BY_MONTH_END = "按月底查看"
DROPDOWN = {
    "search": "搜索",
    "clear_search": "清除搜索",
    "clear_selection": "不限",
    "no_options_found": "没有符合的单位",
}


def fiscal_year(year: int) -> str:
    """``2025年度``."""
    return f"{year}{YEAR}"


def month(on: date) -> str:
    """``6月``."""
    return f"{on.month}月"


# Banners.


def incomplete(families: Iterable[str]) -> str:
    """What could not be read."""
    names = listed(FAMILIES.get(name, name) for name in families)
    return (
        f"数据不完整：{names}有记录未能读入，以下数字停在最后可靠的位置。"
        "请系统管理员运行 jixiao projection status 查看原因。"
    )


def behind(events: int) -> str:
    """What is not read yet."""
    return f"还有{events:,}条新记录正在处理，稍后刷新可见。"


def known_then(known_at: date | int) -> str:
    """That less is shown than is known today."""
    until = f"{day(known_at)}终" if isinstance(known_at, date) else f"第{known_at}号记录"
    return f"按当时已录显示：只看{until}以前录入的记录，之后的补录、更正不计。"


NO_PAYMENTS_YET = "还没有支付数据，资金灯无法判定。请导入支付明细并注明支付数据截至日。"


def data_end_before(complete_to: date, as_of: date) -> str:
    """Up to which day money is judged."""
    return (
        f"{COMPLETE_TO}{day(complete_to)}，早于所选的{day(as_of)}："
        f"资金按{month_day(complete_to)}判定。"
    )


# Pages with nothing to show: title, sentence, next steps.

EMPTY = (
    "尚无绩效目标",
    "库中还没有绩效目标，导入后这里显示全部项目的预算执行和绩效目标完成情况。",
)
EMPTY_STEPS = (
    ("导入绩效目标申报表：", "jixiao form import 申报表文件"),
    ("导入支付数据：", "jixiao payment import 支付明细文件"),
    ("评判并发出预警：", "jixiao evaluate --as-of 2025-06-30"),
    ("只想看看样子：另指一个空目录，载入虚构的演示年度：", "jixiao demo"),
)
NO_SUCH_PAGE = ("没有这个页面", "地址可能写错了，或页面已经改名。")
REFUSED = "查不到"
CHECK_ADDRESS = "核对地址中的编号和日期。"
BACK_TO = ("回到", "，从列表进入。")
UNREACHABLE = ("数据库连不上", "数据没有丢失，只是暂时读不到。")
UNREACHABLE_WAIT = "稍等片刻，刷新本页。"
UNREACHABLE_STATUS = ("仍连不上时，请系统管理员在服务器上查看：", "jixiao db status")
FAILED = ("出错了", "页面未能显示，原因已记入日志。")
FAILED_STEPS = ("刷新重试。", "若再次出现，请把时间和地址告诉系统管理员。")
CHOOSE_ANOTHER_DAY = ("把“数据截至”改为更晚的日期。", "清空“当时已录”。")
NO_TARGETS_THAT_DAY = "这一天还没有项目"
NO_TARGET_THAT_DAY = "这一天还没有这个项目"


def no_targets_then(on: date) -> str:
    """No target counted on that day."""
    return f"{day(on)}时，按当时已录，没有已生效的绩效目标。"


def no_target_then(on: date) -> str:
    """The target did not count on that day."""
    return f"{day(on)}时，按当时已录，该绩效目标尚未生效。"


# Overview.

MONEY_UNIT = "单位：万元"
NEVER_EVALUATED = "尚无评判"
MONEY_FIGURES = "预算执行"
OPEN_WORK = "预警和待办"
BUDGET_RESTS = "本年财政拨款＋上年结转，含追加追减"
NO_PAYMENTS = "尚无支付数据"
RED_YELLOW = "红／黄"
OPEN_ALERTS = "未销号预警"
UNCLAIMED_PAYMENTS = "未认领支付"
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


# A target's page.

NO_CODE = "尚无项目编码"
CODE = "项目编码"
SUPERVISED_BY, NATURE, OBJECTIVE = "主管部门", "项目性质", "年度绩效目标"
MONEY_SECTION = "预算执行（资金灯）"
DECLARED_PLAN = "按申报的资金支出计划"
DEFAULT_PLAN_REASON = "默认进度：申报表未附资金支出计划，按月均匀"
CHECK_OVER_BUDGET = "支出数大于全年预算数，请核对追加是否漏录。"
PLANNED = "按计划应支出"
OF_ORIGINAL_BUDGET = "占年初预算数"
OTHER_FUNDS = "另：其他资金支出"
CHECKPOINTS, CHECKPOINTS_CAPTION = "计划节点", "资金支出计划的节点和实际支出"
CHECKPOINT_COLUMNS = (
    "节点",
    PLANNED_SHARE,
    "应支出（万元）",
    "实际支出（万元）",
    "差（万元）",
    "情况",
)
LINES, LINES_CAPTION = "资金构成", "资金行"
LINE_COLUMNS = ("资金来源", "金额（万元）", "下达日", "文号", "备注")
ADJUSTMENT = "年中追加追减"
GOALS_SECTION, GOALS_CAPTION = "绩效指标（目标灯）", "绩效指标完成情况"
GOAL_COLUMNS = (
    "一级指标",
    "二级指标",
    "三级指标",
    INDICATOR_VALUE,
    ACHIEVED,
    "截至",
    "到期应完成",
    ALERT,
    BASIS,
)
YEAR_END, FROM_PAYMENTS = "年末测量", "取自支付数据"
NO_ALERTS = "没有预警。"
THEN = "当时画面"
STEPS_CAPTION = "预警经过"
STEP_COLUMNS = ("日期", "变化", "内容", BASIS)
DEFAULT_POLICY = "默认参数"
SOME_INDICATOR = "指标"
NO_PAYMENT_RECORDS, PAYMENTS_CAPTION, REVERSAL = "没有支付记录。", "支付明细", "冲销"
PAYMENT_COLUMNS = ("支付日期", "凭证号", "凭证", "资金性质", "摘要", "金额（元）", "归属")
NO_HISTORY, HISTORY_CAPTION = "没有记录。", "办理记录"
HISTORY_COLUMNS = ("录入时间", "业务日期", "事项", "录入人", "来源", POSITION)


def ended(life: str) -> str:
    """That the project's life is over."""
    return f"项目已{life}"


def sentence(words: str) -> str:
    """Words with their full stop, where there are any."""
    return f"{words}。" if words else ""


def signed_points(gap_share: Decimal) -> str:
    """A difference with its unit."""
    return f"{points(-gap_share)}个百分点"


def form_unit(unit: str) -> str:
    """The unit of the declaration form."""
    return f"申报表以{unit}填报。"


def done_on(on: date) -> str:
    """A date indicator that is done."""
    return f"{month_day(on)}完成"


def reason_of(name: str, reason: str) -> str:
    """An indicator and why it shows its light."""
    return f"“{name}”：{reason}"


def open_alerts(count: int) -> str:
    """The heading of the alerts."""
    return f"预警（未销号{count}条）"


def since(raised_on: date, changed_on: date) -> str:
    """Since when an alert stands, and when it changed last."""
    raised = f"{month_day(raised_on)}发出"
    return raised if changed_on == raised_on else f"{raised}，{month_day(changed_on)}最近变化"


def steps(count: int) -> str:
    """What opens an alert's history."""
    return f"经过（{count}步）"


def policy_version(number: int | None) -> str:
    """Under which terms a day was judged."""
    return f"预警参数第{number}版" if number else DEFAULT_POLICY


def payment_count(count: int) -> str:
    """The heading of the payments."""
    return f"支付（{count}笔）"


def payment_sum(as_of: date, total: str) -> str:
    """The sum of the vouchers listed."""
    return f"截至{day(as_of)}合计{total}元（凭证合计；计入支出的口径见资金灯）。"


def history_count(count: int) -> str:
    """The heading of the history."""
    return f"办理记录（{count}条）"


def others(count: int) -> str:
    """What opens the rest of a list."""
    return f"其余{count}条"
