"""Words of imports under way, and of what is remembered of columns."""

from __future__ import annotations

from datetime import datetime

from dashboard.formats import moment
from services.intake.runs import RunState
from services.running import Standing

UNDER_WAY = "入库进度"
STATES: dict[RunState, str] = {
    RunState.RUNNING: "进行中",
    RunState.CANCELLED: "已取消",
    RunState.BROKEN: "中断",
    RunState.DONE: "已完成",
}
RUN_COLUMNS = ("文件", "类型", "录入人", "开始时间", "情况", "进度")
CANCEL, RESUME = "取消", "继续"
REALLY_CANCEL = "取消入库？当前一批入库后停止；已入库的行保留，以后可以继续。"
STOPPING = "正在停止：当前一批入库后停下……"
BACK_TO_DRAFT = "回到核对"
FIGURES = {
    "stored": "已入库",
    "known": "已有相同",
    "conflicts": "与记录矛盾",
    "refused": "未读入",
}
SO_FAR = "到目前为止"
KEPT_SO_FAR = "这些行已经在案，取消或中断都不影响；继续时不会重复入库。"

LOOKING = "正在预览"
LOOKING_NOTE = "只读取和核对，不入库；大文件要几秒钟。"
BEGINNING = "正在读取文件……"

MAPPINGS = "记住的列"
MAPPINGS_NOTE = "同样表头的文件照此读取；忘记后只按表头读取，已入库的不变。"
NO_MAPPINGS = "还没有指定过列。预览时指定某列是什么并入库后，在这里可以查到。"
MAPPING_COLUMNS = ("类型", "各列", "出自文件", "指定人", "时间", "操作")
FORGET = "忘记"
REALLY_FORGET = "忘记这条对应关系？以后同样表头的文件只按表头读取。"
LEFT_OUT = "略去"


def begun(actor: str, at: datetime | None) -> str:
    """By whom and when."""
    return f"{actor} {moment(at)}开始" if at else actor


def rows_done(standing: Standing) -> str:
    """How many lines are on record."""
    if standing.rows is None:
        return "尚未入库"
    return f"已处理 {standing.rows_done:,} 行，共 {standing.rows:,} 行"


def column(heading: str, name: str | None) -> str:
    """What one column is."""
    return f"{heading}＝{name or LEFT_OUT}"
