"""Words and sentences of 数据导入: sending, looking, correcting, bringing in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from dashboard.formats import moment, short_day
from dashboard.texts.terms import listed
from domain.errors import MonitoringError
from domain.indicator import Kind, ToConfirm
from services.declaring import DeclaredAs
from services.intake.forms.to_target import IncompleteDeclarationError

# Sending.

NO_SECRETS = "涉密项目不得录入。"
UPLOAD = "上传文件"
DROP_HERE = "把文件拖到这里，可以一次多份"
CHOOSE_FILES = "选择文件"
PASTE_HINT = "也可以在Excel、Word里复制表格，回到本页按 Ctrl+V 粘贴。"
FORMATS = (
    "绩效目标申报表、支付明细、指标完成值都在这里上传，是什么文件会自动识别。"
    "单个文件不超过20MB；上传后先核对，确认入库前不影响任何数据。"
)
KIND_TO_READ_AS = "文件类型"
SAMPLES = "下载填报模板"
SAMPLES_HINT = "表头加一行示例，填好后在本页上传；自己的表格不必改成模板的样子，认得出表头即可。"
RECOGNISE = "自动识别"
KINDS: dict[str, str] = {
    "declarations": "绩效目标申报表",
    "payments": "支付明细",
    "achievements": "指标完成值",
    "funds": "资金下达和调整",
    "baselines": "上年实际值（基期值）",
    "units": "单位清单",
    "project_codes": "项目编码",
    "targets": "绩效目标明细（省系统导出）",
    "monitoring": "绩效监控表（省系统导出）",
    "self_evaluations": "绩效自评表（省系统导出）",
}
"""Kinds of files, by the words of ``ImportKind``."""
PLAIN_TITLE = "数据导入（不用脚本的上传页）"
PLAIN_FORMATS = "一次可选多份，合计不超过20MB；上传后请在启用脚本的浏览器里打开核对。"
UPLOADED_LIST = "上传进度"
PROGRESS_WORDS = {
    "waiting": "等待上传",
    "sending": "上传中",
    "reading": "正在读取",
    "open": "去核对",
    "known": "此前已上传，尚未入库",
    "lost": "连接中断，没有收到。请检查网络后重新上传。",
    "tooLarge": "文件超过20MB。请拆分后重新上传。",
    "failed": "没有收到，原因已记入日志。请重试；若再次出现，请联系系统管理员。",
    "pasted": "粘贴的表格",
    "nothingPasted": "剪贴板里没有表格或文字。",
    "empty": "文件是空的。",
}
"""What the script says while files are sent; it has no words of its own."""

# What waits.

WAITING = "待核对"
NOTHING_WAITS = "没有待核对的文件。"
WAITING_COLUMNS = ("文件", "类型", "大小", "更正", "上传人", "上传时间", "保留到", "操作")
GIVE_UP = "放弃"

# What was brought in.

PAST = "导入记录"
NOTHING_YET = "还没有导入过文件。上传的文件核对入库后，在这里可以查到它做了什么。"
PAST_COLUMNS = (
    "文件",
    "类型",
    "年度",
    "录入人",
    "时间",
    "行数",
    "新增",
    "已有",
    "矛盾",
    "未读入",
    "更正",
    "情况",
)
DONE, RUNNING = "已完成", "进行中"
OLDER, NEWEST, PAGES = "更早的", "最新的", "翻页"
RECORD_FIGURES = {
    "projects": "项目数",
    "rows": "行数",
    "stored": "新增",
    "known": "已有相同",
    "conflicts": "与记录矛盾",
    "refused": "未读入",
    "corrections": "入库前更正",
}
GONE = "查不到这份文件"
BACK_TO_LIST = "回到数据导入"
WHAT_IT_DID = "这次导入做了什么"
TARGETS_OF_IMPORT = "涉及的绩效目标"
NO_TARGETS_OF_IMPORT = "没有新申报或调整绩效目标。"
TARGETS_OF_IMPORT_COLUMNS = ("绩效目标", "事项")
CORRECTIONS = "入库前的更正"
NO_CORRECTIONS = "没有更正，全部按文件原文入库。"
CORRECTION_COLUMNS = ("项目", "指标", "栏目", "原文", "更正为", "出处", "更正人", "依据")
BY_HAND = "手工更正"
BLANK = "（空）"
LEFT_OUT = "（不计入）"

# Looking at a form.

FILE_SETTINGS = "这份文件"
FISCAL_YEAR = "预算年度"
FILL_YEARS = "全部补填"
APPROVED_ON = "批复日期（财政已批复时填）"
DOCUMENT_NO = "批复文号"
VOUCHER = "凭证"
VOUCHERS = {"payment": "支付凭证", "allocation": "拨款凭证"}
CUT_OFF = "完成值截至日（文件没有该列时）"
APPLY = "按此重读"
PROJECTS = "文件里的项目"
PROJECT_COLUMNS = ("序号", "项目名称", "实施单位", "预算总额", "指标", "更正", "问题", "入库后")
CANNOT_DECLARE = "缺项，不入库"
OUTCOMES: dict[DeclaredAs, str] = {
    DeclaredAs.NEW: "新申报",
    DeclaredAs.REVISION: "提出目标调整",
    DeclaredAs.UNCHANGED: "已有，相同",
    DeclaredAs.APPROVED: "记为已批复",
    DeclaredAs.APPROVED: "批复已登记",
}
DEPARTMENT_PART = "部门整体绩效目标"
DEPARTMENT_NOTE = "只供对照，不入库；入库的是下面各项目。"
WHOLE_FILE = "整份文件"
SOURCE = "原文"
SOURCE_HINT = "点一个格，右边跳到读出的值"
READING = "读出的内容"
READING_HINT = "点一个值，左边标出它的出处；按回车更正"
NOT_IN_FILE = "文件没有"
HEAD, MONEY, INDICATORS = "项目信息", "预算和支出计划", "绩效指标"
MEDIUM_TERM = "中期指标（只读，不监控）"
READ_AS = "读作"
NO_PLAN = "无，按默认进度"
FIELDS: dict[str, str] = {
    "project_name": "项目名称",
    "project_code": "项目编码",
    "fiscal_year": "预算年度",
    "supervising_department": "主管部门",
    "implementing_unit": "实施单位",
    "implementing_unit_code": "单位编码",
    "project_nature": "项目性质",
    "project_period": "项目期限",
    "purpose": "资金用途",
    "annual_objective": "年度绩效目标",
    "total": "预算总额",
    "fiscal": "财政资金",
    "other": "其他资金",
    "money_unit": "金额单位",
    "spending_plan": "资金支出计划",
    "indicator_class": "一级指标",
    "indicator_category": "二级指标",
    "name": "三级指标",
    "value_text": "指标值",
    "comparator": "计算符号",
    "unit_of_measure": "计量单位",
    "weight": "权重",
    "scoring_standard": "评分标准",
    "description": "指标解释",
    "target_basis": "确定依据",
    "kind": "评判方式",
}
INDICATOR_KINDS: dict[Kind, str] = {
    Kind.CUMULATIVE: "累计",
    Kind.LEVEL: "水平",
    Kind.CEILING: "上限",
    Kind.DATE: "时限",
    Kind.QUALITATIVE: "定性",
    Kind.NOT_APPLICABLE: "不适用",
    Kind.BROKEN: "残缺",
}
MONEY_UNITS = ("万元", "元", "千元", "亿元")
OPEN_QUESTIONS: dict[ToConfirm, str] = {
    ToConfirm.COST_DIRECTION: "待核实：方向",
    ToConfirm.CUT_OFF: "待核实：残缺",
    ToConfirm.BASELINE: "待补基期值",
    ToConfirm.TWO_VALUES: "待核实：一格两数",
    ToConfirm.NAME_CONTRADICTS_VALUE: "待核实：名称与值不一",
    ToConfirm.UNIT_DOES_NOT_FIT: "待核实：单位不符",
    ToConfirm.BEFORE_MONTH: "待核实：截止日",
}
CORRECTED_MARK = "已更正"
WAS_PRINTED, WAS_PROPOSED = "原文", "原建议"

# Correcting.

EDIT = "更正"
EDIT_NOTHING = "点上面任一读出的值，就可以在这里更正；原文会一并保留。"
EDIT_LABEL = "更正为"
SAVE = "保存更正"
RESTORE = "恢复原文"
NOT_AN_INDICATOR = "此行不是指标，不计入"
SAVED_AT_ONCE = "更正只改读出的内容，不改文件；入库后原文和更正都可查。"

# What is wrong.

FINDINGS = "发现的问题"
NO_FINDINGS = "没有发现问题。"
SEVERITIES = {"error": "错误", "warning": "警告", "note": "提示"}
FINDINGS_NOTE = "问题不挡入库；其中的错误在审核通过前须改好。"
PROPOSED = "建议改为"
ADOPT = "采纳"
WHY = "为什么"
EXAMPLE = "例"
IN_OTHER_PROJECTS = "其他项目的问题见上表，点项目名称查看。"
OF_THE_FILE = "整份文件"

# Looking at a table.

WHAT_IT_WOULD_DO = "入库将做什么"
TABLE_FIGURES = {
    "rows": "行数",
    "stored": "新增",
    "known": "已有相同",
    "conflict_count": "与记录矛盾",
    "refused": "不能读入",
    "unclaimed": "对不上项目",
}
AMOUNT = "金额合计"
NO_COMPLETE_TO = "还没有填支付数据截至日：不填，资金灯的判定日不会前移。"
COLUMNS = "各列读作什么"
COLUMNS_NOTE = "读错的列在右边改，改过的对应关系下次遇到同样的表头会自动采用。"
COLUMN_COLUMNS = ("位置", "表头", "读作", "依据", "改为")
FATES = {
    "read": "按表头识别",
    "mapped": "按您的指定",
    "remembered": "按上次的对应关系",
    "personal": "个人信息，已略去",
    "unread": "用不到",
}
NOT_READ, AS_READ, LEAVE = "不读", "不改", "不导入"
APPLY_COLUMNS = "按改动重读"
REFUSED_ROWS, ODD_ROWS, CONFLICTS = "不能读入的行", "请留意", "与记录矛盾的行"
PROBLEM_COLUMNS = ("位置", "栏目", "原因")
CONFLICT_COLUMNS = ("行", "凭证号", "已有金额（元）", "已有日期", "文件金额（元）", "文件日期")

# Bringing in.

COMMIT = "入库"
ANNOTATED = "下载标注文件"
NOTHING_TO_COMMIT = "没有可以入库的项目。"
GIVEN_UP = "已放弃，文件没有保留。"


def findings_count(errors: int, warnings: int, notes: int) -> str:
    """How many of each, those that are not none."""
    counts = {"错误": errors, "警告": warnings, "提示": notes}
    return listed(f"{word}{count}" for word, count in counts.items() if count) or "无"


def sent(actor: str, at: datetime) -> str:
    """Who sent a file, and when."""
    return f"{actor}于{moment(at)}上传"


def brought_in_by(actor: str, at: datetime) -> str:
    """Who brought a file in, and when."""
    return f"{actor}于{moment(at)}入库"


def counted(words: str, count: int) -> str:
    """A heading with how many there are, where there are any."""
    return f"{words}（{count}处）" if count else words


def received(kind: str, *, known: bool) -> str:
    """A file that waits to be looked at."""
    return f"已收到，识别为{kind}。{'此前已上传，尚未入库。' if known else '请核对后入库。'}"


def really_give_up(name: str) -> str:
    """Asked before a draft is forgotten."""
    return f"放弃“{name}”？文件和其中的更正都不保留。"


def annotated_name(name: str) -> str:
    """What the marked file is called: after the one it marks."""
    return f"{name.rpartition('.')[0] or name}（审核意见）.xlsx"


def kept_until(at: datetime) -> str:
    """Until when a draft is kept."""
    return f"保留到{moment(at)}，过期自动删除"


def imported_before(actor: str, at: datetime) -> str:
    """The same file with the same corrections came in before."""
    return f"这份文件已由{actor}于{moment(at)}导入过，再次入库不会重复记录。"


def read_from(projects: int, indicators: int) -> str:
    """What a form holds."""
    return f"读出{projects}个项目、{indicators}项绩效指标"


def project_title(number: int, name: str) -> str:
    """A project of the file, by its number."""
    return f"{number}. {name}"


def no_name(number: int) -> str:
    """A project without a name."""
    return f"第{number}张申报表（没有项目名称）"


def cannot_declare(why: MonitoringError) -> str:
    """Why a project is not brought in, and what to do."""
    if isinstance(why, IncompleteDeclarationError):
        return f"缺{listed(why.missing)}，不能入库。请在右边补填。"
    return str(why)


def no_years(count: int) -> str:
    """So many forms print no year."""
    return f"{count}个项目没有写明年度，补填后才能入库。"


def rows_of(count: int) -> str:
    """How many rows a table has."""
    return f"{count:,}行"


def take_day(day: date) -> str:
    """The latest payment of a file as the day its data reach to."""
    return f"采用文件里最晚的支付日：{short_day(day)}"


def column_is(heading: str) -> str:
    """The choice of what a column is."""
    return f"“{heading}”列改为"


def counted_rows(title: str, count: int) -> str:
    """A list with how many rows it has."""
    return f"{title}（{count:,}行）"


def first_of(shown: int, count: int) -> str:
    """That not all rows are shown."""
    return f"共{count:,}行，以下是前{shown:,}行。" if count > shown else f"共{count:,}行。"


def sample_title(sheet: str | None) -> str:
    """The first rows of a sheet, or of a text."""
    return f"{SOURCE}：{sheet}" if sheet else SOURCE


def table_commit_says(stored: int, known: int, refused: int) -> str:
    """What bringing a table in does, exactly."""
    if not stored:
        return "没有新的行可以入库。"
    parts = [f"新增{stored:,}行"]
    if known:
        parts.append(f"已有相同{known:,}行不重复")
    if refused:
        parts.append(f"不能读入{refused:,}行略去")
    return f"入库将：{listed(parts)}"


def commit_says(outcomes: Iterable[str], refused: int, corrections: int) -> str:
    """What bringing it in does, exactly."""
    counted: dict[str, int] = {}
    for one in outcomes:
        counted[one] = counted.get(one, 0) + 1
    parts = [f"{word}{count}个" for word, count in counted.items()]
    if refused:
        parts.append(f"{CANNOT_DECLARE}{refused}个")
    if corrections:
        parts.append(f"更正{corrections}处")
    return f"入库将：{listed(parts)}" if parts else NOTHING_TO_COMMIT


def adopt_all(fixes: int) -> str:
    """Take all proposals at once."""
    return f"全部采纳（{fixes}处）"


def more_findings(count: int) -> str:
    """How many are not shown at once."""
    return f"其余{count}条"


def sheet_row(place: str) -> str:
    """A place in the file, as whoever looks for it says."""
    return f"第{place[1:]}行" if place[:1] == "L" and place[1:].isdecimal() else place


def part_name(part: str) -> str:
    """A sheet, a page, a table of the file."""
    if part[:1] == "p" and part[1:].isdecimal():
        return f"第{part[1:]}页"
    return part


def no_day(given: str) -> str:
    """What was given is no day."""
    return f"“{given}”不是日期。请填如 2025-06-30。"


def typed(text: str) -> str:
    """What was typed and not kept, so that nobody has to type it again from memory."""
    return f"您刚才填写的是：“{text}”。"


def brought_in(name: str, stored: int, known: int, refused: int) -> str:
    """What an import came to."""
    parts = [f"新增或调整{stored}项", f"已有相同{known}项"]
    if refused:
        parts.append(f"未读入{refused}项")
    return f"“{name}”已入库：{listed(parts)}。"


def adopted(check: str) -> str:
    """Where a correction comes from."""
    return f"采纳建议（{check}）"


def page_title(name: str) -> str:
    """The document's title while a file is looked at."""
    return f"核对 {name}"


def no_sample(kind: str) -> str:
    """What is not on record where there is no template of a kind."""
    return f"填报模板{kind}"
