"""Achievements are reported one by one (指标完成值填报; rules §4, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access.action import Action
from domain.indicator import Achievement
from domain.target import Target
from services.access.permitting import permit_target
from services.log.appending import Command
from services.log.application import Log
from services.log.meta import Meta
from services.recording import Recorded
from services.retrying import decide_again


@dataclass(frozen=True, slots=True)
class AchievementReport:
    """One report as a person or a machine hands it in; ``reason`` for replacing an earlier one."""

    target_id: UUID
    achievement: Achievement
    reason: str | None = None


def report_achievement(
    log: Log,
    report: AchievementReport,
    *,
    meta: Meta,
    today: date,
    command: Command | None = None,
) -> Recorded:
    """Record a value; the same again records nothing, another for the same day replaces it.

    Raises:
        NotOnRecordError: no such target or indicator.
        FutureDateError: the day lies after today.
        TargetEndedError: the target's life ended before.
        UnitDoesNotConvertError: the unit of measure does not fit the target's.
    """

    def decide() -> Recorded:
        target = log.get(Target, report.target_id)
        permit_target(Action.REPORT_ACHIEVEMENT, target)
        changed = target.report(report.achievement, today=today, reason=report.reason)
        done = log.save(target, meta=meta, command=command)
        return Recorded(done.last_position, changed=changed or done.repeated)

    return decide_again(decide)
