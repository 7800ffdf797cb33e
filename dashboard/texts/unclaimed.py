"""Words and sentences of 未认领支付."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dashboard.formats import day, month_day
from dashboard.texts.terms import UNCLAIMED, UNCLAIMED_PAYMENTS, fiscal_year, listed

MONEY_UNIT = "金额单位：元"
VIEWS = {None: UNCLAIMED, "claimed": "人工认领", "rules": "认领规则"}
VIEW_LIST = "查看"
ORDERS = {None: "按单位、项目", "paid_on": "按日期，近的在前", "amount": "按金额，大的在前"}
ORDER_BY = "排列"
BROKEN_FIRST = "拆分待重做的总在最前"

# Filters.

MONTH, ALL_MONTHS = "支付月份", "全部月份"
LEAST, MOST = "金额从", "到"
WORDS = "查找"
WORDS_HINT = "凭证号、项目、摘要……"
NO_UNIT = "（未印单位）"
CLEAR_FILTER = "清除条件"

# Key figures.

FIGURES = "已录入支付的去向"
MATCHED, BASIC, ENTERED = "已归项目", "基本支出", "已录入合计"
LINES = "笔"
ADDS_UP = "已归项目＋基本支出＋未认领"
TO_CLOSING = "与国库月报的差额即未录入"
MATCHED_RESTS = "按编码、文号、规则或人工认领"
BASIC_RESTS = "人工标记或按规则"

# Lists.

CAPTION = "未认领的支付"
COLUMNS = ("支付日期／凭证", "单位", "所印项目", "摘要", "未认领（元）", "建议归属", "办理")
PICK_ALL = "选本页全部"
NO_PRINTED_PROJECT = "未印项目"
ALLOCATION_MARK = "拨款"
REVERSAL = "冲销"
NO_PROPOSAL = "没有像的项目"
ADOPT, CLAIM, SPLIT, RULE = "采纳", "认领…", "拆分…", "设规则…"
BROKEN = "更正后金额变了，原拆分不符，请重新拆分"
LEFT_OPEN = "人工留下未认领"
OF_LINE = "该行"
CLAIMED_CAPTION = "人工认领、拆分和标记的支付"
CLAIMED_COLUMNS = (
    "认领时间",
    "支付日期／凭证",
    "单位",
    "所印项目",
    "金额（元）",
    "归属",
    "理由",
    "办理",
)
WITHDRAW = "撤销…"
RULES_CAPTION = "认领规则"
RULE_COLUMNS = ("规则", "条件", "归属", "适用于支付日期", "已归集", "理由", "办理")
NEW_RULE = "新设规则…"
END_RULE = "停用…"
NO_LONGER = "已从头作废"
KEYS = "键盘：↑↓ 换行，空格选择，Shift 连选，回车按下按钮，Esc 关闭窗口。"

# The bar of what is chosen, and the windows.

CHOSEN = "已选"
CHOSEN_SAYS = "已选{n}笔，合计{sum}元"
MARK_BASIC, CLAIM_CHOSEN, CHOOSE_NONE, WITHDRAW_CHOSEN = (
    "标为基本支出…",
    "认领到项目…",
    "全不选",
    "撤销认领…",
)
OWNER, OWNER_HINT = "归属", "输入项目名称、编码或单位，从列表中选；或“基本支出”"
IS_BASIC = "属基本支出，不归任何项目"
REASON = "理由"
CANCEL = "取消"
CLAIM_TITLE, CLAIM_DO = "认领支付", "认领"
SPLIT_TITLE, SPLIT_DO = "拆分支付", "按此拆分"
WITHDRAW_TITLE, WITHDRAW_DO = "撤销认领", "撤销"
RULE_TITLE, RULE_DO, RULE_TRY = "设认领规则", "设立规则", "试算"
END_TITLE, END_DO = "停用认领规则", "停用"
NOT_A_TARGET = "请从列表中选择项目"
REASON_MISSING = "请写明理由"
PART, PART_AMOUNT = "归属", "金额（元）"
ADD_PART, DROP_PART = "再分一块", "去掉这一块"
LINE_AMOUNT, REMAINDER = "该行金额", "还差"
TAKE_REST = "余额填入空格"
REST_OPEN = "余额仍未认领"
EXACT = "正好"
PART_BASIC, PART_OPEN = "基本支出", "仍未认领"
WITHDRAW_SAYS = "撤销后按项目编码、文号和规则归集；都没有的回到未认领。原认领留在记录里。"
RULE_SAYS = "各项条件须同时符合；空着的不作条件。项目编码、文号已对上的行和人工认领的行不受影响。"
RULE_FIELDS = {
    "unit": ("单位", "编码或名称"),
    "project_code": ("所印项目编码", "全同"),
    "project_name": ("所印项目名称", "全同，空格和全半角不计"),
    "document_no": ("文号", "全同"),
    "fund_nature": ("资金性质", "全同"),
    "economic_class": ("经济分类", "编码按开头比：301 包括 30101"),
    "summary": ("摘要含有", "多个词按先后以 * 隔开"),
}
FROM_ON, STOPS_ON = "自哪一天起支付的", "停用自"
DAY_HINT = "如 2025-01-01"
STOP_SAYS = "这一天起支付的不再适用，改按其他规则归集或回到未认领；填规则的首日即从头作废。"
TRY_FIRST = "先试算，看看会归集哪些行"
PREVIEW_CAPTION = "会归集的行"
PREVIEW_COLUMNS = ("支付日期", "凭证号", "单位", "所印项目", "摘要", "金额（元）")
PREVIEW_NOTHING = "现有的行都不符合；以后符合的行会归集。"
UNDO_REASON = "撤销刚才的办理"
ADOPTED = "采纳建议"
BASIC_REASON = "属基本支出"

# Pages with nothing to show.

ALL_CLAIMED = "没有未认领的支付"
ALL_CLAIMED_SAYS = "已录入的支付都归了项目，或属基本支出。"
NO_MATCH = "没有符合条件的支付。"
NOTHING_CLAIMED = "还没有人工认领、拆分或标记。"
CARRY_RULES = "沿用上年规则"
NO_RULES = "还没有认领规则。同一单位、同一名称反复出现的行，设一条规则就不用逐笔认领。"
NO_PAYMENTS = (
    "尚无支付数据",
    "导入国库支付明细后，这里列出对不上项目的支付，逐笔、成批或按规则认领。",
)
IMPORT_THEM = "导入支付明细："


def title(year: int) -> str:
    """The page's heading."""
    return f"{fiscal_year(year)}{UNCLAIMED_PAYMENTS}"


