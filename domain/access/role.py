"""The roles a grant can give."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is for; a person can have several, each for a unit and a time.

    The three that administer are apart, as the classified-protection rules want it
    (三员分立): who hands out rights, who runs the machine, and who reads what they did.
    """

    FINANCE_ADMINISTRATOR = "finance_administrator"
    """财政管理员: units, accounts and the policy; sees everything of the region."""
    FINANCE_DESK = "finance_desk"
    """财政业务股室: monitors all it is granted, records money, approves, acts on lights."""
    DEPARTMENT = "department"
    """主管部门: sees and reviews the units below it."""
    CLERK = "clerk"
    """单位填报人: declares and reports for its own unit."""
    HEAD = "head"
    """单位负责人: answers for its own unit: submits, explains."""
    AUDITOR = "auditor"
    """审计: reads everything, each read on record; changes nothing."""
    OPERATOR = "operator"
    """运维: runs the machine and sees no content."""
    SERVICE = "service"
    """接口账户: a program that brings files in and reads results."""
