"""Proposing how an indicator is judged, and what a person must settle first (rules §4).

A proposal is never applied in silence: it carries its reason, and a person can change it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from domain import kind_words as words
from domain.due_day import is_before_month, names_a_day, names_several_days
from domain.indicator import Comparator, Kind, Measured, TargetValue, ToConfirm
from domain.target_value import (
    LONGEST_VALUE,
    fold,
    is_cut_off,
    is_range,
    numbers_with_units,
    read_value,
    refers_to_baseline,
    split_values,
)
from domain.wording import COUNT_UNITS, LEVEL_UNITS, MONEY_UNITS, TIME_UNITS, is_rate_name

_LIMITS = (Comparator.AT_MOST, Comparator.LESS_THAN)
_IN_WAN = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "亿元": Decimal(10000),
}
_UNIT_BEHIND = re.compile(r"[(（][^()（）]{1,6}[)）]$")
_SAME_AS_BUDGET = Decimal("0.01")
"""A cost this near to the budget repeats it: 1 % (rules §4, Cost)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How to judge an indicator, why, and what is open.

    ``comparator`` is a proposed direction where the printed one needs a person (a cost with
    ≥ is proposed ≤). ``from_payments``: the cost repeats the budget or is a share of it, and
    its value comes from payments. ``parts`` are the readings of a cell with two values.
    """

    kind: Kind
    measured: Measured
    to_confirm: tuple[ToConfirm, ...]
    reason_zh: str
    comparator: Comparator | None = None
    from_payments: bool = False
    parts: tuple[TargetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed row; texts are folded, ``place`` is class and category together."""

    indicator_class: str
    category: str
    name: str
    text: str
    value: TargetValue
    year: int | None
    budget_wan: Decimal | None

    @property
    def place(self) -> str:
        return self.indicator_class + self.category

    @property
    def unit(self) -> str:
        return self.value.unit or ""

    @property
    def is_cost(self) -> bool:
        return bool(words.COST.search(self.place))


@dataclass(frozen=True, slots=True)
class _Judged:
    """The answer of one rule: a kind, its reason, what is open."""

    kind: Kind
    reason: str
    open: tuple[ToConfirm, ...] = ()
    comparator: Comparator | None = None
    from_payments: bool = False


def propose(
    indicator_class: str,
    category: str,
    name: str,
    value: TargetValue,
    *,
    year: int | None = None,
    budget_wan: Decimal | None = None,
) -> Proposal:
    """Propose kind, measured and open questions of one printed row.

    ``year`` is the fiscal year, ``budget_wan`` the annual budget in 万元, both None where the
    form does not say.
    """
    text = fold(value.text[:LONGEST_VALUE])
    row = _Row(indicator_class, category, fold(name), text, value, year, budget_wan)
    parts = tuple(
        read_value(part, name=name, unit=value.unit, year=year) for part in split_values(value.text)
    )
    if len(parts) > 1:
        return _of_parts(row, parts)
    judged = _judge(row)
    return Proposal(
        judged.kind,
        _measured(row, judged),
        judged.open,
        judged.reason,
        judged.comparator,
        judged.from_payments,
    )


def _of_parts(row: _Row, parts: tuple[TargetValue, ...]) -> Proposal:
    """Propose for a cell with several values by its first; they are judged separately."""
    judged = _judge(replace(row, value=parts[0], text=fold(parts[0].text)))
    return Proposal(
        judged.kind,
        _measured(row, judged),
        (ToConfirm.TWO_VALUES, *judged.open),
        f"一格有{len(parts)}个数值，分别判断、不相加；{judged.reason}",
        judged.comparator,
        parts=parts,
    )


def _judge(row: _Row) -> _Judged:
    """Ask the rules in order; the first that answers wins."""
    for rule in _RULES:
        judged = rule(row)
        if judged is not None:
            return judged
    return _count_or_level(row)


def _not_applicable(row: _Row) -> _Judged | None:
    nothing = words.NOT_APPLICABLE.fullmatch
    if nothing(row.text) and not row.text.isdigit():
        return _Judged(Kind.NOT_APPLICABLE, f"指标值为“{row.text}”，不适用")
    if nothing(row.name):
        return _Judged(Kind.NOT_APPLICABLE, f"指标名称为“{row.name}”，不适用")
    return None


