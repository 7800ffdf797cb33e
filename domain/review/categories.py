"""Indicators under a category that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.indicator import Kind
from domain.review.check import About, Remark, Remarks, on_row
from domain.review.finding import Change, Field, Severity
from domain.review.rewriting import changed
from domain.review.subject import ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import STANDARD_SAID
from domain.target_value import fold
from domain.units import unit_named
from domain.wording import MONEY_UNITS, is_rate_name


@dataclass(frozen=True, slots=True)
class Misfit:
    """A category, what does not belong there, and where it does."""

    category: str
    wrong: Callable[[ReviewedRow], bool]
    indicator_class: str
    right: str
    because: str


def _named(pattern: str) -> Callable[[ReviewedRow], bool]:
    compiled = re.compile(pattern)
    return lambda row: bool(compiled.search(fold(row.name)))


def _is_money_standard(row: ReviewedRow) -> bool:
    money = (row.value.unit or "").partition("/")[0] in MONEY_UNITS
    return money and bool(STANDARD_SAID.search(row.name + row.printed.value_text))


def _asks_nobody(row: ReviewedRow) -> bool:
    """Whether a satisfaction row asks about something else: knowledge, ability."""
    said = row.name + row.printed.description
    other = re.search(r"知晓|了解|能力|水平|覆盖|效率|合格|及时", said)
    return bool(other) and not re.search(r"满意|认可|评价|投诉", said)


_AWARE = r"知晓|了解度|了解程度|知晓度|幸福感|获得感|安全感"
_MISFITS = (
    Misfit("经济效益", _named(_AWARE), "效益指标", "社会效益", "知晓、了解、获得感不是经济效益"),
    Misfit("数量", _is_money_standard, "", "成本", "补助标准是花钱的标准，不是办事的数量"),
    Misfit("数量", _named(r"满意度"), "满意度指标", "服务对象满意度", "满意度有自己的类别"),
    Misfit(
        "数量",
        _named(r"(?:合格|准确|达标|优良|完好)率$"),
        "产出指标",
        "质量",
        "合格、准确说的是质量",
    ),
    Misfit("数量", _named(r"及时率$"), "产出指标", "时效", "及时说的是时效"),
    Misfit("质量", _named(r"及时[\u4e00-\u9fff]{0,4}率$"), "产出指标", "时效", "及时说的是时效"),
    Misfit(
        "时效",
        _named(r"(?:合格|准确|达标|优良|完好)率$"),
        "产出指标",
        "质量",
        "合格、准确说的是质量",
    ),
    Misfit(
        "满意",
        _asks_nobody,
        "效益指标",
        "社会效益",
        "了解程度、工作能力不是满意度",
    ),
)


@on_row(
    "category.misfit",
    Severity.NOTE,
    About(
        "指标放错类别",
        "The indicator stands under the wrong category",
        "类别决定分值和判断方法：时效按期限、成本按上限、满意度年末调查，放错了就判错。",
        "经济效益指标：受益群众对医保政策了解度",
        ("D16", "N19"),
    ),
)
def misfit(row: Row, _: ReviewTerms) -> Remarks:
    """Find a name that says another category than it stands under; the first reason is told."""
    of = row.reviewed
    one = misplaced(of)
    if one is not None:
        category = f"{one.right}指标"
        yield Remark(
            f"“{of.said}”放在{of.printed.category}下，{one.because}，建议移到{category}。",
            f"“{of.said}” stands under {of.printed.category}; move it to {category}.",
            Field.CATEGORY,
            _moved(row, one, category),
        )


def misplaced(row: ReviewedRow) -> Misfit | None:
    """What is wrong with a row's category, None where nothing is."""
    if row.kind in {Kind.NOT_APPLICABLE, Kind.BROKEN}:
        return None
    category = fold(row.printed.category)
    return next((one for one in _MISFITS if one.category in category and one.wrong(row)), None)


def _moved(row: Row, wrong: Misfit, category: str) -> tuple[Change, ...]:
    """The category as the form writes it, with or without 指标, and its class if that changes."""
    printed = row.reviewed.printed
    written = category if printed.category.endswith("指标") else category.removesuffix("指标")
    moved = changed(row, Field.CATEGORY, printed.category, written)
    wanted = wrong.indicator_class
    if not printed.indicator_class or not wanted or wanted[:2] in printed.indicator_class:
        return moved
    return (*moved, *changed(row, Field.CLASS, printed.indicator_class, wanted))


@on_row(
    "category.time_without_time",
    Severity.NOTE,
    About(
        "时效指标与时间无关",
        "An indicator of time without a time",
        "时效指标应写完成日期、办理时限或及时率，否则无法按时间判断。",
        "时效指标：按照各项医保政策 1%",
        ("D16", "N19"),
    ),
)
def time_without_time(row: Row, _: ReviewTerms) -> Remarks:
    """Find a row under 时效 that names neither a day, a time nor punctuality."""
    of = row.reviewed
    printed = of.printed
    if "时效" not in fold(printed.category) or not of.applies or of.kind is Kind.DATE:
        return
    said = f"{printed.name}{printed.value_text}{printed.description}"
    timed = unit_named(of.value.unit or "").base in {"天", "小时", "分钟", "月", "个工作日"}
    words = r"时|期|速度|进度|年|月|日|天|准点"
    rate = is_rate_name(of.name)
    if not (timed or rate) and of.value.text and not re.search(words, said):
        yield Remark(
            f"时效指标“{of.said}”（{of.aim}）看不出时间要求，请写明完成日期或时限。",
            f"The time indicator “{of.said}” ({of.aim}) names no time.",
            Field.NAME,
        )


CHECKS = (misfit, time_without_time)
