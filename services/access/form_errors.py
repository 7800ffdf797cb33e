"""What is refused of what people fill in about accounts."""

from __future__ import annotations

from domain.access.errors import ROLE_NAMES
from domain.access.role import Role
from domain.errors import MonitoringError


class NotFilledError(MonitoringError):
    """Something that is needed was not filled in, or cannot be understood."""

    code = "not_filled"

    def __init__(self, what: str) -> None:
        super().__init__(f"请填写{what}。")


class UnitNeededError(MonitoringError):
    """A role of a unit is asked for without one."""

    code = "unit_needed"

    def __init__(self, role: Role) -> None:
        super().__init__(f"“{ROLE_NAMES[role]}”须指定单位。请填写单位编码或全称。")
