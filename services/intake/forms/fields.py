"""The printed texts of a form by their names: what each says, and what it may say instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from domain.errors import MonitoringError
from domain.indicator import Kind
from services.intake.forms.declaration import Declaration, DeclaredIndicator
from services.intake.forms.money import MONEY_UNITS, read_amount
from services.intake.forms.plan_text import plan_text, read_plan_text

LONGEST_TEXT = 4_000
_YEARS = range(2000, 2101)
_NO_LEAP_YEAR = 2001
"""Stands in for a year that is not known yet: no plan names 29 February."""


class HeadField(StrEnum):
    """What the head of a form prints, named as in the contract of ``form read``."""

    PROJECT_NAME = "project_name"
    PROJECT_CODE = "project_code"
    FISCAL_YEAR = "fiscal_year"
    DEPARTMENT = "supervising_department"
    UNIT = "implementing_unit"
    UNIT_CODE = "implementing_unit_code"
    NATURE = "project_nature"
    PERIOD = "project_period"
    PURPOSE = "purpose"
    OBJECTIVE = "annual_objective"
    TOTAL = "total"
    FISCAL = "fiscal"
    OTHER = "other"
    MONEY_UNIT = "money_unit"
    PLAN = "spending_plan"


class RowField(StrEnum):
    """What a row of the table of indicators prints; ``KIND`` is not printed but proposed."""

    CLASS = "indicator_class"
    CATEGORY = "indicator_category"
    NAME = "name"
    VALUE = "value_text"
    SIGN = "comparator"
    COLUMN_UNIT = "unit_of_measure"
    WEIGHT = "weight"
    SCORING = "scoring_standard"
    DESCRIPTION = "description"
    BASIS = "target_basis"
    KIND = "kind"


class NotSuchAValueError(MonitoringError):
    """A correction is nothing that the field can say."""

    code = "not_such_a_value"


_ATTRIBUTE = {RowField.SIGN: "printed_sign", RowField.COLUMN_UNIT: "column_unit"}
BUDGET_FIELDS = (HeadField.TOTAL, HeadField.FISCAL, HeadField.OTHER, HeadField.MONEY_UNIT)
_AS_NAMED = frozenset(HeadField) - {*BUDGET_FIELDS, HeadField.FISCAL_YEAR, HeadField.PLAN}


def head_text(declared: Declaration, field: HeadField) -> str | None:
    """What the head says in a field, None where it is blank."""
    budget = declared.annual_budget
    if field in _AS_NAMED:
        text: str | None = getattr(declared, field)
        return text
    return {
        HeadField.TOTAL: budget.total,
        HeadField.FISCAL: budget.fiscal,
        HeadField.OTHER: budget.other,
        HeadField.MONEY_UNIT: budget.unit,
        HeadField.FISCAL_YEAR: declared.fiscal_year and str(declared.fiscal_year),
        HeadField.PLAN: declared.spending_plan and plan_text(declared.spending_plan),
    }[field] or None


def row_text(row: DeclaredIndicator, field: RowField) -> str | None:
    """What a row says in a field; a sign or unit only where it has a column of its own."""
    if field is RowField.KIND:
        return row.proposal.kind
    text: str | None = getattr(row, _ATTRIBUTE.get(field, field))
    return text


def with_head_text(declared: Declaration, field: HeadField, text: str | None) -> Declaration:
    """The form with another text in its head.

    Raises:
        NotSuchAValueError: the text is no year, no plan.
    """
    budget = declared.annual_budget
    if field in _AS_NAMED:
        changes: Any = {field.value: text}
        return replace(declared, **changes)
    if field is HeadField.FISCAL_YEAR:
        return replace(declared, fiscal_year=None if text is None else int(text))
    if field is HeadField.PLAN:
        plan = text and read_plan_text(text, declared.fiscal_year or _NO_LEAP_YEAR)
        return replace(declared, spending_plan=plan or None)
    part: Any = {"unit" if field is HeadField.MONEY_UNIT else field.value: text}
    return replace(declared, annual_budget=replace(budget, **part))


def require_sayable(field: HeadField | RowField, text: str | None) -> None:
    """Refuse what the field cannot say; blank is always possible.

    Raises:
        NotSuchAValueError: too long, no year, no amount, no unit of money, no plan, no kind.
    """
    if text is None:
        return
    if len(text) > LONGEST_TEXT:
        raise NotSuchAValueError(f"内容超过{LONGEST_TEXT}字。请精简后保存。")
    test = _TESTS.get(field)
    if test is not None and not test[0](text):
        raise NotSuchAValueError(f"“{text}”{test[1]}")


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text[:9]) in _YEARS


def _is_plan(text: str) -> bool:
    return read_plan_text(text, _NO_LEAP_YEAR) is not None


def _is_kind(text: str) -> bool:
    return text in set(Kind)


def _is_amount(text: str) -> bool:
    return read_amount(text) is not None


_NO_AMOUNT = "不是金额。请填数字，如 1,234.50。"
_TESTS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    HeadField.FISCAL_YEAR: (_is_year, "不是年度。请填四位年份，如 2025。"),
    HeadField.TOTAL: (_is_amount, _NO_AMOUNT),
    HeadField.FISCAL: (_is_amount, _NO_AMOUNT),
    HeadField.OTHER: (_is_amount, _NO_AMOUNT),
    HeadField.MONEY_UNIT: (MONEY_UNITS.__contains__, "不是金额单位。请填 万元 或 元。"),
    HeadField.PLAN: (_is_plan, "读不出支出计划。请按“3月31日25%、6月30日50%”的样子填写。"),
    RowField.KIND: (_is_kind, "不是指标的评判方式。请从列表中选择。"),
}
