"""Which role may do what, and how far down or up the tree of units: the table.

A right not written here is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from domain.access.action import Action
from domain.access.role import Role


class Reach(Enum):
    """How far a right reaches from the place it is granted for."""

    OWN = "own"
    """That unit alone."""
    BELOW = "below"
    """That unit and all below it."""
    REGION = "region"
    """The whole region, wherever it was granted."""


_ADMIN = Role.FINANCE_ADMINISTRATOR
_DESK = Role.FINANCE_DESK
_DEPARTMENT = Role.DEPARTMENT
_CLERK = Role.CLERK
_HEAD = Role.HEAD
_AUDITOR = Role.AUDITOR
_OPERATOR = Role.OPERATOR
_SERVICE = Role.SERVICE

_OWN, _BELOW, _REGION = Reach.OWN, Reach.BELOW, Reach.REGION

_CONTENT: dict[Role, Reach] = {
    _ADMIN: _REGION,
    _DESK: _BELOW,
    _DEPARTMENT: _BELOW,
    _CLERK: _OWN,
    _HEAD: _OWN,
    _AUDITOR: _REGION,
    _SERVICE: _BELOW,
}
"""Who reads what units declare, spend and reach."""

_EVERYBODY: dict[Role, Reach] = {role: _REGION for role in Role if role is not Role.OPERATOR}
"""What is the same for all units: the policy, rounds, the names of units."""

_UNIT: dict[Role, Reach] = {_CLERK: _OWN, _HEAD: _OWN, _DEPARTMENT: _BELOW, _DESK: _BELOW}
"""What a unit does, and who stands above it may do for it."""

_FINANCE: dict[Role, Reach] = {_DESK: _BELOW}
_FACTS: dict[Role, Reach] = {_DESK: _BELOW, _SERVICE: _BELOW}
_GOVERNS: dict[Role, Reach] = {_ADMIN: _REGION}

RIGHTS: Mapping[Action, Mapping[Role, Reach]] = {
    Action.READ_TARGET: _CONTENT,
    Action.DECLARE: _UNIT | {_SERVICE: _BELOW},
    Action.SUBMIT_DECLARATION: _UNIT,
    Action.REVIEW_DECLARATION: {_DEPARTMENT: _BELOW, _DESK: _BELOW},
    Action.PROPOSE_REVISION: _UNIT,
    Action.APPROVE_REVISION: _FINANCE,
    Action.SET_PLAN: _FINANCE,
    Action.RECORD_FUNDS: _FACTS,
    Action.CONFIRM_READING: _FINANCE,
    Action.REPORT_ACHIEVEMENT: _UNIT | {_SERVICE: _BELOW},
    Action.CONFIRM_OVER_BUDGET: _FINANCE,
    Action.REDACT_EVIDENCE: _GOVERNS,
    Action.END_TARGET: _FINANCE,
    Action.READ_PAYMENT: _CONTENT,
    Action.RECORD_PAYMENT: _FACTS,
    Action.CLAIM_PAYMENT: _FINANCE,
    Action.READ_ALERT: _CONTENT,
    Action.EXPLAIN_ALERT: {_CLERK: _OWN, _HEAD: _OWN, _DEPARTMENT: _BELOW},
    Action.EVALUATE: {_DESK: _REGION, _ADMIN: _REGION, _SERVICE: _REGION},
    Action.READ_IMPORT: _CONTENT,
    Action.IMPORT_DECLARATIONS: _UNIT | {_SERVICE: _BELOW},
    Action.IMPORT_FACTS: _FACTS,
    Action.READ_POLICY: _EVERYBODY,
    Action.SET_POLICY: _GOVERNS,
    Action.READ_ROUND: _EVERYBODY,
    Action.OPEN_ROUND: {_DESK: _REGION, _ADMIN: _REGION},
    Action.READ_UNIT: _EVERYBODY,
    Action.MANAGE_UNITS: _GOVERNS,
    Action.READ_ACCOUNTS: _GOVERNS | {_AUDITOR: _REGION},
    Action.MANAGE_ACCOUNTS: _GOVERNS,
    Action.DELEGATE: _GOVERNS,
    Action.READ_LOG: {_ADMIN: _REGION, _AUDITOR: _REGION},
    Action.VERIFY_LOG: {_ADMIN: _REGION, _AUDITOR: _REGION, _OPERATOR: _REGION},
    Action.READ_AUDIT: {_AUDITOR: _REGION},
    Action.READ_SYSTEM: {_ADMIN: _REGION, _DESK: _REGION, _AUDITOR: _REGION, _OPERATOR: _REGION},
    Action.OPERATE: {_OPERATOR: _REGION},
}
