"""What can be wrong, in the domain's words: one small class a refusal."""

from __future__ import annotations


class MonitoringError(Exception):
    """Something was refused; ``code`` is part of the API and the logs and never changes."""

    code = "refused"


class NotOnRecordError(MonitoringError):
    """Nothing of that name is on record."""

    code = "not_on_record"

    def __init__(self, what: object) -> None:
        super().__init__(f"没有记录：{what}。请核对编号后重试。")
        self.what = what


class ReasonMissingError(MonitoringError):
    """A decision that others must be able to follow came without its reason."""

    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__("没有写明理由。请写明理由后重试。")


def said_reason(reason: str) -> str:
    """Take a reason without the blanks around it; ReasonMissingError where nothing is left."""
    said = reason.strip()
    if not said:
        raise ReasonMissingError
    return said


class FutureDateError(MonitoringError):
    """A business date lies after today."""

    code = "future_date"

    def __init__(self, given: object, today: object) -> None:
        super().__init__(f"日期{given}晚于今天（{today}），不能录入。请改为实际发生的日期。")
