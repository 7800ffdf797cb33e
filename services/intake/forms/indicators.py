"""One row of a table of indicators: its printed texts, its value read, what is open in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.indicator import Comparator, Kind, TargetValue
from domain.kind import propose
from domain.target_value import fold, read_value, unit_in_name
from domain.wording import SIGNS, WORDS_BEFORE
from services.intake.forms.declaration import DeclaredIndicator, Finding, Severity
from services.intake.forms.labels import Vocabulary
from services.intake.readers.grid import Cell

Key = tuple[str | None, str | None, str | None]

_TEMPLATE = re.compile(r"(?:指标[0-9一二三四五六七八九十]*[:：]?)?[.…。·]*")
"""What stands in the rows of a template that nobody filled in."""
_BETWEEN_HAN = re.compile(
    r"(?<=[\u4e00-\u9fff，。、；：（）])\s*\n\s*(?=[\u4e00-\u9fff，。、；：（）“”])"
)
_NUMBERED = re.compile(r"[0-9０-９≥≤><＞＜]|分之")
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?分")


@dataclass(frozen=True, slots=True)
class Context:
    """What the head of the form says that the reading of a value needs."""

    year: int | None
    budget_wan: Decimal | None


def one_line(text: str) -> str:
    """Join a text that a narrow cell broke over lines."""
    return _BETWEEN_HAN.sub("", text)


def is_unfilled(name: str | None, value: str | None) -> bool:
    """Say whether a row is only the template's: 指标1： or ……, without a value."""
    blank_value = value is None or bool(_TEMPLATE.fullmatch(fold(value)))
    return blank_value and bool(_TEMPLATE.fullmatch(fold(name or "")))


def read_row(
    levels: tuple[str | None, str | None], cells: Mapping[str, Cell], context: Context
) -> DeclaredIndicator:
    """Read one printed row; ``cells`` are those of one block, by field."""
    text = {name: cell.text for name, cell in cells.items()}
    name = one_line(text["name"]) if "name" in text else None
    value_text, sign = _value_and_sign(text)
    where = (cells.get("name") or cells.get("value") or next(iter(cells.values()))).where
    indicator = read_indicator(
        (*levels, name),
        value_text,
        context,
        where=where,
        column_unit=text.get("unit"),
        sign=sign,
    )
    return replace(
        indicator,
        description=text.get("description"),
        weight=text.get("weight") or _points_in(text.get("remark")),
        scoring_standard=text.get("scoring_standard"),
        target_basis=text.get("target_basis"),
    )


def _value_and_sign(text: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Take value and sign from their columns; a sign may stand in the column of directions."""
    value, sign = text.get("value"), text.get("comparator") or text.get("direction")
    if sign and comparator_of(sign) is None and comparator_of(text.get("direction")):
        sign = text["direction"]
    if value is None and sign and read_value(sign).number is not None:
        return sign, None
    return value, sign


def _points_in(remark: str | None) -> str | None:
    """Take a remark that says 15分 and nothing else for the weight."""
    return remark if remark and _POINTS.fullmatch(fold(remark)) else None


def comparator_of(sign: str | None) -> Comparator | None:
    """Read a column of comparators: a sign or its words; 定性, 正向 and the like are none."""
    folded = fold(sign or "")
    meaning = SIGNS.get(folded) or WORDS_BEFORE.get(folded)
    return Comparator(meaning) if meaning else None


def read_indicator(
    key: Key,
    value_text: str | None,
    context: Context,
    *,
    where: str,
    column_unit: str | None = None,
    sign: str | None = None,
) -> DeclaredIndicator:
    """Read the value beside its text, and propose how it is judged."""
    indicator_class, category, name = key
    printed = value_text or ""
    value = _with_sign(
        read_value(printed, name=name or "", unit=column_unit, year=context.year), sign
    )
    proposal = propose(
        indicator_class or "",
        category or "",
        name or "",
        value,
        year=context.year,
        budget_wan=context.budget_wan,
    )
    return DeclaredIndicator(
        indicator_class,
        category,
        name,
        value_text,
        value,
        proposal,
        where,
        printed_unit=read_value(printed, unit=column_unit or unit_in_name(name or "")).unit,
        printed_sign=sign,
        column_unit=column_unit,
    )


def _with_sign(value: TargetValue, sign: str | None) -> TargetValue:
    """Add the sign of its own column to a number printed without one."""
    comparator = comparator_of(sign)
    if comparator and value.comparator is None and value.number is not None:
        return replace(value, comparator=comparator)
    return value


def row_findings(indicator: DeclaredIndicator, words: Vocabulary | None) -> list[Finding]:
    """List what is missing or open in one row; without ``words`` the table has no levels."""
    said = f"“{indicator.name or indicator.value_text}”"
    found: list[Finding] = []

    def add(rule: str, severity: Severity, message: str) -> None:
        found.append(Finding(rule, severity, indicator.where, said + message))

    if indicator.name is None:
        add("indicator.name_missing", Severity.ERROR, "没有指标名称。")
    if indicator.proposal.kind is Kind.BROKEN:
        add("indicator.value_broken", Severity.ERROR, f"：{indicator.proposal.reason_zh}。")
    if indicator.value.unit == "%" and indicator.printed_unit is None:
        add("indicator.percent_assumed", Severity.WARNING, "是比率而数值未写%，按百分数读。")
    if indicator.proposal.kind is Kind.QUALITATIVE and _NUMBERED.search(indicator.value.text):
        message = f"的指标值“{indicator.value_text}”有数字而读不出一个目标值，按定性读，请核对。"
        add("indicator.value_unread", Severity.WARNING, message)
    sign = indicator.printed_sign
    if _signs_differ(indicator.value, sign):
        message = f"的指标值“{indicator.value_text}”与计算符号栏的“{sign}”不一致，取指标值中的。"
        add("indicator.sign_conflict", Severity.WARNING, message)
    if words is not None and not _levels_known(indicator, words):
        add("indicator.level_unknown", Severity.WARNING, "所在行的一、二级指标无法辨认，疑似错列。")
    return found


def _signs_differ(value: TargetValue, sign: str | None) -> bool:
    printed = comparator_of(sign)
    return printed is not None and value.comparator not in {None, printed}


def _levels_known(indicator: DeclaredIndicator, words: Vocabulary) -> bool:
    """Say whether the levels printed are known words, and none slid into the name."""
    printed = (indicator.indicator_class, indicator.indicator_category)
    known = all(text is None or words.level(text) for text in printed)
    slid = words.is_level(indicator.name or "")
    return known and any(printed) and not slid
