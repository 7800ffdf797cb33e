"""One table: what is done when, in Shanghai's time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.jobs import evaluate_due, forget_audit_due, tidy_evidence_due
from services.bootstrap import Services


@dataclass(frozen=True, slots=True)
class Job:
    """A job's name, when it is woken (crontab, Asia/Shanghai), and what it does.

    ``run`` takes the services and the present moment, answers a sentence for the record, and
    is idempotent: woken twice it finds nothing due.
    """

    name: str
    cron: str
    run: Callable[[Services, datetime], str]


TIMETABLE = (
    Job("evaluate", "0 7 * * *", evaluate_due),
    Job("audit", "15 3 * * *", forget_audit_due),
    Job("evidence", "30 3 * * *", tidy_evidence_due),
)
