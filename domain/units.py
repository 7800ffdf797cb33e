"""Units of measure: which ones are counted whole, and which convert into which (rules §4).

A unit is a base and a factor: 万人次 is 10,000 人次. Units convert only within one base; persons
(人) and visits (人次) do not, nor days and working days.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from domain.errors import MonitoringError
from domain.wording import COUNT_UNITS

_MULTIPLES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100)}

_SCALED = {
    "%": ("%", "1"),
    "百分点": ("%", "1"),
    "个百分点": ("%", "1"),
    "‰": ("%", "0.1"),
    "元": ("元", "1"),
    "角": ("元", "0.1"),
    "天": ("天", "1"),
    "日": ("天", "1"),
    "周": ("天", "7"),
    "星期": ("天", "7"),
    "小时": ("小时", "1"),
    "分钟": ("分钟", "1"),
    "月": ("月", "1"),
    "个月": ("月", "1"),
    "季度": ("月", "3"),
    "个季度": ("月", "3"),
    "年": ("月", "12"),
    "平方米": ("平方米", "1"),
    "平米": ("平方米", "1"),
    "m2": ("平方米", "1"),
    "公顷": ("平方米", "10000"),
    "平方公里": ("平方米", "1000000"),
    "亩": ("亩", "1"),
    "米": ("米", "1"),
    "公里": ("米", "1000"),
    "千米": ("米", "1000"),
    "立方米": ("立方米", "1"),
    "千克": ("千克", "1"),
    "公斤": ("千克", "1"),
    "吨": ("千克", "1000"),
    "千瓦时": ("千瓦时", "1"),
    "度": ("度", "1"),
    "分": ("分", "1"),
    "秒": ("秒", "1"),
    "级": ("级", "1"),
}
"""Units that are measured: base, and how many of the base one is."""

_SAME = {"名": "人", "位": "人", "家": "个", "所": "个", "处": "个", "次数": "次", "场次": "场"}
_COUNTED = {
    **{name: name for name in COUNT_UNITS if name not in _SCALED},
    "岗位": "岗位",
    "个岗位": "岗位",
    "层": "层",
    **_SAME,
}
"""Units that come whole, each with the one it equals."""


class UnitDoesNotConvertError(MonitoringError):
    """A value came in a unit of measure that does not convert to the target's (单位不符)."""

    code = "unit_does_not_convert"

    def __init__(self, given: str | None, wanted: str | None) -> None:
        super().__init__(
            f"单位不符：完成值的单位是“{given}”，指标值的单位是“{wanted}”，不能换算。"
            "请按指标值的单位填报。"
        )
        self.given, self.wanted = given, wanted


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: one is ``factor`` of ``base``.

    ``standard``: an amount for one (元/人) or a grade (1080P), which is met or not.
    """

    base: str
    factor: Decimal
    countable: bool = False
    standard: bool = False

    @property
    def is_percent(self) -> bool:
        """Whether it is a share in hundredths."""
        return self.base == "%"


@lru_cache(maxsize=1024)
def unit_named(text: str) -> Unit:
    """Look a printed unit up: 万元, ％, 万人次, 元/人; what is not known converts to itself."""
    name = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("每", "/")
    base, slash, per = name.partition("/")
    if slash:
        whole = unit_named(base)
        return Unit(f"{whole.base}/{per}", whole.factor, standard=True)
    return _simple(name) or _multiple(name) or Unit(name, Decimal(1), standard=name in ("P", "p"))


def _simple(name: str) -> Unit | None:
    if name in _COUNTED:
        return Unit(_COUNTED[name], Decimal(1), countable=True)
    if name in _SCALED:
        base, factor = _SCALED[name]
        return Unit(base, Decimal(factor))
    return None


def _multiple(name: str) -> Unit | None:
    """Read 万人次, 亿元: a multiple before a unit we know."""
    factor, one = _MULTIPLES.get(name[:1]), _simple(name[1:])
    if factor is None or one is None:
        return None
    return Unit(one.base, factor * one.factor, one.countable)


def require_convertible(given: str | None, wanted: str | None) -> None:
    """Refuse a unit that does not convert to the target's; an unsaid one is the target's.

    Raises:
        UnitDoesNotConvertError: with both units.
    """
    if given and wanted and unit_named(given).base != unit_named(wanted).base:
        raise UnitDoesNotConvertError(given, wanted)


def converted(number: Decimal, given: str | None, wanted: str | None) -> Decimal:
    """Turn a number into the target's unit; an unsaid unit is the target's.

    Raises:
        UnitDoesNotConvertError: the two have nothing in common.
    """
    require_convertible(given, wanted)
    if not (given and wanted):
        return number
    return number * unit_named(given).factor / unit_named(wanted).factor


def whole_units(number: Decimal, unit: str | None) -> Decimal:
    """Round down to whole ones where the unit comes whole: 1.5次 is 1, 1.5万人次 stays."""
    of = unit_named(unit or "")
    if not of.countable:
        return number
    return (number * of.factor).to_integral_value(ROUND_FLOOR) / of.factor


def one_unit(unit: str | None) -> Decimal:
    """One whole one, said in the unit: 0.0001 of 万人次; nothing where it is not counted."""
    of = unit_named(unit or "")
    return 1 / of.factor if of.countable else Decimal(0)