def _broken(row: _Row) -> _Judged | None:
    if not row.text:
        return _Judged(Kind.BROKEN, "指标值空白", (ToConfirm.CUT_OFF,))
    if is_cut_off(row.text):
        return _Judged(Kind.BROKEN, "指标值只有计算符号、没有数值，疑似残缺", (ToConfirm.CUT_OFF,))
    if words.TORN.search(row.text):
        return _Judged(Kind.BROKEN, "指标值的文字不完整，疑似残缺", (ToConfirm.CUT_OFF,))
    if is_range(row.text):
        return _Judged(Kind.BROKEN, "指标值是区间，不是一个目标", (ToConfirm.TWO_VALUES,))
    return None


def _baseline(row: _Row) -> _Judged | None:
    if not refers_to_baseline(row.text) or words.GROWTH.search(row.name + row.text):
        return None
    if row.value.comparator is None:
        return None
    limit = row.value.comparator in _LIMITS
    kind = Kind.CEILING if limit else Kind.LEVEL
    return _Judged(kind, "与上年比较，须先补基期值", (ToConfirm.BASELINE,))


def _day(row: _Row) -> _Judged | None:
    if row.value.number is not None or not names_a_day(row.text):
        return None
    if names_several_days(row.text):
        return _Judged(Kind.DATE, "一格有多个日期", (ToConfirm.TWO_VALUES,))
    if is_before_month(row.text):
        return _Judged(Kind.DATE, "“×月前”可指月初或月末，建议按月末", (ToConfirm.BEFORE_MONTH,))
    return _Judged(Kind.DATE, "指标值是日期")


def _qualitative(row: _Row) -> _Judged | None:
    if row.value.number is not None:
        return None
    if row.is_cost:
        return _Judged(
            Kind.QUALITATIVE, "成本指标没有数值", (ToConfirm.COST_DIRECTION,), Comparator.AT_MOST
        )
    return _Judged(Kind.QUALITATIVE, "指标值没有数字，按定性判断")


def _cost(row: _Row) -> _Judged | None:
    if not row.is_cost:
        return None
    settled = row.value.comparator in _LIMITS
    asked = () if settled else (ToConfirm.COST_DIRECTION,)
    proposed = None if settled else Comparator.AT_MOST
    why = "成本指标，不超为好"
    if words.SAVING.search(row.name):
        return _Judged(Kind.LEVEL, "成本节约，方向待定", asked)
    if not settled:
        sign = row.value.comparator or "无符号"
        why = f"成本指标印为“{sign}”，建议按≤"
    repeats = _repeats_budget(row)
    if repeats:
        why += "；与预算数相符，取自支付数据"
    executes = row.unit == "%" and bool(words.OF_BUDGET.search(row.name))
    if executes:
        why += "；占预算的百分比即预算执行率，取自支付数据"
    return _Judged(Kind.CEILING, why, asked, proposed, repeats or executes)


def _repeats_budget(row: _Row) -> bool:
    """Say whether a total cost is the budget again; amounts a head are standards, no totals."""
    factor = _IN_WAN.get(row.unit)
    if factor is None or not row.budget_wan or row.value.number is None:
        return False
    if words.STANDARD.search(row.name + row.text):
        return False
    return abs(row.value.number * factor - row.budget_wan) <= row.budget_wan * _SAME_AS_BUDGET


def _contradicted(row: _Row) -> _Judged | None:
    """Find a target inside the name that is not the value: 报销比例63% with ≥98%."""
    in_name = {number for number, unit in numbers_with_units(row.name) if unit == row.value.unit}
    if not in_name or row.value.number in in_name:
        return None
    judged = _without_contradiction(row)
    named = "、".join(f"{number}{row.unit}" for number in sorted(in_name))
    return replace(
        judged,
        reason=f"名称中的{named}与指标值不一致；{judged.reason}",
        open=(ToConfirm.NAME_CONTRADICTS_VALUE, *judged.open),
    )


def _without_contradiction(row: _Row) -> _Judged:
    return _unfit(row) or _ceiling(row) or _count_or_level(row)


