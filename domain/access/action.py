"""What can be asked of the service; every use case names one (architecture §2)."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """One thing to do or to read; ``noun.verb``, part of the audit trail, never renamed."""

    READ_TARGET = "target.read"
    DECLARE = "target.declare"
    SUBMIT_DECLARATION = "target.submit"
    REVIEW_DECLARATION = "target.review"
    PROPOSE_REVISION = "revision.propose"
    APPROVE_REVISION = "revision.approve"
    SET_PLAN = "plan.set"
    RECORD_FUNDS = "funds.record"
    CONFIRM_READING = "reading.confirm"
    REPORT_ACHIEVEMENT = "achievement.report"
    CONFIRM_OVER_BUDGET = "over_budget.confirm"
    REDACT_EVIDENCE = "evidence.redact"
    END_TARGET = "target.end"

    READ_PAYMENT = "payment.read"
    RECORD_PAYMENT = "payment.record"
    CLAIM_PAYMENT = "payment.claim"

    READ_ALERT = "alert.read"
    EXPLAIN_ALERT = "alert.explain"
    EVALUATE = "evaluation.run"

    READ_IMPORT = "import.read"
    IMPORT_DECLARATIONS = "import.declarations"
    IMPORT_FACTS = "import.facts"

    READ_POLICY = "policy.read"
    SET_POLICY = "policy.set"
    READ_ROUND = "round.read"
    OPEN_ROUND = "round.open"

    READ_UNIT = "unit.read"
    MANAGE_UNITS = "unit.manage"
    READ_ACCOUNTS = "account.read"
    MANAGE_ACCOUNTS = "account.manage"
    DELEGATE = "account.delegate"

    READ_LOG = "log.read"
    VERIFY_LOG = "log.verify"
    READ_AUDIT = "audit.read"
    READ_SYSTEM = "system.read"
    OPERATE = "system.operate"


READS = frozenset(
    {
        Action.READ_TARGET,
        Action.READ_PAYMENT,
        Action.READ_ALERT,
        Action.READ_IMPORT,
        Action.READ_POLICY,
        Action.READ_ROUND,
        Action.READ_UNIT,
        Action.READ_ACCOUNTS,
        Action.READ_LOG,
        Action.VERIFY_LOG,
        Action.READ_AUDIT,
        Action.READ_SYSTEM,
    }
)
"""What changes nothing; all else is a command."""

FACTS_FROM_OUTSIDE = frozenset(
    {Action.RECORD_PAYMENT, Action.RECORD_FUNDS, Action.IMPORT_FACTS, Action.CLAIM_PAYMENT}
)
"""What is recorded even in a closed year, as *after closing*; people's entries are refused (§7)."""

SIGHT: dict[Action, Action] = {
    Action.DECLARE: Action.READ_TARGET,
    Action.SUBMIT_DECLARATION: Action.READ_TARGET,
    Action.REVIEW_DECLARATION: Action.READ_TARGET,
    Action.PROPOSE_REVISION: Action.READ_TARGET,
    Action.APPROVE_REVISION: Action.READ_TARGET,
    Action.SET_PLAN: Action.READ_TARGET,
    Action.RECORD_FUNDS: Action.READ_TARGET,
    Action.CONFIRM_READING: Action.READ_TARGET,
    Action.REPORT_ACHIEVEMENT: Action.READ_TARGET,
    Action.CONFIRM_OVER_BUDGET: Action.READ_TARGET,
    Action.REDACT_EVIDENCE: Action.READ_TARGET,
    Action.END_TARGET: Action.READ_TARGET,
    Action.RECORD_PAYMENT: Action.READ_PAYMENT,
    Action.CLAIM_PAYMENT: Action.READ_PAYMENT,
    Action.EXPLAIN_ALERT: Action.READ_ALERT,
    Action.EVALUATE: Action.READ_ALERT,
    Action.IMPORT_DECLARATIONS: Action.READ_IMPORT,
    Action.IMPORT_FACTS: Action.READ_IMPORT,
    Action.SET_POLICY: Action.READ_POLICY,
    Action.OPEN_ROUND: Action.READ_ROUND,
    Action.MANAGE_UNITS: Action.READ_UNIT,
    Action.MANAGE_ACCOUNTS: Action.READ_ACCOUNTS,
    Action.DELEGATE: Action.READ_ACCOUNTS,
    Action.OPERATE: Action.READ_SYSTEM,
} | {read: read for read in READS}
"""What somebody must be able to read to be told that a thing exists and is not for them."""
