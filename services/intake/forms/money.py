"""Printed amounts: text to number, and the form's unit to yuan."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.money import yuan
from domain.target_value import fold
from services.intake.forms.declaration import Finding, PrintedBudget, Severity

_AMOUNT = re.compile(
    r"(-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,8})?)(?:万元|千元|亿元|元)?"
)
_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
MONEY_UNITS = frozenset(_YUAN)
"""The units that amounts are printed in."""


def read_amount(printed: str | None) -> Decimal | None:
    """Read an amount in its printed unit; None where it is blank or no number."""
    found = _AMOUNT.fullmatch(fold(printed or ""))
    return Decimal(found.group(1).replace(",", "")) if found else None


def to_yuan(printed: str | None, unit: str | None) -> Decimal | None:
    """Turn a printed amount into yuan; None where amount or unit cannot be read."""
    amount = read_amount(printed)
    if amount is None or unit not in _YUAN:
        return None
    return yuan(amount * _YUAN[unit])


def total_wan(budget: PrintedBudget) -> Decimal | None:
    """Read the total of a budget in 万元, unrounded."""
    amount = read_amount(budget.total)
    if amount is None or budget.unit not in _YUAN:
        return None
    return amount * _YUAN[budget.unit] / 10_000


def budget_findings(budget: PrintedBudget, where: str) -> list[Finding]:
    """List what is missing or unreadable in a budget."""
    amounts = {"预算总额": budget.total, "财政资金": budget.fiscal, "其他资金": budget.other}
    findings = [
        Finding("budget.unreadable", Severity.ERROR, where, f"{label}“{text}”不是金额。")
        for label, text in amounts.items()
        if text is not None and read_amount(text) is None
    ]
    if budget.total is None:
        findings.append(Finding("budget.missing", Severity.ERROR, where, "没有预算总额。"))
    if budget.unit is None:
        findings.append(
            Finding("budget.unit_missing", Severity.ERROR, where, "没有写明金额单位（万元或元）。")
        )
    return findings + _sum_findings(budget, where)


def _sum_findings(budget: PrintedBudget, where: str) -> list[Finding]:
    """Compare the total with its parts where any part is printed; a blank part is none."""
    total, fiscal, other = map(read_amount, (budget.total, budget.fiscal, budget.other))
    if total is None or (fiscal is None and other is None):
        return []
    parts = (fiscal or 0) + (other or 0)
    if parts == total:
        return []
    message = f"预算总额{total}不等于财政资金与其他资金之和{parts}。"
    return [Finding("budget.sum", Severity.ERROR, where, message)]
