"""Words of evidence files, on 项目监控详情."""

from __future__ import annotations

from datetime import date

from dashboard.formats import day
from domain.evidence import EvidenceStage

CAPTION = "佐证材料"
COLUMNS = ("文件", "类型", "证明", "上传", "状态", "")
NONE_YET = "还没有佐证材料。"
WHOLE = "整个项目"
WHAT = "证明什么"
FILES = "选择文件（可多选，每个不超过20MB）"
SEND = "上传佐证材料"
WAITING, LOST = "正在上传……", "没有传成，请检查网络后重试。"
TOO_LARGE = "超过20MB，没有上传。请压缩或拆分后再传。"
CHOOSE_FIRST = "请先选择文件。"
DOWNLOAD = "下载"
NO_NAME = "（已销毁）"
WITHDRAW, REDACT = "撤回", "销毁"
END = "撤回或销毁"
REASON = "理由（必填）"
REDACT_WHY = (
    "撤回：不再作为佐证，可再传恢复。销毁：含不宜留存的个人信息时用，不能恢复，只留校验值。"
)
WITHDRAWN, REDACTED = "已撤回。再上传同一文件即恢复。", "已销毁，只留校验值。"
KEPT_UNTIL_SAID = "下载会留下记录。请勿上传涉密文件；名单等请先隐去身份证号等个人信息。"


def heading(count: int) -> str:
    """The section's name, with how many files count."""
    return f"佐证材料（{count}份）"


def of_value(indicator: str, reported_on: date | None) -> str:
    """Which value a file proves."""
    return f"{indicator}（截至{day(reported_on)}）" if reported_on else indicator


def ended(stage: EvidenceStage, on: date, reason: str | None) -> str:
    """How a file stands, with the day and the reason where it counts no more."""
    if stage is EvidenceStage.ATTACHED:
        return stage.label
    return f"{day(on)}{stage.label}：{reason}"


def attached(kept: int, remarks: list[str]) -> str:
    """What became of the files that were sent."""
    said = f"已上传{kept}份佐证材料。" if kept else "没有上传成功的文件。"
    return said + "".join(remarks)
