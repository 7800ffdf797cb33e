"""How the audit's words are said to people; the words themselves are never renamed."""

from __future__ import annotations

from domain.access.action import Action
from services.access.audit import Outcome
from services.access.on_record import COMMAND, EXPORT, READ

ACTIONS: dict[Action, str] = {
    Action.READ_TARGET: "查看绩效目标",
    Action.DECLARE: "申报绩效目标",
    Action.SUBMIT_DECLARATION: "送审",
    Action.REVIEW_DECLARATION: "审核",
    Action.PROPOSE_REVISION: "提出目标调整",
    Action.APPROVE_REVISION: "批复",
    Action.SET_PLAN: "设定支出计划",
    Action.RECORD_FUNDS: "登记资金",
    Action.CONFIRM_READING: "核实读数",
    Action.REPORT_ACHIEVEMENT: "填报完成值和佐证",
    Action.CONFIRM_OVER_BUDGET: "确认超预算",
    Action.REDACT_EVIDENCE: "销毁佐证材料",
    Action.END_TARGET: "终止项目",
    Action.READ_PAYMENT: "查看支付",
    Action.RECORD_PAYMENT: "登记支付",
    Action.CLAIM_PAYMENT: "认领支付",
    Action.READ_ALERT: "查看预警",
    Action.EXPLAIN_ALERT: "说明偏差",
    Action.EVALUATE: "评判",
    Action.READ_IMPORT: "查看导入",
    Action.IMPORT_DECLARATIONS: "导入申报",
    Action.IMPORT_FACTS: "导入数据",
    Action.READ_POLICY: "查看参数",
    Action.SET_POLICY: "设定参数",
    Action.READ_ROUND: "查看监控轮次",
    Action.OPEN_ROUND: "开启监控轮次",
    Action.READ_UNIT: "查看单位",
    Action.MANAGE_UNITS: "管理单位",
    Action.READ_ACCOUNTS: "查看账户",
    Action.MANAGE_ACCOUNTS: "管理账户",
    Action.DELEGATE: "委托代办",
    Action.READ_LOG: "查看事件记录",
    Action.VERIFY_LOG: "核验事件记录",
    Action.READ_AUDIT: "查看审计记录",
    Action.READ_SYSTEM: "查看运行状况",
    Action.OPERATE: "运维操作",
}

OTHERS = {
    "sign_in": "登录",
    "sign_out": "退出登录",
    "password_change": "更改密码",
    "session_ended": "结束登录",
    "identity_linked": "关联统一身份",
    "filler_named": "填写填报人",
    "token_issued": "签发令牌",
    "token_revoked": "吊销令牌",
    "evidence.download": "下载佐证材料",
    "audit.forget": "清除到期的审计记录",
    COMMAND: "提交",
    READ: "查看",
    EXPORT: "导出",
}
"""What is no action of the rights' table."""

WHAT: dict[str, str] = {action.value: name for action, name in ACTIONS.items()} | OTHERS

OUTCOMES = {Outcome.DONE: "已办", Outcome.REFUSED: "被拒绝", Outcome.FAILED: "未办成"}


def what_named(what: str) -> str:
    """The name of what was done; a word that is not known stays as it is."""
    return WHAT.get(what, what)
