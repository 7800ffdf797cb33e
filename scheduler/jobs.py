"""The jobs: each asks the database what is due, and does it once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.access.audit import KEPT, forget_old
from services.access.visitor import HOUSE, Visitor
from services.bootstrap import Services
from services.clock import SHANGHAI
from services.readmodel.judged import year_is_judged
from services.tidying_evidence import tidy

READY_HOUR = 7
"""The day before is judged from seven in the morning on (architecture §6)."""


def day_due(now: datetime) -> date:
    """The latest day that is to be judged by now."""
    local = now.astimezone(SHANGHAI)
    behind = 1 if local.hour >= READY_HOUR else 2
    return local.date() - timedelta(days=behind)


def evaluate_due(services: Services, now: datetime) -> str:
    """Judge the day that is due, for every year that is still judged.

    After an absence of any length there is one evaluation, of the day that is due now.
    """
    day = day_due(now)
    done = []
    services.projector.catch_up()
    due = [year for year in services.read_model.fiscal_years() if _is_due(services, year, day)]
    if due:
        evaluator = services.evaluator()
        for year in due:
            report = evaluator.evaluate(
                year, day, today=now.astimezone(SHANGHAI).date(), meta=services.meta("scheduler")
            )
            changes = "、".join(f"{name}{count}" for name, count in report.changes.items())
            done.append(f"{year}年度评判至{day}：{changes or '无变化'}")
    return "；".join(done) or "没有到期的评判"


def tidy_evidence_due(services: Services, now: datetime) -> str:
    """Destroy keys that a crash left, and remove files that never came onto record."""
    services.projector.catch_up()
    done = tidy(services.evidence_desk, services.read_model.evidence_files, now)
    return f"销毁{done.destroyed}把遗留密钥，清除{done.removed}个未入库文件" if done else "没有遗留"


FORGOTTEN = ("定时任务", "audit.forget")
"""Who removes old lines, and how the audit calls it: that they went is on record itself."""


def forget_audit_due(services: Services, now: datetime) -> str:
    """Remove the audit's lines that are older than they are kept (网络安全法)."""
    removed = forget_old(services.database.worker_url, now)
    if removed:
        subject = f"清除{removed}行，早于{now - KEPT:%Y-%m-%d}"
        services.sign_in_desk.audit.note(
            Visitor(HOUSE, "", "", now).entry(*FORGOTTEN, subject=subject)
        )
    return f"清除{removed}行超过{KEPT.days}天的审计记录" if removed else "没有到期的审计记录"


def _is_due(services: Services, year: int, day: date) -> bool:
    policy = services.read_model.policy(day)
    if not year_is_judged(year, day, policy.terms):
        return False
    last = next(iter(services.read_model.evaluations(year, limit=1)), None)
    return last is None or last.as_of < day
