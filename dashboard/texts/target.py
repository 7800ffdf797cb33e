"""Words and sentences of 项目监控详情."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.formats import day, month_day, points
from dashboard.texts.terms import ACHIEVED, ALERT, BASIS, INDICATOR_VALUE, PLANNED_SHARE, POSITION

NO_CODE = "尚无项目编码"
CODE = "项目编码"
FORMS = "下载申报表"
FORMATS = {"xlsx": "Excel", "docx": "Word"}
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
GO_AND_CONFIRM = "去核实"
CHANGE_KIND, CHANGE = "改指标的评判方式", "改"
CHANGE_KIND_WHY = (
    "改后的灯和得分按新的方式评判，连同以前各日；再改一次即为撤销，经过都留在办理记录里。"
)
KIND_OF, NEW_KIND, KIND_REASON = "指标（现在的评判方式）", "改为", "理由（必填）"
CHOOSE_FIRST = "请选择"
NO_KIND_CHOSEN = "请先选指标和新的评判方式。"
KIND_CHANGED = "已改评判方式。"
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


def signed_points(gap_share: Decimal) -> str:
    """A difference with its unit."""
    return f"{points(-gap_share)}个百分点"


def form_unit(unit: str) -> str:
    """The unit of the declaration form."""
    return f"申报表以{unit}填报。"


def judged_as(name: str, now: str) -> str:
    """An indicator and how it is judged now."""
    return f"{name}（{now}）"


def read_as(reading: str) -> str:
    """How a person settled what is printed otherwise."""
    return f"按{reading}"


def done_on(on: date) -> str:
    """A date indicator that is done."""
    return f"{month_day(on)}完成"


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


def filled_in_by(filler: str) -> str:
    """Who filled in with a unit's shared account."""
    return f"填报人 {filler}"