def month_of(on: date) -> str:
    """``2025年6月``."""
    return f"{on.year}年{on.month}月"


def until(as_of: date) -> str:
    """Which payments are listed."""
    return f"支付日期截至{day(as_of)}"


def lines_of(units: int, broken: int) -> str:
    """What the unclaimed lines consist of."""
    told = f"{units}个单位"
    return f"{told}，其中{broken}笔拆分待重做" if broken else told


def unit_choice(name: str, lines: int) -> str:
    """A unit with what it has unclaimed."""
    return f"{name}（{lines}笔）"


def found(lines: int, amount: str) -> str:
    """What a list comes to."""
    return f"共{lines:,}笔，合计{amount}元"


def page_of(page: int, pages: int) -> str:
    """Which page it is."""
    return f"第{page:,}页，共{pages:,}页"


def score(points: int) -> str:
    """How much speaks for a proposal."""
    return f"{points}分"


def more_proposals(count: int) -> str:
    """What opens the other proposals."""
    return f"另有{count}个建议"


def adopt_this(project: str) -> str:
    """What the button beside a proposal does."""
    return f"采纳：归入{project}"


def adopted(reasons: Iterable[str]) -> str:
    """Why a proposal was adopted."""
    return f"{ADOPTED}：{listed(reasons)}"


