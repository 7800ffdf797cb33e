"""What stands on every page: header, controls, banners, and pages with nothing to show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.formats import day, month_day
from dashboard.texts.terms import COMPLETE_TO, FAMILIES, listed

LOADING = "正在载入……"
REAL = "正式数据"
NO_STORE = "尚无数据"
SKIP_LINK = "跳到正文"
MAIN_NAVIGATION = "主导航"
PRINT = "打印"
FILLER, NOT_SAID, CHANGE_FILLER = "填报人", "未填", "更换填报人"
SIGN_OUT, OWN_ACCOUNT = "退出登录", "我的账户"
PAGES, PREVIOUS, NEXT = "翻页", "上一页", "下一页"
UNDO = "撤销"
CALLBACK_FAILED = "页面处理出错，已记入日志。请刷新重试；若再次出现，请联系系统管理员。"

NO_SUCH_ACT = "页面与服务的版本不一致，没有办理。请刷新后重试。"
SHOWN_SOON = "数据正在更新，稍后刷新可见。"

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
