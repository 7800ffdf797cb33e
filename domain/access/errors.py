"""What is refused about accounts and rights."""

from __future__ import annotations

from datetime import date

from domain.access.role import Role
from domain.errors import MonitoringError

ROLE_NAMES = {
    Role.FINANCE_ADMINISTRATOR: "财政管理员",
    Role.FINANCE_DESK: "财政业务股室",
    Role.DEPARTMENT: "主管部门",
    Role.CLERK: "单位填报人",
    Role.HEAD: "单位负责人",
    Role.AUDITOR: "审计",
    Role.OPERATOR: "运维",
    Role.SERVICE: "接口账户",
}
"""What people call the roles."""


class LoginNotUsableError(MonitoringError):
    """A login name has signs that none has."""

    code = "login_not_usable"

    def __init__(self, login: str) -> None:
        super().__init__(
            f"登录名“{login[:40]}”不能用。"
            "请用2至40个汉字、字母、数字或 . _ @ -，以汉字、字母或数字开头。"
        )


class AccountDisabledError(MonitoringError):
    """The account is shut."""

    code = "account_disabled"

    def __init__(self, login: str) -> None:
        super().__init__(f"账户“{login}”已停用。请先恢复账户。")


class RoleUnfitError(MonitoringError):
    """A program's role for a person, or a person's for a program."""

    code = "role_unfit"

    def __init__(self, role: Role) -> None:
        super().__init__(
            f"“{ROLE_NAMES[role]}”不能授予这类账户：接口账户只能授“接口账户”岗位，人员账户不能。"
        )


class RolesExcludeError(MonitoringError):
    """Two roles that are never one person's at the same time (三员分立)."""

    code = "roles_exclude"

    def __init__(self, held: Role, asked: Role) -> None:
        super().__init__(
            f"“{ROLE_NAMES[held]}”与“{ROLE_NAMES[asked]}”须由不同的人担任。请授予另一账户，或先终止原授权。"
        )


class GrantNotInForceError(MonitoringError):
    """There is no such grant, or it ended before."""

    code = "grant_not_in_force"

    def __init__(self) -> None:
        super().__init__("该授权不存在或已终止。请刷新后重试。")


class TimeBackwardsError(MonitoringError):
    """Something would end before it starts."""

    code = "time_backwards"

    def __init__(self, starts_on: date, ends_on: date) -> None:
        super().__init__(f"终止日期{ends_on}早于起始日期{starts_on}。请核对日期。")