def of_line(amount: str) -> str:
    """That only a part of a line is open."""
    return f"{OF_LINE}{amount}元，其余已认领"


def line_about(voucher_no: str, paid_on: date, amount: str) -> str:
    """A line in a window's head."""
    return f"凭证{voucher_no}，{month_day(paid_on)}支付{amount}元"


def pick(about: str) -> str:
    """The name of a row's box."""
    return f"选择{about}"


def target_label(name: str, unit: str, code: str | None) -> str:
    """A project in the list to choose from; found by any part of it."""
    return f"{name}｜{unit}｜{code}" if code else f"{name}｜{unit}"


def part_of(owner: str, amount: str) -> str:
    """A part of a split line."""
    return f"{owner} {amount}元"


def in_force(from_on: date, stops_on: date | None) -> str:
    """Which payments a rule means."""
    if stops_on is None:
        return f"{day(from_on)}起"
    if stops_on <= from_on:
        return NO_LONGER
    return f"{day(from_on)}起，{day(stops_on)}停用"


def by_whom(actor: str, at: str) -> str:
    """Who did it, and when."""
    return f"{actor}，{at}"


def ended_for(reason: str) -> str:
    """Why a rule was ended."""
    return f"停用：{reason}"


def rule_name(number: int) -> str:
    """A rule by its number."""
    return f"规则{number}"


def would_take(lines: int, amount: str) -> str:
    """What a rule would take."""
    return f"会归集现有{lines:,}笔，合计{amount}元；以后符合的行也会归集。"


def of_rule(number: int, lines: int) -> str:
    """What it would take from another rule."""
    return f"其中{lines:,}笔现由规则{number}归集，将改归本规则。"


def stays(lines: int) -> str:
    """What it means and would not take."""
    return f"另有{lines:,}笔也符合，但仍归条件更多的规则。"


def by_unit(unit: str, lines: int, amount: str) -> str:
    """What it would take of a unit."""
    return f"{unit or NO_UNIT} {lines:,}笔 {amount}元"


def first_shown(lines: int) -> str:
    """That only the first lines are listed."""
    return f"以下列出前{lines}笔。"


def claimed(lines: int, unchanged: int) -> str:
    """What claiming did."""
    return f"已认领{lines:,}笔{_same(unchanged)}。"


def marked(lines: int, unchanged: int) -> str:
    """What marking did."""
    return f"已标为基本支出{lines:,}笔{_same(unchanged)}。"


def withdrawn(lines: int, unchanged: int) -> str:
    """What withdrawing did."""
    return f"已撤销{lines:,}笔认领{_same(unchanged)}。"


def _same(unchanged: int) -> str:
    return f"，另{unchanged:,}笔本来如此" if unchanged else ""


SPLIT_DONE = "已拆分。"


def rule_set(number: int, *, changed: bool) -> str:
    """What setting a rule did."""
    return (
        f"已设立规则{number}，符合的行已归集。"
        if changed
        else f"已有同样的规则{number}，未作改动。"
    )


def rule_ended(number: int, *, changed: bool) -> str:
    """What ending a rule did."""
    return f"规则{number}已停用。" if changed else f"规则{number}本来就在这一天停用，未作改动。"


def no_day(given: str) -> str:
    """That a day cannot be read."""
    return f"“{given}”不是日期。请写成 2025-06-30 的样子。"


NOT_UNDERSTOOD = "页面送来的内容不完整，未办理。请刷新重试。"


def rules_before(year: int, count: int) -> str:
    """That rules of the year before are not in force in a year."""
    return (
        f"规则按预算年度设立，不自动跨年。{year - 1}年末在用的规则有{count}条本年没有；"
        "沿用时自1月1日起归入本年同编码或同名同单位的项目，不能沿用的会说明。"
    )


def rules_carried(carried: int, left: Sequence[tuple[int, str]]) -> str:
    """How many rules go on, and why others do not."""
    said = f"已沿用{carried}条规则。" if carried else "没有新沿用的规则。"
    return said + "".join(f"规则{number}未沿用：{why}" for number, why in left)
