"""Whether a declared target is approved: draft, submitted, returned, approved (申报审批).

Monitoring starts at declaration and says which; an error of the review blocks approval, never
recording or monitoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import FutureDateError, MonitoringError


class Stage(StrEnum):
    """How far a declaration is on its way to approval."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        """The stage as people call it."""
        return _LABELS[self]


_LABELS = {
    Stage.DRAFT: "草稿",
    Stage.SUBMITTED: "已送审",
    Stage.RETURNED: "已退回",
    Stage.APPROVED: "已批复",
}

_FROM = {
    Stage.SUBMITTED: (Stage.DRAFT, Stage.RETURNED),
    Stage.RETURNED: (Stage.SUBMITTED,),
    Stage.APPROVED: (Stage.SUBMITTED,),
}
"""What each step starts from."""

_ADVICE = {
    Stage.DRAFT: "请先送审。",
    Stage.SUBMITTED: "请等待审核，或先退回。",
    Stage.RETURNED: "请修改后重新送审。",
    Stage.APPROVED: "确需改变的，请提出目标调整。",
}

_SHOWN = 3
"""How many errors a refusal spells out."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What a declaration is returned for: the check, where it stands, and what it says.

    ``where`` is the indicator's name, or None for the declaration as a whole.
    """

    check: str
    where: str | None
    message: str


@dataclass(frozen=True, slots=True)
class GivenApproval:
    """That finance approved a declaration elsewhere: the day, and the document (批复文号)."""

    approved_on: date
    document_no: str | None = None


class StageError(MonitoringError):
    """A step was asked for that does not follow from where the declaration stands."""

    code = "wrong_stage"

    def __init__(self, stage: Stage, wanted: Stage) -> None:
        verb = {Stage.SUBMITTED: "送审", Stage.RETURNED: "退回", Stage.APPROVED: "批复"}[wanted]
        super().__init__(f"绩效目标{stage.label}，不能{verb}。{_ADVICE[stage]}")
        self.stage = stage


class StepBackwardsError(MonitoringError):
    """A step is dated before the one it follows."""

    code = "step_before_last"

    def __init__(self, given: date, last: date) -> None:
        super().__init__(f"日期{given}早于上一步的日期{last}，请改为实际办理的日期。")


class ErrorsNotMendedError(MonitoringError):
    """The review found errors that nobody mended; they block approval."""

    code = "errors_not_mended"

    def __init__(self, errors: Sequence[Objection]) -> None:
        said = "".join(one.message for one in errors[:_SHOWN])
        more = f"等{len(errors)}处" if len(errors) > _SHOWN else ""
        super().__init__(
            f"审核还有{len(errors)}处错误，不能批复：{said}{more}"
            "请核实这些指标，或退回申报单位修改后重新送审。"
        )
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage a declaration is at, and since which day; None before its first step."""

    stage: Stage = Stage.DRAFT
    since: date | None = None

    def require_step(self, to: Stage, on: date, today: date) -> None:
        """Refuse what does not follow, and days that are out of order.

        Raises:
            StageError: the step does not follow from this stage.
            FutureDateError: the day lies after today.
            StepBackwardsError: the day lies before that of the last step.
        """
        if self.stage not in _FROM[to]:
            raise StageError(self.stage, to)
        self.require_day(on, today)

    def require_day(self, on: date, today: date) -> None:
        """Refuse a day after today, or before the last step (FutureDateError, …)."""
        if on > today:
            raise FutureDateError(on, today)
        if self.since is not None and on < self.since:
            raise StepBackwardsError(on, self.since)


def require_mended(errors: Sequence[Objection]) -> None:
    """Refuse with ErrorsNotMendedError what the review still objects to."""
    if errors:
        raise ErrorsNotMendedError(errors)
