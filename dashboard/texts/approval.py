"""Words of a declaration's approval, on 项目监控详情 and 监控总览."""

from __future__ import annotations

from datetime import date

from dashboard.formats import day
from domain.approval import Stage
from domain.review.finding import Severity

SECTION = "申报审批"
SUBMIT, RETURN, APPROVE, OUTSIDE = "送审", "退回", "批复", "登记已批复"
OUTSIDE_WHY = "财政已在系统之外批复的，照批复登记。"
REASON, DOCUMENT, ON = "退回理由（必填）", "批复文号", "日期"
FINDINGS_CAPTION, FINDING_COLUMNS = "审核意见", ("程度", "指标", "意见", "审核项")
RETURNED_FOR = "退回时的审核意见"
WHOLE = "整体"
NO_FINDINGS = "审核没有意见。"
ERRORS_BLOCK = "有错误，改正或核实后才能批复。"
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
STEP_VERBS = {
    Stage.SUBMITTED: "送审",
    Stage.RETURNED: "退回",
    Stage.APPROVED: "批复",
}
DONE = {Stage.SUBMITTED: "已送审。", Stage.RETURNED: "已退回。", Stage.APPROVED: "已批复。"}


def not_approved(stage: Stage) -> str:
    """The mark of a target that nobody approved yet."""
    return f"未批复（{stage.label}）"


def step(stage: Stage, on: date, actor: str) -> str:
    """What was done, when and by whom."""
    return f"{day(on)}{STEP_VERBS[stage]}（{actor}）"


def document(number: str) -> str:
    """By which document."""
    return f"批复文号：{number}"


def reason(said: str) -> str:
    """Why it was returned."""
    return f"退回理由：{said}"


def found(errors: int, others: int) -> str:
    """What the review says, in figures."""
    return f"审核：错误{errors}处，其他意见{others}条"


def others(count: int) -> str:
    """What opens the findings that do not block."""
    return f"其他审核意见（{count}）"


def no_day(said: str) -> str:
    """That a day cannot be read."""
    return f"“{said}”不是日期。请按 2025-03-31 的样子填写。"


def pending(count: int) -> str:
    """That changed values wait."""
    return f"另有{count}份修改后的申报，批复时以最后一份为准。"