def _unfit(row: _Row) -> _Judged | None:
    """Find a rate measured in days, yuan or heads."""
    if row.unit in {"%", "‰", "个百分点"} or not is_rate_name(row.name):
        return None
    kind = Kind.CEILING if row.value.comparator in _LIMITS else Kind.LEVEL
    shown = f"“{row.unit}”" if row.unit else "空缺"
    return _Judged(kind, f"名称是比率而计量单位{shown}，单位不符", (ToConfirm.UNIT_DOES_NOT_FIT,))


def _ceiling(row: _Row) -> _Judged | None:
    if row.value.comparator in _LIMITS:
        return _Judged(Kind.CEILING, f"计算符号为{row.value.comparator}，不超为好")
    timely = row.unit.endswith(TIME_UNITS) and words.DURATION.search(row.name)
    if row.value.comparator is None and timely:
        return _Judged(Kind.CEILING, "办理时长未印符号，不超为好")
    if _wants_none(row):
        return _Judged(Kind.CEILING, "目标为0，不超为好")
    return None


def _wants_none(row: _Row) -> bool:
    """Say whether a target is none of something: accidents, complaints; 0 growth is not."""
    exactly = row.value.number == 0 and row.value.comparator in {None, Comparator.EQUAL}
    return exactly and not words.GROWTH.search(row.name)


def _count_or_level(row: _Row) -> _Judged:
    if words.YEARS_WORK.search(_UNIT_BEHIND.sub("", row.name)):
        return _Judged(Kind.CUMULATIVE, "全年工作量的完成比例，逐月累计")
    if row.unit in {"%", "‰", "个百分点"} or is_rate_name(row.name):
        return _Judged(Kind.LEVEL, "比率，按全年目标对比，不按月折算")
    for test, judged in _BY_UNIT:
        if test(row):
            return judged
    return _Judged(Kind.LEVEL, "没有可累计的计量单位，按全年目标对比")


def _is_standard(row: _Row) -> bool:
    per_head = "/" in row.unit and row.unit.lstrip("万").startswith("元")
    money = row.unit in MONEY_UNITS and words.STANDARD.search(row.name + row.text)
    return per_head or bool(money) or row.unit in words.STANDARD_UNITS


def _is_stock(row: _Row) -> bool:
    held = row.unit.lstrip("万") in LEVEL_UNITS or words.STOCK.search(row.name)
    return bool(held) and not words.BUILT.search(row.name)


def _adds_up(row: _Row) -> bool:
    unit = row.unit.split("/")[0].lstrip("万亿千百")
    counted = unit in COUNT_UNITS or unit in LEVEL_UNITS or row.unit in MONEY_UNITS
    return counted or (not row.unit and bool(words.COUNTED.search(row.name)))


_BY_UNIT: tuple[tuple[Callable[[_Row], bool], _Judged], ...] = (
    (_is_standard, _Judged(Kind.LEVEL, "标准，不随月份累计")),
    (_is_stock, _Judged(Kind.LEVEL, "存量（岗位、面积、层数等），不随月份累计")),
    (_adds_up, _Judged(Kind.CUMULATIVE, "可计数，逐月累计")),
)

_RULES: tuple[Callable[[_Row], _Judged | None], ...] = (
    _not_applicable,
    _broken,
    _baseline,
    _day,
    _qualitative,
    _cost,
    _contradicted,
    _unfit,
    _ceiling,
)


def _measured(row: _Row, judged: _Judged) -> Measured:
    """Propose when a value is owed: by round, from payments, or only at the year's end."""
    if judged.kind in {Kind.NOT_APPLICABLE, Kind.BROKEN, Kind.DATE}:
        return Measured.ROUND
    if judged.from_payments:
        return Measured.CONTINUOUS
    outcome = judged.kind is Kind.QUALITATIVE and words.OUTCOME.search(row.place)
    return Measured.YEAR_END if outcome or _asked_once(row) else Measured.ROUND


def _asked_once(row: _Row) -> bool:
    if row.is_cost:
        return False
    asked = words.ASKED_AT_YEAR_END.search(row.category + row.name)
    balance = words.BALANCE.search(row.name) and row.unit == "%"
    return bool(asked or balance or words.LASTING.search(row.place))
