"""Printed amounts: text to number, and the form's unit to yuan."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.money import yuan
from domain.target_value import fold
from services.intake.forms.declaration import Finding, PrintedBudget, Severity

_AMOUNT = re.compile(
    r"[¥￥]?(-?(?:[0-9]{1,3}(?:[,|][0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,8})?)"
    r"(?P<unit>万元|千元|亿元|元)?(?:整)?"
)
_WITHIN = re.compile(
    r"(?<![0-9.,])([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\s*(?:万|千|亿)?元|[0-9]+(?:\.[0-9]+)?\s*(?:万|千|亿)?元)"
)
_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
MONEY_UNITS = frozenset(_YUAN)
"""The units that amounts are printed in."""


def read_amount(printed: str | None) -> Decimal | None:
    """Read an amount in its printed unit; None where it is blank or no number."""
    found = _AMOUNT.fullmatch(fold(printed or ""))
    return Decimal(re.sub("[,|]", "", found.group(1))) if found else None


def amount_within(printed: str) -> str:
    """Take the one amount with its unit out of words around it: 壹拾捌万元整（18万元）.

    A text that is an amount, or has none or several, stays as it is.
    """
    found = [] if read_amount(printed) is not None else list(_WITHIN.finditer(printed))
    return found[0].group(1) if len(found) == 1 else printed


def own_unit(printed: str) -> str | None:
    """Find the unit that stands behind an amount in its own cell: 100万元."""
    found = _AMOUNT.fullmatch(fold(printed))
    return found and found.group("unit")


def in_unit(printed: str, unit: str | None) -> str:
    """Take the unit off an amount that has it behind; one in another unit than the form's stays."""
    printed = printed.strip().lstrip("¥￥")
    own = own_unit(printed)
    if own is None or (unit is not None and own != unit):
        return printed
    return re.sub(r"\s*(?:万|千|亿)?\s*元\s*整?$", "", printed.strip())


def to_yuan(printed: str | None, unit: str | None) -> Decimal | None:
    """Turn a printed amount into yuan; None where amount or unit cannot be read.

    A unit behind the amount itself goes before the form's.
    """
    amount = read_amount(printed)
    own = own_unit(printed or "") or unit
    if amount is None or own not in _YUAN:
        return None
    return yuan(amount * _YUAN[own])


def total_wan(budget: PrintedBudget) -> Decimal | None:
    """Read the total of a budget in 万元, unrounded."""
    amount = read_amount(budget.total)
    unit = own_unit(budget.total or "") or budget.unit
    if amount is None or unit not in _YUAN:
        return None
    return amount * _YUAN[unit] / 10_000


def budget_findings(budget: PrintedBudget, where: str) -> list[Finding]:
    """List what is missing or unreadable in a budget."""
    amounts = {
        "预算总额": budget.total,
        "财政资金": budget.fiscal,
        "上年结转": budget.carried_over,
        "其他资金": budget.other,
    }
    findings = [
        Finding("budget.unreadable", Severity.ERROR, where, f"{label}“{text}”不是金额。")
        for label, text in amounts.items()
        if text is not None and read_amount(text) is None and not _is_dash(text)
    ]
    if budget.total is None:
        findings.append(Finding("budget.missing", Severity.ERROR, where, "没有预算总额。"))
    if budget.unit is None:
        findings.append(
            Finding("budget.unit_missing", Severity.ERROR, where, "没有写明金额单位（万元或元）。")
        )
    return findings + _sum_findings(budget, where)


def _is_dash(text: str) -> bool:
    """Say whether a cell says that there is no such money."""
    return fold(text) in {"-", "--", "—", "——", "/", "无"}


def _sum_findings(budget: PrintedBudget, where: str) -> list[Finding]:
    """Compare the total with its parts where any part is printed; a blank part is none."""
    total, *parts = (
        _comparable(text, budget.unit)
        for text in (budget.total, budget.fiscal, budget.carried_over, budget.other)
    )
    if total is None or all(part is None for part in parts):
        return []
    added = sum((part for part in parts if part is not None), Decimal(0))
    if added == total:
        return []
    carried = "" if budget.carried_over is None else "、上年结转"
    message = f"预算总额{total}不等于财政资金{carried}与其他资金之和{added}。"
    return [Finding("budget.sum", Severity.ERROR, where, message)]


def _comparable(printed: str | None, unit: str | None) -> Decimal | None:
    """Read an amount in the form's unit, whatever unit it has behind."""
    amount = read_amount(printed)
    own = own_unit(printed or "")
    if amount is None or own is None or unit is None or own == unit:
        return amount
    return amount * _YUAN[own] / _YUAN[unit]
